"""Going on by another version: the order moves whole, or not at all."""

import pytest

from flowengine.errors import CommandRejected, Conflict
from flowengine.kernel import CaseState, TaskId, UserId
from flowengine.kernel.commands import MigrateCase
from flowengine.kernel.events import CaseMigrated, GatePlaceReturned, StepRetimed
from flowengine.kernel.evolve import evolve
from flowengine.language.process import StepId
from tests.builders import GOODS, Run

OLD = (
    GOODS
    + """\
start: enter
steps:
  enter: {role: clerk, next: [pick, papers]}
  pick:
    role: clerk
    stock: reserve order.lines
    undo: stock.release order.lines
    outcomes: {ok: ready, again: {next: pick, at_most: 2, then: ready}}
  papers: {role: clerk, timeout: {after: 1h, next: ready}, next: ready}
  ready: {join: all, role: clerk, not_same_person_as: pick, next: done}
  done: {end: success}
"""
)
NEW = OLD.replace("role: clerk, not_same", "role: boss, not_same").replace(
    "pick, next: done}", "pick, next: look}\n  look: {role: boss, next: done}"
)
RENAMED = NEW.replace("pick", "collect")
GATED = """\
steps:
  enter: {role: clerk, next: release}
  release: {gate: {limit: 2, in: [pick]}, next: pick}
  pick: {role: clerk, next: pack}
  pack: {role: clerk, next: done}
  done: {end: success}
"""

CALLS = """\
steps:
  enter: {role: clerk, next: check}
  check: {call: prices@1, outcomes: {success: done}}
  done: {end: success}
"""
ASKS = "do: python prices, next: done"


def halfway(text: str = OLD) -> Run:
    run = Run(text, {"lines": [{"sku": "a", "quantity": 1}]})
    run.complete("enter")
    run.complete("pick", "again", by="anna")
    run.claim("pick", by="berta")
    return run


def test_tokens_and_tasks_go_on_where_they_were() -> None:
    run = halfway()
    before = run.case

    run.migrate(NEW)

    assert run.case.process == run.net.process.digest
    assert run.open_steps == {"pick", "papers"}
    assert run.case.tasks == before.tasks
    assert len(run.case.arrivals) == 2
    run.complete("pick", "ok", by="berta")
    run.complete("papers")
    run.complete("ready", by="anna")
    assert run.open_steps == {"look"}


def test_a_step_that_was_renamed_takes_everything_with_it() -> None:
    run = halfway()

    run.migrate(RENAMED, {"pick": "collect"})

    assert run.open_steps == {"collect", "papers"}
    assert run.task("collect").owner == "berta"
    assert run.case.visits == {"enter": 1, "collect": 2, "papers": 1}
    assert run.case.uses == {"collect/outcome:again": 1}
    assert run.case.doers == {"collect": "anna"}
    assert [effect.step for effect in run.case.effects] == ["collect"]
    run.complete("collect", "ok", by="berta")
    run.complete("papers")
    with pytest.raises(CommandRejected, match="somebody else than berta"):
        run.complete("ready", by="berta")


def test_what_was_booked_before_is_undone_by_its_new_name() -> None:
    run = halfway()
    run.migrate(RENAMED, {"pick": "collect"})

    run.cancel()

    assert run.case.reserved == {}
    assert run.case.effects == ()
    assert run.case.outcome == "cancelled"


def test_a_place_that_is_not_there_refuses_the_whole_order() -> None:
    run = halfway()
    before, events = run.case, list(run.events)

    with pytest.raises(CommandRejected, match="none for what is open at papers, pick"):
        run.migrate(RENAMED)

    assert run.case == before
    assert run.events == events


