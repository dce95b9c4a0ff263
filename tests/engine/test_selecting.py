"""Orders found by a rule in the words of the process file."""

import pytest

from flowengine.errors import InvalidInput, NotFound
from tests.engine.world import SALE, World, refusal_of


def numbers(world: World, rule: str, state: str | None = None) -> list[str]:
    return sorted(row.number for row in world.engine.orders(where=rule, state=state))


@pytest.fixture
def sales(world: World) -> World:
    """Three open sales, cheap, dear and without a total, and one that is cancelled."""
    world.open("cheap", total="5 EUR", priority=1)
    world.open("dear", total="5000 EUR", priority=9)
    world.open("unknown")
    world.open("gone", total="9000 EUR")
    world.engine.cancel("gone", "no longer wanted", by="anna")
    world.engine.complete("gone/put-back", by="peter")
    return world


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("order.total > 500 EUR", ["dear"]),
        ("order.total <= 500 EUR", ["cheap"]),
        ("order.total is missing", ["unknown"]),
        ("not (order.total > 500 EUR)", ["cheap", "unknown"]),
        ("order.priority in [1, 9] and order.number != 'dear'", ["cheap"]),
        # A quotient is rounded by the rule itself, never by SQL.
        ("order.total / 2 > 100 EUR", ["dear"]),
        ("order.total / order.priority > 500 EUR and order.priority > 1", ["dear"]),
    ],
)
def test_a_rule_finds_the_open_orders_that_it_holds_for(
    sales: World, rule: str, expected: list[str]
) -> None:
    assert numbers(sales, rule) == expected


def test_closed_orders_are_found_when_asked_for(sales: World) -> None:
    assert numbers(sales, "order.total > 500 EUR", state="closed") == ["gone"]


def test_the_limit_counts_orders_that_the_rule_itself_confirms(sales: World) -> None:
    rows = sales.engine.orders(where="order.total / 1 > 0 EUR", limit=1)

    assert [row.number for row in rows] == ["dear"]


def test_a_wrong_rule_is_told_with_a_caret(sales: World) -> None:
    refused = refusal_of(lambda: sales.engine.orders(where="order.totl > 5 EUR"))

    assert isinstance(refused, InvalidInput)
    assert str(refused).splitlines() == [
        "Expected a rule about orders, but an order has no field `totl`:",
        "  order.totl > 5 EUR",
        "        ^^^^",
        "  did you mean `total`?",
    ]


def test_a_personal_value_is_not_searched_for(sales: World) -> None:
    refused = refusal_of(
        lambda: sales.engine.orders(where="order.customer == 'Jānis Bērziņš'")
    )

    assert isinstance(refused, InvalidInput)
    assert "personal" in str(refused)


def test_a_version_without_the_field_is_left_out(sales: World) -> None:
    newer = SALE.replace("version: 1", "version: 2").replace(
        "    paid: optional yes/no", "    paid: optional yes/no\n    gift: yes/no"
    )
    sales.engine.add_process(newer, "sale.yaml")
    sales.open("newer", gift=True)

    assert numbers(sales, "order.gift") == ["newer"]
    assert numbers(sales, "order.priority == 0") == ["newer", "unknown"]


def test_an_unknown_process_is_told(sales: World) -> None:
    refused = refusal_of(
        lambda: sales.engine.orders(where="order.total > 5 EUR", process="rental")
    )

    assert isinstance(refused, NotFound)
    assert "rental" in str(refused)
