"""Work that rests, goes on, or changes hands."""

from flowengine.errors import CommandRejected
from flowengine.kernel.case import Task, TaskState
from flowengine.kernel.commands import PauseTask, ReassignTask, ResumeTask
from flowengine.kernel.duties import (
    open_task,
    ref,
    refuse_foreign,
    refuse_unfit,
    task_for,
)
from flowengine.kernel.events import TaskPaused, TaskReassigned, TaskResumed
from flowengine.kernel.run import Run


def pause(run: Run, command: PauseTask) -> None:
    """Put a started task aside, one's own or as who leads; again changes nothing."""
    task = open_task(run, command)
    if task.state is TaskState.PAUSED:
        return
    if task.state is not TaskState.STARTED:
        raise CommandRejected(
            f"Expected {ref(run, task)} to be started to pause it, "
            f"but it is {task.state.value}."
        )
    run.record(
        TaskPaused(
            at=run.at,
            by=run.by,
            step=task.step,
            visit=task.visit,
            element=task.element,
            reason=command.reason,
        )
    )


def resume(run: Run, command: ResumeTask) -> None:
    """Go on with one's paused task, also while the order is held: it was started."""
    task = task_for(run, command)
    refuse_foreign(run, task, command)
    if task.state is TaskState.STARTED:
        return
    if task.state is not TaskState.PAUSED:
        raise CommandRejected(
            f"Expected {ref(run, task)} to be paused to resume it, "
            f"but it is {task.state.value}."
        )
    run.record(
        TaskResumed(
            at=run.at,
            by=run.by,
            step=task.step,
            visit=task.visit,
            element=task.element,
        )
    )


def reassign(run: Run, command: ReassignTask) -> None:
    """Give a task to somebody who may do it; to whoever has it changes nothing."""
    task: Task = open_task(run, command)
    refuse_unfit(run, task, command.to, command.to_roles)
    if task.owner == command.to:
        return
    run.record(
        TaskReassigned(
            at=run.at,
            by=run.by,
            step=task.step,
            visit=task.visit,
            element=task.element,
            to=command.to,
        )
    )
