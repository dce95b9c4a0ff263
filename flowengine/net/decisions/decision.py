"""One decision: rules over the data of one order, and what can be proved of them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flowengine.language.process import Process
from flowengine.language.rules import Rule
from flowengine.language.rules.expressions import Expression
from flowengine.language.types import DataType, Kind
from flowengine.net.decisions.orders import Order, order_in
from flowengine.net.decisions.questions import (
    IS_MISSING,
    Condition,
    Questions,
    Sort,
    Variable,
)
from flowengine.net.decisions.reading import Reader
from flowengine.net.decisions.search import CellLimitError, Found, Search, most_work
from flowengine.net.decisions.statements import (
    Literal,
    Statement,
    every,
    some,
)
from flowengine.net.decisions.values import Values


@dataclass(frozen=True, slots=True)
class MissingDecides:
    """A missing value by which an order takes another way than it would with one."""

    path: tuple[str, ...]
    #: The rule that compares it, by position.
    rule: int
    order: Order


class Decision:
    """Rules that are asked one after the other, or all, of one order.

    What is asked here may raise `CellLimitError`: it is not known within the limit.
    """

    def __init__(
        self,
        process: Process,
        rules: Sequence[Rule],
        element: tuple[str, DataType] | None = None,
        work: int | None = None,
    ) -> None:
        self.rules = tuple(rules)
        self.process = process
        self._root = process.subject if element is None else element[0]
        self._questions, _, reader = questions_of(process, element)
        self._conditions = [reader.condition(rule.expression) for rule in rules]
        self._questions.seal()
        self._search = Search(self._questions.variables, work or most_work(len(rules)))
        #: When each rule holds, and when it does not.
        self._holds = self._statements(positive=True)
        self._fails = self._statements(positive=False)

    def never_holds(self, rule: int) -> bool:
        """Whether there is no order that a rule holds for."""
        return self._search.find([self._holds[rule]]) is None

    def always_holds(self, rule: int) -> bool:
        """Whether there is no order that a rule does not hold for."""
        return self._search.find([self._fails[rule]]) is None

    def is_reached(self, rule: int) -> bool:
        """Whether there may be an order that a rule holds for, and none before it."""
        asked = [*self._fails[:rule], self._holds[rule]]
        return self._search.find(asked) is not None

    def is_possible(self, held: Collection[int], failed: Collection[int]) -> bool:
        """Whether there may be an order that some rules hold for, and others do not."""
        asked = [self._holds[rule] for rule in held]
        asked += [self._fails[rule] for rule in failed]
        return self._search.find(asked) is not None

    def leaves_out(self) -> bool:
        """Whether there may be an order that no rule holds for."""
        return self._search.find(self._fails) is not None

    def left_out(self) -> Order | None:
        """An order that no rule holds for, where one can be told."""
        order = self._order(self._search.find(self._fails))
        return order if order is not None and self.taken(order) is None else None

    def takers(self, rule: int) -> tuple[int, ...]:
        """Rules before one that take all its cases, and none that could be left out."""
        needed = list(range(rule))
        for before in range(rule):
            rest = [each for each in needed if each != before]
            asked = [*(self._fails[each] for each in rest), self._holds[rule]]
            if self._search.find(asked) is None:
                needed = rest
        return tuple(needed)

    def case_of(self, rule: int, taker: int) -> Order | None:
        """An order that a rule holds for, and that `taker` is the first to take.

        Only where one can be told, and where nothing else that the rules ask would
        lead it elsewhere.
        """
        asked = [*self._fails[:taker], self._holds[taker], self._holds[rule]]
        order = self._order(self._search.find(asked))
        if order is None or not self.holds(rule, order):
            return None
        return order if self.taken(order) == taker else None

    def taken(self, order: Order) -> int | None:
        """The first rule that holds for an order, asked of the rules themselves."""
        for number in range(len(self.rules)):
            if self.holds(number, order):
                return number
        return None

    def missing_decides(
        self, ways: Sequence[Sequence[int]]
    ) -> Iterator[MissingDecides]:
        """Each value that may be missing and then decides the way.

        It does where the order would go another way if the comparisons with the value
        were asked of some value, while what the rules say of its being given stays.
        `ways` are the rules that lead the same way, by position; the number after the
        last rule stands for `else`.
        """
        for variable in self._questions.variables:
            if variable.sort is Sort.GIVEN and variable.type.kind is not Kind.LIST:
                found = self._decided_by(variable, ways)
                if found is not None:
                    yield found

    def _decided_by(
        self, variable: Variable, ways: Sequence[Sequence[int]]
    ) -> MissingDecides | None:
        without = variable.number
        is_so = self._statements(positive=True, without=without)
        reads = self._statements(positive=True, without=without, trusting=True)
        differing = [n for n, rule in enumerate(reads) if rule != is_so[n]]
        if not differing:
            return None
        is_not = self._statements(positive=False, without=without)
        reads_not = self._statements(positive=False, without=without, trusting=True)
        as_it_is = _chosen(is_so, is_not)
        as_it_reads = _chosen(reads, reads_not)
        missing = Literal(without, IS_MISSING)
        for way in ways:
            goes = some(as_it_is[each] for each in way)
            others = (n for n in range(len(as_it_reads)) if n not in way)
            order = self._order(
                self._search.find([missing, goes, some(as_it_reads[n] for n in others)])
            )
            if order is None:
                continue
            taken = self.taken(order)
            if (len(self.rules) if taken is None else taken) in way:
                return MissingDecides(variable.path or (), differing[0], order)
        return None

    def _statements(
        self, *, positive: bool, without: int | None = None, trusting: bool = False
    ) -> list[Statement]:
        return [
            self._questions.statement(
                each, positive=positive, without=without, trusting=trusting
            )
            for each in self._conditions
        ]

    def _order(self, found: Found | None) -> Order | None:
        if found is None:
            return None
        return order_in(self.process, self._root, self._questions.variables, found)

    def holds(self, rule: int, order: Order) -> bool:
        """Whether a rule holds for an order, asked of the rule itself."""
        return self.rules[rule].evaluate(order.data, order.now) is True


def is_possible(process: Process, held: Sequence[Rule], failed: Sequence[Rule]) -> bool:
    """Whether there may be an order for which some rules hold, and others do not.

    A run that takes a branch holds the branch's rule and none of those before it. Only
    for rules that are asked of the same data: what a step sets in between changes them.
    Where it cannot be decided, it may be possible.
    """
    decision = Decision(process, (*held, *failed))
    numbers = range(len(decision.rules))
    try:
        return decision.is_possible(numbers[: len(held)], numbers[len(held) :])
    except CellLimitError:
        return True


def is_always_missing(process: Process, expression: Expression) -> bool:
    """Whether an expression has no value for any order."""
    questions, values, _ = questions_of(process)
    condition: Condition = values.given(expression)
    questions.seal()
    given = questions.statement(condition)
    return Search(questions.variables).find([given]) is None


def questions_of(
    process: Process, element: tuple[str, DataType] | None = None
) -> tuple[Questions, Values, Reader]:
    """Questions of an order, and of the element of an `each` by its name."""
    roots: Mapping[str, DataType] = {
        process.subject: DataType(Kind.RECORD, record=process.subject),
        **(dict([element]) if element is not None else {}),
    }
    questions = Questions()
    values = Values(questions, process.data, roots)
    return questions, values, Reader(questions, values)


def _chosen(holds_of: list[Statement], fails: list[Statement]) -> list[Statement]:
    """When each rule is the first that holds, and at last when none does."""
    return [
        *(every([*fails[:n], rule]) for n, rule in enumerate(holds_of)),
        every(fails),
    ]
