"""Steps that stand still: who says so, what that stops, and what trying again does."""

import pytest

from flowengine.errors import CommandRejected, Conflict, NotFound
from flowengine.kernel.events import AutomationAsked, IncidentRaised, StepRetimed
from flowengine.quantities import HOUR
from flowengine.store.rows import task_values
from tests.builders import GOODS
from tests.kernel.deeds import Deeds

MACHINE = """\
steps:
  enter: {role: clerk, next: print}
  print: {do: python label, next: done}
  done: {end: success}
"""
UNTIL = """\
steps:
  enter: {role: clerk, next: await}
  await: {wait: until order.until, next: done}
  done: {end: success}
"""
RESERVING = (
    GOODS
    + """\
start: enter
steps:
  enter: {role: clerk, next: reserve}
  reserve: {do: stock.reserve order.lines, outcomes: {all: done, some: no, none: no}}
  no: {end: failure}
  done: {end: success}
"""
)
PAID = (
    GOODS
    + """\
start: enter
steps:
  enter: {role: clerk, next: await}
  await:
    wait: {paid: done}
    stock: ship order.lines
    timeout: {after: 1h, next: done}
  done: {end: success}
"""
)
RESTING = (
    PAID.replace("{paid: done}", "1h")
    .replace("timeout: {after: 1h, ", "")
    .replace("next: done}\n  done", "next: done\n  done")
)
CALLING = """\
steps:
  enter: {role: clerk, next: rate}
  rate: {call: prices@1, outcomes: {success: done}}
  done: {end: success}
"""
LINES = {"lines": [{"sku": "a", "quantity": 2}]}


def held_tasks(run: Deeds) -> dict[str, object]:
    """Of each open task whether it has left the worklist."""
    rows = task_values(run.net, run.case, run.case.tasks.values())
    return {name: row[9] for name, row in rows.items()}


def test_a_task_with_an_incident_leaves_the_worklist_until_it_is_resolved() -> None:
    run = Deeds("enter > pick & label > pack")
    run.complete("enter")

    run.report("pick", "the shelf has fallen")
    assert run.case.incidents == {"pick": "the shelf has fallen"}
    assert held_tasks(run) == {"pick": 1, "label": 0}
    with pytest.raises(CommandRejected, match="the shelf has fallen"):
        run.claim("pick")
    with pytest.raises(CommandRejected, match="the shelf has fallen"):
        run.complete("pick")
    run.resolve("pick")

    assert run.case.incidents == {}
    assert held_tasks(run) == {"pick": 0, "label": 0}
    run.complete("pick")


def test_a_started_task_leaves_it_too_and_its_owner_may_still_finish_it() -> None:
    run = Deeds("receive > pack")
    run.start("receive")

    run.report("receive")
    assert held_tasks(run) == {"receive": 1}
    run.complete("receive")

    assert run.case.incidents == {}
    assert run.open_steps == {"pack"}


def test_only_what_is_open_and_goes_on_is_reported() -> None:
    run = Deeds("receive > pack")

    with pytest.raises(Conflict, match="1001/pack to be open"):
        run.report("pack")
    with pytest.raises(Conflict, match="1001/receive#7 to be open"):
        run.report("receive#7")
    with pytest.raises(NotFound, match="has no nothing"):
        run.report("nothing")
    run.report("receive")
    with pytest.raises(Conflict, match="stands still already"):
        run.report("receive")
    run.cancel()
    with pytest.raises(Conflict, match="it is closed"):
        run.report("receive")


def test_only_what_stands_still_is_resolved() -> None:
    run = Deeds("receive > pack")

    with pytest.raises(Conflict, match="no incident"):
        run.resolve("receive")


def test_an_automation_that_failed_is_asked_again() -> None:
    run = Deeds(MACHINE)
    run.complete("enter")
    run.answer("print", failed="no paper")

    run.resolve("print")

    assert [event.visit for event in run.of_kind(AutomationAsked)] == [1, 1]
    run.answer("print")
    assert run.case.outcome == "success"


def test_an_automation_is_not_resolved_without_being_asked_again() -> None:
    run = Deeds(MACHINE)
    run.complete("enter")
    run.answer("print", failed="no paper")

    with pytest.raises(CommandRejected, match="tried again or moved from"):
        run.resolve("print", again=False)


def test_a_task_is_resolved_without_anything_being_tried() -> None:
    run = Deeds("receive > pack")
    run.report("receive")

    (event,) = run.resolve("receive", again=False)

    assert event.by == "lead"
    assert run.case.incidents == {}


