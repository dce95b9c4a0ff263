"""Values of order data as people read them: exact, with the signs of their language."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from flowengine.language.process import Process, zone_of
from flowengine.language.types import ELEMENT_ID, DataType, Kind
from flowengine.locale import date_text, instant_text, number_text
from flowengine.quantities import (
    DAY,
    HOUR,
    MINUTE,
    NUMBER_SCALE,
    SECOND,
    Instant,
    decimal_text,
    length_text,
    money_text,
    volume_text,
    weight_text,
)

_EPOCH = date(1970, 1, 1)
_YES_NO = {"en": ("yes", "no"), "lv": ("jā", "nē")}
#: Units of `quantities` as both languages write them.
_SIGNS = {"metres": "m", "m3": "m³", "cm3": "cm³", "mm3": "mm³"}
_EXACT: Mapping[Kind, Callable[[int], str]] = {
    Kind.INTEGER: str,
    Kind.NUMBER: lambda value: decimal_text(value, NUMBER_SCALE),
    Kind.WEIGHT: weight_text,
    Kind.LENGTH: length_text,
    Kind.VOLUME: volume_text,
}


def show_value(
    data_type: DataType, value: object, lang: str, process: Process | None = None
) -> str:
    """A value as people read it in `lang`; nothing for a missing one.

    The process gives money its currency, times their zone (else UTC), and records
    their fields.
    """
    if value is None:
        return ""
    if data_type.kind is Kind.LIST and isinstance(value, list):
        element = data_type.element or data_type
        return "; ".join(show_value(element, one, lang, process) for one in value)
    if data_type.kind is Kind.RECORD and isinstance(value, Mapping):
        return _record(data_type, value, lang, process)
    if isinstance(value, bool):
        return _YES_NO.get(lang, _YES_NO["en"])[0 if value else 1]
    if isinstance(value, int):
        return _amount(data_type, value, lang, process)
    if data_type.kind is Kind.DATE and isinstance(value, str):
        days = date.fromisoformat(value) - _EPOCH
        return date_text(Instant(days.days * DAY), "UTC", lang)
    return str(value)


def _record(
    data_type: DataType,
    value: Mapping[str, object],
    lang: str,
    process: Process | None,
) -> str:
    record = process.data.get(data_type.record or "") if process else None
    fields = record.fields if record else {}
    return ", ".join(
        f"{name} {show_value(fields[name], inner, lang, process)}"
        if name in fields
        else f"{name} {inner}"
        for name, inner in value.items()
        if name != ELEMENT_ID
    )


def _amount(data_type: DataType, value: int, lang: str, process: Process | None) -> str:
    if data_type.kind is Kind.TIME:
        zone = "UTC" if process is None else zone_of(process)
        return instant_text(Instant(value), zone, lang)
    if data_type.kind is Kind.DURATION:
        return _duration(value, lang)
    if data_type.kind is Kind.MONEY:
        currency = data_type.currency or (process.currency if process else "")
        return _localized(money_text(value, currency).strip(), lang)
    return _localized(_EXACT.get(data_type.kind, str)(value), lang)


def _localized(exact: str, lang: str) -> str:
    """`1234.5 metres` with the signs of a language: `1 234,5 m`."""
    digits, _, unit = exact.partition(" ")
    decimals = len(digits.partition(".")[2])
    number = number_text(Decimal(digits), lang, decimals)
    return f"{number} {_SIGNS.get(unit, unit)}" if unit else number


def _duration(value: int, lang: str) -> str:
    rest, words = abs(value), []
    for size, sign in ((DAY, "d"), (HOUR, "h"), (MINUTE, "min")):
        count, rest = divmod(rest, size)
        if count:
            words.append(f"{number_text(count, lang)} {sign}")
    if rest or not words:
        words.append(_localized(f"{decimal_text(rest, SECOND)} s", lang))
    return ("-" if value < 0 else "") + " ".join(words)
