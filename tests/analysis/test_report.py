"""The text twin says what the picture says; its JSON is exact."""

import json

import pytest

from flowengine.analysis import analyse, as_json, bottleneck_table
from flowengine.eventlog import EventLog
from flowengine.quantities import MINUTE
from tests.analysis.builders import History, at, log_of, plain_net

SHOP = plain_net(
    "enter:clerk > pack:packer > done",
    roles={"clerk": ("sales", 1), "packer": ("warehouse", 1)},
)


@pytest.fixture
def log() -> EventLog:
    order = History(SHOP, "1", at("08:00"), promised=at("12:00"))
    order.do("enter", at("08:10"), at("08:20"), who="ann")
    order.do("pack", at("09:20"), at("09:40"), who="bob")
    waiting = History(SHOP, "2", at("09:00")).open_at("enter")
    return log_of(order.closed(), waiting)


def test_the_table_has_a_row_for_each_of_the_biggest_delays(log: EventLog) -> None:
    table = bottleneck_table(analyse(SHOP, log, at("10:00")), SHOP, "en")

    assert table.title == "Shop: where an order's 1.7 h go"
    assert table.rows[0] == (
        "1",
        "Pack",
        "Warehouse",
        "1 h",
        "1 \N{EN DASH} 1 h",
        "60 %",
        "not picked up 100 %",
        "\N{EN DASH}",
    )
    assert len(table.rows) == 2
    assert {len(row) for row in table.rows} == {len(table.headers)}


def test_the_notes_say_period_orders_and_what_time_went_into(log: EventLog) -> None:
    table = bottleneck_table(analyse(SHOP, log, at("10:00")), SHOP, "en")

    assert table.notes == (
        "1 Jun 2026 \N{EN DASH} 1 Jun 2026, 1 closed order",
        "waiting 70 %, work 30 %",
        "on time 100 %",
        "1 open order",
    )


def test_titles_are_in_the_reader_s_language(log: EventLog) -> None:
    table = bottleneck_table(analyse(SHOP, log, at("10:00")), SHOP, "lv")

    assert table.title.startswith("Veikals")


def test_without_closed_orders_the_table_says_so() -> None:
    waiting = History(SHOP, "2", at("09:00")).open_at("enter")

    table = bottleneck_table(analyse(SHOP, log_of(waiting), at("10:00")), SHOP, "en")

    assert table.title == "Shop: no order has closed yet"
    assert (table.notes, table.rows) == (("1 open order",), ())


def test_json_gives_exact_totals_that_add_up(log: EventLog) -> None:
    data = json.loads(json.dumps(as_json(analyse(SHOP, log, at("10:00")))))

    steps = data["steps"]
    assert data["lead_us"] == 100 * MINUTE
    assert (
        sum(step["waiting_us"] + step["service_us"] for step in steps) == 100 * MINUTE
    )
    assert steps[1]["causes_us"]["not picked up"] == 60 * MINUTE
    assert data["ranked"][0]["main_cause"] == "not picked up"


def test_the_same_findings_give_the_same_json(log: EventLog) -> None:
    first = json.dumps(as_json(analyse(SHOP, log, at("10:00"))))

    assert json.dumps(as_json(analyse(SHOP, log, at("10:00")))) == first
