"""What rules ask, and the cells into which the answers fall.

While rules are read their questions are collected: from where to where an amount lies,
which values a choice has, whether a value is given. `Questions.statement` then knows
all constants that a variable is compared with, so each variable has finitely many cells
and every question is a mask of them.

An amount is cut behind each constant: cells are whole numbers from one cut to the
next, so that `> 500 EUR` and `< 500.0001 EUR` share no cell. Of other values each named
one is a cell, and all the rest are one.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, TypeAlias

from flowengine.language.rules.expressions import Expression
from flowengine.language.types import DataType, Kind
from flowengine.net.decisions.statements import Every, Literal, Statement, every, some


class Ask(NamedTuple):
    """Whether an amount lies between two bounds, both included; None is unbounded."""

    variable: int
    low: int | None
    high: int | None


class Among(NamedTuple):
    """Whether a choice is one of some values."""

    variable: int
    values: frozenset[str | bool]


class Given(NamedTuple):
    """Whether a value is given; `tacit` where the rule does not say so itself.

    A comparison with a missing value is false: it asks tacitly for the value.
    """

    variable: int
    tacit: bool


class Same(NamedTuple):
    """Whether two choices have the same value; `free` decides it for unnamed ones."""

    left: int
    right: int
    free: int


class Opposite(NamedTuple):
    """Whether a condition does not hold."""

    part: "Condition"


Condition: TypeAlias = "bool | Ask | Among | Given | Same | Opposite | Both | Either"


class Both(NamedTuple):
    """All of some conditions hold."""

    parts: tuple[Condition, ...]


class Either(NamedTuple):
    """One of some conditions holds."""

    parts: tuple[Condition, ...]


class Sort(Enum):
    """How the values of a variable fall into cells."""

    AMOUNT = "whole numbers, cut at constants"
    CHOICE = "named values and any other"
    GIVEN = "given or missing"
    FREE = "a condition that is not looked into"


#: The cell of a value that is there, and of one that is missing.
IS_GIVEN, IS_MISSING = 1, 2


@dataclass(slots=True)
class Variable:
    """One thing that rules ask about, with the cells of its values."""

    number: int
    sort: Sort
    type: DataType
    #: Where its value stands in the data, or None for what is worked out.
    path: tuple[str, ...] | None = None
    #: What is worked out: a count, a sum, a product.
    expression: Expression | None = None
    #: Of the difference of two amounts, or of two choices being alike, their variables.
    of: tuple[int, int] | None = None
    least: int | None = None
    most: int | None = None
    cuts: list[int] = field(default_factory=list)
    named: dict[str | bool, None] = field(default_factory=dict)
    #: Whether there are values of a choice beside the named ones.
    has_others: bool = False
    #: All of its cells, once it is cut.
    whole: int = IS_GIVEN | IS_MISSING

    def seal(self) -> None:
        """Tell its cells once all that cuts it is known."""
        if self.sort is Sort.CHOICE:
            self.whole = (1 << (len(self.named) + self.has_others)) - 1
        elif self.sort is Sort.AMOUNT:
            self.whole = self.between(self.least, self.most)

    def between(self, low: int | None, high: int | None) -> int:
        """The cells from a bound to another; bounds are cuts, or the variable's own."""
        first = 0 if low is None else bisect_left(self.cuts, low)
        last = len(self.cuts) if high is None else bisect_left(self.cuts, high)
        return ((1 << (last + 1)) - 1) & ~((1 << first) - 1) if last >= first else 0

    def among(self, values: frozenset[str | bool]) -> int:
        """The cells of some named values."""
        return sum(1 << n for n, value in enumerate(self.named) if value in values)

    def runs(self, mask: int) -> Iterator[tuple[int | None, int | None]]:
        """The stretches of whole numbers that cells make up, the lowest first."""
        cell = 0
        while mask >> cell:
            if not mask >> cell & 1:
                cell += 1
                continue
            first = cell
            while mask >> cell & 1:
                cell += 1
            yield self._low(first), self._high(cell - 1)

    def _low(self, cell: int) -> int | None:
        if cell == 0:
            return self.least
        low = self.cuts[cell - 1] + 1
        return low if self.least is None else max(low, self.least)

    def _high(self, cell: int) -> int | None:
        if cell == len(self.cuts):
            return self.most
        high = self.cuts[cell]
        return high if self.most is None else min(high, self.most)


