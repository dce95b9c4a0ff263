"""Who may do what with a task, and how a refusal reads."""

import pytest

from flowengine.errors import CommandRejected, Conflict, NotFound
from flowengine.kernel import TaskId, TaskState, UserId
from flowengine.kernel.commands import ClaimTask
from flowengine.kernel.events import StepEnded
from flowengine.language.process import RoleId, StepId
from tests.builders import Run

ASKS = """\
steps:
  enter: {role: clerk, asks: [order.total], outcomes: {ok: done, no: done}}
  done: {end: success}
"""


def test_a_claimed_task_belongs_to_one_person() -> None:
    run = Run("receive > pack")
    run.claim("receive", by="anna")

    with pytest.raises(Conflict, match="anna has claimed it"):
        run.claim("receive", by="berta")
    with pytest.raises(Conflict, match="anna has claimed it"):
        run.complete("receive", by="berta")

    assert run.case.tasks[TaskId("receive")].owner == "anna"


def test_claiming_ones_own_task_again_changes_nothing() -> None:
    run = Run("receive > pack")
    run.claim("receive", by="anna")

    assert run.claim("receive", by="anna") == ()


def test_a_released_task_can_be_claimed_by_another() -> None:
    run = Run("receive > pack")
    run.claim("receive", by="anna")

    run.release("receive", by="anna")
    run.claim("receive", by="berta")

    assert run.case.tasks[TaskId("receive")].owner == "berta"


def test_a_started_task_is_not_released() -> None:
    run = Run("receive > pack")
    run.start("receive")

    with pytest.raises(CommandRejected, match="it is started"):
        run.release("receive")


def test_claimed_is_not_started_and_the_difference_is_recorded() -> None:
    run = Run("receive > pack")
    run.claim("receive")
    claimed_at = run.at
    run.start("receive")
    started_at = run.at

    run.complete("receive")

    done = next(e for e in run.events if isinstance(e, StepEnded))
    assert (done.claimed, done.started, done.at) == (claimed_at, started_at, run.at)


def test_completing_an_offered_task_claims_and_starts_it() -> None:
    run = Run("receive > pack")

    events = run.complete("receive", by="anna")

    done = events[0]
    assert isinstance(done, StepEnded)
    assert (done.who, done.claimed, done.started) == ("anna", run.at, run.at)


def test_a_task_completes_at_most_once() -> None:
    run = Run("receive > pack")
    run.complete("receive")

    with pytest.raises(Conflict, match="already done"):
        run.complete("receive")


def test_a_step_that_the_order_has_not_reached_is_not_found() -> None:
    run = Run("receive > pack")

    with pytest.raises(NotFound, match="has not reached it"):
        run.complete("pack")
    with pytest.raises(NotFound, match="has no fly"):
        run.complete("fly")


def test_the_wrong_role_is_refused_by_name() -> None:
    run = Run("receive > pack")

    with pytest.raises(CommandRejected, match=r"role clerk .* but otto has boss"):
        run.tell(
            ClaimTask(
                case_id=run.case.id,
                at=run.at,
                by=UserId("otto"),
                step=StepId("receive"),
                roles=frozenset({RoleId("boss")}),
            )
        )

    assert run.case.tasks[TaskId("receive")].state is TaskState.OFFERED


def test_an_unknown_outcome_is_refused_with_the_known_ones() -> None:
    run = Run(ASKS)
    answers = {"order.total": 5_0000}

    with pytest.raises(CommandRejected, match=r"\(ok, no\), but got 'maybe'"):
        run.complete("enter", outcome="maybe", answers=answers)
    with pytest.raises(CommandRejected, match="none was given"):
        run.complete("enter", answers=answers)


def test_a_missing_or_foreign_answer_is_refused() -> None:
    run = Run(ASKS)

    with pytest.raises(CommandRejected, match=r"answer order\.total"):
        run.complete("enter", outcome="ok")
    with pytest.raises(CommandRejected, match=r"but got order\.count"):
        run.complete(
            "enter", outcome="ok", answers={"order.total": 1, "order.count": 2}
        )


def test_an_outcome_where_none_is_written_is_refused() -> None:
    run = Run("receive > pack")

    with pytest.raises(CommandRejected, match="without an outcome"):
        run.complete("receive", outcome="ok")


def test_time_never_goes_back_within_a_case() -> None:
    run = Run("receive > pack")
    run.complete("receive")
    later = run.at
    run.wait(-60)

    run.complete("pack")

    assert run.case.at == later
