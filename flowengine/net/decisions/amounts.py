"""Amounts as rules compare them: sums of fields with whole factors, and steps.

`order.total - order.paid > 5 EUR` is a `Linear` amount of two variables. What is
rounded (`order.total * 0.2`) is no such sum, but it never falls while its one field
rises, or never rises: where it passes a bound is found by halving, exactly.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flowengine.language.rules.expressions import (
    Arithmetic,
    Constant,
    Count,
    Expression,
    Field,
    Negative,
    Now,
    Operator,
    Scaled,
)
from flowengine.quantities import divided

#: No amount that a step function is asked about is larger.
_FARTHEST = 10**30


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum: whole factors of variables, and a constant."""

    factors: Mapping[int, int] = field(default_factory=dict)
    constant: int = 0

    def plus(self, other: "Linear", times: int = 1) -> "Linear":
        """This amount and so many times another."""
        factors = dict(self.factors)
        for variable, factor in other.factors.items():
            factors[variable] = factors.get(variable, 0) + times * factor
        kept = {variable: factor for variable, factor in factors.items() if factor}
        return Linear(kept, self.constant + times * other.constant)

    def times(self, factor: int) -> "Linear":
        """So many times this amount."""
        return Linear().plus(self, factor)


@dataclass(frozen=True, slots=True)
class Step:
    """A rounded amount of one unknown that never falls, or never rises, with it."""

    unknown: Expression
    value: Callable[[int], int]
    rises: bool


def step_of(expression: Expression) -> Step | None:
    """A rounded amount as a function of its one unknown; None for any other."""
    found = _unknowns(expression)
    direction = _direction(expression)
    if len(found) != 1 or not direction:
        return None
    return Step(found.pop(), lambda at: _value(expression, at), direction > 0)


def last_at_most(step: Step, bound: int) -> tuple[int | None, int | None]:
    """From where to where the unknown lies while the step is at most `bound`.

    Both None: everywhere. The first above the second: nowhere.
    """
    sign = 1 if step.rises else -1
    if step.value(sign * _FARTHEST) <= bound:
        return None, None
    low, high = -_FARTHEST, _FARTHEST  # at most `bound` at low, above it at high
    if step.value(sign * low) > bound:
        return 1, 0
    while high - low > 1:
        middle = (low + high) // 2
        if step.value(sign * middle) <= bound:
            low = middle
        else:
            high = middle
    return (None, low) if step.rises else (-low, None)


def _unknowns(expression: Expression) -> set[Expression]:
    match expression:
        case Field() | Now() | Count(elements=_):
            return {expression}
        case Scaled(operand=operand) | Negative(operand=operand):
            return _unknowns(operand)
        case Arithmetic(left=left, right=right):
            return _unknowns(left) | _unknowns(right)
        case _:
            return set()


def _direction(expression: Expression) -> int | None:
    """1 where it never falls with its unknown, -1 never rises, 0 stays, else None."""
    match expression:
        case Field() | Now() | Count():
            return 1
        case Constant():
            return 0
        case Scaled(operand=operand):
            return _direction(operand)
        case Negative(operand=operand):
            return _turned(_direction(operand), -1)
        case Arithmetic(operator=Operator.PLUS | Operator.MINUS as operator):
            turn = 1 if operator is Operator.PLUS else -1
            right = _turned(_direction(expression.right), turn)
            return _together(_direction(expression.left), right)
        case Arithmetic(left=left, right=right):
            return _scaled_direction(expression, left, right)
        case _:
            return None


def _scaled_direction(
    expression: Arithmetic, left: Expression, right: Expression
) -> int | None:
    if isinstance(right, Constant) and right.value != 0:
        return _turned(_direction(left), 1 if int(right.value) > 0 else -1)
    if isinstance(left, Constant) and expression.operator is Operator.TIMES:
        factor = int(left.value)
        return _turned(_direction(right), (factor > 0) - (factor < 0))
    return None


def _turned(direction: int | None, by: int) -> int | None:
    return None if direction is None else direction * by


def _together(left: int | None, right: int | None) -> int | None:
    if left is None or right is None or left * right < 0:
        return None
    return left or right


def _value(expression: Expression, at: int) -> int:
    """An amount where its one unknown is `at`."""
    match expression:
        case Constant(value=value):
            return int(value)
        case Scaled(operand=operand, by=by):
            return _value(operand, at) * by
        case Negative(operand=operand):
            return -_value(operand, at)
        case Arithmetic(left=left, right=right):
            return _result(expression, _value(left, at), _value(right, at))
        case _:
            return at


def _result(expression: Arithmetic, left: int, right: int) -> int:
    match expression.operator:
        case Operator.PLUS:
            return left + right
        case Operator.MINUS:
            return left - right
        case Operator.TIMES:
            return divided(left * right, expression.over)
        case Operator.OVER:
            return divided(left * expression.times, right)
