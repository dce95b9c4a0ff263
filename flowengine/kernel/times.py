"""When an open instance is due, ends by itself, and when somebody is to be told."""

from flowengine.calendars import (
    WorkCalendar,
    add_business_days,
    add_working_time,
    working_time,
)
from flowengine.kernel.case import Task
from flowengine.kernel.events import IncidentRaised, StepRetimed
from flowengine.kernel.run import Run
from flowengine.language.process import Process, TimeSpan
from flowengine.net.net import NetStep
from flowengine.quantities import Duration, Instant

#: Why times moved, as `StepRetimed` says it.
BY_DATA, BY_VERSION, TRIED_AGAIN = "data", "version", "again"


def moment_after(
    process: Process, calendar: WorkCalendar, start: Instant, span: TimeSpan
) -> Instant:
    """When a written time span, counted from `start`, is over."""
    if not span.business_days:
        return Instant(start + span.amount)
    named = span.calendar
    hours = process.calendars[named] if named is not None else calendar
    return add_business_days(hours, start, span.amount)


def timer_of(run: Run, net_step: NetStep, instance: Task) -> Instant | None:
    """When an instance ends by itself: a moment of the order, or a time from now."""
    step = net_step.step
    if step.wait_until is not None:
        moment = step.wait_until.evaluate(run.case.data, run.at)
        return Instant(moment) if isinstance(moment, int) else None
    span = step.wait_for or (step.timeout.after if step.timeout is not None else None)
    if span is None:
        return None
    return moment_after(run.net.process, net_step.calendar, instance.enabled, span)


def due_of(run: Run, net_step: NetStep, start: Instant) -> Instant | None:
    """When its SLA is used up; it runs in the working time of the step's role."""
    sla = net_step.step.sla
    if sla is None:
        return None
    if sla.business_days:
        return moment_after(run.net.process, net_step.calendar, start, sla)
    return add_working_time(net_step.calendar, start, Duration(sla.amount))


def alarms_of(
    net_step: NetStep, start: Instant, due: Instant | None
) -> tuple[Instant, ...]:
    """When each share of the SLA's working time is used up, the earliest first."""
    if due is None:
        return ()
    hours = net_step.calendar
    whole = working_time(hours, start, due)
    return tuple(
        add_working_time(hours, start, Duration(whole * escalation.share // 100))
        for escalation in net_step.step.escalate
    )


def retime(run: Run, task: Task, reason: str) -> None:
    """Count the times of an open instance anew, from when it was enabled.

    A wait that stands still with its time gone by stays so. One whose moment the
    order no longer has is an incident.
    """
    net_step = run.net.steps[task.step]
    step = net_step.step
    due = due_of(run, net_step, task.enabled)
    timer = timer_of(run, net_step, task)
    stands_still = step.id in run.case.incidents
    if stands_still and task.timer is None:
        timer = None
    alarms = _alarms_left(run, net_step, task, due)
    if (due, timer, alarms) != (task.due, task.timer, task.alarms):
        run.record(
            StepRetimed(
                at=run.at,
                by=run.by,
                step=task.step,
                visit=task.visit,
                element=task.element,
                due=due,
                timer=timer,
                alarms=alarms,
                reason=reason,
            )
        )
    if step.wait_until is not None and timer is None and not stands_still:
        refuse_moment(run, task)


def refuse_moment(run: Run, task: Task) -> None:
    """A wait until a moment that the order does not have stands still."""
    reason = f"{task.step} waits until a time that the order does not have"
    run.record(IncidentRaised(at=run.at, by=run.by, step=task.step, reason=reason))


def _alarms_left(
    run: Run, net_step: NetStep, task: Task, due: Instant | None
) -> tuple[Instant, ...]:
    """What is still to be told: what lies ahead, and what has not been told so far."""
    alarms = alarms_of(net_step, task.enabled, due)
    told = len(alarms) - len(task.alarms)
    return tuple(
        alarm for number, alarm in enumerate(alarms) if alarm > run.at or number >= told
    )
