"""How a step opens: its instances, their times, and whom the order waits for."""

from hashlib import sha256

from flowengine.eventlog import EntryKind
from flowengine.kernel.case import CaseId, Task, changed
from flowengine.kernel.elements import address, elements_of, value_at
from flowengine.kernel.ending import end
from flowengine.kernel.events import ChildAsked, StepOpened
from flowengine.kernel.run import Run
from flowengine.kernel.times import alarms_of, due_of, timer_of
from flowengine.language.parts import Call
from flowengine.language.process import Step
from flowengine.net.net import NetStep
from flowengine.quantities import Instant


def open_step(run: Run, net_step: NetStep, instance: Task) -> None:
    """Open a step until somebody ends it: once, or once for each element.

    The elements are those of this moment; of none, the step is done at once.
    """
    timer = timer_of(run, net_step, instance)
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
    due = due_of(run, net_step, instance.enabled)
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
            alarms=alarms_of(net_step, instance.enabled, due) if step.escalate else (),
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
