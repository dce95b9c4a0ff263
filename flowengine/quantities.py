"""Exact quantities: every one is a whole number of a small unit.

Money is in ten-thousandths of the currency unit, weight in milligrams, length in
micrometres, volume in cubic millimetres, time in microseconds, and plain numbers in
millionths. So arithmetic and comparison are exact, and the same integers stand in
JSON and in SQL. Where a result must be rounded (`divided`), it is to the nearest,
and half to the even neighbour.

The texts read here are what people write: `12.50 EUR`, `1 234,50 EUR`, `1h 30m`. What
two people could read as two amounts (`1,234`) is refused. The texts written here are
exact and are read back to the same integer.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NewType

from flowengine.errors import InvalidInput

#: A moment: microseconds since 1970-01-01T00:00 UTC.
Instant = NewType("Instant", int)
#: A length of time in microseconds.
Duration = NewType("Duration", int)

SECOND = Duration(1_000_000)
MINUTE = Duration(60 * SECOND)
HOUR = Duration(60 * MINUTE)
DAY = Duration(24 * HOUR)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant_of(moment: datetime) -> Instant:
    """An aware moment as an Instant, exact to the microsecond."""
    return Instant((moment - _EPOCH) // timedelta(microseconds=1))


def iso_time(at: int | None) -> str | None:
    """A moment for machines: `2026-06-19T10:30:00Z`; microseconds only if any."""
    if at is None:
        return None
    moment = _EPOCH + timedelta(microseconds=at)
    return moment.replace(tzinfo=None).isoformat() + "Z"


WEEK = Duration(7 * DAY)

#: Units of money in one unit of its currency.
MONEY_SCALE = 10_000
#: Units of a plain number in one.
NUMBER_SCALE = 1_000_000
#: No quantity is larger; the integers of every database hold it.
LARGEST = 10**18


class Dimension(StrEnum):
    """What a unit measures."""

    WEIGHT = "weight"
    LENGTH = "length"
    VOLUME = "volume"
    DURATION = "duration"


_WEIGHTS = {"mg": 1, "g": 1_000, "kg": 1_000_000, "t": 1_000_000_000}
_LENGTHS = {"mm": 1_000, "cm": 10_000, "metre": 1_000_000, "metres": 1_000_000}
_VOLUMES = {
    "mm3": 1,
    "ml": 1_000,
    "cm3": 1_000,
    "l": 1_000_000,
    "litre": 1_000_000,
    "litres": 1_000_000,
    "dm3": 1_000_000,
    "m3": 1_000_000_000,
}
_DURATIONS: dict[str, int] = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), SECOND),
    **dict.fromkeys(("m", "min", "minute", "minutes"), MINUTE),
    **dict.fromkeys(("h", "hour", "hours"), HOUR),
    **dict.fromkeys(("d", "day", "days"), DAY),
    **dict.fromkeys(("w", "week", "weeks"), WEEK),
}

#: Every unit by its name, with how many of the small unit it holds.
UNITS: Mapping[str, tuple[Dimension, int]] = {
    name: (dimension, size)
    for dimension, units in (
        (Dimension.WEIGHT, _WEIGHTS),
        (Dimension.LENGTH, _LENGTHS),
        (Dimension.VOLUME, _VOLUMES),
        (Dimension.DURATION, _DURATIONS),
    )
    for name, size in units.items()
}

#: An amount of each dimension as people write it, for messages.
EXAMPLES: Mapping[Dimension, str] = {
    Dimension.WEIGHT: "12.5 kg",
    Dimension.LENGTH: "30 cm",
    Dimension.VOLUME: "1.5 l",
    Dimension.DURATION: "1h 30m",
}

_SPACES = " \u00a0\u2009\u202f"
_GROUPED_BY_SPACE = re.compile(rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:\.\d{3})+,\d+")
_GROUPED_WHOLE = re.compile(r"\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:\.\d{3}){2,}")
_COMMA_OF_TWO_MEANINGS = re.compile(r"[1-9]\d{0,2},\d{3}")
_POINT_OF_TWO_MEANINGS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_AMOUNT = r"\d(?:[\d.,\u00a0\u2009\u202f ]*\d)?"
_MONEY = re.compile(
    rf"(?:(?P<before>[^\W\d]+|€)\s*)?(?P<sign>[+\-\u2212]?)\s*(?P<amount>{_AMOUNT})"
    r"\s*(?P<after>[^\W\d]+|€)?"
)
_MEASURE = re.compile(rf"({_AMOUNT})\s*([cdm]?m[3³]\b|[^\W\d]+)")
_LONGEST = 60


def divided(amount: int, by: int) -> int:
    """`amount / by` to the nearest whole number, half to even; `by` is not 0."""
    quotient, rest = divmod(amount, by)
    twice = 2 * rest
    if abs(twice) > abs(by) or (abs(twice) == abs(by) and quotient % 2):
        return quotient + 1
    return quotient


def parse_decimal(text: str, scale: int) -> int | None:
    """A decimal number as a whole number of 1/`scale`, or None if it is not exact.

    Decimals stand after a point or a comma, thousands between spaces, or between the
    one of point and comma that is not the decimal sign. A comma before exactly three
    digits is refused where it could be either.
    """
    if len(text) > _LONGEST:
        return None
    is_negative, digits = _without_sign(text)
    plain = _without_groups(digits)
    if plain is None:
        return None
    whole, _, part = plain.partition(".")
    numerator = int(whole + part) * scale
    amount, rest = divmod(numerator, int(f"1{'0' * len(part)}"))
    if rest or amount > LARGEST:
        return None
    return -amount if is_negative else amount


def parse_number(text: str) -> int:
    """A plain number in millionths.

    Raises:
        InvalidInput: It is not a number, or has more than six decimals.
    """
    return _expected(parse_decimal(text, NUMBER_SCALE), "a number such as 1.5", text)


def parse_integer(text: str) -> int:
    """A whole number.

    Raises:
        InvalidInput: It is not a whole number.
    """
    return _expected(parse_decimal(text, 1), "a whole number such as 3", text)


def parse_money(text: str, currency: str) -> int:
    """Money in ten-thousandths; without a currency it is in `currency`.

    Raises:
        InvalidInput: It is not money, not in `currency`, has more than four decimals,
            or can be read as two amounts (`1.234 EUR`).
    """
    expected = f"money such as 12.50 {currency}"
    found = _MONEY.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None or (found["before"] and found["after"]):
        raise InvalidInput(f"Expected {expected}, but got {_shown(text)}.")
    written = found["before"] or found["after"] or currency
    if written.replace("€", "EUR") != currency:
        raise InvalidInput(
            f"Expected {expected}, but got {_shown(text)}, which is not in {currency}."
        )
    if _POINT_OF_TWO_MEANINGS.fullmatch(found["amount"]):
        raise InvalidInput(_ambiguous(expected, text))
    value = parse_decimal(found["sign"] + found["amount"], MONEY_SCALE)
    return _expected(value, expected, text)


def parse_weight(text: str) -> int:
    """A weight in milligrams.

    Raises:
        InvalidInput: It is not a weight with its unit.
    """
    return parse_measure(text, Dimension.WEIGHT)


def parse_length(text: str) -> int:
    """A length in micrometres; `m` is minutes, so metres are written out.

    Raises:
        InvalidInput: It is not a length with its unit.
    """
    return parse_measure(text, Dimension.LENGTH)


def parse_volume(text: str) -> int:
    """A volume in cubic millimetres.

    Raises:
        InvalidInput: It is not a volume with its unit.
    """
    return parse_measure(text, Dimension.VOLUME)


def parse_duration(text: str) -> Duration:
    """A duration, in one unit or several: `4h`, `90s`, `2 days`, `1h 30m`.

    Raises:
        InvalidInput: It is not a duration with its unit.
    """
    return Duration(parse_measure(text, Dimension.DURATION))


def parse_measure(text: str, dimension: Dimension) -> int:
    """An amount of one dimension in its small unit.

    Raises:
        InvalidInput: The number, the unit or both are not of that dimension.
    """
    expected = f"a {dimension} such as {EXAMPLES[dimension]}"
    is_negative, rest = _without_sign(text[:_LONGEST])
    total, last = 0, 0
    for amount, name in _measures(rest, expected, text):
        kind, size = UNITS.get(name, (None, 0))
        if kind is not dimension:
            raise InvalidInput(
                f"Expected {expected}, but got {_shown(text)}: "
                f"`{name}` is not a unit of {dimension} ({units_of(dimension)})."
            )
        if last and (size >= last or dimension is not Dimension.DURATION):
            raise InvalidInput(f"Expected {expected}, but got {_shown(text)}.")
        total += _expected(parse_decimal(amount, size), expected, text)
        last = size
    return -total if is_negative else total


def units_of(dimension: Dimension) -> str:
    """The names of a dimension's units, for messages: `mg, g, kg, t`."""
    return ", ".join(name for name, (kind, _) in UNITS.items() if kind is dimension)


