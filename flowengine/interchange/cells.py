"""One cell of a sheet, from what was typed to a value that reads in one way only."""

import re

from flowengine.errors import InvalidInput
from flowengine.interchange.numerals import Mark, is_ambiguous, parts, readings
from flowengine.language.process import Process
from flowengine.language.types import DataType, Kind

#: Kinds whose cells hold a number, perhaps with a unit.
NUMERIC = frozenset(
    {
        Kind.INTEGER,
        Kind.NUMBER,
        Kind.MONEY,
        Kind.WEIGHT,
        Kind.LENGTH,
        Kind.VOLUME,
        Kind.DURATION,
    }
)
_TEXTUAL = frozenset({Kind.TEXT, Kind.ONE_OF, Kind.COUNTRY})
_CURRENCIES = {"\u20ac": "EUR", "\u00a3": "GBP", "eiro": "EUR", "euro": "EUR"}
_YES = frozenset({"yes", "y", "true", "1", "j\u0101", "ja", "patiess"})
_NO = frozenset({"no", "n", "false", "0", "n\u0113", "ne", "aplams"})
#: What a spreadsheet shows where it has no value.
_SHEET_ERROR = re.compile(r"#(N/A|N/P|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|#+)")
#: A long number that a spreadsheet has rounded, as in 4,75012E+12.
_SHORTENED = re.compile(r"\d([.,]\d+)?E\+\d+")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?(?:\s+(.*))?")
_YEAR_FIRST = re.compile(r"(\d{4})[.\-](\d{1,2})[.\-](\d{1,2})\.?(?:[\sT]+(.*))?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]0+)?)?(Z|[+-]\d{2}:?\d{2})?")


def cell_readings(text: str, data_type: DataType) -> dict[Mark, str]:
    """What the number in a cell says by each decimal mark; empty for no number."""
    found = parts(text)
    if data_type.kind not in NUMERIC or found is None:
        return {}
    return readings(found[0], whole=data_type.kind is Kind.INTEGER)


def raw_value(
    text: str, data_type: DataType, mark: Mark | None, process: Process, unit: str = ""
) -> object:
    """The value a cell means, as `flowengine.language.data.read_value` takes it.

    Args:
        text: The cell, not empty.
        data_type: What its column holds.
        mark: The decimal mark of its column, or None where nothing tells.
        process: Gives money its currency.
        unit: The unit of the column, for a number that has none.

    Raises:
        InvalidInput: The cell can be read in two ways, or a spreadsheet spoilt it.
    """
    if _SHEET_ERROR.fullmatch(text):
        raise InvalidInput(f"Expected a value, but the spreadsheet wrote {text!r}.")
    kind = data_type.kind
    if kind in NUMERIC:
        return _number(text, data_type, mark, process, unit)
    if kind in _TEXTUAL:
        return _words(text, kind)
    if kind is Kind.YES_NO:
        return _yes_or_no(text)
    return _moment(text, kind)


def _number(
    text: str, data_type: DataType, mark: Mark | None, process: Process, unit: str
) -> object:
    found = parts(text)
    if found is None:
        return text
    numeral, own_unit = found
    whole = data_type.kind is Kind.INTEGER
    read = readings(numeral, whole=whole)
    if not read:
        return text
    if is_ambiguous(read) and mark is None:
        meant = " or ".join(sorted(set(read.values())))
        raise InvalidInput(
            f"Expected a number that reads one way, but {text!r} may be {meant} and"
            " nothing else in the file tells; say which mark is the decimal one."
        )
    value = read[mark] if mark in read else next(iter(read.values()))
    return _with_unit(value, own_unit or unit, data_type, process)


def _with_unit(value: str, unit: str, data_type: DataType, process: Process) -> object:
    if data_type.kind is Kind.MONEY:
        currency = data_type.currency or process.currency
        # Four decimals say that the point is no sign of thousands.
        padded = f"{value}0" if re.fullmatch(r"-?\d+\.\d{3}", value) else value
        return f"{padded} {_CURRENCIES.get(unit.casefold(), unit) or currency}"
    if data_type.kind is Kind.LENGTH and unit == "m":
        unit = "metres"  # `m` is minutes wherever the type does not tell
    if unit:
        return f"{value} {unit}"
    return int(value) if data_type.kind is Kind.INTEGER else value


def _words(text: str, kind: Kind) -> str:
    if kind is Kind.TEXT and _SHORTENED.fullmatch(text):
        raise InvalidInput(
            "Expected a text as it was entered, but the spreadsheet has shortened it"
            f" to {text!r}; format the column as text."
        )
    # `="00123"` is how exports keep a spreadsheet from dropping the zeros.
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        return text[2:-1]
    return text


def _yes_or_no(text: str) -> object:
    word = text.casefold()
    return True if word in _YES else False if word in _NO else text


def _moment(text: str, kind: Kind) -> str:
    """A date or a time in ISO form; what is neither stays as it is, to be refused."""
    day = _DAY_FIRST.fullmatch(text)
    year = _YEAR_FIRST.fullmatch(text)
    if day is not None:
        date, clock = f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}", day[4]
    elif year is not None:
        date, clock = f"{year[1]}-{year[2]:0>2}-{year[3]:0>2}", year[4]
    else:
        return text
    if clock is None:
        return date
    time = _CLOCK.fullmatch(clock.strip())
    if time is None:
        return text
    hour, minute, second, zone = time.groups(default="")
    if kind is Kind.DATE and not zone and {hour, minute, second} <= _MIDNIGHT:
        return date
    return f"{date}T{hour:0>2}:{minute}:{second or '00'}{zone}"


#: Excel writes a date as 19.06.2026 0:00.
_MIDNIGHT = frozenset({"0", "00", ""})
