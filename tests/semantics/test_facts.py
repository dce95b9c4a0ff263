"""Facts: what became of every instance, and what its start was bound to."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from flowengine.analysis import Cause, analyse
from flowengine.eventlog import WITHDRAWN, EntryKind
from flowengine.kernel.events import StepEnded
from flowengine.quantities import MINUTE
from tests.builders import GOODS, Run
from tests.engine.world import World

BRANCHES = """\
start: enter
steps:
  enter: {role: clerk, next: [left, right]}
  left: {role: clerk, next: ready}
  right: {role: clerk, next: later}
  later: {role: clerk, next: ready}
  ready: {join: all, next: pack}
  pack: {role: clerk, next: done}
  put-back: {role: clerk, next: over}
  done: {end: success}
  over: {end: failure}
on_cancel: {next: put-back}
"""

EACH = (
    GOODS
    + """\
steps:
  enter: {role: clerk, next: pack}
  pack: {role: clerk, each: parcel in order.parcels, next: ship}
  ship: {role: clerk, next: done}
  done: {end: success}
"""
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The sale process, and nothing open."""
    made = World(tmp_path / "shop.db")
    yield made
    made.close()


def seq(run: Run, event: StepEnded) -> int:
    return run.events.index(event) + 1


def test_after_a_cancel_it_is_the_withdrawn_instance_that_was_enabled_last() -> None:
    run = Run(BRANCHES)
    run.complete("enter")
    run.complete("right")

    run.cancel()

    (left,), (later,) = run.ended("left"), run.ended("later")
    assert left.enabled < later.enabled
    assert run.task("put-back").pred == seq(run, later)


def test_a_join_alone_is_a_fact_of_zero_length_bound_to_the_last_arrival() -> None:
    run = Run(BRANCHES)
    run.complete_all(["enter", "right", "later", "left"])

    (ready,), (left,) = run.ended("ready"), run.ended("left")

    assert ready.kind is EntryKind.PASS
    assert (ready.pred, ready.enabled, ready.at) == (seq(run, left), left.at, left.at)
    assert run.task("pack").pred == seq(run, ready)


def test_elements_share_their_predecessor_and_the_last_one_binds_what_follows() -> None:
    parcel: dict[str, object] = {"lines": []}
    run = Run(EACH, {"parcels": [parcel, parcel, parcel]})
    run.complete("enter")
    assert {task.pred for task in run.case.tasks.values()} == {
        seq(run, run.ended("enter")[0])
    }

    run.complete_all(["pack#3", "pack#1", "pack#2"])

    assert run.task("ship").pred == seq(run, run.ended("pack")[-1])
    assert run.ended("pack")[-1].element == "2"


def test_after_a_migration_everything_is_bound_as_before() -> None:
    run = Run(BRANCHES)
    run.complete_all(["enter", "right", "later"])
    before = run.task("left").pred, dict(run.case.arrivals)

    run.migrate(BRANCHES.replace("pack: {role: clerk", "pack: {role: boss"))

    assert (run.task("left").pred, dict(run.case.arrivals)) == before
    run.complete("left")
    assert run.ended("ready")[0].pred == seq(run, run.ended("left")[0])


def test_what_was_withdrawn_is_a_fact_too(world: World) -> None:
    world.open("1")
    world.engine.complete("1/enter", by="anna", answers={"order.total": "9 EUR"})

    world.engine.cancel("1", "customer", by="anna")

    (trace,) = world.engine.event_log("sale").traces
    withdrawn = {e.step for e in trace.entries if e.outcome == WITHDRAWN}
    assert withdrawn == {"await-payment", "pick"}


def test_held_time_is_a_cause_of_its_own_and_lead_time_still_adds_up(
    world: World,
) -> None:
    world.open("1")
    world.wait(10)
    world.engine.hold("1", "address", by="anna")
    world.wait(30)
    world.engine.resume("1", by="anna")
    world.wait(5)
    world.to_hand_over("1")
    world.engine.complete("1/hand-over", by="peter")
    world.engine.deliver("pickup", match="1")

    found = analysed(world)

    assert found[Cause.HELD] == 30 * MINUTE
    assert sum(found.values()) == 45 * MINUTE


def analysed(world: World) -> Counter[Cause]:
    """The causes of all waiting of closed orders."""
    net = world.engine.net("sale")
    findings = analyse(net, world.engine.event_log("sale"), world.engine.now())
    assert findings.lead == findings.waiting + findings.paused + findings.service
    total: Counter[Cause] = Counter()
    for step in findings.steps:
        total.update(step.causes)
    return total
