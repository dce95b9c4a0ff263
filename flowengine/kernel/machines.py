"""Answers of machines: automations, gates and children."""

from flowengine.errors import CommandRejected
from flowengine.kernel import cancelling
from flowengine.kernel.case import CaseState, Task, task_id
from flowengine.kernel.commands import (
    AnswerAutomation,
    ChildClosed,
    InstanceCommand,
    LeaveGate,
)
from flowengine.kernel.elements import address, value_at
from flowengine.kernel.ending import Ending, check_answers, end
from flowengine.kernel.events import ChildAnswered, IncidentRaised
from flowengine.kernel.run import Run
from flowengine.language.process import Step, StepKind
from flowengine.net.net import WayKind


def answer_automation(run: Run, command: AnswerAutomation) -> None:
    """End an automation as its machine says; what failed for good is an incident.

    An answer for what is no longer open does nothing.

    Raises:
        CommandRejected: The step has no such outcome, or asks for other fields.
    """
    task = _open_instance(run, command, StepKind.AUTOMATION)
    if task is None:
        return
    if command.failed is not None:
        _raise_incident(run, task, command.failed)
        return
    step = run.net.steps[task.step].step
    check_answers(run, task, command.answers)
    if command.outcome is None and not step.outcomes:
        end(run, task, Ending(answers=command.answers))
        return
    if command.outcome not in step.outcomes:
        raise CommandRejected(
            f"Expected an outcome of {run.case.number}/{step.id} "
            f"({', '.join(step.outcomes) or 'none'}), but got {command.outcome}."
        )
    end(run, task, Ending(command.outcome, command.answers, way=WayKind.OUTCOME))


def leave_gate(run: Run, command: LeaveGate) -> None:
    """Let the order through; one that is held, or has gone, stays where it is."""
    task = _open_instance(run, command, StepKind.GATE)
    if task is None or run.case.state is not CaseState.OPEN:
        return
    end(run, task, Ending(gated=True))


def child_closed(run: Run, command: ChildClosed) -> None:
    """Take what a child brings, and go on by the end it reached.

    The child of a call that is no longer open is noted, and changes nothing.
    """
    task = next(
        (task for task in run.case.tasks.values() if task.child == command.child), None
    )
    if task is None:
        _note_child(run, command)
    elif run.case.state is CaseState.CANCELLING:
        cancelling.child_ended(run, task)
    else:
        _take_result(run, task, command)


def _take_result(run: Run, task: Task, command: ChildClosed) -> None:
    step = run.net.steps[task.step].step
    taken = _taken(step, task, command)
    if not step.outcomes:
        end(run, task, Ending(command.outcome, taken))
    elif command.outcome in step.outcomes:
        end(run, task, Ending(command.outcome, taken, way=WayKind.OUTCOME))
    else:
        _note_child(run, command)
        reason = f"its child ended by {command.outcome}, which leads nowhere"
        _raise_incident(run, task, reason)


def _note_child(run: Run, command: ChildClosed) -> None:
    run.record(
        ChildAnswered(
            at=run.at, by=run.by, child=command.child, outcome=command.outcome
        )
    )


def _taken(step: Step, task: Task, command: ChildClosed) -> dict[str, object]:
    """What `takes` sets: fields of the order, or of the element that called."""
    call, each = step.call, step.each
    taken: dict[str, object] = {}
    for path, source in call.takes.items() if call is not None else ():
        name = ".".join(path)
        if each is not None and path[0] == each.name:
            name = address(each.items, task.element or "", path[1:])
        taken[name] = value_at(command.result, source)
    return taken


def _open_instance(run: Run, command: InstanceCommand, kind: StepKind) -> Task | None:
    task = run.case.tasks.get(task_id(command.step, command.element))
    if task is None or task.visit != command.visit:
        return None
    return task if run.net.steps[task.step].step.kind is kind else None


def _raise_incident(run: Run, task: Task, reason: str) -> None:
    run.record(IncidentRaised(at=run.at, by=run.by, step=task.step, reason=reason))