def test_two_tokens_never_become_one() -> None:
    run = halfway()
    before, events = run.case, list(run.events)
    first, second = (
        bit for bit in range(len(run.net.places)) if before.marking >> bit & 1
    )

    with pytest.raises(CommandRejected, match="a place of its own") as refused:
        run.tell(
            MigrateCase(
                case_id=before.id,
                at=run.wait(),
                by=UserId("anna"),
                process=run.net.process.digest,
                bits={first: first, second: first},
                steps={},
            )
        )

    assert f"several would come to {run.net.places[first]}." in str(refused.value)
    assert run.case == before
    assert run.events == events


@pytest.mark.parametrize("new", ["pick: {wait: 1h, next", "pick: {do: python x, next"])
def test_an_open_step_that_became_another_refuses(new: str) -> None:
    run = Run(GATED)
    run.complete("enter")
    run.leave_gate("release")

    with pytest.raises(CommandRejected, match="of another kind"):
        run.migrate(GATED.replace("pick: {role: clerk, next", new))


def test_an_open_step_that_joins_more_in_the_new_version_refuses() -> None:
    run = Run("enter > pick > pack")
    run.complete_all(["enter", "pick"])

    with pytest.raises(CommandRejected, match="but pack waits for more"):
        run.migrate("enter > pick & label > pack", places={"pack": "pick>pack"})


def test_an_order_that_is_closed_or_being_cancelled_does_not_move() -> None:
    run = Run("receive")
    run.complete("receive")
    assert run.case.state is CaseState.CLOSED

    with pytest.raises(Conflict, match="it is closed"):
        run.migrate("receive")


def test_a_held_order_moves_and_stays_held() -> None:
    run = halfway()
    run.hold()

    run.migrate(NEW)

    assert run.case.state is CaseState.HELD
    assert run.events[-1].by == UserId("anna")
    run.resume()
    assert run.open_steps == {"pick", "papers"}


def test_a_timer_goes_where_no_time_ends_the_step_any_more() -> None:
    run = halfway()
    text = NEW.replace("timeout: {after: 1h, next: ready}, ", "")

    run.migrate(text)

    (retimed,) = run.of_kind(StepRetimed)
    assert (retimed.step, retimed.timer, retimed.reason) == ("papers", None, "version")
    assert run.task("papers").timer is None


def test_a_history_of_before_says_in_the_move_itself_which_timers_are_gone() -> None:
    run = halfway()
    moved = CaseMigrated(
        at=run.at,
        by=UserId("anna"),
        process="of another version",
        bits={bit: bit for bit in run.case.arrivals},
        untimed=(StepId("papers"),),
    )

    case = evolve(run.case, moved)

    assert run.task("papers").timer is not None
    assert case.tasks[TaskId("papers")].timer is None


def test_a_gate_keeps_its_place_unless_its_steps_or_its_name_change() -> None:
    same, moved, renamed = Run(GATED), Run(GATED), Run(GATED)
    for run in (same, moved, renamed):
        run.complete("enter")
        run.leave_gate("release")

    same.migrate(GATED.replace("version: 1", "version: 2"))
    moved.migrate(GATED.replace("in: [pick]", "in: [pack]"))
    renamed.migrate(GATED.replace("release", "valve"), {"release": "valve"})

    assert same.case.gates == ("release",)
    assert moved.case.gates == renamed.case.gates == ()
    assert [event.step for event in renamed.of_kind(GatePlaceReturned)] == ["release"]


def test_a_child_comes_back_to_the_step_by_its_new_name() -> None:
    run = Run(CALLS)
    run.complete("enter")
    child = run.task("check").child

    run.migrate(CALLS.replace("check", "rating"), {"check": "rating"})
    run.close_child(child)

    assert run.case.outcome == "success"


def test_an_automation_that_is_being_carried_out_keeps_its_name() -> None:
    text = CALLS.replace("call: prices@1, outcomes: {success: done}", ASKS)
    run = Run(text)
    run.complete("enter")

    with pytest.raises(CommandRejected, match="under its old name"):
        run.migrate(text.replace("check", "rating"), {"check": "rating"})
