"""Every exception from a rule gives its reason in the same line."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from tests.shape.sources import python_files, text_of, tree_of

#: A silenced check, and what follows it in the comment.
SILENCED = re.compile(
    r"#\s*(?:noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*"
    r"|type:\s*ignore\[[\w, -]+\]"
    r"|pragma:\s*no (?:cover|branch))(?P<reason>.*)"
)
MENTIONED = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:)", re.IGNORECASE)
#: Words that promise work instead of doing it.
PROMISES = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b")

SKIPS = {
    "pytest.skip",
    "pytest.xfail",
    "pytest.mark.skip",
    "pytest.mark.skipif",
    "pytest.mark.xfail",
}


def test_a_silenced_check_says_why_in_its_line() -> None:
    unexplained = [
        f"{name}:{line} {comment}"
        for name in python_files()
        for line, comment in _comments(name)
        if MENTIONED.search(comment) and not _is_explained(comment)
    ]

    assert unexplained == []


def test_a_skip_says_why() -> None:
    unexplained = [
        f"{name}:{item.lineno} {ast.unparse(item)}"
        for name in python_files("tests")
        for item in _skips(tree_of(name))
    ]

    assert unexplained == []


def test_nothing_is_left_for_later() -> None:
    promised = [
        f"{name}:{line} {comment}"
        for name in python_files()
        for line, comment in _comments(name)
        if PROMISES.search(comment)
    ]
    stubs = [
        f"{name}:{item.lineno}"
        for name in python_files("flowengine")
        for item in ast.walk(tree_of(name))
        if isinstance(item, ast.Name) and item.id == "NotImplementedError"
    ]

    assert promised + stubs == []


def _comments(name: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(text_of(name)).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def _is_explained(comment: str) -> bool:
    found = SILENCED.search(comment)
    return found is not None and len(re.findall(r"\w+", found["reason"])) >= 2


def _skips(module: ast.Module) -> Iterator[ast.Attribute]:
    """Skips without a reason: marks without `reason=`, calls without a text."""
    calls = [item for item in ast.walk(module) if isinstance(item, ast.Call)]
    explained = {
        id(call.func)
        for call in calls
        if any(keyword.arg == "reason" for keyword in call.keywords)
        or (call.args and ast.unparse(call.func) in {"pytest.skip", "pytest.xfail"})
    }
    for item in ast.walk(module):
        if (
            isinstance(item, ast.Attribute)
            and ast.unparse(item) in SKIPS
            and id(item) not in explained
        ):
            yield item
