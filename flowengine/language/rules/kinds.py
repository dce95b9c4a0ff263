"""Which types go together: what may be compared, added, multiplied, divided."""

from dataclasses import dataclass, replace

from flowengine.language.rules.expressions import (
    DURATION,
    INTEGER,
    NUMBER,
    TIME,
    Constant,
    Expression,
    Operator,
    Scaled,
)
from flowengine.language.types import DataType, Kind
from flowengine.quantities import NUMBER_SCALE

#: Kinds that can be added, halved and compared with their like.
QUANTITIES = frozenset(
    {Kind.MONEY, Kind.WEIGHT, Kind.LENGTH, Kind.VOLUME, Kind.DURATION}
)
NUMBERS = frozenset({Kind.INTEGER, Kind.NUMBER})
#: Kinds with an order.
ORDERED = QUANTITIES | NUMBERS | {Kind.DATE, Kind.TIME}

_ARTICLES = {
    Kind.INTEGER: "a whole number",
    Kind.NUMBER: "a number",
    Kind.WEIGHT: "a weight",
    Kind.LENGTH: "a length",
    Kind.VOLUME: "a volume",
    Kind.COUNTRY: "a country",
    Kind.DATE: "a date",
    Kind.TIME: "a time",
    Kind.DURATION: "a duration",
    Kind.LIST: "a list",
}


@dataclass(frozen=True, slots=True)
class Result:
    """What an operator gives: its type, and the scales of `Arithmetic`."""

    type: DataType
    times: int = 1
    over: int = 1


def described(data_type: DataType) -> str:
    """A type as people say it: `a weight`, `money in SEK`, `one of ok, refused`."""
    if data_type.kind is Kind.MONEY and data_type.currency:
        return f"money in {data_type.currency}"
    if data_type.kind is Kind.ONE_OF:
        return f"one of {', '.join(data_type.choices)}"
    if data_type.kind is Kind.RECORD:
        return with_article(data_type.record or "record")
    return _ARTICLES.get(data_type.kind, data_type.kind.value)


def with_article(noun: str) -> str:
    """`an order`, `a parcel`."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def bare(data_type: DataType) -> DataType:
    """The type without how it is kept."""
    return replace(data_type, optional=False, personal=False)


def is_like(left: DataType, right: DataType) -> bool:
    """Whether values of the two can be compared at all; currencies aside."""
    if left.kind in NUMBERS and right.kind in NUMBERS:
        return True
    if left.kind is Kind.ONE_OF and right.kind is Kind.ONE_OF:
        return not set(left.choices).isdisjoint(right.choices)
    return left.kind is right.kind


def as_number(expression: Expression) -> Expression:
    """A whole number on the scale of plain numbers; anything else as it is."""
    if expression.type.kind is not Kind.INTEGER:
        return expression
    if isinstance(expression, Constant):
        return Constant(NUMBER, int(expression.value) * NUMBER_SCALE)
    return Scaled(NUMBER, expression, NUMBER_SCALE)


def alike(expressions: list[Expression]) -> list[Expression]:
    """The same on one scale: whole numbers beside plain numbers are scaled."""
    if any(expression.type.kind is Kind.NUMBER for expression in expressions):
        return [as_number(expression) for expression in expressions]
    return expressions


def result(operator: Operator, left: DataType, right: DataType) -> Result | None:
    """What the operator gives for the two types, or None where it has no meaning.

    Both are on their own scales, but for plus and minus of numbers, which `alike`
    has made one. The currencies of two amounts of money must be the same.
    """
    if operator in {Operator.PLUS, Operator.MINUS}:
        return _added(operator, left, right)
    if operator is Operator.TIMES:
        return _multiplied(left, right)
    return _divided(left, right)


def _added(operator: Operator, left: DataType, right: DataType) -> Result | None:
    match operator, left.kind, right.kind:
        case Operator.MINUS, Kind.TIME, Kind.TIME:
            return Result(DURATION)
        case _, Kind.TIME, Kind.DURATION:
            return Result(TIME)
        case Operator.PLUS, Kind.DURATION, Kind.TIME:
            return Result(TIME)
        case _:
            pass
    if left.kind is right.kind and left.kind in QUANTITIES | NUMBERS:
        return Result(bare(left))
    return None


def _multiplied(left: DataType, right: DataType) -> Result | None:
    if right.kind in QUANTITIES:
        left, right = right, left
    if right.kind not in NUMBERS or left.kind not in QUANTITIES | NUMBERS:
        return None
    kinds = {left.kind, right.kind}
    if kinds == {Kind.INTEGER}:
        return Result(INTEGER)
    if kinds == NUMBERS:
        return Result(NUMBER)
    return Result(bare(left), over=_scale(right))


def _divided(left: DataType, right: DataType) -> Result | None:
    if right.kind in NUMBERS and left.kind in QUANTITIES:
        return Result(bare(left), times=_scale(right))
    if left.kind in NUMBERS and right.kind in NUMBERS:
        return Result(NUMBER, times=NUMBER_SCALE * _scale(right) // _scale(left))
    if left.kind is right.kind and left.kind in QUANTITIES:
        return Result(NUMBER, times=NUMBER_SCALE)
    return None


def _scale(data_type: DataType) -> int:
    return NUMBER_SCALE if data_type.kind is Kind.NUMBER else 1
