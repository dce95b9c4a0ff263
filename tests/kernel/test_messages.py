"""Messages and timers, in whatever order they come."""

import pytest

from flowengine.errors import CommandRejected
from flowengine.eventlog import TIMED_OUT, EntryKind
from flowengine.kernel import CaseState, TaskId
from flowengine.kernel.events import MessageKept, StepEnded
from flowengine.quantities import DAY, HOUR
from tests.builders import Run

WAIT = """\
messages:
  paid: {match: order.number, sets: [order.paid]}
steps:
  enter: {role: clerk, next: await-payment}
  await-payment:
    wait: {paid: ship, withdrawn: stopped}
    timeout: {after: 3 days, next: remind}
  remind: {role: clerk, next: stopped}
  ship: {role: clerk, next: done}
  done: {end: success}
  stopped: {end: failure}
"""

REST = """\
steps:
  enter: {role: clerk, next: rest}
  rest: {wait: 2h, next: ship}
  ship: {role: clerk, timeout: {after: 1h, next: late}, next: done}
  late: {role: boss, next: done}
  done: {end: success}
"""


def test_a_message_leads_where_the_wait_says() -> None:
    run = Run(WAIT)
    run.complete("enter")

    run.deliver("paid")

    assert run.open_steps == {"ship"}
    wait = run.events[-2]
    assert isinstance(wait, StepEnded)
    assert (wait.kind, wait.outcome) == (EntryKind.WAIT, "paid")
    assert wait.started == wait.at


def test_a_message_before_its_wait_is_kept_and_taken_when_the_wait_opens() -> None:
    run = Run(WAIT)

    run.deliver("paid", key="bank-1")
    assert isinstance(run.events[-1], MessageKept)
    run.complete("enter")

    assert run.open_steps == {"ship"}
    assert run.case.kept == ()


def test_of_two_kept_messages_the_oldest_is_taken() -> None:
    run = Run(WAIT)
    run.deliver("withdrawn", key="1")
    run.deliver("paid", key="2")

    run.complete("enter")

    assert run.case.outcome == "failure"


def test_a_due_timer_takes_the_timeout() -> None:
    run = Run(WAIT)
    run.complete("enter")
    due = run.case.tasks[TaskId("await-payment")].timer
    assert due == run.at + 3 * DAY

    run.wait(3 * 24 * 60)
    run.fire("await-payment")

    assert run.open_steps == {"remind"}
    ended = [e for e in run.events if isinstance(e, StepEnded)]
    assert ended[-1].outcome == TIMED_OUT


def test_a_timer_that_is_not_due_is_refused() -> None:
    run = Run(WAIT)
    run.complete("enter")

    with pytest.raises(CommandRejected, match="its time has not come"):
        run.fire("await-payment")


def test_a_late_timer_finds_nothing_open_and_is_no_error() -> None:
    run = Run(WAIT)
    run.complete("enter")
    run.deliver("paid")
    run.wait(4 * 24 * 60)

    assert run.fire("await-payment") == ()


def test_a_timed_rest_ends_by_its_timer() -> None:
    run = Run(REST)
    run.complete("enter")
    assert run.case.tasks[TaskId("rest")].timer == run.at + 2 * HOUR

    run.wait(121)
    run.fire("rest")

    assert run.open_steps == {"ship"}


def test_a_timeout_withdraws_a_task_even_when_it_is_started() -> None:
    run = Run(REST)
    run.complete("enter")
    run.wait(121)
    run.fire("rest")
    run.start("ship")

    run.wait(61)
    run.fire("ship")

    assert run.open_steps == {"late"}
    ended = [e for e in run.events if isinstance(e, StepEnded)]
    assert (ended[-1].outcome, ended[-1].who) == (TIMED_OUT, "anna")


def test_what_came_more_than_thirty_days_before_its_wait_is_not_taken() -> None:
    late, early = Run(WAIT), Run(WAIT)
    for run in (late, early):
        run.deliver("paid")
    late.wait(30 * 24 * 60 + 1)
    early.wait(30 * 24 * 60 - 1)

    late.complete("enter")
    early.complete("enter")

    assert late.open_steps == {"await-payment"}
    assert [kept.name for kept in late.case.kept] == ["paid"]
    assert early.open_steps != {"await-payment"}
    late.hold()
    late.resume()
    assert late.open_steps == {"await-payment"}


def test_what_came_for_an_open_wait_is_taken_however_long_the_order_was_held() -> None:
    run = Run(WAIT)
    run.complete("enter")
    run.hold()
    run.deliver("paid")
    run.wait(40 * 24 * 60)

    run.resume()

    assert run.case.kept == ()


def test_a_message_to_a_closed_case_is_refused() -> None:
    run = Run("receive")
    run.complete("receive")

    with pytest.raises(CommandRejected, match="it is closed"):
        run.deliver("paid")
    assert run.case.state is CaseState.CLOSED


def test_the_service_level_of_a_wait_says_when_it_is_due() -> None:
    run = Run(WAIT.replace("    wait: {paid", "    sla: 4h\n    wait: {paid"))
    run.complete("enter")

    assert run.case.tasks[TaskId("await-payment")].due == run.at + 4 * HOUR
    run.deliver("paid")

    wait = next(
        e for e in run.events if isinstance(e, StepEnded) and e.kind is EntryKind.WAIT
    )
    assert wait.due == wait.enabled + 4 * HOUR
