"""Holding, resuming and cancelling a case."""

import pytest

from flowengine.errors import CommandRejected, Conflict
from flowengine.kernel import CaseState, TaskId
from flowengine.kernel.events import CaseCancelled, StepEnded
from tests.builders import Run

CANCEL = """\
steps:
  enter: {role: clerk, next: pick}
  pick: {role: clerk, next: ship}
  ship: {role: clerk, next: done}
  put-back: {role: clerk, next: over}
  done: {end: success}
  over: {end: failure}
on_cancel: {until: ship, next: put-back}
"""

WAIT = """\
steps:
  enter: {role: clerk, next: await}
  await:
    wait: {paid: ship}
    timeout: {after: 1h, next: over}
  ship: {role: clerk, next: done}
  done: {end: success}
  over: {end: failure}
"""


def test_a_held_case_takes_no_claims_and_says_why() -> None:
    run = Run("receive > pack")
    run.hold("address unclear")

    with pytest.raises(CommandRejected, match="address unclear"):
        run.claim("receive")

    assert run.case.state is CaseState.HELD


def test_a_started_task_may_be_finished_while_held_and_its_token_rests() -> None:
    run = Run("receive > pack")
    run.start("receive")
    run.hold()

    run.complete("receive")
    assert run.open_steps == set()
    ended_at = run.at
    run.resume()

    pack = run.case.tasks[TaskId("pack")]
    assert pack.enabled == ended_at


def test_messages_that_come_while_held_are_taken_at_resume() -> None:
    run = Run(WAIT)
    run.complete("enter")
    run.hold()

    run.deliver("paid")
    assert run.open_steps == {"await"}
    run.resume()

    assert run.open_steps == {"ship"}


def test_a_timer_that_fell_due_while_held_fires_at_resume() -> None:
    run = Run(WAIT)
    run.complete("enter")
    run.hold()

    run.wait(90)
    assert run.fire("await") == ()
    run.resume()

    assert run.case.outcome == "failure"


def test_what_came_first_while_held_wins() -> None:
    early, late = Run(WAIT), Run(WAIT)
    for run in (early, late):
        run.complete("enter")
        run.hold()

    early.wait(10)
    early.deliver("paid")
    early.wait(120)
    late.wait(120)
    late.deliver("paid")
    early.resume()
    late.resume()

    assert early.open_steps == {"ship"}
    assert late.case.outcome == "failure"


def test_holding_twice_and_resuming_what_runs_are_conflicts() -> None:
    run = Run("receive > pack")

    with pytest.raises(Conflict, match="but it runs"):
        run.resume()
    run.hold()
    with pytest.raises(Conflict, match="held already"):
        run.hold()


def test_cancelling_withdraws_what_is_open_and_follows_on_cancel() -> None:
    run = Run(CANCEL)
    run.complete("enter")

    run.cancel()

    assert run.open_steps == {"put-back"}
    withdrawn = [
        e for e in run.events if isinstance(e, StepEnded) and e.outcome == "withdrawn"
    ]
    assert [e.step for e in withdrawn] == ["pick"]
    put_back = run.case.tasks[TaskId("put-back")]
    assert put_back.pred == run.events.index(withdrawn[0]) + 1
    assert put_back.enabled == run.at
    run.complete("put-back")
    assert run.case.outcome == "failure"


def test_cancelling_is_refused_once_the_order_has_got_too_far() -> None:
    run = Run(CANCEL)
    run.complete_all(["enter", "pick"])

    with pytest.raises(CommandRejected, match="before ship"):
        run.cancel()


def test_a_case_without_on_cancel_closes_as_cancelled() -> None:
    run = Run("receive > pack")

    run.cancel("customer")

    assert run.case.outcome == "cancelled"
    assert run.case.marking == 0
    assert any(
        isinstance(e, CaseCancelled) and e.reason == "customer" for e in run.events
    )


def test_a_held_case_can_be_cancelled_and_its_resting_token_is_accounted_for() -> None:
    run = Run(CANCEL)
    run.start("enter")
    run.hold()
    run.complete("enter")

    run.cancel()

    withdrawn = [
        e for e in run.events if isinstance(e, StepEnded) and e.outcome == "withdrawn"
    ]
    assert [e.step for e in withdrawn] == ["pick"]
    assert run.open_steps == {"put-back"}


def test_cancelling_twice_is_a_conflict() -> None:
    run = Run(CANCEL)
    run.cancel()

    with pytest.raises(Conflict, match="being cancelled"):
        run.cancel()


def test_a_note_changes_nothing_else() -> None:
    run = Run("receive > pack")
    before = run.case

    run.note("called the customer")

    assert run.case.tasks == before.tasks
    assert run.case.version == before.version + 1
