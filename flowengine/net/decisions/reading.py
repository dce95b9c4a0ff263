"""Typed rules as conditions over questions: exactly what `Rule.evaluate` would say.

Where something cannot be cut into cells nothing is known of its value. So a rule read
here can hold for more orders than there are, and never for fewer: what is proved never
to hold never does.
"""

from collections.abc import Callable

from flowengine.language.rules.expressions import (
    Arithmetic,
    Between,
    Comparison,
    Constant,
    Contained,
    Count,
    Elements,
    Expression,
    Field,
    Joined,
    Junction,
    Membership,
    Negation,
    Negative,
    Operator,
    Presence,
    Quantifier,
    Relation,
    Scaled,
)
from flowengine.language.rules.kinds import ORDERED
from flowengine.language.types import DataType, Kind
from flowengine.net.decisions.amounts import last_at_most, step_of
from flowengine.net.decisions.questions import (
    Both,
    Condition,
    Either,
    Opposite,
    Questions,
)
from flowengine.net.decisions.values import Values, constant_of

_YES = frozenset[str | bool]({True})
_ALWAYS = Constant(DataType(Kind.YES_NO), True)


class Reader:
    """Reads rules of one decision into its questions."""

    def __init__(self, questions: Questions, values: Values) -> None:
        self._questions = questions
        self._values = values

    def condition(self, expression: Expression) -> Condition:
        """When a yes/no expression holds."""
        match expression:
            case Constant(value=value):
                return value is True
            case Field():
                number = self._values.field(expression).number
                held = self._questions.among(number, _YES)
                return Both((self._values.given(expression), held))
            case Joined(junction=junction, parts=parts):
                conditions = tuple(map(self.condition, parts))
                is_and = junction is Junction.AND
                return Both(conditions) if is_and else Either(conditions)
            case Negation(operand=operand):
                return Opposite(self.condition(operand))
            case Presence(operand=operand, given=given):
                present = self._values.given(operand, tacit=False)
                return present if given else Opposite(present)
            case _:
                return self._asked(expression)

    def _asked(self, expression: Expression) -> Condition:
        match expression:
            case Comparison(relation=relation, left=left, right=right):
                return self._comparison(relation, left, right)
            case Between():
                return self._between(expression)
            case Membership():
                return self._membership(expression)
            case Contained(operand=operand, list=listing, negated=negated):
                held = self._values.free(("contained", operand, listing))
                asked = Opposite(held) if negated else held
                return Both((*self._all_given(operand, listing), asked))
            case Quantifier(every=is_every, elements=elements):
                return self._quantifier(is_every, elements)
            case _:
                raise TypeError(f"Expected a condition, but got {expression!r}.")

    def _comparison(
        self, relation: Relation, left: Expression, right: Expression
    ) -> Condition:
        compared = self._compared(relation, left, right)
        return Both((*self._all_given(left, right), compared))

    def _between(self, asked: Between) -> Condition:
        low = self._compared(Relation.MORE_OR_EQUAL, asked.operand, asked.low)
        high = self._compared(Relation.LESS_OR_EQUAL, asked.operand, asked.high)
        within = Both((low, high))
        given = self._all_given(asked.operand, asked.low, asked.high)
        return Both((*given, Opposite(within) if asked.negated else within))

    def _membership(self, asked: Membership) -> Condition:
        operand, members = asked.operand, asked.members
        if not asked.negated:
            return Either(
                tuple(self._comparison(Relation.EQUAL, operand, m) for m in members)
            )
        unequal = (self._compared(Relation.UNEQUAL, operand, m) for m in members)
        return Both((*self._all_given(operand, *members), *unequal))

    def _quantifier(self, is_every: bool, elements: Elements) -> Condition:
        """`any` as a count of at least one, `all` as none that is not so."""
        where = elements.where or _ALWAYS
        if is_every:
            where = where.operand if isinstance(where, Negation) else Negation(where)
        count = Count(Elements(elements.variable, elements.list, where))
        none = self._values.at_most(self._values.linear(count), 0)
        asked = none if is_every else Opposite(none)
        return Both((self._values.given(elements.list), asked))

    def _all_given(self, *expressions: Expression) -> tuple[Condition, ...]:
        return tuple(self._values.given(each) for each in expressions)

    def _compared(
        self, relation: Relation, left: Expression, right: Expression
    ) -> Condition:
        """A comparison of two values that are given."""
        if left.type.kind in ORDERED:
            return self._ordered(relation, left, right)
        if left.type.kind is Kind.YES_NO:
            equal = _alike(self.condition(left), self.condition(right))
        else:
            equal = self._equal(left, right)
        return equal if relation is Relation.EQUAL else Opposite(equal)

    def _equal(self, left: Expression, right: Expression) -> Condition:
        """Whether two choices, texts or countries are the same."""
        if isinstance(left, Constant):
            left, right = right, left
        if isinstance(left, Constant) and isinstance(right, Constant):
            return left.value == right.value
        if not isinstance(left, Field):
            return self._values.free(("equal", left, right))
        number = self._values.field(left).number
        if isinstance(right, Constant):
            return self._questions.among(number, frozenset({str(right.value)}))
        if not isinstance(right, Field):
            return self._values.free(("equal", left, right))
        other = self._values.field(right).number
        return number == other or self._questions.same(number, other)

    def _ordered(
        self, relation: Relation, left: Expression, right: Expression
    ) -> Condition:
        below = self._bounded(left, right)
        match relation:
            case Relation.LESS_OR_EQUAL:
                return below(0)
            case Relation.LESS:
                return below(-1)
            case Relation.MORE:
                return Opposite(below(0))
            case Relation.MORE_OR_EQUAL:
                return Opposite(below(-1))
            case Relation.EQUAL | Relation.UNEQUAL:
                equal = Both((below(0), Opposite(below(-1))))
                return equal if relation is Relation.EQUAL else Opposite(equal)

    def _bounded(
        self, left: Expression, right: Expression
    ) -> Callable[[int], Condition]:
        """When the left amount is at most so much above the right one."""
        stepped = None
        if isinstance(right, Constant):
            stepped = self._stepped(left, constant_of(right))
        elif isinstance(left, Constant):
            turned = Negative(right.type, right)
            stepped = self._stepped(turned, -constant_of(left))
        if stepped is not None:
            return stepped
        difference = self._values.linear(left).plus(self._values.linear(right), -1)
        return lambda bound: self._values.at_most(difference, bound)

    def _stepped(
        self, expression: Expression, constant: int
    ) -> Callable[[int], Condition] | None:
        """When a rounded amount of one field is at most so much above a constant."""
        step = step_of(expression) if _is_rounded(expression) else None
        if step is None:
            return None
        unknown = next(iter(self._values.linear(step.unknown).factors))

        def below(bound: int) -> Condition:
            low, high = last_at_most(step, constant + bound)
            if low is not None and high is not None:
                return False
            if low is None and high is None:
                return True
            return self._questions.ask(unknown, low, high)

        return below


def _alike(left: Condition, right: Condition) -> Condition:
    """When both conditions hold, or neither."""
    neither = Both((Opposite(left), Opposite(right)))
    return Either((Both((left, right)), neither))


def _is_rounded(expression: Expression) -> bool:
    """Whether an amount is rounded somewhere, so that it is no plain sum."""
    match expression:
        case Scaled(operand=operand) | Negative(operand=operand):
            return _is_rounded(operand)
        case Arithmetic(operator=operator, left=left, right=right):
            if operator is Operator.OVER or expression.over != 1:
                return True
            return _is_rounded(left) or _is_rounded(right)
        case _:
            return False
