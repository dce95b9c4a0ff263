"""What rules mean: their values, and what becomes of what is missing."""

from collections.abc import Callable

import pytest

from flowengine.language.rules import Rule
from flowengine.language.types import DataType, Kind
from flowengine.quantities import DAY, HOUR, Instant

Evaluate = Callable[..., object]

START = Instant(0)
LINES = [
    {"sku": "a", "quantity": 2, "price": 15_000},
    {"sku": "b", "quantity": 3, "price": 10_000},
]
PARCELS = [
    {"weight": 30_000_000, "damaged": False, "lines": LINES},
    {"weight": 1_000_000, "damaged": True, "lines": []},
]
#: Tuesday 2023-11-14, 00:13 in Riga.
TUESDAY = 1_699_913_600_000_000
ORDER = {
    "number": "A-1",
    "total": 60_000_000,
    "country": "US",
    "weight": 31_000_000,
    "pieces": 3,
    "rate": 1_500_000,
    "placed_at": TUESDAY,
    "wanted_on": "2026-06-19",
    "urgent": True,
    "lines": LINES,
    "parcels": PARCELS,
    "tags": ["fragile", "gift"],
    "address": {"country": "LV"},
}


@pytest.mark.parametrize(
    "text",
    [
        "order.total > 5000 EUR and order.country not in [LV, EE, LT]",
        "order.total == 6 000.00 EUR",
        "order.number == 'A-1' and order.number in [\"A-1\", 'B']",
        "order.urgent and order.urgent == yes and not (order.urgent == no)",
        "US == order.country",
        "order.address.country == LV",
        "order.weight between 30 kg and 31000 g",
        "order.weight not between 1 mg and 2 t or order.weight > 30.5 kg",
        "order.pieces < 3.5 and order.rate < order.pieces",
        "order.pieces in [1, 2.5, 3]",
        "order.wanted_on == 2026-06-19 and order.wanted_on < 2026-07-01",
        "order.placed_at < 2023-11-14T01:00+02:00",
        "now - order.placed_at > 3 days and now > order.placed_at + 1h 30m",
        "any parcel in order.parcels where parcel.weight > 20 kg",
        "all p in order.parcels where p.weight > 20 kg or p.damaged",
        "not all p in order.parcels where p.damaged",
        "any p in order.parcels where any l in p.lines where l.quantity == 3",
        "any t in order.tags where t == 'gift'",
        "'fragile' in order.tags and 'heavy' not in order.tags",
        "(count of p in order.parcels where p.damaged) == 1",
        "count of order.lines >= 2",
        "sum of p.weight for p in order.parcels == order.weight",
        "lowest(order.total, 5 EUR, 7 EUR) == 5 EUR",
    ],
)
def test_a_condition_that_holds(text: str, evaluate: Evaluate) -> None:
    assert evaluate(text, ORDER) is True


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("order.total", 60_000_000),
        ("order.total + 1.5 EUR", 60_015_000),
        ("-order.total", -60_000_000),
        ("order.total * order.rate", 90_000_000),
        ("order.pieces * order.total", 180_000_000),
        ("order.total / 7", 8_571_429),
        ("order.total / 1.5", 40_000_000),
        ("order.total / 12000 EUR", 500_000),
        ("order.pieces / 2", 1_500_000),
        ("order.pieces * 2 - 1", 5),
        ("order.pieces - -1", 4),
        ("order.rate * order.rate", 2_250_000),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("7 - 3 - 2", 2),
        ("0.0001 EUR / 2", 0),
        ("0.0003 EUR / 2", 2),
        ("now - order.placed_at", 301_600_000_000),
        ("order.placed_at - 1 day", TUESDAY - DAY),
        ("1h 30m * 2", 3 * HOUR),
        ("sum of l.quantity * l.price for l in order.lines", 60_000),
        ("sum of l.price for l in order.lines where l.quantity > 9", 0),
        ("highest of l.price for l in order.lines", 15_000),
        ("lowest of l.price for l in order.lines where l.quantity < 3", 15_000),
        ("count of l in order.lines where l.price > 1 EUR", 1),
        ("business_days_between(order.placed_at, now)", 3),
        ("business_days_between(order.placed_at, now, two-shift)", 3),
    ],
)
def test_an_amount_is_exact(text: str, value: int, evaluate: Evaluate) -> None:
    assert evaluate(text, ORDER) == value


