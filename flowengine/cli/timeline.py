"""The history of an order, one line an event."""

from typing import assert_never

from flowengine.cli.words import ending
from flowengine.eventlog import SKIPPED, TIMED_OUT, WITHDRAWN, EntryKind
from flowengine.kernel.events import (
    CancelPassed,
    CaseCancelled,
    CaseClosed,
    CaseHeld,
    CaseOpened,
    CaseResumed,
    Event,
    IncidentRaised,
    MessageKept,
    NoteAdded,
    StepEnded,
    StepOpened,
    TaskClaimed,
    TaskReleased,
    TaskStarted,
)
from flowengine.language.process import Process, step_title
from flowengine.locale import translator

_StepEvent = (
    StepOpened
    | TaskClaimed
    | TaskReleased
    | TaskStarted
    | StepEnded
    | CancelPassed
    | IncidentRaised
)
_CaseEvent = (
    CaseOpened
    | MessageKept
    | CaseHeld
    | CaseResumed
    | CaseCancelled
    | NoteAdded
    | CaseClosed
)


def event_text(event: Event, process: Process, lang: str) -> str:
    """What happened, for people."""
    if isinstance(event, _CaseEvent):
        return _case_text(event, lang)
    title = step_title(process, event.step, lang)
    return f"{title}: {_step_text(event, lang)}"


def _step_text(event: _StepEvent, lang: str) -> str:
    _ = translator(lang)
    match event:
        case StepOpened():
            return _("ready") if event.kind is EntryKind.TASK else _("waiting")
        case TaskClaimed():
            return _("claimed")
        case TaskReleased():
            return _("given back")
        case TaskStarted():
            return _("started")
        case StepEnded():
            return _end_text(event, lang)
        case CancelPassed():
            return _("too late to cancel from here on")
        case IncidentRaised():
            return _("stands still: {reason}").format(reason=event.reason)
        case _:
            assert_never(event)


def _end_text(event: StepEnded, lang: str) -> str:
    _ = translator(lang)
    ends = {
        SKIPPED: _("skipped"),
        TIMED_OUT: _("took too long"),
        WITHDRAWN: _("withdrawn"),
    }
    if event.outcome in ends:
        return ends[event.outcome]
    done = _("passed") if event.kind is EntryKind.PASS else _("done")
    return f"{done} ({ending(event.outcome, lang)})" if event.outcome else done


def _case_text(event: _CaseEvent, lang: str) -> str:
    _ = translator(lang)
    match event:
        case CaseOpened():
            return _("Opened")
        case MessageKept():
            return _("Message {name} kept").format(name=event.name)
        case CaseHeld():
            return _("Held: {reason}").format(reason=event.reason)
        case CaseResumed():
            return _("Resumed")
        case CaseCancelled():
            return _("Cancelled: {reason}").format(reason=event.reason)
        case NoteAdded():
            return _("Note: {text}").format(text=event.text)
        case CaseClosed():
            return _("Closed: {outcome}").format(outcome=ending(event.outcome, lang))
        case _:
            assert_never(event)
