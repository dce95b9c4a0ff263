"""Single values of order data, from what people and other systems write."""

import re
from collections.abc import Callable, Collection, Mapping

from flowengine.errors import InvalidInput
from flowengine.language.countries import COUNTRIES
from flowengine.language.moments import read_date, read_time
from flowengine.language.near import near_name
from flowengine.language.process import Process, zone_of
from flowengine.language.types import DataType, Kind
from flowengine.quantities import (
    LARGEST,
    MONEY_SCALE,
    Dimension,
    parse_decimal,
    parse_integer,
    parse_measure,
    parse_money,
    parse_number,
)

#: No text is longer.
LONGEST_TEXT = 10_000

_YES = frozenset({"yes", "true", "jā", "patiess"})
_NO = frozenset({"no", "false", "nē", "aplams"})
#: Control characters, and halves of characters that no encoding can write.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def wanted(data_type: DataType, process: Process) -> str:
    """What a value of a type looks like, for messages."""
    currency = data_type.currency or process.currency
    if data_type.kind is Kind.ONE_OF:
        return f"one of {', '.join(data_type.choices)}"
    return _WANTED[data_type.kind].format(currency=currency)


def read_scalar(data_type: DataType, raw: object, process: Process) -> object:
    """One raw value of a type that is neither a list nor a record.

    Raises:
        InvalidInput: It is of another form.
    """
    return _READERS[data_type.kind](raw, data_type, process)


def or_meant(name: str, known: Collection[str]) -> str:
    """The end of a sentence: `; did you mean …?` where a known name is near."""
    found = near_name(name, known, 0.7)
    return f"; did you mean {found}?" if found else "."


_WANTED: Mapping[Kind, str] = {
    Kind.TEXT: "a text",
    Kind.INTEGER: "a whole number such as 3",
    Kind.NUMBER: "a number such as 1.5",
    Kind.YES_NO: "yes or no",
    Kind.MONEY: "money such as 12.50 {currency}",
    Kind.WEIGHT: "a weight such as 12.5 kg",
    Kind.LENGTH: "a length such as 30 cm",
    Kind.VOLUME: "a volume such as 1.5 l",
    Kind.COUNTRY: "a country such as LV",
    Kind.DATE: "a date such as 2026-06-19",
    Kind.TIME: "a time such as 2026-06-19T13:30",
    Kind.DURATION: "a duration such as 1h 30m",
    Kind.LIST: "a list",
    Kind.RECORD: "a record",
}


def _text(raw: object, data_type: DataType, process: Process) -> str:
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < LARGEST:
        raw = str(raw)
    if not isinstance(raw, str):
        raise _refused("a text", raw)
    text = raw.strip()
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(
            f"Expected at most {LONGEST_TEXT} characters, but got {len(text)}."
        )
    if _UNPRINTABLE.search(text):
        raise _refused("a text that can be printed", raw)
    return text


def _integer(raw: object, data_type: DataType, process: Process) -> int:
    return parse_integer(_digits(raw, "a whole number such as 3"))


def _number(raw: object, data_type: DataType, process: Process) -> int:
    return parse_number(_digits(raw, "a number such as 1.5"))


def _digits(raw: object, expected: str) -> str:
    """A number as text, be it written or a number of JSON."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise _refused(expected, raw)
    if isinstance(raw, float):
        text = f"{raw:.12f}".rstrip("0").rstrip(".")
        if not text[-1:].isdigit() or float(text) != raw:
            raise _refused(expected, raw)
        return text
    return str(raw) if isinstance(raw, str) or abs(raw) < LARGEST else "too large"


def _yes_no(raw: object, data_type: DataType, process: Process) -> bool:
    if isinstance(raw, bool):
        return raw
    word = raw.strip().lower() if isinstance(raw, str) else ""
    if word not in _YES | _NO:
        raise _refused("yes or no", raw)
    return word in _YES


def _money(raw: object, data_type: DataType, process: Process) -> int:
    currency = data_type.currency or process.currency
    if isinstance(raw, str):
        return parse_money(raw, currency)
    expected = f"money such as 12.50 {currency}"
    # A number of JSON has a point for its decimals and cannot be misread.
    value = parse_decimal(_digits(raw, expected), MONEY_SCALE)
    if value is None:
        raise _refused(expected, raw)
    return value


def _measure(raw: object, data_type: DataType, process: Process) -> int:
    if not isinstance(raw, str):
        raise _refused(_WANTED[data_type.kind], raw)
    return parse_measure(raw, Dimension(data_type.kind.value))


def _country(raw: object, data_type: DataType, process: Process) -> str:
    code = raw.strip().upper() if isinstance(raw, str) else ""
    if code not in COUNTRIES:
        raise _refused("the two letters of a country such as LV", raw)
    return code


def _one_of(raw: object, data_type: DataType, process: Process) -> str:
    choice = raw.strip() if isinstance(raw, str) else raw
    if isinstance(choice, bool):
        choice = "yes" if choice else "no"
    if isinstance(choice, str) and choice in data_type.choices:
        return choice
    near = or_meant(choice, data_type.choices) if isinstance(choice, str) else "."
    listed = ", ".join(data_type.choices)
    raise InvalidInput(f"Expected one of {listed}, but got {raw!r:.60}{near}")


def _date(raw: object, data_type: DataType, process: Process) -> str:
    if not isinstance(raw, str):
        raise _refused(_WANTED[Kind.DATE], raw)
    return read_date(raw)


def _time(raw: object, data_type: DataType, process: Process) -> int:
    if not isinstance(raw, str):
        raise _refused(_WANTED[Kind.TIME], raw)
    return read_time(raw, zone_of(process))


_READERS: Mapping[Kind, Callable[[object, DataType, Process], object]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
    Kind.MONEY: _money,
    Kind.WEIGHT: _measure,
    Kind.LENGTH: _measure,
    Kind.VOLUME: _measure,
    Kind.DURATION: _measure,
    Kind.COUNTRY: _country,
    Kind.ONE_OF: _one_of,
    Kind.DATE: _date,
    Kind.TIME: _time,
}


def _refused(expected: str, raw: object) -> InvalidInput:
    shown = repr(raw)
    return InvalidInput(
        f"Expected {expected}, but got "
        f"{shown if len(shown) <= 60 else shown[:59] + '…'}."
    )
