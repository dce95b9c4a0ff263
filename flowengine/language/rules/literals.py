"""Values that stand in a rule as they are: numbers, amounts, texts, dates, times."""

from datetime import UTC, date, datetime, timedelta

from lark import Token

from flowengine.language.countries import COUNTRIES
from flowengine.language.rules.environment import Environment
from flowengine.language.rules.expressions import (
    INTEGER,
    NUMBER,
    TIME,
    Constant,
    Expression,
)
from flowengine.language.rules.refusals import (
    NOT_A_CHOICE,
    TYPES,
    UNITS,
    Node,
    RuleError,
    listed,
    meant,
    refusal,
)
from flowengine.language.types import DataType, Kind
from flowengine.quantities import (
    MONEY_SCALE,
    NUMBER_SCALE,
    Dimension,
    parse_decimal,
    units_of,
)
from flowengine.quantities import (
    UNITS as KNOWN_UNITS,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TEXT = DataType(Kind.TEXT)


def number(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """A number without a unit: whole, or with decimals."""
    token = _token(node, 0)
    if "." not in token:
        return Constant(INTEGER, _scaled(token, 1, "a whole number"))
    return Constant(NUMBER, _scaled(token, NUMBER_SCALE, "at most six decimals"))


def quantity(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """An amount with its unit, or money with its currency."""
    amount, unit = _token(node, 0), _token(node, 1)
    if len(node.children) == 2 and len(unit) == 3 and unit.isupper():
        value = _scaled(amount, MONEY_SCALE, "at most four decimals of money")
        currency = None if unit == env.scope.currency else str(unit)
        return Constant(DataType(Kind.MONEY, currency=currency), value)
    return _measure(node)


def text(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """A text between quotes; where a value of another type stands, that value."""
    written = str(node.children[0])[1:-1]
    if expected is not None and expected.kind in {Kind.ONE_OF, Kind.COUNTRY}:
        return chosen(node, written, expected)
    return Constant(_TEXT, written)


def day(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """A date: 2026-06-19."""
    written = str(node.children[0])
    try:
        date.fromisoformat(written)
    except ValueError as error:
        raise refusal(node, TYPES, f"there is no day `{written}`") from error
    return Constant(DataType(Kind.DATE), written)


def moment(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """A time with its zone: 2026-06-19T13:30Z."""
    written = str(node.children[0])
    try:
        at = datetime.fromisoformat(written)
    except ValueError as error:
        raise refusal(node, TYPES, f"there is no time `{written}`") from error
    if at.tzinfo is None:
        help_text = f"Add it: {written}Z, or {written}+03:00."
        raise refusal(node, TYPES, f"`{written}` has no time zone", help_text)
    return Constant(TIME, (at - _EPOCH) // timedelta(microseconds=1))


def chosen(node: Node, name: str, expected: DataType) -> Constant:
    """A name as a value of a `one of`, a country or yes/no.

    Raises:
        RuleError: It is not one of those.
    """
    if expected.kind is Kind.COUNTRY:
        if name in COUNTRIES:
            return Constant(DataType(Kind.COUNTRY), name)
        near = name.upper() if name.upper() in COUNTRIES else None
        help_text = f"did you mean `{near}`?" if near else "Write its two letters: LV."
        raise refusal(node, NOT_A_CHOICE, f"there is no country `{name}`", help_text)
    if expected.kind is Kind.YES_NO:
        if name in {"yes", "no"}:
            return Constant(expected, name == "yes")
        raise refusal(node, NOT_A_CHOICE, f"expected yes or no, but found `{name}`")
    if name in expected.choices:
        return Constant(expected, name)
    message = f"`{name}` is not one of {listed(expected.choices)}"
    raise refusal(node, NOT_A_CHOICE, message, meant(name, expected.choices))


def _measure(node: Node) -> Constant:
    """One amount with its unit; a duration also in several: 1h 30m."""
    total, last, found = 0, 0, None
    for index in range(0, len(node.children), 2):
        amount, unit = _token(node, index), _token(node, index + 1)
        dimension, size = _unit(unit)
        if found and (
            dimension is not found or found is not Dimension.DURATION or size >= last
        ):
            help_text = "Several units are written for durations only: 1h 30m."
            raise refusal(unit, UNITS, "expected one amount", help_text)
        total += _scaled(amount, size, f"whole {_SMALLEST[dimension]}")
        found, last = dimension, size
    return Constant(DataType(Kind(str(found))), total)


_SMALLEST = {
    Dimension.WEIGHT: "milligrams",
    Dimension.LENGTH: "micrometres",
    Dimension.VOLUME: "cubic millimetres",
    Dimension.DURATION: "microseconds",
}


def _unit(unit: Token) -> tuple[Dimension, int]:
    known = KNOWN_UNITS.get(unit)
    if known is not None:
        return known
    if len(unit) == 3 and unit.isupper():
        raise refusal(unit, UNITS, f"expected one amount, but found `{unit}` too")
    help_text = meant(unit, KNOWN_UNITS) or "; ".join(
        f"{dimension}: {units_of(dimension)}" for dimension in Dimension
    )
    raise refusal(unit, UNITS, f"there is no unit `{unit}`", help_text)


def _scaled(token: Token, scale: int, most: str) -> int:
    value = parse_decimal(token, scale)
    if value is None:
        raise refusal(token, UNITS, f"expected {most}, but found `{token}`")
    return value


def _token(node: Node, index: int) -> Token:
    child = node.children[index]
    if not isinstance(child, Token):
        raise RuleError
    return child
