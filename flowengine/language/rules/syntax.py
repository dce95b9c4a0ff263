"""The text of a rule to a tree, by the grammar in `grammar.lark`."""

import re
from functools import cache, lru_cache

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from flowengine.language.rules.refusals import SYNTAX, TOO_LARGE, Node, RuleError
from flowengine.language.rules.rule import RuleProblem
from flowengine.language.rules.tables import load_parser

#: No rule that people can read is larger; beyond it is refused, not slow.
LONGEST = 2_000
DEEPEST = 40
DEEPEST_BRACKETS = 20
MOST_NODES = 500

_VALUES = frozenset({"NUMBER", "NAME", "PATH"})
#: What people write who know another language, and what it is here.
_FOREIGN = (
    (r"&&?", "Write `and`."),
    (r"\|\|?", "Write `or`."),
    (r"!(?!=)", "Write `not`."),
    (r"=(?!=)", "Write `==` to compare."),
    (r"<>|≠", "Write `!=`."),
    (r"≤", "Write `<=`."),
    (r"≥", "Write `>=`."),
    (r"==|!=|<=|>=|<|>", "Write `between A and B` for a range."),
    (r"AND\b|OR\b|NOT\b|IN\b|IS\b", "Words of a rule are written small."),
    (r"(?:null|None|nil|empty)\b", "Write `is missing` or `is given`."),
    (r"not\s+(?:missing|given)\b", "Write `is given` or `is missing`."),
    (r"[\u2018\u2019\u201c\u201d\u201e`]", "Texts stand between straight quotes."),
    (r"\(", "Only lowest, highest and business_days_between are called."),
    (r"%", "Write a share as a number: 0.2."),
    (r"[$€£]", "Write the currency after the amount: 5000 EUR."),
    (r"\[|\.", "A field is named with points: order.total."),
)
_TEXTS = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_COMMA_DECIMAL = re.compile(r"\d,\d")


# A file is checked at every keystroke, and hardly ever is it a rule that has changed.
@lru_cache(maxsize=1024)
def parsed(text: str) -> Node:
    """The tree of a rule, with offsets.

    Raises:
        RuleError: The text is not a rule (F301), or is too large for one (F306).
    """
    if len(text) > LONGEST:
        raise _too_large(text, f"longer than {LONGEST} characters")
    if _bracket_depth(text) > DEEPEST_BRACKETS:
        raise _too_large(text, f"with over {DEEPEST_BRACKETS} brackets one in another")
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise _syntax_refusal(text, error) from error
    _measure(text, tree)
    return tree


@cache
def _parser() -> Lark:
    # At the first rule that is compiled, so that who compiles none does not wait.
    return load_parser()


def _bracket_depth(text: str) -> int:
    """How many brackets stand inside one another at most; those in texts aside."""
    depth = deepest = 0
    for sign in _TEXTS.sub("", text):
        depth += (sign in "([") - (sign in ")]")
        deepest = max(deepest, depth)
    return deepest


def _measure(text: str, tree: Node) -> None:
    """Refuse a tree that is too deep or too large, without recursion."""
    waiting: list[tuple[Tree[Token] | Token, int]] = [(tree, 1)]
    count = 0
    while waiting:
        node, depth = waiting.pop()
        count += 1
        if depth > DEEPEST:
            raise _too_large(text, f"deeper than {DEEPEST} levels")
        if count > MOST_NODES:
            raise _too_large(text, f"of more than {MOST_NODES} parts")
        if isinstance(node, Tree):
            waiting += [(child, depth + 1) for child in node.children]


def _too_large(text: str, how: str) -> RuleError:
    help_text = "Split it: over several branches, or with a field that is set before."
    problem = RuleProblem(TOO_LARGE, 0, len(text), f"a rule {how}", help_text)
    return RuleError(problem)


def _syntax_refusal(text: str, error: UnexpectedInput) -> RuleError:
    offset, width, found = len(text.rstrip()), 1, ""
    expected = frozenset[str]()
    if isinstance(error, UnexpectedToken):
        expected = frozenset(error.expected)
        if error.token.type != "$END":
            offset, found = error.token.start_pos or 0, str(error.token)
            width = len(found)
    elif isinstance(error, UnexpectedCharacters):
        expected = frozenset(error.allowed or ())
        lines = text.splitlines(keepends=True)
        offset = sum(map(len, lines[: error.line - 1])) + error.column - 1
        found = text[offset]
    what = _expectation(expected)
    message = (
        f"expected {what}, but found `{found}`"
        if found
        else f"expected {what}, but the rule ends here"
    )
    help_text = _help(text, offset)
    return RuleError(RuleProblem(SYNTAX, offset, width, message, help_text))


def _expectation(expected: frozenset[str]) -> str:
    """What could have stood there, in words."""
    if expected >= _VALUES:
        return "a value such as order.total or 5000 EUR"
    for terminal, words in (
        ("IS", "an operator such as `==`, `in` or `and`"),
        ("WHERE", "`where` and a condition"),
        ("GIVEN", "`given` or `missing`"),
        ("FOR", "`for x in` and a list"),
        ("OF", "`of`"),
        ("PATH", "a list such as order.lines"),
        ("COMMA", "`,` or a bracket"),
        ("NAME", "a name"),
        ("IN", "`in` and a list"),
        ("AND", "`and`"),
        ("LPAR", "`(`"),
    ):
        if terminal in expected:
            return words
    return "nothing more"


def _help(text: str, offset: int) -> str | None:
    """How to write what was meant, where that can be told."""
    if _COMMA_DECIMAL.fullmatch(text[max(0, offset - 1) : offset + 2]):
        return "Write decimals with a point: 12.50 EUR."
    for pattern, help_text in _FOREIGN:
        if re.match(pattern, text[offset:]):
            return help_text
    return None
