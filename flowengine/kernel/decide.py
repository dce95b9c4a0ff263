"""The one door into the rules: a command is refused, or answered with events."""

from collections.abc import Mapping
from typing import NamedTuple, assert_never, cast

from flowengine.errors import CommandRejected, Conflict
from flowengine.kernel import (
    answering,
    machines,
    messages,
    migrating,
    pauses,
    repairs,
    tasks,
)
from flowengine.kernel.advance import advance
from flowengine.kernel.cancelling import cancel
from flowengine.kernel.case import Case, CaseState
from flowengine.kernel.commands import (
    AddNote,
    AnswerAutomation,
    AnswerStock,
    CancelCase,
    ChangeData,
    ChildClosed,
    ClaimTask,
    Command,
    CompleteTask,
    DeliverMessage,
    FireTimer,
    ForgetPersonal,
    HoldCase,
    LeaveGate,
    MigrateCase,
    MoveToken,
    OpenCase,
    PauseTask,
    ReassignTask,
    ReleaseTask,
    ReportIncident,
    ResolveIncident,
    ResumeCase,
    ResumeTask,
    StartTask,
)
from flowengine.kernel.elements import with_ids
from flowengine.kernel.events import (
    CaseHeld,
    CaseOpened,
    CaseResumed,
    Event,
    NoteAdded,
    PersonalForgotten,
)
from flowengine.kernel.run import Run
from flowengine.kernel.times import moment_after
from flowengine.language.process import TimeSpan
from flowengine.net.net import Net
from flowengine.quantities import Instant


class Decision(NamedTuple):
    """The answer to a command: what happened, and the case after it."""

    events: tuple[Event, ...]
    case: Case


def decide(net: Net, case: Case | None, command: Command) -> tuple[Event, ...]:
    """Answer a command on a case (None for `OpenCase`) with what happened.

    Raises:
        CommandRejected: A rule refuses it.
        Conflict: Somebody else was first.
        NotFound: There is no such step, or the order has not reached it.
    """
    return act(net, case, command).events


def act(net: Net, case: Case | None, command: Command) -> Decision:
    """`decide`, with the case as the events leave it. Raises as `decide` does.

    While its case has `asked`, the caller moves the stock and answers with
    `AnswerStock`, in the same transaction.
    """
    run = Run(net, case, command.at, command.by)
    if isinstance(command, OpenCase):
        _open(run, command)
    else:
        _apply(run, command)
    advance(run)
    return Decision(tuple(run.events), run.case)


def _apply(run: Run, command: Command) -> None:  # noqa: C901 - one arm per command
    match command:
        case CompleteTask():
            tasks.complete(run, command)
        case ClaimTask():
            tasks.claim(run, command)
        case StartTask():
            tasks.start(run, command)
        case ReleaseTask():
            tasks.release(run, command)
        case DeliverMessage():
            messages.deliver(run, command)
        case FireTimer():
            messages.fire(run, command)
        case HoldCase():
            _hold(run, command)
        case ResumeCase():
            _resume(run)
        case CancelCase():
            _cancel(run, command)
        case AddNote() | ForgetPersonal():
            _write_down(run, command)
        case OpenCase():
            raise CommandRejected(
                f"Expected a new order, but {command.number} is open already."
            )
        case AnswerStock():
            answering.answer_stock(run, command)
        case AnswerAutomation():
            machines.answer_automation(run, command)
        case LeaveGate():
            machines.leave_gate(run, command)
        case ChildClosed():
            machines.child_closed(run, command)
        case MigrateCase():
            migrating.migrate(run, command)
        case PauseTask():
            pauses.pause(run, command)
        case ResumeTask():
            pauses.resume(run, command)
        case ReassignTask():
            pauses.reassign(run, command)
        case ReportIncident():
            repairs.report(run, command)
        case ResolveIncident():
            repairs.resolve(run, command)
        case MoveToken():
            repairs.move(run, command)
        case ChangeData():
            repairs.change(run, command)
        case _:
            assert_never(command)


def _write_down(run: Run, command: AddNote | ForgetPersonal) -> None:
    if isinstance(command, AddNote):
        run.record(NoteAdded(at=run.at, by=run.by, text=command.text))
        return
    reason, fields = command.reason, command.fields
    run.record(PersonalForgotten(at=run.at, by=run.by, reason=reason, fields=fields))


def _open(run: Run, command: OpenCase) -> None:
    process = run.net.process
    data = cast("Mapping[str, object]", with_ids(command.data))
    priority = process.priority.evaluate(data, run.at) if process.priority else None
    measures = {
        name: str(value)
        for name, rule in process.measure.items()
        if (value := rule.evaluate(data, run.at)) is not None
    }
    run.open(
        CaseOpened(
            at=run.at,
            by=run.by,
            case_id=command.case_id,
            number=command.number,
            process=command.process,
            data=data,
            marking=run.net.initial,
            priority=priority if isinstance(priority, int) else 0,
            promised=_promised(run, command),
            measures=measures,
            parent=command.parent,
        )
    )
    run.reached.append(process.start)


def _promised(run: Run, command: OpenCase) -> Instant | None:
    process = run.net.process
    if process.promise is None:
        return None
    if isinstance(process.promise, TimeSpan):
        calendar = run.net.steps[process.start].calendar
        return moment_after(process, calendar, run.at, process.promise)
    moment = process.promise.evaluate(command.data, run.at)
    return Instant(moment) if isinstance(moment, int) else None


def _hold(run: Run, command: HoldCase) -> None:
    _refuse_closed(run, "hold")
    if run.case.state is CaseState.CANCELLING:
        raise Conflict(
            f"Expected order {run.case.number} to run, but it is being cancelled."
        )
    if run.case.state is CaseState.HELD:
        raise Conflict(
            f"Expected order {run.case.number} to run, but it is held already "
            f"({run.case.hold_reason})."
        )
    run.record(CaseHeld(at=run.at, by=run.by, reason=command.reason))


def _resume(run: Run) -> None:
    _refuse_closed(run, "resume")
    if run.case.state is not CaseState.HELD:
        raise Conflict(f"Expected order {run.case.number} to be held, but it runs.")
    run.record(CaseResumed(at=run.at, by=run.by))
    messages.catch_up(run)
    answering.rest_goes_on(run)


def _cancel(run: Run, command: CancelCase) -> None:
    _refuse_closed(run, "cancel")
    case = run.case
    if case.cancelling or case.state is CaseState.CANCELLING:
        raise Conflict(
            f"Expected order {case.number} to run, but it is being cancelled already."
        )
    if case.past_cancel:
        on_cancel = run.net.process.on_cancel
        until = on_cancel.until if on_cancel is not None else None
        raise CommandRejected(
            f"Expected order {case.number} to be before {until} to cancel it, "
            "but it has got there: take the goods back as a return."
        )
    cancel(run, command.reason)


def _refuse_closed(run: Run, wish: str) -> None:
    if run.case.state is CaseState.CLOSED:
        raise Conflict(
            f"Expected order {run.case.number} to be open to {wish} it, "
            f"but it is closed ({run.case.outcome})."
        )
