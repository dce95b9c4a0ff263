"""Orders that are late, or soon will be: by promise and by what is due."""

from flowengine.quantities import HOUR, Duration
from tests.engine.world import World

PROMISED = """\
process: quick
version: 1
title: {en: Quick, lv: Ātri}
for: order
number: order.number
promise: 3h
data:
  order: {number: text}
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
roles:
  clerk: {department: sales, people: 2}
steps:
  enter: {role: clerk, next: look}
  look: {role: clerk, sla: 1h, next: done}
  done: {end: success}
"""


def to_pick(world: World, number: str) -> None:
    """Open a cheap sale and take it to its picker, who has four hours."""
    world.open(number)
    world.engine.complete(
        f"{number}/enter", by="anna", answers={"order.total": "9 EUR"}
    )


def late(world: World, hours: int = 0, **wanted: str) -> list[str]:
    within = Duration(hours * HOUR)
    found = world.engine.orders(late_within=within, **wanted)  # type: ignore[arg-type] # every one of them is a text
    return [row.number for row in found]


def test_an_order_is_late_once_its_promise_has_passed_or_a_task_is_past_its_time(
    world: World,
) -> None:
    world.engine.add_process(PROMISED, "quick.yaml")
    world.engine.open_order("quick", {"number": "promised"}, by="anna")
    to_pick(world, "due")
    world.open("neither")

    assert (late(world), late(world, 3), late(world, 5)) == (
        [],
        [],
        ["promised", "due"],
    )
    world.wait(200)
    assert late(world) == ["promised"]
    world.wait(60)
    assert late(world) == ["promised", "due"]


def test_the_worst_comes_first_whatever_its_priority(world: World) -> None:
    to_pick(world, "first")
    world.wait(10)
    to_pick(world, "second")
    world.wait(10)
    world.open("urgent", priority=9)
    world.engine.complete("urgent/enter", by="anna", answers={"order.total": "9 EUR"})
    world.wait(300)

    assert late(world) == ["first", "second", "urgent"]
    (row, *_rest) = world.engine.orders(late_within=Duration(0))
    assert row.due_first == row.due


def test_late_orders_are_found_by_where_they_stand(world: World) -> None:
    world.engine.add_process(PROMISED, "quick.yaml")
    world.engine.open_order("quick", {"number": "1"}, by="anna")
    world.engine.complete("1/enter", by="anna")
    to_pick(world, "2")
    world.wait(600)

    assert late(world) == ["1", "2"]
    assert late(world, department="warehouse") == ["2"]
    assert late(world, step="look") == ["1"]
    assert late(world, department="warehouse", step="look") == []


def test_an_order_that_is_over_is_never_late(world: World) -> None:
    to_pick(world, "1")
    world.wait(600)
    world.engine.cancel("1", "customer", by="anna")
    world.engine.complete("1/put-back", by="peter")

    assert late(world) == []
    (row,) = world.engine.orders()
    assert (row.due, row.due_first) == (None, None)


def test_orders_are_found_by_the_department_of_an_open_task(world: World) -> None:
    world.open("1")
    to_pick(world, "2")

    found = world.engine.orders(department="sales")

    assert [row.number for row in found] == ["1"]
