"""Which open task a command means, and who may not act on it."""

from typing import NoReturn

from flowengine.errors import CommandRejected, Conflict, NotFound
from flowengine.eventlog import EntryKind
from flowengine.kernel.case import CaseState, Task, UserId, task_id
from flowengine.kernel.commands import ReleaseTask, TaskCommand
from flowengine.kernel.instances import open_instances
from flowengine.kernel.run import Run
from flowengine.language.process import RoleId, Step

#: Members looked up once, see `advance`.
_TASK, _HELD = EntryKind.TASK, CaseState.HELD


def task_for(run: Run, command: TaskCommand) -> Task:
    """The open task that is meant, of somebody who may act on it."""
    task = open_task(run, command)
    if isinstance(command, ReleaseTask):
        # Four eyes. Giving a task back is always allowed.
        refuse_role(run, task, command.by, command.roles)
    else:
        refuse_unfit(run, task, command.by, command.roles)
    return task


def open_task(run: Run, command: TaskCommand) -> Task:
    """The open task that is meant, whoever acts on it."""
    task = _meant(run, command)
    if task is None:
        _refuse_not_open(run, command)
    case, step = run.case, command.step
    if command.visit is not None and command.visit != task.visit:
        raise Conflict(
            f"Expected visit {command.visit} of {case.number}/{step} to be open, "
            f"but visit {task.visit} is."
        )
    if task.kind is not _TASK:
        raise CommandRejected(
            f"Expected a task for people, but {case.number}/{step} waits for "
            f"{_awaited(run.net.steps[step].step)}."
        )
    return task


def refuse_unfit(
    run: Run, task: Task, person: UserId, roles: frozenset[RoleId] | None
) -> None:
    """Refuse somebody without the role, or who has done what another must do."""
    refuse_role(run, task, person, roles)
    other = run.net.steps[task.step].step.not_same_person_as
    if other is not None and run.case.doers.get(other) == person:
        raise CommandRejected(
            f"Expected somebody else than {person} for "
            f"{run.case.number}/{task.step}, but {person} has done {other}."
        )


def refuse_role(
    run: Run, task: Task, person: UserId, roles: frozenset[RoleId] | None
) -> None:
    """Refuse somebody without the role of the step; no roles at all asks for none."""
    role = run.net.steps[task.step].step.role
    if roles is None or role is None or role in roles:
        return
    has = ", ".join(sorted(roles)) or "no role"
    raise CommandRejected(
        f"Expected somebody with role {role} for {run.case.number}/{task.step}, "
        f"but {person} has {has}."
    )


def refuse_foreign(run: Run, task: Task, command: TaskCommand) -> None:
    """Refuse to act on what another has."""
    if task.owner is not None and task.owner != command.by:
        raise Conflict(
            f"Expected {command.by} to have {ref(run, task)}, but {task.owner} "
            f"has {'started' if task.started is not None else 'claimed'} it."
        )


def refuse_held(run: Run, task: Task, command: TaskCommand) -> None:
    """Refuse to begin what stands still: the whole order, or this step."""
    case = run.case
    if case.state is _HELD:
        raise CommandRejected(
            f"Expected order {case.number} to be open for {command.by}, but it is "
            f"held ({case.hold_reason}): only started tasks may be finished."
        )
    if task.step in case.incidents:
        raise CommandRejected(
            f"Expected {ref(run, task)} to go on, but it stands still "
            f"({case.incidents[task.step]}): only started tasks may be finished."
        )


def ref(run: Run, task: Task) -> str:
    """What people call a task."""
    return f"{run.case.number}/{task.id}"


def _refuse_not_open(run: Run, command: TaskCommand) -> NoReturn:
    case, step = run.case, command.step
    name = f"{case.number}/{task_id(step, command.element)}"
    if step not in run.net.steps:
        raise NotFound(
            f"Expected a step of {run.net.process.name}, but order {case.number} "
            f"has no {step}: see `flowengine order show {case.number}`."
        )
    if command.element is not None and open_instances(run, step):
        raise NotFound(
            f"Expected an open {name}, but it is done or there is none: "
            f"see `flowengine task list --order {case.number}`."
        )
    if step in case.visits or case.state is CaseState.CLOSED:
        raise Conflict(
            f"Expected {case.number}/{step} to be open, but it is already done."
        )
    raise NotFound(
        f"Expected {case.number}/{step} to be open, but the order has not "
        f"reached it: see `flowengine task list --order {case.number}`."
    )


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


def _awaited(step: Step) -> str:
    if step.gate is not None:
        return "its turn at a gate"
    if step.call is not None:
        return f"an order of {step.call.process}"
    if step.do is not None:
        return f"`{step.do.text}`"
    return " or ".join(step.messages) or "a time"
