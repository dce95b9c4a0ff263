"""A repair takes the order from one step to another, whatever the arrows say."""

import pytest

from flowengine.errors import Conflict, NotFound
from flowengine.kernel import CaseState
from flowengine.kernel.case import TaskState
from flowengine.kernel.events import (
    ChildAnswered,
    GatePlaceReturned,
    IncidentRaised,
    StepEnded,
    TokenMoved,
)
from tests.builders import GOODS
from tests.kernel.deeds import Deeds

LOOP = """\
start: pick
steps:
  pick: {role: clerk, outcomes: {ok: pack, again: {next: pick, at_most: 1, then: lost}}}
  pack: {role: clerk, next: done}
  lost: {role: boss, next: done}
  done: {end: success}
"""
GATED = """\
steps:
  enter: {role: clerk, next: release}
  release: {gate: {limit: 2, in: [pick]}, next: pick}
  pick: {role: clerk, next: pack}
  pack: {role: clerk, next: done}
  done: {end: success}
"""
CALLING = """\
steps:
  enter: {role: clerk, next: rate}
  rate: {call: prices@1, next: look}
  look: {role: clerk, next: done}
  done: {end: success}
"""
EACH = (
    GOODS
    + """\
start: enter
steps:
  enter: {role: clerk, next: pack}
  pack: {role: clerk, each: parcel in order.parcels, next: load}
  load: {role: clerk, next: done}
  done: {end: success}
"""
)
OUTSIDE = """\
steps:
  enter: {role: clerk, next: print}
  print: {do: python label, next: await}
  await: {wait: {paid: done}}
  done: {end: success}
"""
CANCELLED = """\
steps:
  enter: {role: clerk, next: pick}
  pick: {role: clerk, next: ship}
  ship: {role: clerk, next: done}
  done: {end: success}
on_cancel: {until: ship, next: pick}
"""
JOINED = "enter > pick & label > pack > ship"


def withdrawn(run: Deeds) -> list[str]:
    """Steps whose instances were withdrawn, oldest first."""
    return [
        event.step for event in run.of_kind(StepEnded) if event.outcome == "withdrawn"
    ]


def test_a_task_is_withdrawn_and_the_other_step_opens() -> None:
    run = Deeds("receive > pack > ship")
    run.start("receive")

    run.move("receive", "ship")

    assert run.open_steps == {"ship"}
    assert withdrawn(run) == ["receive"]
    (moved,) = run.of_kind(TokenMoved)
    assert (moved.by, moved.reason) == ("lead", "wrong shelf")
    run.complete("ship")
    assert run.case.outcome == "success"


def test_what_follows_is_bound_to_the_instance_that_was_withdrawn() -> None:
    run = Deeds("receive > pack > ship")

    run.move("receive", "ship")

    assert run.task("ship").pred == run.events.index(run.ended("receive")[0]) + 1
    assert run.task("ship").enabled == run.at


def test_moving_back_is_a_new_visit_and_a_step_may_begin_anew() -> None:
    run = Deeds("receive > pack")
    run.complete("receive")
    run.start("pack")

    run.move("pack", "receive")
    assert run.task("receive").visit == 2
    run.move("receive", "receive")

    assert run.task("receive").visit == 3
    assert run.task("receive").state is TaskState.OFFERED


def test_into_a_join_all_its_places_are_filled() -> None:
    run = Deeds(JOINED)

    run.move("enter", "pack")

    assert run.open_steps == {"pack"}
    assert run.case.marking.bit_count() == 2
    run.complete_all(["pack", "ship"])
    assert run.case.outcome == "success"


def test_a_place_of_a_join_that_has_its_token_keeps_it() -> None:
    run = Deeds(JOINED)
    run.complete_all(["enter", "label"])
    run.move("pick", "pack")

    (moved,) = run.of_kind(TokenMoved)
    assert moved.produced.bit_count() == 1
    assert run.open_steps == {"pack"}
    run.complete_all(["pack", "ship"])
    assert run.case.outcome == "success"


def test_what_has_come_to_a_join_is_taken_out_of_it() -> None:
    run = Deeds(JOINED)
    run.complete_all(["enter", "label"])

    run.move("pack", "label")

    assert run.open_steps == {"pick", "label"}
    assert withdrawn(run) == ["pack"]
    assert run.ended("pack")[0].pred == run.events.index(run.ended("label")[0]) + 1
    assert run.task("label").pred == run.events.index(run.ended("pack")[0]) + 1
    run.complete_all(["label", "pick", "pack", "ship"])
    assert run.case.outcome == "success"


def test_two_tokens_never_become_one_and_everything_stays() -> None:
    run = Deeds(JOINED)
    run.complete("enter")
    run.claim("pick")
    before = run.case

    run.move("pick", "label")

    assert run.case.marking == before.marking
    assert run.case.tasks == before.tasks
    assert run.case.incidents == {
        "pick": "it was to go to label, which has work open already"
    }
    run.resolve("pick")
    run.complete_all(["pick", "label", "pack"])


