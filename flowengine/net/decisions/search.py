"""Searching the cells for an order that statements hold for.

Literals narrow the cells of their variables until nothing follows any more; then the
search takes one literal of what is left as true, and after that as false. So it never
walks through all cells, and still misses none. Amounts that are compared with each
other must lie so that their differences do: that is settled at the end of a branch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from flowengine.net.decisions.differences import Bounds, Span, bounds_of
from flowengine.net.decisions.questions import Sort, Variable
from flowengine.net.decisions.statements import (
    Every,
    Literal,
    Some,
    Statement,
    every,
    some,
)

#: Statements that are looked at for one decision before it is not decided.
MOST_WORK = 3_000


def most_work(rules: int) -> int:
    """How much may be looked at for a decision of so many rules; more for a table."""
    return MOST_WORK * (1 + rules // 16)


class CellLimitError(Exception):
    """A search has met its limit; stays inside this package."""


@dataclass(frozen=True, slots=True)
class Found:
    """Cells that the statements hold for: any order whose values lie in them."""

    #: For each variable the cells that are left.
    cells: tuple[int, ...]
    #: Where compared amounts can lie together; None where none are compared.
    bounds: Bounds | None


class Search:
    """Searches over the variables of one decision, with one limit for all of them."""

    def __init__(self, variables: Sequence[Variable], work: int = MOST_WORK) -> None:
        self._variables = variables
        #: Differences of two amounts.
        self._pairs = [
            each for each in variables if each.of and each.sort is Sort.AMOUNT
        ]
        self._left = work

    def find(self, statements: Sequence[Statement]) -> Found | None:
        """An order that all statements hold for; None where there is none.

        Raises:
            CellLimitError: That is not known within the limit.
        """
        whole = [variable.whole for variable in self._variables]
        waiting = [(list(statements), whole)]
        while waiting:
            asked, cells = waiting.pop()
            left = self._narrow(asked, cells)
            if left:
                literal = _first(min(left, key=_size))
                inside = cells.copy()
                inside[literal.variable] &= literal.mask
                cells[literal.variable] &= ~literal.mask
                waiting += [(left, cells), (left, inside)]
            elif left is not None:
                found = self._settle(cells)
                if found is not None:
                    return found
        return None

    def _narrow(
        self, statements: list[Statement], cells: list[int]
    ) -> list[Statement] | None:
        """What is left to hold once cells are narrowed; None where nothing can."""
        while True:
            left: list[Statement] = []
            has_narrowed = False
            for part in self._parts(statements, cells):
                if isinstance(part, Literal):
                    cells[part.variable] &= part.mask
                    has_narrowed = True
                    if cells[part.variable]:
                        continue
                    return None
                if part is False:
                    return None
                left.append(part)
            if not has_narrowed:
                return left
            statements = left

    def _parts(
        self, statements: list[Statement], cells: list[int]
    ) -> Iterator[Statement]:
        """All that must hold, as the cells are when each is asked for."""
        for statement in statements:
            now = self._simple(statement, cells)
            if isinstance(now, Every):
                yield from now.parts
            elif now is not True:
                yield now

    def _simple(self, statement: Statement, cells: list[int]) -> Statement:
        """A statement without what the cells that are left decide."""
        self._left -= 1
        if self._left < 0:
            raise CellLimitError
        if isinstance(statement, bool):
            return statement
        if isinstance(statement, Literal):
            now = cells[statement.variable]
            within = now & statement.mask
            return statement if within and within != now else within != 0
        parts = (self._simple(part, cells) for part in statement.parts)
        return every(parts) if isinstance(statement, Every) else some(parts)

    def _settle(self, cells: list[int]) -> Found | None:
        """The first way in which compared amounts can lie together."""
        asked = [pair for pair in self._pairs if cells[pair.number] != pair.whole]
        if not asked:
            return Found(tuple(cells), None)
        for bounds in self._ways(asked, cells):
            if bounds is not None:
                return Found(tuple(cells), bounds)
        return None

    def _ways(self, asked: list[Variable], cells: list[int]) -> Iterator[Bounds | None]:
        amounts = sorted({number for pair in asked for number in pair.of or ()})
        sides = [
            list(self._variables[each].runs(cells[each]))
            for each in (*amounts, *(pair.number for pair in asked))
        ]
        for spans in product(*sides):
            self._left -= len(spans) ** 2
            if self._left < 0:
                raise CellLimitError
            lying: dict[int, Span] = dict(zip(amounts, spans, strict=False))
            apart = {
                pair.of: span
                for pair, span in zip(asked, spans[len(amounts) :], strict=True)
                if pair.of is not None
            }
            yield bounds_of(lying, apart)


def _size(statement: Statement) -> int:
    return len(statement.parts) if isinstance(statement, Some | Every) else 0


def _first(statement: Statement) -> Literal:
    while not isinstance(statement, Literal):
        if isinstance(statement, bool):
            raise TypeError("Expected what is known to be left out before.")
        statement = statement.parts[0]
    return statement