class Questions:
    """The variables of one decision, and its conditions as statements over them."""

    def __init__(self) -> None:
        self.variables: list[Variable] = []
        self._numbers: dict[Hashable, int] = {}
        self._cuts: dict[int, set[int]] = {}
        self._linked: list[Same] = []

    def variable(self, key: Hashable, sort: Sort, data_type: DataType) -> Variable:
        """The variable under a key; a new one at its first use."""
        number = self._numbers.get(key)
        if number is not None:
            return self.variables[number]
        number = self._numbers[key] = len(self.variables)
        made = Variable(number, sort, data_type)
        if sort is Sort.CHOICE:
            made.has_others = data_type.kind not in {Kind.ONE_OF, Kind.YES_NO}
            values = (True, False) if data_type.kind is Kind.YES_NO else ()
            made.named = dict.fromkeys(data_type.choices or values)
        self.variables.append(made)
        return made

    def ask(self, variable: int, low: int | None, high: int | None) -> Condition:
        """Whether an amount lies between two bounds."""
        cuts = self._cuts.setdefault(variable, set())
        if low is not None:
            cuts.add(low - 1)
        if high is not None:
            cuts.add(high)
        return Ask(variable, low, high)

    def among(self, variable: int, values: frozenset[str | bool]) -> Condition:
        """Whether a choice is one of some values."""
        made = self.variables[variable]
        if made.has_others:
            made.named.update(dict.fromkeys(sorted(map(str, values))))
        return Among(variable, values)

    def same(self, left: int, right: int) -> Condition:
        """Whether two choices have the same value."""
        left, right = min(left, right), max(left, right)
        yes_no = DataType(Kind.YES_NO)
        free = self.variable(("same", left, right), Sort.FREE, yes_no)
        free.of = (left, right)
        linked = Same(left, right, free.number)
        self._linked.append(linked)
        return linked

    def seal(self) -> None:
        """Cut every variable at all that was asked; nothing is asked after this."""
        for number, cuts in self._cuts.items():
            self.variables[number].cuts = sorted(cuts)
        for _ in self._linked:
            for pair in self._linked:
                left, right = self.variables[pair.left], self.variables[pair.right]
                for one, other in ((left, right), (right, left)):
                    if one.has_others:
                        one.named.update(other.named)
        for variable in self.variables:
            variable.seal()

    def statement(
        self,
        condition: Condition,
        *,
        positive: bool = True,
        without: int | None = None,
        trusting: bool = False,
    ) -> Statement:
        """A condition, or its opposite, over cells.

        `without` is the variable of what is missing. With `trusting`, tacit questions
        for it are taken to hold all the same: the rule as it reads to people who forget
        that a value may be missing.
        """
        match condition:
            case bool():
                return condition is positive
            case Opposite(part):
                return self.statement(
                    part, positive=not positive, without=without, trusting=trusting
                )
            case Both(parts) | Either(parts):
                statements = (
                    self.statement(
                        part, positive=positive, without=without, trusting=trusting
                    )
                    for part in parts
                )
                is_every = isinstance(condition, Both) is positive
                return every(statements) if is_every else some(statements)
            case Given(variable, tacit):
                if variable == without:
                    return (tacit and trusting) is positive
                return Literal(variable, IS_GIVEN if positive else IS_MISSING)
            case Same():
                statement = self._same(condition)
                return statement if positive else opposite(statement, self.variables)
            case Ask() | Among():
                return self._literal(condition, positive)

    def _literal(self, asked: Ask | Among, positive: bool) -> Statement:
        variable = self.variables[asked.variable]
        if isinstance(asked, Ask):
            mask = variable.between(asked.low, asked.high)
        else:
            mask = variable.among(asked.values)
        whole = variable.whole
        mask = mask & whole if positive else whole & ~mask
        if mask in (0, whole):
            return mask != 0
        return Literal(asked.variable, mask)

    def _same(self, pair: Same) -> Statement:
        left, right = self.variables[pair.left], self.variables[pair.right]
        ways: list[Statement] = [
            Every(
                (
                    Literal(pair.left, left.among(frozenset({value}))),
                    Literal(pair.right, right.among(frozenset({value}))),
                )
            )
            for value in left.named
            if value in right.named
        ]
        if left.has_others and right.has_others:
            others = (
                Literal(pair.left, 1 << len(left.named)),
                Literal(pair.right, 1 << len(right.named)),
                Literal(pair.free, IS_GIVEN),
            )
            ways.append(Every(others))
        return some(ways)


def opposite(statement: Statement, variables: list[Variable]) -> Statement:
    """What holds where the statement does not."""
    if isinstance(statement, bool):
        return not statement
    if isinstance(statement, Literal):
        mask = variables[statement.variable].whole & ~statement.mask
        return Literal(statement.variable, mask) if mask else False
    parts = (opposite(part, variables) for part in statement.parts)
    return some(parts) if isinstance(statement, Every) else every(parts)
