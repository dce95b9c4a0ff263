"""The history of an order, one line an event."""

from typing import assert_never

from flowengine.cli.words import step_title
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
from flowengine.language.process import Process
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
    say = translator(lang)
    if isinstance(event, _CaseEvent):
        return _case_text(event, lang)
    title = step_title(process, event.step, lang)
    return f"{title}: {say(_step_text(event, lang))}"


def _step_text(event: _StepEvent, lang: str) -> str:
    say = translator(lang)
    match event:
        case StepOpened():
            return "ready" if event.kind is EntryKind.TASK else "waiting"
        case TaskClaimed():
            return "claimed"
        case TaskReleased():
            return "given back"
        case TaskStarted():
            return "started"
        case StepEnded():
            return _end_text(event, lang)
        case CancelPassed():
            return "too late to cancel from here on"
        case IncidentRaised():
            return say("stands still: {reason}").format(reason=event.reason)
        case _:
            assert_never(event)


_ENDS = {SKIPPED: "skipped", TIMED_OUT: "took too long", WITHDRAWN: "withdrawn"}


def _end_text(event: StepEnded, lang: str) -> str:
    say = translator(lang)
    if event.outcome in _ENDS:
        return _ENDS[event.outcome]
    done = say("passed" if event.kind is EntryKind.PASS else "done")
    return f"{done} ({say(event.outcome)})" if event.outcome else done


def _case_text(event: _CaseEvent, lang: str) -> str:
    say = translator(lang)
    match event:
        case CaseOpened():
            return say("Opened")
        case MessageKept():
            return say("Message {name} kept").format(name=event.name)
        case CaseHeld():
            return say("Held: {reason}").format(reason=event.reason)
        case CaseResumed():
            return say("Resumed")
        case CaseCancelled():
            return say("Cancelled: {reason}").format(reason=event.reason)
        case NoteAdded():
            return say("Note: {text}").format(text=event.text)
        case CaseClosed():
            return say("Closed: {outcome}").format(outcome=say(event.outcome))
        case _:
            assert_never(event)
