"""What staff may do with a task, and who is refused."""

from collections.abc import Mapping

from flowengine.errors import CommandRejected, Conflict, NotFound
from flowengine.eventlog import EntryKind
from flowengine.kernel.case import CaseState, Task, TaskState, changed, task_id
from flowengine.kernel.commands import (
    ClaimTask,
    CompleteTask,
    ReleaseTask,
    StartTask,
    TaskCommand,
)
from flowengine.kernel.elements import with_values
from flowengine.kernel.events import TaskClaimed, TaskReleased, TaskStarted
from flowengine.kernel.leave import chosen_way, leave, way_of
from flowengine.kernel.run import Run
from flowengine.language.process import Step
from flowengine.net.net import Transition, WayKind


def claim(run: Run, command: ClaimTask) -> None:
    """Take an offered task; taking one's own again changes nothing."""
    task = _task(run, command)
    _refuse_held(run, task, command)
    _refuse_foreign(run, task, command)
    if task.state is TaskState.OFFERED:
        run.record(TaskClaimed(at=run.at, by=run.by, step=task.step, visit=task.visit))


def release(run: Run, command: ReleaseTask) -> None:
    """Give a claimed task back."""
    task = _task(run, command)
    _refuse_foreign(run, task, command)
    if task.state is not TaskState.CLAIMED:
        raise CommandRejected(
            f"Expected {_ref(run, task)} to be claimed and not yet started, "
            f"but it is {task.state.value}."
        )
    run.record(TaskReleased(at=run.at, by=run.by, step=task.step, visit=task.visit))


def start(run: Run, command: StartTask) -> None:
    """Begin work; starting one's own started task again changes nothing."""
    task = _task(run, command)
    _refuse_foreign(run, task, command)
    if task.state is TaskState.STARTED:
        return
    _refuse_held(run, task, command)
    run.record(TaskStarted(at=run.at, by=run.by, step=task.step, visit=task.visit))


def complete(run: Run, command: CompleteTask) -> None:
    """Finish a task and hand the order on."""
    task = _task(run, command)
    _refuse_foreign(run, task, command)
    if task.state is not TaskState.STARTED:
        _refuse_held(run, task, command)
        # Claimed and started in the same breath: one event says all of it.
        task = changed(
            task,
            owner=run.by,
            claimed=run.at if task.claimed is None else task.claimed,
            started=run.at,
        )
    net_step = run.net.steps[task.step]
    _check_answers(run, task, net_step.step, command.answers)
    _check_outcome(run, task, net_step.step, command.outcome)
    way: Transition | None = None
    if command.outcome is not None:
        way = way_of(run, net_step, WayKind.OUTCOME, command.outcome)
    elif not net_step.step.choose:
        way = way_of(run, net_step, WayKind.NEXT, "")
    if way is None:
        way = _chosen_with(run, task, command.answers)
    leave(run, task, way, outcome=command.outcome, answers=command.answers)


def _chosen_with(run: Run, task: Task, answers: Mapping[str, object]) -> Transition:
    """The branch that holds once the answers are written: answers come first."""
    net_step = run.net.steps[task.step]
    if not answers:
        return chosen_way(run, net_step)
    answered = Run(
        run.net,
        changed(run.case, data=with_values(run.case.data, answers)),
        run.at,
        run.by,
    )
    return chosen_way(answered, net_step)


def _task(run: Run, command: TaskCommand) -> Task:
    """The open task that is meant, of somebody who may act on it."""
    case = run.case
    step = command.step
    if step not in run.net.steps:
        raise NotFound(
            f"Expected a step of {run.net.process.name}, but order {case.number} "
            f"has no {step}: see `flowengine order show {case.number}`."
        )
    task = case.tasks.get(task_id(step, command.element))
    visited = case.visits.get(step, 0)
    if task is None and (visited or case.state is CaseState.CLOSED):
        raise Conflict(
            f"Expected {case.number}/{step} to be open, but it is already done."
        )
    if task is None:
        raise NotFound(
            f"Expected {case.number}/{step} to be open, but the order has not "
            f"reached it: see `flowengine task list --order {case.number}`."
        )
    if command.visit is not None and command.visit != task.visit:
        raise Conflict(
            f"Expected visit {command.visit} of {case.number}/{step} to be open, "
            f"but visit {task.visit} is."
        )
    if task.kind is not EntryKind.TASK:
        raise CommandRejected(
            f"Expected a task for people, but {case.number}/{step} waits for "
            f"{_awaited(run.net.steps[step].step)}."
        )
    _refuse_role(run, command)
    return task


def _refuse_role(run: Run, command: TaskCommand) -> None:
    role = run.net.steps[command.step].step.role
    if command.roles is None or role is None or role in command.roles:
        return
    has = ", ".join(sorted(command.roles)) or "no role"
    raise CommandRejected(
        f"Expected somebody with role {role} for {run.case.number}/{command.step}, "
        f"but {command.by} has {has}."
    )


def _refuse_foreign(run: Run, task: Task, command: TaskCommand) -> None:
    if task.owner is not None and task.owner != command.by:
        raise Conflict(
            f"Expected {command.by} to have {_ref(run, task)}, but {task.owner} "
            f"has {'started' if task.started is not None else 'claimed'} it."
        )


def _refuse_held(run: Run, task: Task, command: TaskCommand) -> None:
    if run.case.state is CaseState.HELD:
        raise CommandRejected(
            f"Expected order {run.case.number} to be open for {command.by}, but it is "
            f"held ({run.case.hold_reason}): only started tasks may be finished."
        )


def _check_outcome(run: Run, task: Task, step: Step, outcome: str | None) -> None:
    if outcome is None and not step.outcomes:
        return
    if outcome is not None and outcome in step.outcomes:
        return
    if not step.outcomes:
        raise CommandRejected(
            f"Expected {_ref(run, task)} to be done without an outcome, "
            f"but got {outcome!r}."
        )
    choices = ", ".join(step.outcomes)
    got = "none was given" if outcome is None else f"got {outcome!r}"
    raise CommandRejected(
        f"Expected an outcome of {_ref(run, task)} ({choices}), but {got}."
    )


def _check_answers(
    run: Run, task: Task, step: Step, answers: Mapping[str, object]
) -> None:
    if not step.asks and not answers:
        return
    asked = {".".join(path) for path in step.asks}
    missing = sorted(asked - answers.keys())
    if missing:
        raise CommandRejected(
            f"Expected {_ref(run, task)} to answer {', '.join(missing)}, "
            "but it is missing."
        )
    extra = sorted(answers.keys() - asked)
    if extra:
        raise CommandRejected(
            f"Expected {_ref(run, task)} to answer "
            f"{', '.join(sorted(asked)) or 'nothing'}, but got {', '.join(extra)}."
        )


def _awaited(step: Step) -> str:
    return " or ".join(step.messages) or "a time"


def _ref(run: Run, task: Task) -> str:
    return f"{run.case.number}/{task.step}"