def test_a_reserve_whose_goods_were_refused_reserves_again() -> None:
    run = Deeds(RESERVING, LINES)
    run.refuse_stock = "the shelf is gone"
    run.complete("enter")
    assert run.case.incidents == {"reserve": "the shelf is gone"}

    run.resolve("reserve")
    assert run.case.incidents == {"reserve": "the shelf is gone"}
    run.refuse_stock = None
    run.resolve("reserve")

    assert run.case.outcome == "success"
    assert run.case.incidents == {}


def test_an_end_reached_with_work_open_is_tried_again_once_that_is_done() -> None:
    run = Deeds("enter > pick & label > pack")
    run.complete("enter")
    run.move("pick", "done")
    assert list(run.case.incidents) == ["done"]

    run.resolve("done")
    assert list(run.case.incidents) == ["done"]
    run.move("label", "done")

    assert run.case.state.value == "open"
    assert "work open" in run.incident("label")


def test_a_wait_until_a_moment_that_was_missing_looks_at_it_again() -> None:
    run = Deeds(UNTIL)
    run.complete("enter")
    assert run.open_steps == set()

    run.resolve("await")
    assert "does not have" in run.incident("await")
    run.change({"order.until": run.at + HOUR})
    run.resolve("await")

    assert run.case.incidents == {}
    assert run.task("await").timer is not None


def test_a_wait_whose_goods_were_short_takes_its_message_again() -> None:
    run = Deeds(PAID, LINES)
    run.complete("enter")
    run.refuse_stock = "the shelf is empty"
    run.deliver("paid")
    assert run.case.incidents == {"await": "the shelf is empty"}

    run.refuse_stock = None
    run.resolve("await")

    assert run.case.outcome == "success"
    assert run.case.kept == ()


def test_a_wait_whose_time_came_while_goods_were_short_ends_by_its_time() -> None:
    run = Deeds(RESTING, LINES)
    run = timed_out_short(run)

    run.refuse_stock = None
    run.resolve("await")

    (retimed,) = run.of_kind(StepRetimed)
    assert (retimed.step, retimed.reason) == ("await", "again")
    assert run.case.outcome == "success"


def timed_out_short(run: Deeds) -> Deeds:
    """The time of a wait has come, and its goods were refused."""
    run.complete("enter")
    run.refuse_stock = "the shelf is empty"
    run.wait(60)
    run.fire("await")
    assert run.task("await").timer is None
    return run


def test_a_call_that_ended_in_a_way_that_leads_nowhere_calls_anew() -> None:
    run = Deeds(CALLING)
    run.complete("enter")
    first = run.task("rate").child
    run.close_child(first, "failure")

    with pytest.raises(CommandRejected, match="tried again or moved from"):
        run.resolve("rate", again=False)
    run.resolve("rate")

    assert run.task("rate").visit == 2
    assert run.task("rate").child not in (None, first)
    run.close_child(run.task("rate").child)
    assert run.case.outcome == "success"


def test_what_was_resolved_while_the_order_is_held_goes_on_at_resume() -> None:
    run = Deeds(RESERVING, LINES)
    run.refuse_stock = "the shelf is gone"
    run.complete("enter")
    run.hold()
    run.refuse_stock = None

    run.resolve("reserve")
    assert run.case.state.value == "held"
    run.resume()

    assert run.case.outcome == "success"


def test_an_element_of_several_is_named_and_its_step_stands_still() -> None:
    text = GOODS + (
        "start: pack\nsteps:\n"
        "  pack: {role: clerk, each: parcel in order.parcels, next: done}\n"
        "  done: {end: success}\n"
    )
    run = Deeds(text, {"parcels": [{"lines": []}, {"lines": []}]})

    run.report("pack#2", "it is wet")

    (event,) = run.of_kind(IncidentRaised)
    assert (event.step, event.element) == ("pack", "2")
    assert held_tasks(run) == {"pack#1": 1, "pack#2": 1}


def test_what_could_not_be_undone_is_resolved_after_the_order_is_closed() -> None:
    text = RESERVING.replace(
        "lines, outcomes: {all: done",
        "lines, undo: stock.release order.lines, outcomes: {all: look",
    ).replace("  no:", "  look: {role: clerk, next: done}\n  no:")
    run = Deeds(text, LINES, stock={"a": 5})
    run.complete("enter")
    run.refuse_stock = "the shelf is gone"
    run.cancel()
    assert run.case.outcome == "cancelled"
    assert list(run.case.incidents) == ["reserve"]

    run.resolve("reserve")

    assert run.case.incidents == {}
    assert run.case.outcome == "cancelled"
