"""How the events of an open task fold into its case: who has it, and when it is due."""

from typing import assert_never

from flowengine.kernel.case import Case, Task, TaskState, changed, task_id
from flowengine.kernel.events import (
    StepRetimed,
    TaskClaimed,
    TaskPaused,
    TaskReassigned,
    TaskReleased,
    TaskResumed,
    TaskStarted,
)
from flowengine.quantities import Instant

TaskMoved = (
    TaskClaimed | TaskReleased | TaskStarted | TaskPaused | TaskResumed | TaskReassigned
)


def moved(case: Case, event: TaskMoved, version: int) -> Case:
    """A task is with somebody else, or further than before."""
    name = task_id(event.step, event.element)
    tasks = {**case.tasks, name: _moved(case.tasks[name], event)}
    return changed(case, version=version, at=event.at, tasks=tasks)


def retimed(case: Case, event: StepRetimed, version: int) -> Case:
    """Times of an open instance are as the event says them."""
    name = task_id(event.step, event.element)
    task = changed(
        case.tasks[name], due=event.due, timer=event.timer, alarms=event.alarms
    )
    tasks = {**case.tasks, name: task}
    return changed(case, version=version, at=event.at, tasks=tasks)


def _moved(task: Task, event: TaskMoved) -> Task:
    match event:
        case TaskClaimed(at=at, by=by, group=group):
            return changed(
                task, state=TaskState.CLAIMED, owner=by, claimed=at, group=group
            )
        case TaskReleased():
            return changed(
                task, state=TaskState.OFFERED, owner=None, claimed=None, group=None
            )
        case TaskStarted(at=at, by=by):
            return changed(
                task,
                state=TaskState.STARTED,
                owner=by,
                claimed=at if task.claimed is None else task.claimed,
                started=at,
            )
        case TaskPaused(at=at):
            return _paused(task, at)
        case TaskResumed(at=at):
            since, _ = task.pauses[-1]
            pauses = (*task.pauses[:-1], (since, at))
            return changed(task, state=TaskState.STARTED, pauses=pauses)
        case TaskReassigned():
            return _reassigned(task, event)
        case _:
            assert_never(event)


def _paused(task: Task, at: Instant) -> Task:
    pauses = (*task.pauses, (at, None))
    return changed(task, state=TaskState.PAUSED, pauses=pauses)


def _reassigned(task: Task, event: TaskReassigned) -> Task:
    """Claimed by the new owner; work that has begun rests until they go on."""
    if task.started is None:
        return changed(
            task,
            state=TaskState.CLAIMED,
            owner=event.to,
            claimed=event.at,
            group=None,
        )
    rests = task if task.state is TaskState.PAUSED else _paused(task, event.at)
    return changed(rests, owner=event.to, group=None)
