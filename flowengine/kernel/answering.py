"""The answer of the stock: what asked goes on, in the same transaction."""

from flowengine.errors import CommandRejected
from flowengine.eventlog import EntryKind
from flowengine.kernel import cancelling, messages, tasks
from flowengine.kernel.case import CaseState, StockAsk, task_id
from flowengine.kernel.commands import (
    AnswerStock,
    Command,
    CompleteTask,
    DeliverMessage,
    FireTimer,
    ResolveIncident,
    ResumeCase,
)
from flowengine.kernel.events import IncidentRaised, StockAnswered
from flowengine.kernel.instances import resting_steps
from flowengine.kernel.run import Run


def answer_stock(run: Run, command: AnswerStock) -> None:
    """Book what was given, and let the command that asked go on to its end.

    Raises:
        CommandRejected: Nothing was asked; or a person's task cannot have its goods,
            and so is not completed.
    """
    asked = run.case.asked
    if asked is None or (asked.step, asked.visit, asked.element) != (
        command.step,
        command.visit,
        command.element,
    ):
        raise CommandRejected(
            f"Expected an answer that order {run.case.number} has asked for, "
            f"but got one for {task_id(command.step, command.element)}."
        )
    if command.refused is not None and _is_by_hands(run, asked):
        name = task_id(asked.step, asked.element)
        raise CommandRejected(
            f"Expected the goods for {run.case.number}/{name}, but {command.refused}."
        )
    run.turn = asked.turn + 1
    undo = run.net.steps[asked.step].step.undo
    run.record(
        StockAnswered(
            at=run.at,
            by=run.by,
            step=asked.step,
            visit=asked.visit,
            element=asked.element,
            given=command.given,
            refused=command.refused,
            reversible=undo is not None and not asked.undo,
        )
    )
    if asked.undo:
        cancelling.undone(run, asked, command.refused)
    elif command.refused is not None:
        _refuse(run, asked, command.refused, command.of)
    else:
        run.answered = asked
        _go_on(run, asked, command.of)


def rest_goes_on(run: Run) -> None:
    """Look again at every step that is ready: the stock's answer may have been due."""
    if not run.is_waiting and run.case.state is CaseState.OPEN:
        run.reached.extend(resting_steps(run))


def _is_by_hands(run: Run, asked: StockAsk) -> bool:
    """Whether somebody completes a task with it; else the step goes by itself."""
    task = run.case.tasks.get(task_id(asked.step, asked.element))
    return task is not None and task.kind is EntryKind.TASK and not asked.undo


def _refuse(run: Run, asked: StockAsk, refused: str, of: Command) -> None:
    """An automatic step stands still; what came before it stays, a message is kept."""
    run.record(IncidentRaised(at=run.at, by=run.by, step=asked.step, reason=refused))
    if isinstance(of, DeliverMessage) and task_id(asked.step) in run.case.tasks:
        messages.keep(run, of)
    _rest(run, of)


def _go_on(run: Run, asked: StockAsk, of: Command) -> None:
    name = task_id(asked.step, asked.element)
    if name not in run.case.tasks:
        run.reached.append(asked.step)
    elif isinstance(of, CompleteTask):
        tasks.complete(run, of)
    elif isinstance(of, DeliverMessage):
        messages.deliver(run, of)
    elif isinstance(of, FireTimer):
        messages.fire(run, of)
    _rest(run, of)


def _rest(run: Run, of: Command) -> None:
    """What else the command had still to do when the stock was asked."""
    if isinstance(of, ResumeCase | ResolveIncident):
        messages.catch_up(run)
    rest_goes_on(run)
