"""What an order takes, and stock that stays reserved, as people are shown them."""

import json

from tests.cli.terminal import Terminal

PROCESS = """\
process: shop
version: 1
for: order
number: order.number
data:
  order: {number: text, lines: list of line}
  line: {sku: text, quantity: integer}
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
roles:
  clerk: {department: sales, people: 3, cost: 12 EUR/h}
steps:
  reserve:
    do: stock.reserve order.lines
    undo: stock.release order.lines
    outcomes: {all: pick, some: pick, none: refuse}
  pick: {role: clerk, work: 1h, stock: pick order.lines, next: done}
  refuse: {role: clerk, work: 30m, next: refused}
  done: {end: success}
  refused: {end: failure}
"""


def test_what_an_order_takes_is_shown_in_one_line(terminal: Terminal) -> None:
    terminal.write("shop.yaml", PROCESS)

    told = terminal.done("process", "show", "shop.yaml")

    assert (
        "An order takes at least 1 h, typically 50 min of working hours, "
        "and 10.00 EUR of hands; 19 of 20 cost at most 12.00 EUR\n" in told
    )


def test_what_an_order_takes_is_shown_in_latvian(terminal: Terminal) -> None:
    terminal.write("shop.yaml", PROCESS)

    told = terminal.done("process", "show", "shop.yaml", "--lang", "lv")

    assert "Pasūtījums prasa vismaz 1 h, parasti 50 min darba laika" in told


def test_money_is_left_out_where_no_role_has_a_cost(terminal: Terminal) -> None:
    terminal.write("shop.yaml", PROCESS.replace(", cost: 12 EUR/h", ""))

    told = terminal.done("process", "show", "shop.yaml")

    assert "typically 50 min of working hours\n" in told


def test_machines_get_the_outlook_in_exact_units(terminal: Terminal) -> None:
    terminal.write("shop.yaml", PROCESS)

    told = json.loads(terminal.done("process", "show", "shop.yaml", "--json"))

    assert told["outlook"]["least_work"] == 3_600_000_000
    assert told["outlook"]["hands"] == 100_000
    assert told["outlook"]["unpriced"] == []


def test_stock_that_stays_reserved_is_painted_on_the_plan(terminal: Terminal) -> None:
    terminal.write("shop.yaml", PROCESS.replace("some: pick", "some: refuse"))

    words = ("diagram", "draw", "shop.yaml", "--problem", "F501", "--out", "-")
    svg = terminal.done(*words)

    assert "Stock stays reserved at the end" in svg
    assert "stock.release order.lines" in svg
