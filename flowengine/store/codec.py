"""Events and case state as JSON text, and back; the hash that chains a history."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from hashlib import sha256
from operator import attrgetter
from typing import NamedTuple, TypedDict, cast, get_args

from flowengine.eventlog import EntryKind
from flowengine.kernel.case import (
    Arrival,
    Cancellation,
    Case,
    CaseId,
    CaseState,
    Effect,
    KeptMessage,
    Parent,
    StockItem,
    Task,
    TaskId,
    TaskState,
    UserId,
)
from flowengine.kernel.events import Event
from flowengine.language.parts import StockVerb
from flowengine.language.process import StepId
from flowengine.quantities import Instant
from flowengine.store.json_text import from_json, to_json


def mask_json(mask: int) -> int | str:
    """A mask as JSON: a number while 64 bits hold it, else hexadecimal digits."""
    return mask if mask < _LARGEST else f"{mask:x}"


def read_mask(value: int | str) -> int:
    """A mask from JSON."""
    return value if isinstance(value, int) else int(value, 16)


_LARGEST = 2**63
_CLASSES: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
_COLUMNS = frozenset({"at", "by"})


def _written_items(items: object) -> object:
    return [
        (item.line, item.sku, item.quantity)
        for item in cast("tuple[StockItem, ...]", items)
    ]


def _read_items(values: list[tuple[str, str, int]]) -> tuple[StockItem, ...]:
    return tuple(StockItem(*value) for value in values)


def _read_pauses(values: list[list[int | None]]) -> tuple[tuple[int | None, ...], ...]:
    return tuple(tuple(value) for value in values)


def _written_parent(parent: Parent) -> object:
    return parent.case_id, parent.step, parent.visit, parent.element


#: Fields of events that JSON holds in another form: how written, and how read back.
_FORMS: dict[str, tuple[Callable[..., object] | None, Callable[..., object]]] = {
    **dict.fromkeys(("marking", "consumed", "produced"), (mask_json, read_mask)),
    **dict.fromkeys(
        ("alarms", "cleared", "untimed", "children", "fields"), (None, tuple)
    ),
    "pauses": (None, _read_pauses),
    "kind": (None, EntryKind),
    "verb": (None, StockVerb),
    "items": (_written_items, _read_items),
    "parent": (_written_parent, lambda values: Parent(*values)),
    "bits": (lambda bits: list(bits.items()), dict),
}


class _Body(NamedTuple):
    """How an event's class is written: the fields of its body and their defaults."""

    names: tuple[str, ...]
    defaults: tuple[object, ...]
    values: Callable[[Event], tuple[object, ...]]
    #: Fields in another form, and how each is written.
    written: tuple[tuple[str, Callable[..., object]], ...]


def _body(kind: type[Event]) -> _Body:
    listed = [field for field in fields(kind) if field.name not in _COLUMNS]
    names = tuple(field.name for field in listed)
    defaults = tuple(
        field.default if field.default_factory is MISSING else field.default_factory()
        for field in listed
    )
    forms = [(name, _FORMS[name][0]) for name in names if name in _FORMS]
    written = tuple((name, write) for name, write in forms if write is not None)
    if len(names) > 1:
        return _Body(names, defaults, attrgetter(*names), written)
    only = attrgetter(*names) if names else None
    return _Body(names, defaults, lambda event: (only(event),) if only else (), written)


_BODIES = {kind: _body(kind) for kind in _CLASSES.values()}


def event_body(event: Event) -> str:
    """What an event says beside when and by whom; defaults are left out."""
    names, defaults, values, written = _BODIES[type(event)]
    body = {
        name: value
        for name, default, value in zip(names, defaults, values(event), strict=True)
        if value is not None and value != default
    }
    for name, write in written:
        if name in body:
            body[name] = write(body[name])
    return to_json(body)


def read_event(kind: str, at: int, by: str, body: str) -> Event:
    """An event from its row."""
    values = cast("dict[str, object]", from_json(body))
    for name in _FORMS.keys() & values.keys():
        values[name] = _FORMS[name][1](values[name])
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
    body |= _rare_values(case)
    return to_json({name: value for name, value in body.items() if value})


def _rare_values(case: Case) -> dict[str, object]:
    """Of what only some processes make a case hold, what is there."""
    values: dict[str, object] = {
        "doers": case.doers,
        "reserved": case.reserved,
        "gates": case.gates,
    }
    if case.effects:
        values["effects"] = [
            (effect.step, effect.visit, effect.element, _written_items(effect.items))
            for effect in case.effects
        ]
    if case.parent is not None:
        values["parent"] = _written_parent(case.parent)
    if case.cancellation is not None:
        values["cancellation"] = (case.cancellation.reason, case.cancellation.pred)
    return values


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
    tasks: list[list[object]]
    arrivals: list[tuple[int, int | None, int]]
    measures: dict[str, str]
    visits: dict[StepId, int]
    uses: dict[str, int]
    kept: list[tuple[str, str, int, dict[str, object]]]
    held: tuple[int, str]
    cancel: tuple[bool, bool]
    incidents: dict[StepId, str]
    doers: dict[StepId, UserId]
    reserved: dict[str, int]
    gates: list[StepId]
    effects: list[tuple[StepId, int, str | None, list[tuple[str, str, int]]]]
    parent: tuple[CaseId, StepId, int, str | None]
    cancellation: tuple[str, int | None]


def read_case(record: CaseRecord) -> Case:
    """A case from its row."""
    body = cast("_CaseBody", from_json(record.body))
    held_since, hold_reason = body.get("held", (None, None))
    tasks = [_read_task(values) for values in body.get("tasks", ())]
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
        tasks={_task_id(task): task for task in tasks},
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
        doers=body.get("doers", {}),
        effects=_read_effects(body) if "effects" in body else (),
        reserved=body.get("reserved", {}),
        gates=tuple(body["gates"]) if "gates" in body else (),
        parent=Parent(*body["parent"]) if "parent" in body else None,
        cancellation=(
            Cancellation(*body["cancellation"]) if "cancellation" in body else None
        ),
    )


def _read_effects(body: _CaseBody) -> tuple[Effect, ...]:
    return tuple(
        Effect(step, visit, element, _read_items(items))
        for step, visit, element, items in body.get("effects", ())
    )


def _task_id(task: Task) -> TaskId:
    # `Task.id` for each of them, without its two calls.
    return TaskId(task.step) if task.element is None else task.id


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
        task.element,
        task.alarms or None,
        task.batch,
        task.group,
        task.child,
        task.pauses or None,
    ]
    while values[-1] is None:
        values.pop()
    return values


def _read_task(values: list[object]) -> Task:
    make = cast("Callable[..., Task]", Task)
    step, visit, kind, state, *rest = values
    if len(rest) == 1:
        rest.append(None)  # the first step has no predecessor
    if len(rest) >= _ALARMS:
        rest[_ALARMS - 1] = tuple(cast("list[int]", rest[_ALARMS - 1] or ()))
    if len(rest) == _PAUSES:
        rest[-1] = _read_pauses(cast("list[list[int | None]]", rest[-1]))
    return make(step, visit, _KINDS[kind], _STATES[state], *rest)


#: So many values follow a task's state if its alarms, or its pauses, are among them.
_ALARMS = 9
_PAUSES = 13
_KINDS: dict[object, EntryKind] = {kind.value: kind for kind in EntryKind}
_STATES: dict[object, TaskState] = {state.value: state for state in TaskState}
