"""Events and case state as JSON text, and back; the hash that chains a history."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from hashlib import sha256
from operator import attrgetter
from typing import NamedTuple, TypedDict, cast, get_args

import orjson

from flowengine.eventlog import EntryKind
from flowengine.kernel.case import (
    Arrival,
    Case,
    CaseId,
    CaseState,
    KeptMessage,
    Task,
    TaskState,
)
from flowengine.kernel.events import Event
from flowengine.language.process import StepId
from flowengine.quantities import Instant


def to_json(value: object) -> str:
    """A value as compact JSON text."""
    return orjson.dumps(value).decode()


def from_json(text: str) -> object:
    """A value from JSON text."""
    return cast("object", orjson.loads(text))


def mask_json(mask: int) -> int | str:
    """A mask as JSON: a number while 64 bits hold it, else hexadecimal digits."""
    return mask if mask < _LARGEST else f"{mask:x}"


def read_mask(value: int | str) -> int:
    """A mask from JSON."""
    return value if isinstance(value, int) else int(value, 16)


_LARGEST = 2**63
_MASKS = frozenset({"marking", "consumed", "produced"})
_CLASSES: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
_COLUMNS = frozenset({"at", "by"})


class _Body(NamedTuple):
    """How an event's class is written: the fields of its body and their defaults."""

    names: tuple[str, ...]
    defaults: tuple[object, ...]
    values: Callable[[Event], tuple[object, ...]]


def _body(kind: type[Event]) -> _Body:
    listed = [field for field in fields(kind) if field.name not in _COLUMNS]
    names = tuple(field.name for field in listed)
    defaults = tuple(
        field.default if field.default_factory is MISSING else field.default_factory()
        for field in listed
    )
    if len(names) > 1:
        return _Body(names, defaults, attrgetter(*names))
    only = attrgetter(*names) if names else None
    return _Body(names, defaults, lambda event: (only(event),) if only else ())


_BODIES = {kind: _body(kind) for kind in _CLASSES.values()}


def event_body(event: Event) -> str:
    """What an event says beside when and by whom; defaults are left out."""
    names, defaults, values = _BODIES[type(event)]
    body = {
        name: value
        for name, default, value in zip(names, defaults, values(event), strict=True)
        if value is not None and value != default
    }
    for name in _MASKS & body.keys():
        body[name] = mask_json(cast("int", body[name]))
    return to_json(body)


def read_event(kind: str, at: int, by: str, body: str) -> Event:
    """An event from its row."""
    values = cast("dict[str, object]", from_json(body))
    if "kind" in values:
        values["kind"] = EntryKind(str(values["kind"]))
    for name in _MASKS & values.keys():
        values[name] = read_mask(cast("int | str", values[name]))
    make = cast("Callable[..., Event]", _CLASSES[kind])
    return make(at=at, by=by, **values)


def chain(before: bytes, seq: int, at: int, kind: str, by: str, body: str) -> bytes:
    """The hash of an event's row, which holds the hash of the row before it."""
    row = f"{seq}\n{at}\n{kind}\n{by}\n{body}"
    return sha256(before + row.encode()).digest()


def case_body(case: Case) -> str:
    """The part of a case that no column holds, without what is empty."""
    body: dict[str, object] = {
        "marking": mask_json(case.marking),
        "at": case.at,
        "tasks": [_task_values(task) for task in case.tasks.values()],
        "arrivals": [(bit, came.seq, came.at) for bit, came in case.arrivals.items()],
        "measures": case.measures,
        "visits": case.visits,
        "uses": case.uses,
        "kept": [(kept.name, kept.key, kept.at, kept.body) for kept in case.kept],
        "incidents": case.incidents,
    }
    if case.held_since is not None:
        body["held"] = (case.held_since, case.hold_reason)
    if case.cancelling or case.past_cancel:
        body["cancel"] = (case.cancelling, case.past_cancel)
    return to_json({name: value for name, value in body.items() if value})


class CaseRecord(NamedTuple):
    """The columns of `case_row` that make a case, in the order they are read."""

    case_id: bytes
    number: str
    process: str
    state: str
    version: int
    opened: int
    closed: int | None
    outcome: str | None
    priority: int
    promised: int | None
    data: str
    body: str
    hash: bytes


class _CaseBody(TypedDict, total=False):
    marking: int | str
    at: int
    tasks: list[list[str | int | None]]
    arrivals: list[tuple[int, int | None, int]]
    measures: dict[str, str]
    visits: dict[StepId, int]
    uses: dict[str, int]
    kept: list[tuple[str, str, int, dict[str, object]]]
    held: tuple[int, str]
    cancel: tuple[bool, bool]
    incidents: dict[StepId, str]


def read_case(record: CaseRecord) -> Case:
    """A case from its row."""
    body = cast("_CaseBody", from_json(record.body))
    held_since, hold_reason = body.get("held", (None, None))
    cancelling, past_cancel = body.get("cancel", (False, False))
    return Case(
        id=CaseId(record.case_id.hex()),
        number=record.number,
        process=record.process,
        state=CaseState(record.state),
        marking=read_mask(body.get("marking", 0)),
        version=record.version,
        opened=Instant(record.opened),
        at=Instant(body.get("at", 0)),
        data=cast("dict[str, object]", from_json(record.data)),
        priority=record.priority,
        promised=_instant(record.promised),
        measures=body.get("measures", {}),
        tasks={task.step: task for task in map(_read_task, body.get("tasks", ()))},
        arrivals={
            bit: Arrival(seq, Instant(at)) for bit, seq, at in body.get("arrivals", ())
        },
        visits=body.get("visits", {}),
        uses=body.get("uses", {}),
        kept=tuple(
            KeptMessage(name, key, Instant(at), values)
            for name, key, at, values in body.get("kept", ())
        ),
        held_since=_instant(held_since),
        hold_reason=hold_reason,
        cancelling=cancelling,
        past_cancel=past_cancel,
        closed=_instant(record.closed),
        outcome=record.outcome,
        incidents=body.get("incidents", {}),
    )


def _instant(value: int | None) -> Instant | None:
    return None if value is None else Instant(value)


def _task_values(task: Task) -> list[object]:
    """A task as a list, what is missing at its end left out."""
    values: list[object] = [
        task.step,
        task.visit,
        task.kind,
        task.state,
        task.enabled,
        task.pred,
        task.due,
        task.timer,
        task.owner,
        task.claimed,
        task.started,
    ]
    while values[-1] is None:
        values.pop()
    return values


def _read_task(values: list[str | int | None]) -> Task:
    full = (*values, *(None,) * (11 - len(values)))
    make = cast("Callable[..., Task]", Task)
    step, visit, kind, state, *rest = full
    return make(step, visit, _KINDS[kind], _STATES[state], *rest)


_KINDS: dict[object, EntryKind] = {kind.value: kind for kind in EntryKind}
_STATES: dict[object, TaskState] = {state.value: state for state in TaskState}
