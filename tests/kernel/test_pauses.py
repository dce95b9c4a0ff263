"""Work that rests, goes on, or changes hands."""

import pytest

from flowengine.errors import CommandRejected, Conflict, NotFound
from flowengine.kernel.case import TaskState
from flowengine.kernel.events import TaskPaused, TaskReassigned
from flowengine.quantities import MINUTE
from flowengine.store.rows import fact_values
from tests.kernel.deeds import Deeds

FOUR_EYES = """\
steps:
  enter: {role: clerk, next: look}
  look: {role: boss, not_same_person_as: enter, next: done}
  done: {end: success}
"""
TIMED = """\
steps:
  enter: {role: clerk, timeout: {after: 1h, next: late}, next: done}
  late: {role: clerk, next: done}
  done: {end: success}
"""


def started(text: str = "receive > pack", step: str = "receive") -> Deeds:
    run = Deeds(text)
    run.start(step)
    return run


def paused_and_working(run: Deeds, step: str) -> tuple[int, int]:
    """Minutes of the fact of a step's last instance: rested, and worked."""
    event = run.ended(step)[-1]
    row = fact_values(run.net, b"", 1, event)
    assert row[9] == event.at
    assert isinstance(row[10], int)
    assert isinstance(row[11], int)
    return row[10] // MINUTE, row[11] // MINUTE


def test_a_started_task_rests_until_its_owner_goes_on() -> None:
    run = started()

    run.pause("receive", reason="no pallets")
    assert run.task("receive").state is TaskState.PAUSED
    assert run.task("receive").owner == "anna"
    run.go_on("receive")

    assert run.task("receive").state is TaskState.STARTED
    assert [event.reason for event in run.of_kind(TaskPaused)] == ["no pallets"]


def test_working_time_leaves_pauses_out() -> None:
    run = started()

    run.pause("receive")
    run.wait(29)
    run.go_on("receive")
    run.wait(9)
    run.pause("receive")
    run.wait(4)
    run.go_on("receive")
    run.complete("receive")

    assert paused_and_working(run, "receive") == (30 + 5, 1 + 10 + 1)


def test_completing_a_paused_task_ends_its_pause() -> None:
    run = started()
    run.pause("receive")
    run.wait(19)

    run.complete("receive")

    (event,) = run.ended("receive")
    assert event.pauses == ((event.started + MINUTE, event.at),)
    assert paused_and_working(run, "receive") == (20, 1)
    assert run.open_steps == {"pack"}


def test_a_hold_inside_a_pause_is_not_counted_twice() -> None:
    run = started()
    run.pause("receive")
    run.hold()
    run.wait(8)
    run.resume()
    run.go_on("receive")
    run.complete("receive")

    assert paused_and_working(run, "receive") == (11, 2)


def test_a_paused_task_that_times_out_has_rested_until_then() -> None:
    run = started(TIMED, "enter")
    run.pause("enter")
    run.wait(70)

    run.fire("enter")

    (event,) = run.ended("enter")
    assert event.outcome == "timeout"
    assert event.pauses == ((event.started + MINUTE, event.at),)


def test_somebody_who_leads_pauses_what_another_does() -> None:
    run = started()

    run.pause("receive", by="lead")

    assert run.events[-1].by == "lead"
    assert run.task("receive").owner == "anna"


def test_pausing_or_going_on_again_changes_nothing() -> None:
    run = started()

    assert run.go_on("receive") == ()
    run.pause("receive")
    assert run.pause("receive") == ()


@pytest.mark.parametrize("claimed", [False, True])
def test_only_what_was_started_is_paused(claimed: bool) -> None:
    run = Deeds("receive > pack")
    if claimed:
        run.claim("receive")

    with pytest.raises(CommandRejected, match="to be started to pause it"):
        run.pause("receive")
    with pytest.raises(CommandRejected, match="to be paused to resume it"):
        run.go_on("receive")


def test_only_the_owner_goes_on_and_completes() -> None:
    run = started()
    run.pause("receive", by="lead")

    with pytest.raises(Conflict, match="Expected lead to have"):
        run.go_on("receive", by="lead")
    with pytest.raises(Conflict, match="Expected lead to have"):
        run.complete("receive", by="lead")
    with pytest.raises(CommandRejected, match="it is paused"):
        run.start("receive")


def test_a_paused_task_of_a_held_order_may_be_finished() -> None:
    run = started()
    run.pause("receive")
    run.hold()

    run.go_on("receive")
    run.complete("receive")

    assert run.open_steps == set()
    run.resume()
    assert run.open_steps == {"pack"}


def test_an_offered_or_claimed_task_is_claimed_by_whom_it_is_given_to() -> None:
    run = Deeds("receive > pack")

    run.reassign("receive", to="berta")
    assert run.task("receive").state is TaskState.CLAIMED
    assert run.task("receive").claimed == run.at
    run.reassign("receive", to="carla")

    assert run.task("receive").owner == "carla"
    with pytest.raises(Conflict, match="carla has claimed it"):
        run.start("receive", by="berta")


def test_a_started_task_that_is_given_to_another_rests_until_they_go_on() -> None:
    run = started()
    began = run.at

    run.reassign("receive", to="berta")
    assert run.task("receive").state is TaskState.PAUSED
    assert run.task("receive").started == began
    with pytest.raises(Conflict, match="Expected anna to have"):
        run.complete("receive")
    run.go_on("receive", by="berta")
    run.complete("receive", by="berta")

    assert run.ended("receive")[0].who == "berta"
    assert paused_and_working(run, "receive") == (2, 2)


def test_a_paused_task_rests_on_when_it_is_given_to_another() -> None:
    run = started()
    run.pause("receive")

    run.reassign("receive", to="berta")
    run.complete("receive", by="berta")

    assert paused_and_working(run, "receive") == (2, 1)


def test_giving_a_task_to_whoever_has_it_changes_nothing() -> None:
    run = started()

    assert run.reassign("receive", to="anna") == ()
    assert run.of_kind(TaskReassigned) == []


def test_a_task_is_not_given_to_somebody_without_its_role() -> None:
    run = Deeds("receive > pack")

    with pytest.raises(CommandRejected, match="role clerk for 1001/receive, but berta"):
        run.reassign("receive", to="berta", roles=frozenset({"boss"}))
    run.reassign("receive", to="berta", roles=frozenset({"clerk"}))


def test_a_task_is_not_given_to_whoever_did_what_another_must_do() -> None:
    run = Deeds(FOUR_EYES)
    run.complete("enter", by="anna")

    with pytest.raises(CommandRejected, match="somebody else than anna"):
        run.reassign("look", to="anna")
    run.reassign("look", to="berta")

    assert run.task("look").owner == "berta"


def test_what_is_not_open_is_neither_paused_nor_given_to_anybody() -> None:
    run = Deeds("receive > pack")
    run.complete("receive")

    with pytest.raises(Conflict, match="already done"):
        run.pause("receive")
    with pytest.raises(NotFound, match="Expected a step"):
        run.reassign("nothing", to="berta")


def test_a_task_given_to_another_leaves_the_batch_it_was_claimed_in() -> None:
    run = Deeds("receive > pack")
    run.claim("receive", group="g1")

    run.reassign("receive", to="berta")

    assert run.task("receive").group is None
