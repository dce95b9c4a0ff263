"""How a step opens: its instances, their times, and whom the order waits for."""

from hashlib import sha256

from flowengine.calendars import (
    WorkCalendar,
    add_business_days,
    add_working_time,
    working_time,
)
from flowengine.eventlog import EntryKind
from flowengine.kernel.case import CaseId, Task, changed
from flowengine.kernel.elements import address, elements_of, value_at
from flowengine.kernel.ending import end
from flowengine.kernel.events import ChildAsked, StepOpened
from flowengine.kernel.run import Run
from flowengine.language.parts import Call
from flowengine.language.process import Process, Step, TimeSpan
from flowengine.net.net import NetStep
from flowengine.quantities import Duration, Instant


def moment_after(
    process: Process, calendar: WorkCalendar, start: Instant, span: TimeSpan
) -> Instant:
    """When a written time span, counted from `start`, is over."""
    if not span.business_days:
        return Instant(start + span.amount)
    named = span.calendar
    hours = process.calendars[named] if named is not None else calendar
    return add_business_days(hours, start, span.amount)


def open_step(run: Run, net_step: NetStep, instance: Task) -> None:
    """Open a step until somebody ends it: once, or once for each element.

    The elements are those of this moment; of none, the step is done at once.
    """
    timer = _timeout(run, net_step, instance)
    if net_step.step.each is None:
        open_instance(run, net_step, instance, timer)
        return
    names = _elements(run, net_step.step)
    if not names:
        end(run, changed(instance, kind=EntryKind.PASS))
    for name in names:
        open_instance(run, net_step, changed(instance, element=name), timer)


def open_instance(
    run: Run, net_step: NetStep, instance: Task, timer: Instant | None
) -> None:
    """Open one instance, and its child where the step calls another process."""
    step = net_step.step
    due = _due(run, net_step, instance.enabled)
    run.record(
        StepOpened(
            at=run.at,
            by=run.by,
            step=instance.step,
            visit=instance.visit,
            kind=instance.kind,
            pred=instance.pred,
            enabled=instance.enabled,
            due=due,
            timer=timer,
            element=instance.element,
            alarms=_alarms(net_step, instance, due) if step.escalate else (),
            batch=_batch(run, step, instance) if step.batch is not None else None,
            cleared=_cleared(step, instance) if instance.visit > 1 else (),
        )
    )
    if step.call is not None:
        _ask_child(run, step, step.call, instance)


def child_id(parent: CaseId, instance: Task) -> CaseId:
    """The id of the case that an instance of a call opens, always the same."""
    name = f"{parent}:{instance.step}:{instance.visit}:{instance.element or ''}"
    return CaseId(sha256(name.encode()).digest()[:16].hex())


def _elements(run: Run, step: Step) -> tuple[str, ...]:
    """Ids of the elements that `each` names, as its `where` finds them now."""
    each = step.each
    if each is None:
        return ()
    return tuple(
        name
        for name, element in elements_of(run.case.data, each.items)
        if each.where is None
        or each.where.evaluate({**run.case.data, each.name: element}, run.at) is True
    )


def _timeout(run: Run, net_step: NetStep, instance: Task) -> Instant | None:
    timeout = net_step.step.timeout
    if timeout is None:
        return None
    return moment_after(
        run.net.process, net_step.calendar, instance.enabled, timeout.after
    )


def _due(run: Run, net_step: NetStep, start: Instant) -> Instant | None:
    """When its SLA is used up; it runs in the working time of the step's role."""
    sla = net_step.step.sla
    if sla is None:
        return None
    if sla.business_days:
        return moment_after(run.net.process, net_step.calendar, start, sla)
    return add_working_time(net_step.calendar, start, Duration(sla.amount))


def _alarms(
    net_step: NetStep, instance: Task, due: Instant | None
) -> tuple[Instant, ...]:
    """When each share of the SLA's working time is used up, the earliest first."""
    if due is None:
        return ()
    hours, start = net_step.calendar, instance.enabled
    whole = working_time(hours, start, due)
    return tuple(
        add_working_time(hours, start, Duration(whole * escalation.share // 100))
        for escalation in net_step.step.escalate
    )


def _batch(run: Run, step: Step, instance: Task) -> str:
    """What makes tasks alike: the values of `by`, in their order."""
    by = step.batch.by if step.batch is not None else ()
    data = _seen_by(run, step, instance)
    values = (value_at(data, path) for path in by)
    return " | ".join("" if value is None else str(value) for value in values)


def _cleared(step: Step, instance: Task) -> tuple[str, ...]:
    """On a revisit of `each`: the fields that the element answers anew."""
    each = step.each
    if each is None or instance.element is None:
        return ()
    return tuple(
        address(each.items, instance.element, path[1:])
        if path[0] == each.name
        else ".".join(path)
        for path in step.asks
    )


def _ask_child(run: Run, step: Step, call: Call, instance: Task) -> None:
    data = _seen_by(run, step, instance)
    given = {
        name: value
        for name, rule in call.gives.items()
        if (value := rule.evaluate(data, run.at)) is not None
    }
    run.record(
        ChildAsked(
            at=run.at,
            by=run.by,
            step=instance.step,
            visit=instance.visit,
            element=instance.element,
            child=child_id(run.case.id, instance),
            process=call.process,
            version=call.version,
            data=given,
        )
    )


def _seen_by(run: Run, step: Step, instance: Task) -> dict[str, object]:
    """The fields of the case, and the element under the name that `each` gives it."""
    data = dict(run.case.data)
    if step.each is not None and instance.element is not None:
        elements = dict(elements_of(data, step.each.items))
        data[step.each.name] = elements.get(instance.element, {})
    return data
