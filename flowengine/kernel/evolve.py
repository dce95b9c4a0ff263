"""How events fold into a case. Knows no net: an event carries what it changed."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import assert_never

from flowengine.eventlog import EntryKind
from flowengine.kernel import folds, task_folds
from flowengine.kernel.case import (
    Arrival,
    Case,
    CaseState,
    KeptMessage,
    Task,
    TaskId,
    TaskState,
    changed,
    task_id,
)
from flowengine.kernel.elements import with_values
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
    DataChanged,
    EffectUndone,
    Escalated,
    Event,
    GatePlaceReturned,
    IncidentRaised,
    IncidentResolved,
    MessageKept,
    NoteAdded,
    Notified,
    PersonalForgotten,
    StepEnded,
    StepOpened,
    StepRetimed,
    StockAnswered,
    StockAsked,
    TaskClaimed,
    TaskPaused,
    TaskReassigned,
    TaskReleased,
    TaskResumed,
    TaskStarted,
    TokenMoved,
)

#: Members looked up once, see `advance`.
_TASK, _OFFERED, _WAITING = EntryKind.TASK, TaskState.OFFERED, TaskState.WAITING


def evolve(case: Case | None, event: Event) -> Case:
    """Apply one event to a case; None begins a new one."""
    if case is not None:
        return apply(case, event)
    if not isinstance(event, CaseOpened):
        raise TypeError(f"A history begins with CaseOpened, not {event!r}.")
    return _opened(event)


def replay(events: Iterable[Event]) -> Case:
    """Fold a whole history into its case."""
    case: Case | None = None
    for event in events:
        case = evolve(case, event)
    if case is None:
        raise ValueError("A history has at least one event.")
    return case


@lru_cache(maxsize=4096)
def bits(mask: int) -> tuple[int, ...]:
    """Bit numbers set in a mask, lowest first; a net has few masks, met often."""
    numbers = []
    while mask:
        low = mask & -mask
        numbers.append(low.bit_length() - 1)
        mask ^= low
    return tuple(numbers)


def _opened(event: CaseOpened) -> Case:
    start = Arrival(seq=None, at=event.at)
    return Case(
        id=event.case_id,
        number=event.number,
        process=event.process,
        state=CaseState.OPEN,
        marking=event.marking,
        version=1,
        opened=event.at,
        at=event.at,
        data=event.data,
        priority=event.priority,
        promised=event.promised,
        measures=event.measures,
        parent=event.parent,
        arrivals=dict.fromkeys(bits(event.marking), start),
    )


def apply(case: Case, event: Event) -> Case:  # noqa: C901 - one arm per event
    """Apply one event to a case that is open."""
    version = case.version + 1
    match event:
        case StepEnded():
            return _ended(case, event, version)
        case StepOpened():
            return _step_opened(case, event, version)
        case TaskClaimed() | TaskReleased() | TaskStarted():
            return task_folds.moved(case, event, version)
        case CaseClosed() | MessageKept() | CaseHeld() | CaseResumed():
            return _case_moved(case, event, version)
        case CaseCancelled():
            return _cancelled(case, event, version)
        case CancelPassed(at=at):
            return changed(case, version=version, at=at, past_cancel=True)
        case (
            NoteAdded(at=at)
            | PersonalForgotten(at=at)
            | Notified(at=at)
            | AutomationAsked(at=at)
        ):
            return changed(case, version=version, at=at)
        case GatePlaceReturned(at=at, step=step):
            gates = tuple(gate for gate in case.gates if gate != step)
            return changed(case, version=version, at=at, gates=gates)
        case IncidentRaised():
            return folds.incident_raised(case, event, version)
        case StockAsked():
            return folds.stock_asked(case, event, version)
        case StockAnswered():
            return folds.stock_answered(case, event, version)
        case EffectUndone():
            return folds.effect_undone(case, event, version)
        case ChildAsked():
            return folds.child_asked(case, event, version)
        case ChildAnswered():
            return folds.child_answered(case, event, version)
        case Escalated():
            return folds.escalated(case, event, version)
        case CancelBegun():
            return folds.cancel_begun(case, event, version)
        case CaseMigrated():
            return folds.migrated(case, event, version)
        case TaskPaused() | TaskResumed() | TaskReassigned():
            return task_folds.moved(case, event, version)
        case StepRetimed():
            return task_folds.retimed(case, event, version)
        case IncidentResolved():
            return folds.incident_resolved(case, event, version)
        case DataChanged():
            return folds.data_changed(case, event, version)
        case TokenMoved():
            return _token_moved(case, event, version)
        case CaseOpened():
            raise TypeError(f"Case {case.id} is open already.")
        case _:
            assert_never(event)


def _case_moved(
    case: Case, event: CaseClosed | MessageKept | CaseHeld | CaseResumed, version: int
) -> Case:
    match event:
        case CaseClosed(at=at, outcome=outcome):
            return changed(
                case,
                state=CaseState.CLOSED,
                version=version,
                at=at,
                closed=at,
                outcome=outcome,
                marking=0,
                arrivals={},
                kept=(),
            )
        case MessageKept():
            kept = KeptMessage(event.name, event.key, event.at, event.body)
            return changed(case, version=version, at=event.at, kept=(*case.kept, kept))
        case CaseHeld(at=at, reason=reason):
            return changed(
                case,
                state=CaseState.HELD,
                version=version,
                at=at,
                held_since=at,
                hold_reason=reason,
            )
        case CaseResumed(at=at):
            return changed(
                case,
                state=CaseState.OPEN,
                version=version,
                at=at,
                held_since=None,
                hold_reason=None,
            )
        case _:
            assert_never(event)


def _step_opened(case: Case, event: StepOpened, version: int) -> Case:
    is_task = event.kind is _TASK
    task = Task(
        event.step,
        event.visit,
        event.kind,
        _OFFERED if is_task else _WAITING,
        event.enabled,
        event.pred,
        due=event.due,
        timer=event.timer,
        element=event.element,
        alarms=event.alarms,
        batch=event.batch,
    )
    data = case.data
    if event.cleared:
        data = with_values(data, dict.fromkeys(event.cleared))
    return changed(
        case,
        version=version,
        at=event.at,
        data=data,
        tasks={**case.tasks, task_id(event.step, event.element): task},
        visits={**case.visits, event.step: event.visit},
    )


def _ended(case: Case, event: StepEnded, version: int) -> Case:
    uses = case.uses
    if event.counted:
        uses = folds.counted(uses, event.step, event.way or "")
    visits = case.visits
    if visits.get(event.step) != event.visit:
        visits = {**visits, event.step: event.visit}
    kept = case.kept
    if event.message is not None:
        kept = tuple(message for message in kept if message.key != event.message)
    ended = changed(
        case,
        version=version,
        at=event.at,
        marking=case.marking & ~event.consumed | event.produced,
        data=with_values(case.data, event.answers) if event.answers else case.data,
        tasks=_tasks_without(case, event),
        arrivals=_arrivals(case, event, version),
        visits=visits,
        uses=uses,
        kept=kept,
    )
    is_plain = not (
        event.remembered
        or event.reversible
        or event.gated
        or event.priority is not None
        or case.incidents
        or case.cancellation
    )
    return ended if is_plain else folds.marked(ended, event)


def _tasks_without(case: Case, event: StepEnded) -> Mapping[TaskId, Task]:
    name = task_id(event.step, event.element)
    if name not in case.tasks:
        return case.tasks
    tasks = dict(case.tasks)
    del tasks[name]
    return tasks


def _arrivals(case: Case, event: StepEnded, version: int) -> Mapping[int, Arrival]:
    arrivals = dict(case.arrivals)
    for bit in bits(event.consumed):
        arrivals.pop(bit, None)
    if event.produced:
        arrival = Arrival(version, event.at)
        for bit in bits(event.produced):
            arrivals[bit] = arrival
    return arrivals


def _cancelled(case: Case, event: CaseCancelled, version: int) -> Case:
    arrival = Arrival(seq=event.pred, at=event.at)
    return changed(
        case,
        state=CaseState.OPEN,
        version=version,
        at=event.at,
        marking=event.marking,
        arrivals=dict.fromkeys(bits(event.marking), arrival),
        tasks={},
        held_since=None,
        hold_reason=None,
        cancelling=True,
        cancellation=None,
        # What could not be undone stays to be looked at.
        incidents=case.incidents if case.cancellation is not None else {},
    )


def _token_moved(case: Case, event: TokenMoved, version: int) -> Case:
    """Both steps are left without incidents: somebody has just decided about them."""
    arrivals = dict(case.arrivals)
    for bit in bits(event.consumed):
        arrivals.pop(bit, None)
    arrival = Arrival(seq=event.pred, at=event.at)
    for bit in bits(event.produced):
        arrivals[bit] = arrival
    return changed(
        case,
        version=version,
        at=event.at,
        marking=case.marking & ~event.consumed | event.produced,
        arrivals=arrivals,
        uses={} if event.reset else case.uses,
        incidents={
            step: reason
            for step, reason in case.incidents.items()
            if step not in (event.from_step, event.to_step)
        },
    )
