"""How reading a rule is refused: with problems at exact offsets, several at once."""

from collections.abc import Callable, Collection, Iterable
from typing import TypeAlias, TypeVar

from lark import Token, Tree

from flowengine.language.near import near_name
from flowengine.language.rules.rule import RuleProblem

Node: TypeAlias = Tree[Token]
_Read = TypeVar("_Read")

UNKNOWN_FIELD = "F201"
UNKNOWN_CALENDAR = "F205"
SYNTAX = "F301"
TYPES = "F302"
UNITS = "F303"
NOT_A_CHOICE = "F304"
PERSONAL = "F305"
TOO_LARGE = "F306"


class RuleError(Exception):
    """A part of a rule has no meaning; stays inside this package."""

    def __init__(self, *problems: RuleProblem) -> None:
        super().__init__(problems)
        self.problems = problems


def refusal(
    at: Node | Token, code: str, message: str, help_text: str | None = None
) -> RuleError:
    """The refusal of one node."""
    start, end = span(at)
    return RuleError(RuleProblem(code, start, end - start, message, help_text))


def span(at: Node | Token) -> tuple[int, int]:
    """Where a node begins and ends in the text."""
    if isinstance(at, Token):
        start = at.start_pos or 0
        return start, start + len(at)
    return at.meta.start_pos, at.meta.end_pos


def each(readers: Iterable[Callable[[], _Read]]) -> list[_Read]:
    """All of them, or the problems of all of them.

    Raises:
        RuleError: At least one was refused.
    """
    results: list[_Read] = []
    problems: list[RuleProblem] = []
    for read in readers:
        try:
            results.append(read())
        except RuleError as refused:
            problems += refused.problems
    if problems:
        raise RuleError(*problems)
    return results


def meant(name: str, known: Collection[str]) -> str | None:
    """`did you mean …?` where a known name is near, else None."""
    found = near_name(name, known, 0.7)
    return f"did you mean `{found}`?" if found else None


def listed(names: Collection[str]) -> str:
    """Names for people: `a`, `b`, `c`."""
    return ", ".join(f"`{name}`" for name in names)
