"""What happens as a step ends: answers, `set`, `stock`, `at_most`, where it leads."""

from flowengine.kernel.elements import value_at
from flowengine.kernel.events import StockAsked
from tests.builders import GOODS, Run

ORDER_OF_THINGS = (
    GOODS
    + """\
priority: order.count
steps:
  enter:
    role: clerk
    asks: [order.note, order.lines]
    set:
      order.count: count of order.lines
      order.urgent: order.count > 1
    stock: reserve order.lines
    choose:
      - {when: order.urgent, next: hurry}
      - {else: done}
  hurry: {role: boss, next: done}
  done: {end: success}
"""
)

COSTS = (
    GOODS
    + """\
steps:
  enter: {role: clerk, cost: 2 EUR, next: pack}
  pack: {role: clerk, cost: 0.85 EUR per order.parcels, next: skipped}
  skipped:
    role: clerk
    skip_when: order.paid == yes
    set: {order.note: "'seen'"}
    stock: reserve order.lines
    cost: 1 EUR
    next: done
  done: {end: success}
"""
)


def test_answers_then_set_then_stock_then_the_way() -> None:
    run = Run(ORDER_OF_THINGS)
    lines = [{"sku": "a", "quantity": 1}, {"sku": "b", "quantity": 2}]

    run.complete("enter", answers={"order.note": "x", "order.lines": lines})

    # `set` saw the answers, the later rule the earlier field; stock and the way both.
    assert value_at(run.case.data, ("order", "count")) == 2
    assert value_at(run.case.data, ("order", "urgent")) is True
    (asked,) = run.of_kind(StockAsked)
    assert [item.line for item in asked.items] == ["order.lines#1", "order.lines#2"]
    assert run.open_steps == {"hurry"}


def test_a_field_that_priority_reads_changes_it_and_another_does_not() -> None:
    run = Run(ORDER_OF_THINGS, {"count": 7})
    assert run.case.priority == 7

    lines = [{"sku": "a", "quantity": 1}]
    run.complete("enter", answers={"order.note": "x", "order.lines": lines})

    assert run.case.priority == 1
    assert run.ended("enter")[0].priority == 1
    assert run.ended("done")[0].priority is None


def test_cost_is_counted_once_or_per_element_of_its_list() -> None:
    parcels = [{"damaged": False, "lines": []}, {"damaged": False, "lines": []}]
    run = Run(COSTS, {"parcels": parcels})

    run.complete_all(["enter", "pack"])

    assert run.ended("enter")[0].cost == 2_0000
    assert run.ended("pack")[0].cost == 2 * 8500


def test_a_skipped_step_answers_sets_books_costs_and_undoes_nothing() -> None:
    lines = [{"sku": "a", "quantity": 1}]
    run = Run(COSTS, {"paid": True, "lines": lines})

    run.complete_all(["enter", "pack"])

    skipped = run.ended("skipped")[0]
    assert (skipped.outcome, skipped.cost, skipped.answers) == ("skipped", None, {})
    assert not run.of_kind(StockAsked)
    assert run.case.outcome == "success"


def test_a_rule_of_set_that_gives_nothing_takes_the_field_away() -> None:
    steps = """\
steps:
  enter:
    role: clerk
    set: {order.count: lowest of x.quantity for x in order.lines}
    next: done
  done: {end: success}
"""
    run = Run(GOODS + steps, {"count": 3})

    run.complete("enter")

    assert value_at(run.case.data, ("order", "count")) is None