def decimal_text(value: int, scale: int, least: int = 0) -> str:
    """A whole number of 1/`scale` (a power of ten) as a decimal, exactly.

    Trailing zeros are left out down to `least` decimals.
    """
    whole, part = divmod(abs(value), scale)
    digits = str(part).rjust(len(str(scale)) - 1, "0") if scale > 1 else ""
    while len(digits) > least and digits.endswith("0"):
        digits = digits[:-1]
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"


def number_text(value: int) -> str:
    """A plain number from millionths: `1.5`."""
    return decimal_text(value, NUMBER_SCALE)


def money_text(value: int, currency: str) -> str:
    """Money with two decimals, four where it needs them: `12.50 EUR`."""
    decimals = 2 if value % 100 == 0 else 4
    return f"{decimal_text(value, MONEY_SCALE, decimals)} {currency}"


def weight_text(value: int) -> str:
    """A weight in its largest fitting unit: `12.5 kg`."""
    return _measure_text(value, (("kg", 1_000_000), ("g", 1_000), ("mg", 1)))


def length_text(value: int) -> str:
    """A length in its largest fitting unit: `1.2 metres`, `30 cm`."""
    return _measure_text(value, (("metres", 1_000_000), ("cm", 10_000), ("mm", 1_000)))


def volume_text(value: int) -> str:
    """A volume in its largest fitting unit: `1.5 l`."""
    units = (("m3", 1_000_000_000), ("l", 1_000_000), ("cm3", 1_000), ("mm3", 1))
    return _measure_text(value, units)


