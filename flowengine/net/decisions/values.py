"""The values that rules speak of, as variables: fields, counts, sums, presence.

What is worked out in a way that cannot be cut (products of fields, sums over lists) is
a variable of its own, the same wherever the same expression stands.
"""

from collections.abc import Hashable, Mapping
from datetime import date
from math import gcd

from flowengine.language.rules.expressions import (
    Arithmetic,
    BusinessDays,
    Constant,
    Count,
    Expression,
    Extreme,
    Field,
    Fold,
    Folded,
    Negative,
    Operator,
    Scaled,
)
from flowengine.language.rules.kinds import ORDERED
from flowengine.language.types import DataType, Kind, Record
from flowengine.net.decisions.amounts import Linear
from flowengine.net.decisions.questions import (
    Both,
    Condition,
    Given,
    Opposite,
    Questions,
    Sort,
    Variable,
)

_YES_NO = DataType(Kind.YES_NO)
_DATE_BOUNDS = (date.min.toordinal(), date.max.toordinal())


class Values:
    """Finds the variables of one decision."""

    def __init__(
        self,
        questions: Questions,
        records: Mapping[str, Record],
        roots: Mapping[str, DataType],
    ) -> None:
        self._questions = questions
        self._records = records
        #: What a path may begin with: the subject, and the element of an `each`.
        self._roots = roots

    def given(self, expression: Expression, *, tacit: bool = True) -> Condition:
        """When an expression has a value; a condition always has one."""
        match expression:
            case Field(path=path):
                return self._path_given(path, tacit)
            case Count(elements=elements):
                return self.given(elements.list, tacit=tacit)
            case Folded():
                return self._fold_given(expression, tacit)
            case _:
                return self._made_given(expression, tacit)

    def at_most(self, amount: Linear, bound: int) -> Condition:
        """When a sum is at most `bound`."""
        rest = bound - amount.constant
        if not amount.factors:
            return rest >= 0
        shared = gcd(*amount.factors.values())
        first = min(amount.factors)
        turn = shared if amount.factors[first] > 0 else -shared
        factors = {each: n // turn for each, n in sorted(amount.factors.items())}
        number = first if factors == {first: 1} else self._combined(factors)
        if turn > 0:
            return self._questions.ask(number, None, rest // turn)
        return self._questions.ask(number, -(rest // -turn), None)

    def linear(self, expression: Expression) -> Linear:
        """An amount as a sum of variables."""
        match expression:
            case Constant():
                return Linear(constant=constant_of(expression))
            case Scaled(operand=operand, by=by):
                return self.linear(operand).times(by)
            case Negative(operand=operand):
                return self.linear(operand).times(-1)
            case Arithmetic(operator=Operator.PLUS | Operator.MINUS):
                turn = 1 if expression.operator is Operator.PLUS else -1
                right = self.linear(expression.right)
                return self.linear(expression.left).plus(right, turn)
            case Arithmetic(operator=Operator.TIMES, over=1):
                return self._product(expression)
            case _:
                return Linear({self._amount(expression).number: 1})

    def field(self, field: Field) -> Variable:
        """The variable of a field's value."""
        is_amount = field.type.kind in ORDERED
        sort = Sort.AMOUNT if is_amount else Sort.CHOICE
        made = self._questions.variable(field.path, sort, field.type)
        made.path = field.path
        if field.type.kind is Kind.DATE:
            made.least, made.most = _DATE_BOUNDS
        return made

    def free(self, key: Hashable) -> Condition:
        """A condition of which nothing is known."""
        made = self._questions.variable(key, Sort.FREE, _YES_NO)
        return Given(made.number, tacit=False)

    def _amount(self, expression: Expression) -> Variable:
        if isinstance(expression, Field):
            return self.field(expression)
        made = self._questions.variable(expression, Sort.AMOUNT, expression.type)
        made.expression = expression
        if isinstance(expression, Count):
            made.least = 0
        return made

    def _product(self, expression: Arithmetic) -> Linear:
        left, right = self.linear(expression.left), self.linear(expression.right)
        if not right.factors:
            return left.times(right.constant)
        if not left.factors:
            return right.times(left.constant)
        return Linear({self._amount(expression).number: 1})

    def _combined(self, factors: dict[int, int]) -> int:
        """The variable of a sum; of a difference it is known of which."""
        key = ("sum", *factors.items())
        made = self._questions.variable(key, Sort.AMOUNT, DataType(Kind.INTEGER))
        if list(factors.values()) == [1, -1]:
            first, second = factors
            made.of = (first, second)
        return made.number

    def _is_zero(self, expression: Expression) -> Condition:
        amount = self.linear(expression)
        below = self.at_most(amount, -1)
        return Both((self.at_most(amount, 0), Opposite(below)))

    def _path_given(self, path: tuple[str, ...], tacit: bool) -> Condition:
        """When a field and all that it stands in are given."""
        current = self._roots[path[0]]
        asked = {path[:1]: current}
        for length, name in enumerate(path[1:], 2):
            current = self._records[current.record or ""].fields[name]
            asked[path[:length]] = current
        parts: list[Condition] = []
        for prefix, found in asked.items():
            if found.optional:
                made = self._questions.variable(("given", prefix), Sort.GIVEN, found)
                made.path = prefix
                parts.append(Given(made.number, tacit))
        return Both(tuple(parts))

    def _fold_given(self, expression: Folded, tacit: bool) -> Condition:
        listed = self.given(expression.elements.list, tacit=tacit)
        if expression.fold is Fold.SUM and self._is_whole(expression):
            return listed
        return Both((listed, self.free(("given", expression))))

    def _made_given(self, expression: Expression, tacit: bool) -> Condition:
        """When an amount that is made of others has a value."""
        made_of: tuple[Expression, ...] = ()
        also: Condition = True
        match expression:
            case Scaled(operand=operand) | Negative(operand=operand):
                made_of = (operand,)
            case Arithmetic(operator=operator, left=left, right=right):
                made_of = (left, right)
                if operator is Operator.OVER:
                    also = Opposite(self._is_zero(right))
            case Extreme(operands=operands):
                made_of = operands
            case BusinessDays(start=start, end=end):
                made_of = (start, end)
                also = self.free(("given", expression))
            case _:
                return True
        return Both((*(self.given(each, tacit=tacit) for each in made_of), also))

    def _is_whole(self, expression: Folded) -> bool:
        """Whether the body of a sum has a value for every element."""
        element = expression.elements.list.type.element
        if element is None:
            return False
        roots = {**self._roots, expression.elements.variable: element}
        inside = Values(Questions(), self._records, roots)
        return _is_certain(inside.given(expression.body))


def constant_of(constant: Constant) -> int:
    """A written amount; of a date the number of its day."""
    if constant.type.kind is Kind.DATE:
        return date.fromisoformat(str(constant.value)).toordinal()
    return int(constant.value)


def _is_certain(condition: Condition) -> bool:
    if isinstance(condition, Both):
        return all(map(_is_certain, condition.parts))
    return condition is True