def test_a_token_that_comes_later_to_a_place_filled_by_a_repair_is_an_incident() -> (
    None
):
    run = Deeds(JOINED)
    run.complete("enter")
    run.move("pick", "pack")

    run.complete("label")

    assert "work open already" in run.incident("label")
    assert run.case.state is CaseState.OPEN


def test_tokens_that_wait_for_others_that_never_come_are_an_incident() -> None:
    run = Deeds(JOINED)
    run.complete_all(["enter", "pick", "label"])

    run.move("pack", "pick")
    run.complete("pick")

    assert run.open_steps == set()
    (raised,) = run.of_kind(IncidentRaised)
    assert (raised.step, raised.reason) == (
        "pack",
        "nothing is open, and what it waits for will not come",
    )
    run.move("pack", "pack")
    assert run.open_steps == {"pack"}
    assert run.case.incidents == {}


def test_an_incident_at_either_step_is_over() -> None:
    run = Deeds("receive > pack > ship")
    run.report("receive")

    run.move("receive", "pack")

    assert run.case.incidents == {}
    assert run.open_steps == {"pack"}


def test_counts_of_at_most_begin_anew_only_where_that_is_said() -> None:
    kept, anew = Deeds(LOOP), Deeds(LOOP)
    for run in (kept, anew):
        run.complete("pick", "again")

    kept.move("pick", "pick")
    anew.move("pick", "pick", reset=True)
    kept.complete("pick", "again")
    anew.complete("pick", "again")

    assert kept.open_steps == {"lost"}
    assert anew.open_steps == {"pick"}


def test_the_place_at_a_gate_is_given_back_as_its_steps_are_left() -> None:
    run = Deeds(GATED)
    run.complete("enter")
    run.leave_gate("release")
    assert list(run.case.gates) == ["release"]

    run.move("pick", "pack")

    assert list(run.case.gates) == []
    assert len(run.of_kind(GatePlaceReturned)) == 1


def test_from_a_gate_the_order_goes_past_it() -> None:
    run = Deeds(GATED)
    run.complete("enter")

    run.move("release", "pick")

    assert run.open_steps == {"pick"}
    assert run.case.gates == ()
    run.complete_all(["pick", "pack"])
    assert run.case.outcome == "success"


def test_all_open_elements_are_withdrawn_and_all_open_anew() -> None:
    run = Deeds(EACH, {"parcels": [{"lines": []}, {"lines": []}]})
    run.complete("enter")
    run.complete("pack#1")
    run.move("pack", "load")
    assert withdrawn(run) == ["pack"]

    run.move("load", "pack")

    assert run.open_steps == {"pack#1", "pack#2"}
    assert run.task("pack#1").visit == 2


def test_the_child_of_a_call_that_is_left_is_to_be_cancelled() -> None:
    run = Deeds(CALLING)
    run.complete("enter")
    child = run.task("rate").child

    run.move("rate", "look")
    assert run.of_kind(TokenMoved)[0].children == (child,)
    run.close_child(child, "cancelled")

    assert len(run.of_kind(ChildAnswered)) == 1
    assert run.open_steps == {"look"}


def test_machines_and_waits_are_left_and_what_they_say_later_changes_nothing() -> None:
    run = Deeds(OUTSIDE)
    run.complete("enter")
    run.move("print", "await")
    assert run.answer("print") == ()

    run.move("await", "enter")
    run.deliver("paid")

    assert run.open_steps == {"enter"}
    assert len(run.case.kept) == 1


def test_a_wait_that_a_repair_opens_takes_what_was_kept() -> None:
    run = Deeds(OUTSIDE)
    run.deliver("paid")

    run.move("enter", "await")

    assert run.case.outcome == "success"


def test_to_an_end_closes_the_order() -> None:
    run = Deeds("receive > pack")

    run.move("receive", "done")

    assert run.case.outcome == "success"


def test_an_order_that_a_repair_takes_past_until_cannot_be_cancelled() -> None:
    run = Deeds(CANCELLED)

    run.move("enter", "ship")

    assert run.case.past_cancel


def test_a_held_order_is_moved_and_the_step_opens_at_resume() -> None:
    run = Deeds("receive > pack")
    run.hold()

    run.move("receive", "pack")
    assert run.open_steps == set()
    run.resume()

    assert run.open_steps == {"pack"}


def test_a_move_from_where_no_token_is_or_of_what_runs_no_more_is_refused() -> None:
    run = Deeds("receive > pack")

    with pytest.raises(Conflict, match="Expected a token of order 1001 at pack"):
        run.move("pack", "receive")
    with pytest.raises(NotFound, match="has no nothing"):
        run.move("receive", "nothing")
    run.complete_all(["receive", "pack"])
    with pytest.raises(Conflict, match="it is closed"):
        run.move("pack", "receive")
