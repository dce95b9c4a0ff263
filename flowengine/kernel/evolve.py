"""How events fold into a case. Knows no net: an event carries what it changed."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import assert_never

from flowengine.eventlog import EntryKind
from flowengine.kernel.case import (
    Arrival,
    Case,
    CaseState,
    KeptMessage,
    Task,
    TaskState,
    changed,
)
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


def evolve(case: Case | None, event: Event) -> Case:
    """Apply one event to a case; None begins a new one."""
    if case is None:
        if not isinstance(event, CaseOpened):
            raise TypeError(f"A history begins with CaseOpened, not {event!r}.")
        return _opened(event)
    return _changed(case, event)


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


def with_values(
    data: Mapping[str, object], values: Mapping[str, object]
) -> Mapping[str, object]:
    """`data` with values set by dotted path; None takes the value away."""
    for path, value in values.items():
        data = _with_value(data, path.split("."), value)
    return data


def _with_value(
    data: Mapping[str, object], path: list[str], value: object
) -> dict[str, object]:
    copy = dict(data)
    if len(path) > 1:
        inner = copy.get(path[0])
        copy[path[0]] = _with_value(
            inner if isinstance(inner, dict) else {}, path[1:], value
        )
    elif value is None:
        copy.pop(path[0], None)
    else:
        copy[path[0]] = value
    return copy


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
        arrivals=dict.fromkeys(bits(event.marking), start),
    )


def _changed(case: Case, event: Event) -> Case:  # noqa: C901 - one arm per event
    version = case.version + 1
    match event:
        case StepEnded():
            return _ended(case, event, version)
        case StepOpened():
            return _step_opened(case, event, version)
        case TaskClaimed() | TaskReleased() | TaskStarted():
            return _task_moved(case, event, version)
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
        case CaseCancelled():
            return _cancelled(case, event, version)
        case CancelPassed(at=at):
            return changed(case, version=version, at=at, past_cancel=True)
        case IncidentRaised(at=at, step=step, reason=reason):
            incidents = {**case.incidents, step: reason}
            return changed(case, version=version, at=at, incidents=incidents)
        case NoteAdded(at=at):
            return changed(case, version=version, at=at)
        case CaseOpened():
            raise TypeError(f"Case {case.id} is open already.")
        case _:
            assert_never(event)


def _step_opened(case: Case, event: StepOpened, version: int) -> Case:
    is_task = event.kind is EntryKind.TASK
    task = Task(
        step=event.step,
        visit=event.visit,
        kind=event.kind,
        state=TaskState.OFFERED if is_task else TaskState.WAITING,
        enabled=event.enabled,
        pred=event.pred,
        due=event.due,
        timer=event.timer,
    )
    return changed(
        case,
        version=version,
        at=event.at,
        tasks={**case.tasks, event.step: task},
        visits={**case.visits, event.step: event.visit},
    )


def _task_moved(
    case: Case, event: TaskClaimed | TaskReleased | TaskStarted, version: int
) -> Case:
    task = case.tasks[event.step]
    match event:
        case TaskClaimed(at=at, by=by):
            task = changed(task, state=TaskState.CLAIMED, owner=by, claimed=at)
        case TaskReleased():
            task = changed(task, state=TaskState.OFFERED, owner=None, claimed=None)
        case TaskStarted(at=at, by=by):
            task = changed(
                task,
                state=TaskState.STARTED,
                owner=by,
                claimed=at if task.claimed is None else task.claimed,
                started=at,
            )
        case _:
            assert_never(event)
    tasks = {**case.tasks, event.step: task}
    return changed(case, version=version, at=event.at, tasks=tasks)


def _ended(case: Case, event: StepEnded, version: int) -> Case:
    tasks = case.tasks
    if event.step in tasks:
        tasks = {step: task for step, task in tasks.items() if step != event.step}
    arrivals = dict(case.arrivals)
    for bit in bits(event.consumed):
        arrivals.pop(bit, None)
    arrival = Arrival(seq=version, at=event.at)
    for bit in bits(event.produced):
        arrivals[bit] = arrival
    uses = case.uses
    if event.counted:
        way = f"{event.step}/{event.way}"
        uses = {**uses, way: uses.get(way, 0) + 1}
    kept = case.kept
    if event.message is not None:
        kept = tuple(message for message in kept if message.key != event.message)
    return changed(
        case,
        version=version,
        at=event.at,
        marking=case.marking & ~event.consumed | event.produced,
        data=with_values(case.data, event.answers) if event.answers else case.data,
        tasks=tasks,
        arrivals=arrivals,
        visits={**case.visits, event.step: event.visit},
        uses=uses,
        kept=kept,
    )


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
        incidents={},
    )
