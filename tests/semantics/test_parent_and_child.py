"""Parent and child: one is told of the other through the outbox, and only once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flowengine.kernel import CaseState
from flowengine.kernel.events import CaseOpened, ChildAnswered
from tests.engine.world import World

CHILD = """\
process: load
version: 1
title: {en: Load, lv: Krava}
for: load
number: load.number
data:
  load: {number: text, weight: integer}
departments: {dock: {title: {en: Dock, lv: Rampa}}}
roles: {picker: {department: dock, people: 2}}
on_cancel: {until: seal, next: empty}
steps:
  fill: {role: picker, next: seal}
  seal: {role: picker, next: done}
  empty: {role: picker, next: emptied}
  done: {end: success}
  emptied: {end: failure}
"""

PARENT = """\
process: trip
version: 1
title: {en: Trip, lv: Reiss}
for: trip
number: trip.number
data:
  trip: {number: text, weight: integer}
departments: {office: {title: {en: Office, lv: Birojs}}}
roles: {clerk: {department: office, people: 2}}
on_cancel: {next: put-back}
steps:
  load:
    call: load@1
    gives: {weight: trip.weight}
    timeout: {after: 1h, next: late}
    outcomes: {success: done, failure: late, cancelled: late}
  late: {role: clerk, next: done}
  put-back: {role: clerk, next: over}
  done: {end: success}
  over: {end: failure}
"""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A trip whose load is another process that cannot be cancelled once sealed."""
    made = World(tmp_path / "trips.db", CHILD, PARENT)
    made.engine.open_order("trip", {"number": "1", "weight": 5}, by="anna")
    made.engine.machines.work()
    yield made
    made.close()


def test_a_child_that_can_be_cancelled_no_more_ends_first(world: World) -> None:
    world.engine.complete("1-load/fill", by="peter")

    world.engine.cancel("1", "customer", by="anna")
    world.engine.machines.work()

    assert world.engine.order("1").case.state is CaseState.CANCELLING
    assert list(world.engine.order("1-load").case.tasks) == ["seal"]
    world.engine.complete("1-load/seal", by="peter")
    world.engine.machines.work()
    assert world.engine.order("1-load").case.outcome == "success"
    assert list(world.engine.order("1").case.tasks) == ["put-back"]
    assert world.engine.upkeep.check() == ()


def test_on_cancel_of_the_child_is_done_before_that_of_its_parent(
    world: World,
) -> None:
    world.engine.cancel("1", "customer", by="anna")
    world.engine.machines.work()
    assert list(world.engine.order("1-load").case.tasks) == ["empty"]
    assert world.engine.order("1").case.state is CaseState.CANCELLING

    world.engine.complete("1-load/empty", by="peter")
    world.engine.machines.work()

    assert list(world.engine.order("1").case.tasks) == ["put-back"]


def test_a_child_that_ended_as_its_parent_is_cancelled_is_counted_once(
    world: World,
) -> None:
    world.engine.complete("1-load/fill", by="peter")
    world.engine.complete("1-load/seal", by="peter")

    world.engine.cancel("1", "customer", by="anna")
    while (done := world.engine.machines.work()).done:
        assert done.skipped == ()

    assert world.engine.order("1-load").case.outcome == "success"
    assert list(world.engine.order("1").case.tasks) == ["put-back"]
    assert world.engine.machines.outbox() == ()
    assert world.engine.upkeep.check() == ()


def test_a_child_of_a_call_that_is_over_is_recorded_and_ignored(world: World) -> None:
    world.wait(90)
    world.engine.machines.work()
    world.engine.complete("1-load/fill", by="peter")
    world.engine.complete("1-load/seal", by="peter")
    world.engine.machines.work()

    assert list(world.engine.order("1").case.tasks) == ["late"]
    (noted,) = [e for e in world.events("1") if isinstance(e, ChildAnswered)]
    assert noted.outcome == "success"


def test_a_call_keeps_its_version_though_there_is_a_newer_one(world: World) -> None:
    pinned = world.engine.net("load", 1).process.digest
    newer = CHILD.replace("version: 1", "version: 2").replace("fill", "stow")
    world.engine.add_process(newer, "load.yaml")

    world.engine.open_order("trip", {"number": "2", "weight": 5}, by="anna")
    world.engine.machines.work()

    opened = world.events("2-load")[0]
    assert isinstance(opened, CaseOpened)
    assert opened.process == pinned


def test_the_path_of_a_child_lies_inside_its_call(world: World) -> None:
    world.wait(10)
    world.engine.complete("1-load/fill", by="peter")
    world.wait(10)
    world.engine.complete("1-load/seal", by="peter")
    world.engine.machines.work()

    (trip,) = world.engine.event_log("trip").traces
    (load,) = world.engine.event_log("load").traces

    call = trip.entries[0]
    assert load.closed is not None
    assert call.enabled <= load.opened <= load.closed <= call.ended
    assert {entry.step for entry in trip.entries} == {"load", "done"}


def test_a_cancel_goes_down_to_the_last_child_and_comes_back_up(world: World) -> None:
    tour = PARENT.replace("process: trip", "process: tour").replace("trip.", "tour.")
    tour = tour.replace("for: trip", "for: tour").replace("trip: {nu", "tour: {nu")
    world.engine.add_process(tour.replace("load@1", "trip@1"), "tour.yaml")
    world.engine.open_order("tour", {"number": "9", "weight": 5}, by="anna")
    while world.engine.machines.work().done:
        pass

    world.engine.cancel("9", "customer", by="anna")
    while world.engine.machines.work().done:
        pass
    assert list(world.engine.order("9-load-load").case.tasks) == ["empty"]
    world.engine.complete("9-load-load/empty", by="peter")
    while world.engine.machines.work().done:
        pass
    assert world.engine.order("9").case.state is CaseState.CANCELLING
    world.engine.complete("9-load/put-back", by="anna")
    while world.engine.machines.work().done:
        pass

    assert list(world.engine.order("9").case.tasks) == ["put-back"]
    assert world.engine.upkeep.check() == ()
