"""Amounts, moments and texts in both languages, compared with CLDR where it speaks."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

import flowengine.locale
from flowengine.locale import (
    LANGUAGES,
    counted_text,
    date_text,
    duration_text,
    instant_text,
    number_text,
    share_text,
    translator,
)
from flowengine.quantities import DAY, HOUR, MINUTE, SECOND, Duration, Instant

CATALOG = Path(flowengine.locale.__file__).parent / "lv/LC_MESSAGES/flowengine.po"
BABEL_NAME = {"en": "en_GB", "lv": "lv"}


def latvian_catalog() -> Catalog:
    with CATALOG.open("rb") as stream:
        return read_po(stream, locale="lv")


def texts(catalog: Catalog) -> tuple[str, list[tuple[object, object]]]:
    return catalog.plural_expr, [(each.id, each.string) for each in catalog if each.id]


@pytest.mark.parametrize(
    ("amount", "english", "latvian"),
    [
        (0, "0 min", "0 min"),
        (300_000, "0.3 s", "0,3 s"),
        (70 * SECOND, "1.2 min", "1,2 min"),
        (8 * MINUTE, "8 min", "8 min"),
        (42 * MINUTE + 29 * SECOND, "42 min", "42 min"),
        (59 * MINUTE + 40 * SECOND, "1 h", "1 h"),
        (HOUR, "1 h", "1 h"),
        (12 * HOUR + 36 * MINUTE, "12.6 h", "12,6 h"),
        (36 * HOUR, "36 h", "36 h"),
        (2 * DAY - SECOND, "2 d", "2 d"),
        (2 * DAY + 10 * HOUR, "2.4 d", "2,4 d"),
        (1500 * DAY, "1,500 d", "1\N{NO-BREAK SPACE}500 d"),
        (-3 * HOUR, "-3 h", "-3 h"),
    ],
)
def test_a_duration_has_one_unit_and_at_most_one_decimal(
    amount: int, english: str, latvian: str
) -> None:
    assert duration_text(Duration(amount), "en") == english
    assert duration_text(Duration(amount), "lv") == latvian


@given(st.integers(SECOND, 5000 * DAY))
def test_a_duration_text_is_within_a_twentieth_of_the_duration(amount: int) -> None:
    number, sign = duration_text(Duration(amount), "en").split()

    unit = {"s": SECOND, "min": MINUTE, "h": HOUR, "d": DAY}[sign]
    shown = float(number.replace(",", "")) * unit
    assert abs(shown - amount) <= 0.055 * amount


@pytest.mark.parametrize(
    ("value", "english"),
    [
        (0.0, "0 %"),
        (0.0001, "<0.1 %"),
        (0.048, "4.8 %"),
        (0.08, "8 %"),
        (0.0995, "10 %"),
        (0.594, "59 %"),
        (0.997, "99.7 %"),
        (0.99999, ">99.9 %"),
        (1.0, "100 %"),
        (1.09, "109 %"),
    ],
)
def test_a_share_is_never_rounded_to_nothing_or_to_all(
    value: float, english: str
) -> None:
    assert share_text(value, "en") == english
    assert share_text(value, "lv") == english.replace(".", ",")


@given(st.integers(-(10**12), 10**12), st.sampled_from(LANGUAGES))
def test_numbers_are_written_as_cldr_writes_them(value: int, lang: str) -> None:
    assert number_text(value, lang) == format_decimal(value, locale=BABEL_NAME[lang])


def test_a_half_is_rounded_up_in_every_language() -> None:
    assert number_text(2.5, "en") == "3"
    assert number_text(0.125, "lv", 2) == "0,13"
    assert number_text(-0.2, "en") == "0"


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))  # noqa: DTZ001 (bounds of days, made aware below)
def test_dates_are_written_as_cldr_writes_them(day: datetime) -> None:
    aware = day.replace(tzinfo=UTC)
    at = Instant(int(aware.timestamp()) * 1_000_000)

    assert date_text(at, "UTC", "en") == format_date(aware, "medium", locale="en_GB")
    assert date_text(at, "UTC", "lv") == format_skeleton("yMd", aware, locale="lv")


def test_a_moment_is_written_in_its_zone_on_both_sides_of_midnight() -> None:
    at = Instant(int(datetime(2026, 6, 19, 22, 30, tzinfo=UTC).timestamp()) * 10**6)

    assert instant_text(at, "UTC", "en") == "19 Jun 2026 22:30"
    assert instant_text(at, "Europe/Riga", "lv") == "20.06.2026. 01:30"


@pytest.mark.parametrize(
    ("count", "latvian"),
    [
        (0, "0 pasūtījumu"),
        (1, "1 pasūtījums"),
        (2, "2 pasūtījumi"),
        (10, "10 pasūtījumu"),
        (11, "11 pasūtījumu"),
        (21, "21 pasūtījums"),
        (111, "111 pasūtījumu"),
    ],
)
def test_latvian_has_three_plurals(count: int, latvian: str) -> None:
    assert counted_text(count, "order", "orders", "lv") == latvian


def test_english_has_two_plurals() -> None:
    assert counted_text(1, "order", "orders", "en") == "1 order"
    assert counted_text(1107, "order", "orders", "en") == "1,107 orders"


def test_a_text_without_translation_stays_english() -> None:
    assert translator("lv")("no such text anywhere") == "no such text anywhere"
    assert translator("xx")("order") == "order"


def test_the_compiled_translations_are_those_of_the_written_ones() -> None:
    built = BytesIO()
    write_mo(built, latvian_catalog())

    committed = BytesIO(CATALOG.with_suffix(".mo").read_bytes())
    assert texts(read_mo(committed)) == texts(read_mo(BytesIO(built.getvalue())))


def test_every_text_is_translated_in_all_its_plurals() -> None:
    missing = [
        message.id
        for message in latvian_catalog()
        if message.id and (message.fuzzy or not all(_forms(message.string)))
    ]

    assert missing == []


def test_a_translation_fills_in_the_same_values() -> None:
    for message in latvian_catalog():
        if message.id:
            wanted = _blanks(_forms(message.id)[-1])
            assert all(_blanks(form) == wanted for form in _forms(message.string))


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
