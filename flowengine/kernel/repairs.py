"""What somebody does where the process itself goes no further."""

from collections.abc import Mapping

from flowengine.errors import CommandRejected, Conflict, NotFound
from flowengine.eventlog import WITHDRAWN
from flowengine.kernel import messages
from flowengine.kernel.case import CaseId, CaseState, Task, task_id
from flowengine.kernel.commands import (
    ChangeData,
    MoveToken,
    ReportIncident,
    ResolveIncident,
)
from flowengine.kernel.elements import value_at, with_old_ids, with_values
from flowengine.kernel.ending import new_priority, with_new_ids
from flowengine.kernel.events import (
    AutomationAsked,
    DataChanged,
    IncidentRaised,
    IncidentResolved,
    TokenMoved,
)
from flowengine.kernel.instances import ended, instance_of, open_instances
from flowengine.kernel.run import Run
from flowengine.kernel.times import BY_DATA, TRIED_AGAIN, retime
from flowengine.language.process import StepId, StepKind
from flowengine.net.net import NetStep


def report(run: Run, command: ReportIncident) -> None:
    """Let an open step stand still.

    Raises:
        NotFound: There is no such step.
        Conflict: It is not open, stands still already, or the case runs no more.
    """
    case, step = run.case, command.step
    _refuse_ended(run, "report an incident")
    _known(run, step)
    opened = {task.element for task in open_instances(run, step)}
    if not opened or (command.element is not None and command.element not in opened):
        raise Conflict(
            f"Expected {case.number}/{task_id(step, command.element)} to be open to "
            f"report an incident, but it is not: see `flowengine task list --order "
            f"{case.number}`."
        )
    if step in case.incidents:
        raise Conflict(
            f"Expected {case.number}/{step} to go on, but it stands still already "
            f"({case.incidents[step]})."
        )
    run.record(
        IncidentRaised(
            at=run.at,
            by=run.by,
            step=step,
            reason=command.reason,
            element=command.element,
        )
    )


def resolve(run: Run, command: ResolveIncident) -> None:
    """Let a step go on; with `again` what it did last is tried anew.

    Raises:
        Conflict: It does not stand still.
        CommandRejected: It would be forgotten: nobody would go on with it.
    """
    case, step = run.case, command.step
    if step not in case.incidents:
        raise Conflict(
            f"Expected {case.number}/{step} to stand still, but there is no incident: "
            f"see `flowengine incident list`."
        )
    if not command.again and _is_forgotten(run, step):
        raise CommandRejected(
            f"Expected {case.number}/{step} to be tried again or moved from, but "
            f"nobody would go on with it: see `flowengine order move --help`."
        )
    run.record(
        IncidentResolved(
            at=run.at,
            by=run.by,
            step=step,
            reason=command.reason,
            again=command.again,
        )
    )
    if command.again and case.state in (CaseState.OPEN, CaseState.HELD):
        _try_again(run, step)


def move(run: Run, command: MoveToken) -> None:
    """Take the token of a step to another one; see `MoveToken`.

    Places of a join that have their token already keep it. Where the step has all of
    them, two tokens would become one: an incident, and everything stays.

    Raises:
        NotFound: There is no such step.
        Conflict: The step holds no token, or the case runs no more.
    """
    _refuse_ended(run, "move a token")
    source, target = _known(run, command.from_step), _known(run, command.to_step)
    case = run.case
    consumed = case.marking & source.inputs
    if not consumed:
        raise Conflict(
            f"Expected a token of order {case.number} at {command.from_step}, but "
            f"there is none: see `flowengine order show {case.number}`."
        )
    left = case.marking & ~consumed
    produced = target.inputs & ~left
    if not produced:
        reason = f"it was to go to {command.to_step}, which has work open already"
        _raise(run, command.from_step, reason)
        return
    pred, children = _withdraw(run, source)
    run.record(
        TokenMoved(
            at=run.at,
            by=run.by,
            from_step=command.from_step,
            to_step=command.to_step,
            consumed=consumed,
            produced=produced,
            reason=command.reason,
            pred=pred,
            reset=command.reset,
            children=children,
        )
    )
    run.reached.append(command.to_step)


