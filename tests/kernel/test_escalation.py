"""Escalation: somebody is told when a share of the service level is used up."""

import pytest

from flowengine.errors import CommandRejected
from flowengine.kernel.events import Escalated
from flowengine.quantities import HOUR, MINUTE
from tests.builders import HEAD, Run

WATCHED = """\
steps:
  enter: {role: clerk, next: check}
  check:
    role: clerk
    sla: 4h
    escalate: [{at: 80%, notify: boss}, {at: 50%, notify: shop}]
    next: done
  done: {end: success}
"""
OFFICE = HEAD.replace(
    "departments:",
    'calendars: {office: {days: mon-fri, hours: "09:00-17:00", zone: UTC}}\n'
    "calendar: office\ndepartments:",
)


def test_alarms_are_set_at_their_shares_of_the_service_level() -> None:
    run = Run(WATCHED)

    run.complete("enter")

    task = run.task("check")
    wanted = (2 * HOUR, 3 * HOUR + 12 * MINUTE)
    assert task.alarms == tuple(task.enabled + after for after in wanted)


def test_alarms_count_working_time() -> None:
    run = Run(OFFICE + WATCHED.replace("sla: 4h", "sla: 12h"))

    run.complete("enter")

    # Opened on Monday at 09:01: 6 hours that day, 9.6 reach into the next.
    task = run.task("check")
    assert task.alarms[0] == task.enabled + 6 * HOUR
    assert task.alarms[1] == task.enabled + 16 * HOUR + 9 * HOUR + 36 * MINUTE


def test_an_alarm_tells_whom_and_is_gone() -> None:
    run = Run(WATCHED)
    run.complete("enter")
    run.start("check")
    run.wait(2 * 60)

    run.fire("check", alarm=True)

    (told,) = run.of_kind(Escalated)
    assert (told.share, told.notify) == (50, "shop")
    assert len(run.task("check").alarms) == 1
    assert run.open_steps == {"check"}


def test_all_alarms_that_are_due_go_off_together_and_then_no_more() -> None:
    run = Run(WATCHED)
    run.complete("enter")
    run.wait(5 * 60)

    run.fire("check", alarm=True)

    assert [event.share for event in run.of_kind(Escalated)] == [50, 80]
    assert run.fire("check", alarm=True) == ()


def test_an_alarm_before_its_time_is_refused_and_a_late_one_does_nothing() -> None:
    run = Run(WATCHED)
    run.complete("enter")

    with pytest.raises(CommandRejected, match="its time has not come"):
        run.fire("check", alarm=True)
    run.complete("check")

    assert run.fire("check", alarm=True) == ()


def test_held_there_is_no_alarm_and_those_due_go_off_at_resume() -> None:
    run = Run(WATCHED)
    run.complete("enter")
    run.hold()
    run.wait(3 * 60)

    assert run.fire("check", alarm=True) == ()
    run.resume()

    assert [event.share for event in run.of_kind(Escalated)] == [50]


def test_at_resume_alarms_and_timeouts_come_in_the_order_they_fell_due() -> None:
    timed = "sla: 4h\n    timeout: {after: 3h, next: done}"
    run = Run(WATCHED.replace("sla: 4h", timed))
    run.complete("enter")
    run.hold()
    run.wait(9 * 60)

    run.resume()

    assert [event.share for event in run.of_kind(Escalated)] == [50]
    assert run.ended("check")[0].outcome == "timeout"
