"""Messages and timers: what comes from outside, in whatever order it comes."""

from typing import NamedTuple

from flowengine.errors import CommandRejected
from flowengine.eventlog import TIMED_OUT
from flowengine.kernel.case import CaseState, KeptMessage, Task, task_id
from flowengine.kernel.commands import DeliverMessage, FireTimer
from flowengine.kernel.ending import Ending, end
from flowengine.kernel.events import Escalated, MessageKept
from flowengine.kernel.instances import ended, open_instances
from flowengine.kernel.leave import leave
from flowengine.kernel.run import Run
from flowengine.kernel.ways import way_of
from flowengine.net.net import WayKind
from flowengine.quantities import DAY, Duration, Instant

#: How long a message waits for something that takes it.
KEPT = Duration(30 * DAY)

_MESSAGE, _TIMER, _ALARM = range(3)


def deliver(run: Run, command: DeliverMessage) -> None:
    """Give a message to the step that waits for it, or keep it."""
    case = run.case
    if case.state is CaseState.CLOSED:
        raise CommandRejected(
            f"Expected order {case.number} to be open for message {command.name}, "
            "but it is closed."
        )
    task = _waiting(run, command.name) if case.state is CaseState.OPEN else None
    if task is None:
        keep(run, command)
        return
    ending = Ending(command.name, command.body, way=WayKind.MESSAGE)
    end(run, task, ending)


def keep(run: Run, command: DeliverMessage) -> None:
    """Keep a message until something waits for it."""
    run.record(
        MessageKept(
            at=run.at,
            by=run.by,
            name=command.name,
            key=command.key or f"{command.name}@{run.case.version}",
            body=command.body,
        )
    )


def kept_for(run: Run, task: Task) -> tuple[KeptMessage, ...]:
    """Kept messages that an instance may take, the oldest first.

    What came long before anything waited for it is looked at by somebody instead.
    """
    kept = run.case.kept
    if not kept:
        return kept
    names = run.net.steps[task.step].step.messages
    return tuple(
        message
        for message in kept
        if message.name in names
        and (message.at >= task.enabled or run.at - message.at <= KEPT)
    )


def fire(run: Run, command: FireTimer) -> None:
    """End a wait whose time has come, or escalate; what comes too late does nothing."""
    task = run.case.tasks.get(task_id(command.step, command.element))
    if task is None or task.visit != command.visit:
        return
    if run.case.state is not CaseState.OPEN:
        return
    due = next(iter(task.alarms), None) if command.alarm else task.timer
    if due is None:
        return
    if run.at < due:
        raise CommandRejected(
            f"Expected the timer of {run.case.number}/{task.id} to be due, "
            "but its time has not come."
        )
    if command.alarm:
        for alarm in task.alarms:
            if alarm <= run.at:
                _escalate(run, run.case.tasks[task.id])
    else:
        _time_out(run, task)


def catch_up(run: Run) -> None:
    """After a hold: what came meanwhile happens now, in the order it came."""
    while not run.is_waiting and run.case.state is CaseState.OPEN:
        coming = [
            arrival
            for task in run.case.tasks.values()
            if task.step not in run.case.incidents
            and (arrival := _next_of(run, task)) is not None
        ]
        if not coming:
            return
        _happen(run, min(coming, key=lambda arrival: (arrival.at, arrival.rank)))


class _Arrived(NamedTuple):
    """What came for an open instance while the case was held."""

    at: Instant
    #: Of what came at the same moment: messages, then timers, then alarms.
    rank: int
    task: Task
    message: KeptMessage | None = None


def _happen(run: Run, arrived: _Arrived) -> None:
    message = arrived.message
    if message is not None:
        ending = Ending(message.name, message.body, message.key, WayKind.MESSAGE)
        end(run, arrived.task, ending)
    elif arrived.rank == _TIMER:
        _time_out(run, arrived.task)
    else:
        _escalate(run, arrived.task)


def _next_of(run: Run, task: Task) -> _Arrived | None:
    """The first thing that came for an open instance."""
    came: list[_Arrived] = [
        _Arrived(message.at, _MESSAGE, task, message) for message in kept_for(run, task)
    ][:1]
    if task.timer is not None and task.timer <= run.at:
        came.append(_Arrived(task.timer, _TIMER, task))
    if task.alarms and task.alarms[0] <= run.at:
        came.append(_Arrived(task.alarms[0], _ALARM, task))
    return min(came, key=lambda one: (one.at, one.rank), default=None)


def _escalate(run: Run, task: Task) -> None:
    """The first alarm of an instance: somebody is to be told."""
    escalations = run.net.steps[task.step].step.escalate
    # After a migration there may be fewer; the last one is told then.
    position = min(len(escalations) - len(task.alarms), len(escalations) - 1)
    escalation = escalations[max(position, 0)]
    run.record(
        Escalated(
            at=run.at,
            by=run.by,
            step=task.step,
            visit=task.visit,
            element=task.element,
            share=escalation.share,
            notify=escalation.notify,
        )
    )


def _time_out(run: Run, task: Task) -> None:
    """Take the timeout, with `each` out of all instances; or end a timed wait."""
    net_step = run.net.steps[task.step]
    if (WayKind.TIMEOUT, "") not in net_step.ways:
        end(run, task)
        return
    for other in open_instances(run, task.step):
        if other.element != task.element:
            run.record(ended(run, other, outcome=TIMED_OUT))
    way = way_of(run, net_step, WayKind.TIMEOUT, "")
    leave(run, task, way, outcome=TIMED_OUT)


def _waiting(run: Run, name: str) -> Task | None:
    """The open wait for a message; the one enabled first where there are several."""
    waits = [
        task
        for task in run.case.tasks.values()
        if name in run.net.steps[task.step].step.messages
    ]
    return min(waits, key=lambda task: (task.enabled, task.step), default=None)
