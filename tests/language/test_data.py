"""Order data: read from what people write, refused with every wrong field at once."""

from collections.abc import Mapping

import pytest

from flowengine.errors import InvalidInput
from flowengine.language import read_process
from flowengine.language.data import (
    field_type,
    personal_paths,
    read_data,
    read_value,
    show_value,
)
from flowengine.language.process import Process
from flowengine.language.types import DataType, Kind
from flowengine.quantities import HOUR, MINUTE

TEXT = """\
process: small
version: 1
for: order
number: order.number
calendar: office
data:
  order:
    number: text
    customer: personal text
    country: country
    total: money
    duty: optional money in SEK
    service: one of [standard, express]
    weight: optional weight
    wanted_on: optional date
    placed_at: time
    handling: optional duration
    urgent: yes/no
    note: optional text
    lines: list of line
    contact: optional contact
  line: {sku: text, quantity: integer, rate: optional number}
  contact: {name: personal text, country: country}
calendars:
  office: {days: mon-fri, hours: "09:00-18:00", holidays: LV, zone: Europe/Riga}
departments: {sales: {title: {en: Sales, lv: Pārdošana}}}
roles: {clerk: {department: sales, people: 1, calendar: office}}
steps:
  enter: {role: clerk, next: done}
  done: {end: success}
"""
RIGHT: Mapping[str, object] = {
    "number": "A-1",
    "customer": "Anna",
    "country": "lv",
    "total": "1 234,50 EUR",
    "service": "express",
    "placed_at": "2026-06-19T13:30",
    "urgent": True,
    "lines": [{"sku": "x", "quantity": 2}],
}


def _process() -> Process:
    process = read_process(TEXT, "small.yaml").process
    assert process is not None
    return process


PROCESS = _process()


def _read(**changes: object) -> Mapping[str, object]:
    order = read_data(PROCESS, {**RIGHT, **changes})["order"]
    assert isinstance(order, dict)
    return order


def _refusal(**changes: object) -> str:
    with pytest.raises(InvalidInput) as refused:
        _read(**changes)
    return str(refused.value)


def test_a_whole_order_is_read_in_the_units_of_its_types() -> None:
    assert read_data(PROCESS, RIGHT) == {
        "order": {
            "number": "A-1",
            "customer": "Anna",
            "country": "LV",
            "total": 12_345_000,
            "service": "express",
            "placed_at": 1_781_865_000_000_000,
            "urgent": True,
            "lines": [{"sku": "x", "quantity": 2}],
        }
    }


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("total", 12.5, 125_000),
        ("total", 3, 30_000),
        ("total", "-0.0001", -1),
        ("duty", "5 SEK", 50_000),
        ("weight", "12,5 kg", 12_500_000),
        ("wanted_on", "19.6.2026", "2026-06-19"),
        ("wanted_on", "19.06.2026.", "2026-06-19"),
        ("wanted_on", "2026-06-19", "2026-06-19"),
        ("placed_at", "2026-06-19T10:30Z", 1_781_865_000_000_000),
        ("placed_at", "2026-06-19 13:30:00+03:00", 1_781_865_000_000_000),
        ("placed_at", "19.6.2026 13:30", 1_781_865_000_000_000),
        ("placed_at", "2026-10-25T03:30+02:00", 1_792_891_800_000_000),
        ("handling", "1h 30m", 90 * MINUTE),
        ("urgent", "jā", True),
        ("urgent", "No", False),
        ("number", 1042, "1042"),
        ("note", "  two\nlines ", "two\nlines"),
        ("note", "\N{FAMILY}\u200d", "\N{FAMILY}\u200d"),
        ("lines", [], []),
        (
            "lines",
            [{"sku": "x", "quantity": "1 000", "rate": 0.25}],
            [{"sku": "x", "quantity": 1000, "rate": 250_000}],
        ),
        ("contact", {"name": "A", "country": "EE"}, {"name": "A", "country": "EE"}),
    ],
)
def test_a_value_is_read_as_people_and_systems_write_it(
    field: str, raw: object, value: object
) -> None:
    assert _read(**{field: raw})[field] == value


@pytest.mark.parametrize("raw", [None, "", "   "])
def test_an_optional_field_that_is_not_given_is_absent(raw: object) -> None:
    assert "duty" not in _read(duty=raw)
    assert read_value(DataType(Kind.DATE, optional=True), raw, PROCESS) is None


