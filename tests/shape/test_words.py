"""One word per thing: what the glossary does not use, the code does not use."""

import ast
import re
from collections.abc import Iterator

from tests.shape.sources import python_files, text_of, tree_of

#: Words allowed in one place: path prefix and word, with the reason.
ALLOWED = {
    ("flowengine/diagram/", "graph"): "Graphviz draws graphs",
    ("flowengine/diagram/", "node"): "Graphviz calls boxes nodes",
    ("flowengine/language/", "node"): "PyYAML reads a text into nodes",
    ("flowengine/net/", "node"): "networkx works on nodes",
    ("flowengine/kernel/", "instance"): "a step instance; a case is never called one",
    ("flowengine/configuration/", "webhook"): "Standard Webhooks, by their own name",
    ("flowengine/engine/automations/", "webhook"): "Standard Webhooks",
    ("flowengine/net/", "graph"): "networkx works on graphs",
}

#: Not the same word in every sense: too common in code to forbid outright.
ONLY_IN_PROSE = {"group", "target", "request", "link", "stage", "signal"}


def test_the_glossary_gives_every_word_once() -> None:
    words = [row[0] for row in _rows()]

    assert len(words) > 40
    assert sorted(words) == sorted(set(words))


def test_the_code_uses_the_words_of_the_glossary() -> None:
    forbidden = {
        word.strip()
        for row in _rows()
        for word in row[2].split(",")
        if word.strip() and word.strip() not in ONLY_IN_PROSE
    }

    used = {
        f"{name} {identifier}"
        for name in python_files("flowengine")
        for identifier in _identifiers(name)
        for word in _words(identifier) & forbidden
        if not _is_allowed(name, word)
    }

    assert sorted(used) == []


def _rows() -> list[list[str]]:
    """Word, meaning and unused words, of every table of the glossary."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text_of("docs/glossary.md").splitlines()
        if line.startswith("| ")
    ]
    return [row for row in rows if row[0] != "word"]


def _identifiers(name: str) -> Iterator[str]:
    """What a module names itself: modules, classes, functions, fields, parameters."""
    yield from name.removesuffix(".py").split("/")
    for item in ast.walk(tree_of(name)):
        match item:
            case ast.FunctionDef(name=defined) | ast.ClassDef(name=defined):
                yield defined
            case ast.arg(arg=defined) | ast.Name(id=defined, ctx=ast.Store()):
                yield defined
            case _:
                pass


def _words(identifier: str) -> set[str]:
    """`openTaskRows` and `open_task_rows` are made of open, task and rows."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", identifier)
    lower = {part.lower() for part in parts}
    return lower | {part.removesuffix("s") for part in lower}


def _is_allowed(name: str, word: str) -> bool:
    return any(
        name.startswith(prefix) and word == allowed for prefix, allowed in ALLOWED
    )
