"""Messages and timers: what comes from outside, in whatever order it comes."""

from flowengine.errors import CommandRejected
from flowengine.eventlog import TIMED_OUT
from flowengine.kernel.case import CaseState, KeptMessage, Task, task_id
from flowengine.kernel.commands import DeliverMessage, FireTimer
from flowengine.kernel.events import MessageKept
from flowengine.kernel.leave import chosen_way, leave, way_of
from flowengine.kernel.run import Run
from flowengine.net.net import WayKind
from flowengine.quantities import Instant


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
        run.record(
            MessageKept(
                at=run.at,
                by=run.by,
                name=command.name,
                key=command.key or f"{command.name}@{case.version}",
                body=command.body,
            )
        )
        return
    way = way_of(run, run.net.steps[task.step], WayKind.MESSAGE, command.name)
    leave(run, task, way, outcome=command.name, answers=command.body)


def fire(run: Run, command: FireTimer) -> None:
    """End a wait whose time has come; a timer that comes too late does nothing."""
    task = run.case.tasks.get(task_id(command.step, command.element))
    if task is None or task.visit != command.visit or task.timer is None:
        return
    if run.case.state is CaseState.HELD:
        return
    if run.at < task.timer:
        raise CommandRejected(
            f"Expected the timer of {run.case.number}/{task.step} to be due, "
            "but its time has not come."
        )
    _time_out(run, task)


def catch_up(run: Run) -> None:
    """After a hold: what came meanwhile happens now, in the order it came."""
    while True:
        waiting = [_next_of(run, task) for task in run.case.tasks.values()]
        coming = [arrival for arrival in waiting if arrival is not None]
        if not coming:
            return
        _, _, task, message = min(coming, key=lambda item: (item[0], item[1]))
        if message is None:
            _time_out(run, task)
            continue
        way = way_of(run, run.net.steps[task.step], WayKind.MESSAGE, message.name)
        leave(
            run,
            task,
            way,
            outcome=message.name,
            answers=message.body,
            message=message.key,
        )


def _next_of(
    run: Run, task: Task
) -> tuple[Instant, int, Task, KeptMessage | None] | None:
    """The first thing that came for an open instance; messages before timers."""
    names = run.net.steps[task.step].step.messages
    kept = next((message for message in run.case.kept if message.name in names), None)
    is_due = task.timer is not None and task.timer <= run.at
    if kept is not None and not (
        is_due and task.timer is not None and task.timer < kept.at
    ):
        return kept.at, 0, task, kept
    if is_due and task.timer is not None:
        return task.timer, 1, task, None
    return None


def _time_out(run: Run, task: Task) -> None:
    net_step = run.net.steps[task.step]
    if (WayKind.TIMEOUT, "") in net_step.ways:
        way = way_of(run, net_step, WayKind.TIMEOUT, "")
        leave(run, task, way, outcome=TIMED_OUT)
    else:
        leave(run, task, chosen_way(run, net_step))


def _waiting(run: Run, name: str) -> Task | None:
    """The open wait for a message; the one enabled first where there are several."""
    waits = [
        task
        for task in run.case.tasks.values()
        if name in run.net.steps[task.step].step.messages
    ]
    return min(waits, key=lambda task: (task.enabled, task.step), default=None)