@pytest.mark.parametrize(
    "text",
    [
        "order.total == 1 EUR",
        "order.total != 1 EUR",
        "order.total < order.limit",
        "order.credit == prepay",
        "order.credit in [ok, missing]",
        "order.credit not in [ok, missing]",
        "order.total between 1 EUR and 2 EUR",
        "order.total not between 1 EUR and 2 EUR",
        "order.country in [LV]",
        "order.address.country != LV",
        "any p in order.parcels where not p.damaged",
        "all p in order.parcels where p.damaged",
        "'gift' in order.tags",
        "'gift' not in order.tags",
        "order.total + 1 EUR > 0 EUR",
        "order.urgent == no",
        "order.credit is given",
        "order.urgent and order.urgent",
    ],
)
def test_a_comparison_with_a_missing_value_is_false(
    text: str, evaluate: Evaluate
) -> None:
    assert evaluate(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "not (order.total == 1 EUR)",
        "not order.urgent",
        "order.credit is missing",
        "order.address.country is missing",
        "order.customer is missing",
        "order.total + 1 EUR is missing",
    ],
)
def test_its_negation_is_true(text: str, evaluate: Evaluate) -> None:
    assert evaluate(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "order.urgent",
        "order.total + 1 EUR",
        "1 EUR - order.total",
        "-order.total",
        "order.total / 0",
        "1 / 0",
        "3 EUR / 0 EUR",
        "count of order.lines",
        "sum of l.price for l in order.lines",
        "lowest(order.total, 1 EUR)",
        "business_days_between(order.placed_at, now)",
    ],
)
def test_missing_goes_through_arithmetic_and_so_does_division_by_zero(
    text: str, evaluate: Evaluate
) -> None:
    assert evaluate(text) is None


def test_nothing_sums_to_zero_and_has_no_lowest(evaluate: Evaluate) -> None:
    empty: dict[str, object] = {"lines": []}

    assert evaluate("sum of l.price for l in order.lines", empty) == 0
    assert evaluate("count of order.lines", empty) == 0
    assert evaluate("lowest of l.price for l in order.lines", empty) is None
    assert evaluate("all l in order.lines where l.price > 1 EUR", empty) is True
    assert evaluate("any l in order.lines where l.price > 1 EUR", empty) is False


def test_one_missing_element_makes_the_sum_missing(evaluate: Evaluate) -> None:
    order = {"parcels": [{"weight": 1}, {}]}

    assert evaluate("sum of p.weight for p in order.parcels", order) is None
    assert evaluate("highest of p.weight for p in order.parcels", order) is None
    assert (
        evaluate("sum of p.weight for p in order.parcels where p.weight > 0 g", order)
        == 1
    )


def test_a_moment_that_no_calendar_has_has_no_business_days(
    evaluate: Evaluate,
) -> None:
    order = {"placed_at": 10**18}

    assert evaluate("business_days_between(now, order.placed_at)", order) is None


def test_a_personal_field_is_only_asked_whether_it_is_there(
    evaluate: Evaluate,
) -> None:
    concealed = {"customer": "sha256:00", "contact": {"country": "sha256:01"}}

    assert evaluate("order.customer is given", concealed) is True
    assert evaluate("order.contact.country is given", concealed) is True


def test_a_word_of_the_language_may_be_a_value(evaluate: Evaluate) -> None:
    assert evaluate("order.credit in [missing, ok]", {"credit": "missing"}) is True
    assert evaluate("order.credit == missing", {"credit": "ok"}) is False


def test_a_condition_after_where_reaches_to_the_end(evaluate: Evaluate) -> None:
    damaged, dear = "any p in order.parcels where p.damaged", "order.total > 1 EUR"
    order = {**ORDER, "parcels": []}

    assert evaluate(f"{damaged} or {dear}", order) is False
    assert evaluate(f"({damaged}) or {dear}", order) is True


def test_a_rule_takes_the_type_that_its_place_expects(
    compiled: Callable[..., Rule],
) -> None:
    number = compiled("order.pieces", DataType(Kind.NUMBER))
    choice = compiled("prepay", DataType(Kind.ONE_OF, choices=("ok", "prepay")))
    text = compiled("order.credit", DataType(Kind.TEXT))

    data = {"order": {"pieces": 3, "credit": "ok"}}
    assert number.evaluate(data, START) == 3_000_000
    assert number.type.kind is Kind.NUMBER
    assert choice.evaluate(data, START) == "prepay"
    assert text.evaluate(data, START) == "ok"


def test_a_rule_says_what_it_reads_and_keeps_its_text(
    compiled: Callable[..., Rule],
) -> None:
    text = "order.total  > 1 EUR or any p in order.parcels where p.damaged"

    rule = compiled(text)

    assert rule.text == text
    assert rule.reads == {
        ("order", "total"),
        ("order", "parcels"),
        ("order", "parcels", "damaged"),
    }
    assert rule == compiled(text)
