"""The history of an order, one line an event."""

from collections.abc import Mapping
from typing import assert_never

from flowengine.cli.timeline_repairs import (
    OrderRepair,
    StepRepair,
    order_repair_text,
    step_repair_text,
)
from flowengine.cli.words import ending
from flowengine.eventlog import SKIPPED, TIMED_OUT, WITHDRAWN, EntryKind
from flowengine.kernel.case import CaseId
from flowengine.kernel.events import (
    AutomationAsked,
    CancelBegun,
    CancelPassed,
    CaseCancelled,
    CaseClosed,
    CaseHeld,
    CaseMigrated,
    CaseOpened,
    CaseResumed,
    ChildAnswered,
    ChildAsked,
    EffectUndone,
    Escalated,
    Event,
    GatePlaceReturned,
    MessageKept,
    NoteAdded,
    Notified,
    StepEnded,
    StepOpened,
    StockAnswered,
    StockAsked,
    TaskClaimed,
    TaskPaused,
    TaskReassigned,
    TaskReleased,
    TaskResumed,
    TaskStarted,
)
from flowengine.language.parts import StockVerb
from flowengine.language.process import Process, step_title
from flowengine.locale import translator

_TaskEvent = (
    StepOpened
    | TaskClaimed
    | TaskReleased
    | TaskStarted
    | TaskPaused
    | TaskResumed
    | TaskReassigned
    | StepEnded
)
_OutsideEvent = (
    StockAsked
    | StockAnswered
    | EffectUndone
    | AutomationAsked
    | Notified
    | Escalated
    | ChildAsked
)
_StandingEvent = CancelPassed | GatePlaceReturned
_CaseEvent = (
    CaseOpened
    | MessageKept
    | CaseHeld
    | CaseResumed
    | CancelBegun
    | CaseCancelled
    | ChildAnswered
    | NoteAdded
    | CaseClosed
)


def event_text(
    event: Event,
    process: Process,
    lang: str,
    relatives: Mapping[CaseId, str] | None = None,
    versions: Mapping[str, int] | None = None,
) -> str:
    """What happened, for people.

    `relatives` has the numbers of orders it called, `versions` those of the versions
    of its process, by digest.
    """
    numbers = relatives or {}
    if isinstance(event, CaseMigrated):
        return _migrated_text((versions or {}).get(event.process), lang)
    if isinstance(event, _CaseEvent):
        return _case_text(event, lang, numbers)
    if isinstance(event, OrderRepair):
        return order_repair_text(event, process, lang)
    title = _title(event, process, lang)
    if isinstance(event, _TaskEvent):
        return f"{title}: {_task_text(event, lang)}"
    if isinstance(event, _OutsideEvent):
        return f"{title}: {_outside_text(event, lang, numbers)}"
    if isinstance(event, StepRepair):
        return f"{title}: {step_repair_text(event, process, lang)}"
    return f"{title}: {_standing_text(event, lang)}"


def _title(
    event: _TaskEvent | _OutsideEvent | _StandingEvent | StepRepair,
    process: Process,
    lang: str,
) -> str:
    """The step that an event is of, with its element."""
    title = step_title(process, event.step, lang)
    element = getattr(event, "element", None)
    return title if element is None else f"{title} #{element}"


def _migrated_text(version: int | None, lang: str) -> str:
    _ = translator(lang)
    if version is None:
        return _("Goes on by another version of its process")
    return _("Goes on by version {number} of its process").format(number=version)


def _task_text(event: _TaskEvent, lang: str) -> str:  # noqa: C901 - one arm per event
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
        case TaskPaused():
            return _("put aside: {reason}").format(reason=event.reason)
        case TaskResumed():
            return _("goes on")
        case TaskReassigned():
            return _("given to {person}").format(person=event.to)
        case StepEnded():
            return _end_text(event, lang)
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
    if event.gated:
        return _("let through")
    done = _("passed") if event.kind is EntryKind.PASS else _("done")
    return f"{done} ({ending(event.outcome, lang)})" if event.outcome else done


def _outside_text(  # noqa: C901 - one arm per event
    event: _OutsideEvent, lang: str, numbers: Mapping[CaseId, str]
) -> str:
    _ = translator(lang)
    match event:
        case StockAsked(verb=verb, items=items):
            goods = ", ".join(f"{item.quantity} × {item.sku}" for item in items)  # noqa: RUF001 - a sign of times
            asks = _("asks the stock {verb} {goods}")
            return asks.format(verb=_verb_text(verb, lang), goods=goods)
        case StockAnswered(refused=str(refused)):
            return _("the stock refuses: {reason}").format(reason=refused)
        case StockAnswered(given=given):
            lines = sum(1 for quantity in given.values() if quantity)
            return _("the stock gives, lines: {count}").format(count=lines)
        case EffectUndone(text=text, refused=str(refused)):
            return _("{what} could not be done: {reason}").format(
                what=text, reason=refused
            )
        case EffectUndone(text=text):
            return _("reversed: {what}").format(what=text)
        case AutomationAsked(text=text):
            return _("asked for: {what}").format(what=text)
        case Notified(who=who):
            return _("to be told: {who}").format(who=who)
        case Escalated(share=share, notify=who):
            told = _("time used up: {share} percent; to be told: {who}")
            return told.format(share=share, who=who)
        case ChildAsked(process=process, version=version, child=child):
            number = numbers.get(child)
            if number is None:
                return _("calls {process}").format(process=f"{process}@{version}")
            return _("calls {process}: order {number}").format(
                process=f"{process}@{version}", number=number
            )
        case _:
            assert_never(event)


def _verb_text(verb: StockVerb, lang: str) -> str:
    _ = translator(lang)
    return {
        StockVerb.RECEIVE: _("to receive"),
        StockVerb.MOVE: _("to move"),
        StockVerb.RESERVE: _("to reserve"),
        StockVerb.RELEASE: _("to let go"),
        StockVerb.PICK: _("to pick"),
        StockVerb.PACK: _("to pack"),
        StockVerb.SHIP: _("to ship"),
        StockVerb.RETURN: _("to take back"),
        StockVerb.RESTOCK: _("to put back on the shelf"),
        StockVerb.SCRAP: _("to scrap"),
    }[verb]


def _standing_text(event: _StandingEvent, lang: str) -> str:
    _ = translator(lang)
    match event:
        case CancelPassed():
            return _("too late to cancel from here on")
        case GatePlaceReturned():
            return _("its place is free again")
        case _:
            assert_never(event)


def _case_text(event: _CaseEvent, lang: str, numbers: Mapping[CaseId, str]) -> str:  # noqa: C901 - one arm per event
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
        case CancelBegun():
            return _("Cancelling has begun: {reason}").format(reason=event.reason)
        case CaseCancelled():
            return _("Cancelled: {reason}").format(reason=event.reason)
        case ChildAnswered():
            number = numbers.get(event.child, "")
            told = _("Order {number} has ended too late: {outcome}")
            return told.format(number=number, outcome=ending(event.outcome, lang))
        case NoteAdded():
            return _("Note: {text}").format(text=event.text)
        case CaseClosed():
            return _("Closed: {outcome}").format(outcome=ending(event.outcome, lang))
        case _:
            assert_never(event)
