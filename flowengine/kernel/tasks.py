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
from flowengine.kernel.elements import address
from flowengine.kernel.ending import Ending, check_answers, end
from flowengine.kernel.events import TaskClaimed, TaskReleased, TaskStarted
from flowengine.kernel.instances import open_instances
from flowengine.kernel.run import Run
from flowengine.language.parts import Each
from flowengine.language.process import Step, StepId
from flowengine.net.net import WayKind


def claim(run: Run, command: ClaimTask) -> None:
    """Take an offered task; taking one's own again changes nothing."""
    task = _task(run, command)
    _refuse_held(run, task, command)
    _refuse_foreign(run, task, command)
    if task.state is TaskState.OFFERED:
        run.record(
            TaskClaimed(
                at=run.at,
                by=run.by,
                step=task.step,
                visit=task.visit,
                element=task.element,
                group=command.group,
            )
        )


def release(run: Run, command: ReleaseTask) -> None:
    """Give a claimed task back."""
    task = _task(run, command)
    _refuse_foreign(run, task, command)
    if task.state is not TaskState.CLAIMED:
        raise CommandRejected(
            f"Expected {_ref(run, task)} to be claimed and not yet started, "
            f"but it is {task.state.value}."
        )
    run.record(
        TaskReleased(
            at=run.at,
            by=run.by,
            step=task.step,
            visit=task.visit,
            element=task.element,
        )
    )


def start(run: Run, command: StartTask) -> None:
    """Begin work; starting one's own started task again changes nothing."""
    task = _task(run, command)
    _refuse_foreign(run, task, command)
    if task.state is TaskState.STARTED:
        return
    _refuse_held(run, task, command)
    run.record(
        TaskStarted(
            at=run.at,
            by=run.by,
            step=task.step,
            visit=task.visit,
            element=task.element,
        )
    )


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
    step = run.net.steps[task.step].step
    check_answers(run, task, command.answers)
    _check_outcome(run, task, step, command.outcome)
    answers = command.answers
    if step.each is not None and answers:
        answers = _of_element(step.each, task, answers)
    end(run, task, Ending(command.outcome, answers, way=WayKind.OUTCOME))


def _of_element(
    each: Each, task: Task, answers: Mapping[str, object]
) -> Mapping[str, object]:
    """Answers by their place in the data: those of an element go to it."""
    root = f"{each.name}."
    return {
        address(each.items, task.element or "", name[len(root) :].split("."))
        if name.startswith(root)
        else name: value
        for name, value in answers.items()
    }


def _task(run: Run, command: TaskCommand) -> Task:
    """The open task that is meant, of somebody who may act on it."""
    case = run.case
    step = command.step
    if step not in run.net.steps:
        raise NotFound(
            f"Expected a step of {run.net.process.name}, but order {case.number} "
            f"has no {step}: see `flowengine order show {case.number}`."
        )
    task = _meant(run, command)
    net_step = run.net.steps[step]
    visited = case.visits.get(step, 0)
    if task is None and command.element is not None and open_instances(run, step):
        raise NotFound(
            f"Expected an open {case.number}/{task_id(step, command.element)}, but it "
            f"is done or there is none: see `flowengine task list --order "
            f"{case.number}`."
        )
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
            f"{_awaited(net_step.step)}."
        )
    _refuse_role(run, command)
    if net_step.step.not_same_person_as is not None:
        _refuse_same_person(run, command, net_step.step.not_same_person_as)
    return task


def _meant(run: Run, command: TaskCommand) -> Task | None:
    """The open instance of a command; with `each`, it names one of several."""
    task = run.case.tasks.get(task_id(command.step, command.element))
    if task is not None or command.element is not None:
        return task
    several = open_instances(run, command.step)
    if len(several) > 1:
        names = ", ".join(f"{run.case.number}/{task.id}" for task in several)
        raise CommandRejected(
            f"Expected one of {names}, but got {run.case.number}/{command.step}."
        )
    return several[0] if several else None


def _refuse_same_person(run: Run, command: TaskCommand, other: StepId) -> None:
    """Four eyes. Giving a task back is always allowed."""
    if isinstance(command, ReleaseTask):
        return
    if run.case.doers.get(other) == command.by:
        raise CommandRejected(
            f"Expected somebody else than {command.by} for "
            f"{run.case.number}/{command.step}, but {command.by} has done {other}."
        )


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


def _awaited(step: Step) -> str:
    if step.gate is not None:
        return "its turn at a gate"
    if step.call is not None:
        return f"an order of {step.call.process}"
    if step.do is not None:
        return f"`{step.do.text}`"
    return " or ".join(step.messages) or "a time"


def _ref(run: Run, task: Task) -> str:
    return f"{run.case.number}/{task.id}"