def duration_text(value: int) -> str:
    """A duration in days, hours, minutes and seconds: `1h 30m`, `2 days`."""
    rest = abs(value)
    days, rest = divmod(rest, DAY)
    hours, rest = divmod(rest, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    parts = []
    if days:
        parts.append("1 day" if days == 1 else f"{days} days")
    if hours:
        parts.append(f"{hours}h")
    if minutes:
        parts.append(f"{minutes}m")
    if rest or not parts:
        parts.append(f"{decimal_text(rest, SECOND)}s")
    return ("-" if value < 0 else "") + " ".join(parts)


def _without_sign(text: str) -> tuple[bool, str]:
    """Whether an amount is negative, and the rest of it."""
    rest = text.strip()
    sign = rest[:1]
    if sign and sign in "+-\u2212":
        rest = rest[1:].lstrip(_SPACES)
    return sign in {"-", "\u2212"}, rest


def _without_groups(digits: str) -> str | None:
    """The digits with a point for the decimal sign and no thousands, or None."""
    if _COMMA_OF_TWO_MEANINGS.fullmatch(digits):
        return None
    if _PLAIN.fullmatch(digits):
        return digits.replace(",", ".")
    if _GROUPED_BY_SPACE.fullmatch(digits):
        return re.sub(rf"[{_SPACES}]", "", digits).replace(",", ".")
    if _GROUPED.fullmatch(digits):
        sign = max(digits.rfind("."), digits.rfind(","))
        whole, part = digits[:sign], digits[sign + 1 :]
        return f"{re.sub('[.,]', '', whole)}.{part}"
    if _GROUPED_WHOLE.fullmatch(digits):
        return re.sub("[.,]", "", digits)
    return None


def _measures(rest: str, expected: str, text: str) -> list[tuple[str, str]]:
    """The pairs of number and unit that make up the whole of `rest`."""
    found, at = [], 0
    while at < len(rest):
        match = _MEASURE.match(rest, at)
        if match is None:
            break
        found.append((match[1], match[2].replace("³", "3")))
        at = match.end()
        while at < len(rest) and rest[at] in _SPACES:
            at += 1
    if at < len(rest) or not found or len(text) > _LONGEST:
        raise InvalidInput(f"Expected {expected}, but got {_shown(text)}.")
    return found


def _measure_text(value: int, units: tuple[tuple[str, int], ...]) -> str:
    for name, size in units:
        if abs(value) >= size:
            return f"{decimal_text(value, size)} {name}"
    name, size = units[-1]
    return f"{decimal_text(value, size)} {name}"


def _expected(value: int | None, expected: str, text: str) -> int:
    if value is not None:
        return value
    if re.search(r"(?<![\d.,])[1-9]\d{0,2},\d{3}(?![\d.,])", text):
        raise InvalidInput(_ambiguous(expected, text))
    raise InvalidInput(f"Expected {expected}, but got {_shown(text)}.")


def _ambiguous(expected: str, text: str) -> str:
    return (
        f"Expected {expected}, but {_shown(text)} can be read as two amounts; "
        "write thousands with a space or without a sign, decimals with a point."
    )


def _shown(text: str) -> str:
    return repr(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")