@pytest.mark.parametrize(
    ("field", "raw", "text"),
    [
        ("total", "abc", "Expected money such as 12.50 EUR, but got 'abc'."),
        (
            "total",
            "5 SEK",
            "Expected money such as 12.50 EUR, but got '5 SEK', which is not in EUR.",
        ),
        (
            "duty",
            "5 EUR",
            "Expected money such as 12.50 SEK, but got '5 EUR', which is not in SEK.",
        ),
        ("total", None, "Expected money such as 12.50 EUR, but got nothing."),
        ("total", True, "Expected money such as 12.50 EUR, but got True."),
        ("total", float("nan"), "Expected money such as 12.50 EUR, but got nan."),
        ("total", 0.00001, "Expected money such as 12.50 EUR, but got 1e-05."),
        ("weight", 3, "Expected a weight such as 12.5 kg, but got 3."),
        ("number", 3.5, "Expected a text, but got 3.5."),
        ("note", "a\0b", "Expected a text that can be printed, but got 'a\\x00b'."),
        ("note", "x" * 10_001, "Expected at most 10000 characters, but got 10001."),
        (
            "service",
            "expres",
            "Expected one of standard, express, but got 'expres'; "
            "did you mean express?",
        ),
        ("service", 3, "Expected one of standard, express, but got 3."),
        (
            "country",
            "Latvia",
            "Expected the two letters of a country such as LV, but got 'Latvia'.",
        ),
        ("urgent", "maybe", "Expected yes or no, but got 'maybe'."),
        (
            "wanted_on",
            "31.6.2026",
            "Expected a date such as 2026-06-19, but got '31.6.2026'.",
        ),
        (
            "placed_at",
            "2026-06-19",
            "Expected a time such as 2026-06-19T13:30, but got '2026-06-19'.",
        ),
        (
            "placed_at",
            "2026-06-19T25:00",
            "Expected a time such as 2026-06-19T13:30, but got '2026-06-19T25:00'.",
        ),
        ("lines", "x", "Expected a list, but got 'x'."),
        ("contact", "x", "Expected the fields of contact, but got 'x'."),
    ],
)
def test_a_wrong_value_is_refused_with_its_path(
    field: str, raw: object, text: str
) -> None:
    assert _refusal(**{field: raw}) == f"order.{field}: {text}"


@pytest.mark.parametrize("raw", ["2026-10-25T03:30", "2026-03-29T03:30"])
def test_a_time_that_the_clocks_show_twice_or_never_is_refused(raw: str) -> None:
    assert "the clocks of Europe/Riga are changed" in _refusal(placed_at=raw)


def test_every_wrong_field_is_told_at_once() -> None:
    lines = [{"sku": "x", "quantity": "two"}, {"quantity": 1, "skuu": "y"}]

    text = _refusal(contry="LV", total="abc", lines=lines)

    assert text.splitlines() == [
        "order.contry: Expected a field of order, but there is no contry; "
        "did you mean country?",
        "order.total: Expected money such as 12.50 EUR, but got 'abc'.",
        "order.lines[1].quantity: Expected a whole number such as 3, but got 'two'.",
        "order.lines[2].skuu: Expected a field of line, but there is no skuu; "
        "did you mean sku?",
        "order.lines[2].sku: Expected a text, but got nothing.",
    ]


def test_the_id_of_an_element_never_comes_from_outside() -> None:
    lines = [{"#": "7", "sku": "x", "quantity": 1}]

    assert "there is no #" in _refusal(lines=lines)


def test_the_id_of_an_element_is_shown_to_nobody() -> None:
    lines = PROCESS.data["order"].fields["lines"]

    shown = show_value(lines, [{"#": "7", "sku": "x"}], "en", PROCESS)

    assert shown == "sku x"


def test_a_single_value_is_refused_without_a_path() -> None:
    with pytest.raises(InvalidInput) as refused:
        read_value(DataType(Kind.MONEY), "abc", PROCESS)

    assert str(refused.value) == "Expected money such as 12.50 EUR, but got 'abc'."


def test_a_field_is_found_by_its_path() -> None:
    assert field_type(PROCESS, ("order", "total")).kind is Kind.MONEY
    assert field_type(PROCESS, ("order", "contact", "country")).kind is Kind.COUNTRY
    with pytest.raises(InvalidInput, match=r"no order\.totl; did you mean total\?"):
        field_type(PROCESS, ("order", "totl"))
    with pytest.raises(InvalidInput, match=r"a field such as order\.number"):
        field_type(PROCESS, ("total",))


def test_personal_fields_are_found_also_inside_records() -> None:
    assert personal_paths(PROCESS) == (
        ("order", "customer"),
        ("order", "contact", "name"),
    )


@pytest.mark.parametrize(
    ("field", "value", "english", "latvian"),
    [
        ("total", 12_345_000, "1,234.50 EUR", "1\u00a0234,50 EUR"),
        ("duty", 12_345, "1.2345 SEK", "1,2345 SEK"),
        ("weight", 12_500_000, "12.5 kg", "12,5 kg"),
        ("handling", 25 * HOUR, "1 d 1 h", "1 d 1 h"),
        ("handling", 90_500_000, "1 min 30.5 s", "1 min 30,5 s"),
        ("placed_at", 1_781_865_000_000_000, "19 Jun 2026 13:30", "19.06.2026. 13:30"),
        ("wanted_on", "2026-06-19", "19 Jun 2026", "19.06.2026."),
        ("urgent", True, "yes", "jā"),
        ("service", "express", "express", "express"),
        ("note", None, "", ""),
        (
            "lines",
            [{"sku": "x", "quantity": 2, "rate": 1_500_000}, {"sku": "y"}],
            "sku x, quantity 2, rate 1.5; sku y",
            "sku x, quantity 2, rate 1,5; sku y",
        ),
    ],
)
def test_a_value_is_shown_exactly_in_both_languages(
    field: str, value: object, english: str, latvian: str
) -> None:
    data_type = PROCESS.data["order"].fields[field]

    assert show_value(data_type, value, "en", PROCESS) == english
    assert show_value(data_type, value, "lv", PROCESS) == latvian
