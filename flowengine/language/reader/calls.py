"""Calling another process: which one, what it is given, what comes back."""

import re
from collections.abc import Mapping

from flowengine.language.nodes import TextNode
from flowengine.language.parts import Call
from flowengine.language.reader.conditions import read_rule
from flowengine.language.reader.fields import Fields, entries_of, shortened
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import Page
from flowengine.language.reader.paths import Element, Path, read_path
from flowengine.language.reader.settings import is_settable
from flowengine.language.reader.values import ID, WORD, read_text, read_word
from flowengine.language.rules import Rule

_PINNED = re.compile(r"(\S+)@([0-9]{1,9})")
_RESULT = "result"


def read_call(fields: Fields, names: Names, element: Element | None) -> Call | None:
    """What `call` names, with `gives` and `takes`; None where it is wrong."""
    page = fields.page
    gives = _read_gives(fields, names, element)
    takes = _read_takes(fields, names, element)
    node = fields.get("call")
    text = read_text(page, node, "a process such as `credit-check@2`")
    if text is None or node is None:
        return None
    found = _PINNED.fullmatch(text.strip())
    if found is None or not ID.fullmatch(found[1]) or int(found[2]) < 1:
        page.error(
            node,
            "F142",
            f"expected a process and its version, but found `{shortened(text)}`",
            f"Write both: `{_name_in(text)}@1`. A version never changes.",
        )
        return None
    return Call(found[1], int(found[2]), gives, takes, node.at)


def _name_in(text: str) -> str:
    name = text.strip().partition("@")[0]
    return name if ID.fullmatch(name) and len(name) <= 40 else "credit-check"


def _read_gives(
    fields: Fields, names: Names, element: Element | None
) -> Mapping[str, Rule]:
    page = fields.page
    rules = {}
    owner = f"`gives` of {fields.owner}"
    example = f"number: {'.'.join((names.subject or 'order', 'number'))}"
    for key, value in entries_of(page, fields.get("gives"), owner, example):
        name = read_word(page, key, "the name of a field of the called process")
        rule = read_rule(
            page, names, value, "a rule", None, "", element, handed_on=True
        )
        if name and rule:
            rules[name] = rule
    return rules


def _read_takes(
    fields: Fields, names: Names, element: Element | None
) -> Mapping[Path, Path]:
    page = fields.page
    taken = {}
    owner = f"`takes` of {fields.owner}"
    example = f"{names.subject or 'order'}.credit: result.credit"
    for key, value in entries_of(page, fields.get("takes"), owner, example):
        found = read_path(page, names, key, "a field", element)
        source = _read_result(page, value) if isinstance(value, TextNode) else None
        if source is None and not isinstance(value, TextNode):
            read_text(page, value, "a field such as `result.credit`")
        if found and source and is_settable(page, names, key, found):
            taken[found[0]] = source
    return taken


def _read_result(page: Page, node: TextNode) -> Path | None:
    """The path inside the child's record, without `result`."""
    root, *path = node.value.strip().split(".")
    if root == _RESULT and path and all(WORD.fullmatch(part) for part in path):
        return tuple(path)
    page.error(
        node,
        "F142",
        f"expected a field of the result, but found `{shortened(node.value)}`",
        "Begin it with `result.`, as in `result.credit`.",
    )
    return None