def change(run: Run, command: ChangeData) -> None:
    """Set fields; waits until a moment are retimed, open elements stay as they are.

    Raises:
        CommandRejected: The number would change, by which orders are known, or the
            article of a line that has goods reserved.
        Conflict: The case runs no more.
    """
    _refuse_ended(run, "change its fields")
    number = run.net.process.number
    for path in command.values:
        parts = tuple(path.split("."))
        if number[: len(parts)] == parts:
            raise CommandRejected(
                f"Expected other fields than {'.'.join(number)}, but order "
                f"{run.case.number} is known by it: cancel it and open another."
            )
    kept = {
        path: with_old_ids(value, value_at(run.case.data, path.split(".")))
        for path, value in command.values.items()
    }
    values = with_new_ids(run, kept)
    data = with_values(run.case.data, values)
    _refuse_other_article(run, data)
    run.record(
        DataChanged(
            at=run.at,
            by=run.by,
            values=values,
            reason=command.reason,
            priority=new_priority(run, data, values),
        )
    )
    for task in tuple(run.case.tasks.values()):
        if run.net.steps[task.step].step.wait_until is not None:
            retime(run, task, BY_DATA)


def _refuse_other_article(run: Run, data: Mapping[str, object]) -> None:
    """What a line has reserved stays of the article that it was reserved of."""
    for line in run.case.reserved:
        path = [*line.split("."), "sku"]
        before, after = value_at(run.case.data, path), value_at(data, path)
        if before != after:
            raise CommandRejected(
                f"Expected {line} of order {run.case.number} to keep {before}, but "
                f"{after or 'nothing'} was said, and goods of it are reserved: let "
                "the order release them first, or cancel it."
            )


def _try_again(run: Run, step: StepId) -> None:
    """A machine is asked again, a wait looks again, what rests is entered again."""
    net_step = run.net.steps.get(step)
    for task in open_instances(run, step) if net_step is not None else ():
        _try_instance(run, task)
    run.reached.append(step)
    messages.catch_up(run)


def _try_instance(run: Run, task: Task) -> None:
    step = run.net.steps[task.step].step
    if step.kind is StepKind.WAIT:
        retime(run, task, TRIED_AGAIN)
    elif step.kind is StepKind.CALL and task.child is None:
        # Its child has ended in a way that leads nowhere: a new visit calls another.
        run.record(ended(run, task, outcome=WITHDRAWN))
    elif step.do is not None:
        run.record(
            AutomationAsked(
                at=run.at,
                by=run.by,
                step=task.step,
                visit=task.visit,
                element=task.element,
                text=step.do.text,
            )
        )


def _withdraw(run: Run, source: NetStep) -> tuple[int, tuple[CaseId, ...]]:
    """End what is open at a step, or has come to it.

    Answers with the entry of the instance enabled last, and the children of calls.
    """
    tasks = open_instances(run, source.step.id) or (instance_of(run, source),)
    for task in sorted(tasks, key=lambda task: task.enabled):
        run.record(ended(run, task, outcome=WITHDRAWN))
    children = tuple(task.child for task in tasks if task.child is not None)
    return run.case.version, children


def _is_forgotten(run: Run, step: StepId) -> bool:
    """Whether a step holds a token that nobody and nothing would end by itself."""
    net_step = run.net.steps.get(step)
    if net_step is None or not run.case.marking & net_step.inputs:
        return False
    tasks = open_instances(run, step)
    is_called = net_step.step.kind is StepKind.CALL
    return (
        not tasks
        or net_step.step.kind is StepKind.AUTOMATION
        or (is_called and any(task.child is None for task in tasks))
    )


def _known(run: Run, step: StepId) -> NetStep:
    if step not in run.net.steps:
        raise NotFound(
            f"Expected a step of {run.net.process.name}, but order "
            f"{run.case.number} has no {step}: see `flowengine order show "
            f"{run.case.number}`."
        )
    return run.net.steps[step]


def _refuse_ended(run: Run, wish: str) -> None:
    if run.case.state in (CaseState.CLOSED, CaseState.CANCELLING):
        raise Conflict(
            f"Expected order {run.case.number} to run to {wish}, "
            f"but it is {run.case.state.value}."
        )


def _raise(run: Run, step: StepId, reason: str) -> None:
    run.record(IncidentRaised(at=run.at, by=run.by, step=step, reason=reason))
