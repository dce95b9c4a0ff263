"""What happens by itself: steps become ready, decisions are taken, ends are reached."""

from flowengine.calendars import WorkCalendar, add_business_days, add_working_time
from flowengine.eventlog import SKIPPED, EntryKind
from flowengine.kernel.case import CaseState, Task, changed, task_id
from flowengine.kernel.events import (
    CancelPassed,
    CaseClosed,
    IncidentRaised,
    StepOpened,
)
from flowengine.kernel.leave import chosen_way, instance_of, leave, way_of
from flowengine.kernel.run import Run
from flowengine.language.process import Process, Step, StepKind, TimeSpan
from flowengine.net.net import NetStep, Transition, WayKind
from flowengine.quantities import Duration, Instant


def advance(run: Run) -> None:
    """Enter every step that has become ready, until people or the world are awaited.

    What goes round by itself for ever (a circle of steps that are all skipped) is an
    incident: the checker takes decisions as free and cannot see it.
    """
    entered = 0
    # Each kept message may lead through the whole net once more.
    most = run.net.advance_limit * (1 + len(run.case.kept))
    while run.reached:
        step_id = run.reached.pop(0)
        if run.case.state is not CaseState.OPEN:
            # Held: tokens rest, and resuming looks again. Closed: nothing is left.
            continue
        net_step = run.net.steps[step_id]
        if not _is_ready(run, net_step):
            continue
        entered += 1
        if entered > most:
            reason = f"it goes round by itself: {most} steps without hands or a wait"
            run.record(
                IncidentRaised(at=run.at, by=run.by, step=step_id, reason=reason)
            )
            continue
        _enter(run, net_step)


def moment_after(
    process: Process, calendar: WorkCalendar, start: Instant, span: TimeSpan
) -> Instant:
    """When a written time span, counted from `start`, is over."""
    if not span.business_days:
        return Instant(start + span.amount)
    named = span.calendar
    hours = process.calendars[named] if named is not None else calendar
    return add_business_days(hours, start, span.amount)


def _is_ready(run: Run, net_step: NetStep) -> bool:
    """All tokens are there, and the step neither stands open nor stands still."""
    case = run.case
    step_id = net_step.step.id
    return (
        case.marking & net_step.inputs == net_step.inputs
        and task_id(step_id) not in case.tasks
        and step_id not in case.incidents
    )


def _enter(run: Run, net_step: NetStep) -> None:
    step = net_step.step
    _note_cancel_passed(run, step)
    instance = instance_of(run, net_step)
    if step.kind is StepKind.END:
        _finish(run, net_step, instance)
    elif step.skip_when is not None and (
        step.skip_when.evaluate(run.case.data, run.at) is True
    ):
        passed = changed(instance, kind=EntryKind.PASS)
        leave(run, passed, _skipping_way(run, net_step), outcome=SKIPPED)
    elif step.kind is StepKind.ROUTE:
        leave(run, instance, chosen_way(run, net_step))
    elif step.kind is StepKind.WAIT:
        _await(run, net_step, instance)
    else:
        _offer(run, net_step, instance)


def _note_cancel_passed(run: Run, step: Step) -> None:
    on_cancel = run.net.process.on_cancel
    if on_cancel is None or step.id != on_cancel.until:
        return
    if not run.case.past_cancel and not run.case.cancelling:
        run.record(CancelPassed(at=run.at, by=run.by, step=step.id))


def _finish(run: Run, net_step: NetStep, instance: Task) -> None:
    """Reach an end; work still open is an incident and the case stays open."""
    step = net_step.step
    if run.case.marking & ~net_step.inputs:
        reason = f"the end {step.id} was reached with work still open"
        run.record(IncidentRaised(at=run.at, by=run.by, step=step.id, reason=reason))
        return
    name = step.end or "success"
    leave(run, instance, net_step.ways[WayKind.END, ""], outcome=name)
    last = run.case.version
    run.record(CaseClosed(at=run.at, by=run.by, outcome=name, last=last))


def _skipping_way(run: Run, net_step: NetStep) -> Transition:
    step = net_step.step
    if step.skip_as is None:
        return chosen_way(run, net_step)
    return way_of(run, net_step, WayKind.OUTCOME, step.skip_as)


def _offer(run: Run, net_step: NetStep, instance: Task) -> None:
    timeout = net_step.step.timeout
    timer = None
    if timeout is not None:
        timer = moment_after(
            run.net.process, net_step.calendar, instance.enabled, timeout.after
        )
    _open(run, net_step, instance, timer)


def _due(run: Run, net_step: NetStep, start: Instant) -> Instant | None:
    """When its SLA is used up; it runs in the working time of the step's role."""
    sla = net_step.step.sla
    if sla is None:
        return None
    if sla.business_days:
        return moment_after(run.net.process, net_step.calendar, start, sla)
    return add_working_time(net_step.calendar, start, Duration(sla.amount))


def _await(run: Run, net_step: NetStep, instance: Task) -> None:
    """Begin a wait, unless a kept message or a moment already past ends it at once."""
    for message in run.case.kept:
        if message.name in net_step.step.messages:
            leave(
                run,
                instance,
                way_of(run, net_step, WayKind.MESSAGE, message.name),
                outcome=message.name,
                answers=message.body,
                message=message.key,
            )
            return
    step = net_step.step
    if step.wait_until is not None:
        _await_moment(run, net_step, instance)
        return
    span = step.wait_for or (step.timeout.after if step.timeout is not None else None)
    timer = None
    if span is not None:
        timer = moment_after(run.net.process, net_step.calendar, instance.enabled, span)
    _open(run, net_step, instance, timer)


def _await_moment(run: Run, net_step: NetStep, instance: Task) -> None:
    step = net_step.step
    rule = step.wait_until
    moment = rule.evaluate(run.case.data, run.at) if rule is not None else None
    if not isinstance(moment, int):
        reason = f"{step.id} waits until a time that the order does not have"
        run.record(IncidentRaised(at=run.at, by=run.by, step=step.id, reason=reason))
    elif moment <= run.at:
        leave(run, instance, chosen_way(run, net_step))
    else:
        _open(run, net_step, instance, Instant(moment))


def _open(run: Run, net_step: NetStep, instance: Task, timer: Instant | None) -> None:
    run.record(
        StepOpened(
            at=run.at,
            by=run.by,
            step=instance.step,
            visit=instance.visit,
            kind=instance.kind,
            pred=instance.pred,
            enabled=instance.enabled,
            due=_due(run, net_step, instance.enabled),
            timer=timer,
        )
    )
