"""What is written is what is read: every event, every case."""

from dataclasses import fields, replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.eventlog import EntryKind
from flowengine.kernel import Arrival, Case, CaseId, CaseState, Task, TaskState
from flowengine.kernel.case import (
    Cancellation,
    Effect,
    KeptMessage,
    Parent,
    StockItem,
)
from flowengine.kernel.events import DataChanged, Event, Notified, StepEnded
from flowengine.language.parts import StockVerb
from flowengine.quantities import Instant
from flowengine.store import rows, tables
from flowengine.store.codec import (
    CaseRecord,
    chain,
    event_body,
    mask_json,
    read_case,
    read_event,
    read_mask,
)
from flowengine.store.json_text import from_json, to_json

INSTANTS = st.integers(0, 2**53)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
MASKS = st.integers(0, 2**80)
PAUSES = st.lists(st.tuples(INSTANTS, st.none() | INSTANTS), max_size=2).map(tuple)
VALUES = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner),
    max_leaves=6,
)
DATA = st.dictionaries(TEXTS, VALUES, max_size=3)
COUNTS = st.dictionaries(TEXTS, st.integers(1, 9), max_size=3)

ITEMS = st.lists(
    st.builds(StockItem, line=TEXTS, sku=TEXTS, quantity=st.integers(0, 99)), max_size=2
).map(tuple)
PARENTS = st.builds(
    Parent,
    case_id=st.just(CaseId("0c" * 16)),
    step=TEXTS,
    visit=st.integers(1, 9),
    element=st.none() | TEXTS,
)

#: How each field of an event is drawn, by its name.
DRAWN: dict[str, st.SearchStrategy[object]] = {
    "case_id": st.just("0a" * 16),
    "kind": st.sampled_from(EntryKind),
    "visit": st.integers(1, 9),
    "priority": st.integers(-9, 9),
    "counted": st.booleans(),
    **dict.fromkeys(("marking", "consumed", "produced"), MASKS),
    **dict.fromkeys(("at", "enabled", "started"), INSTANTS),
    **dict.fromkeys(("due", "timer", "claimed", "promised"), st.none() | INSTANTS),
    **dict.fromkeys(("pred", "last"), st.none() | st.integers(1, 99)),
    **dict.fromkeys(("who", "role", "department", "way", "message"), st.none() | TEXTS),
    **dict.fromkeys(("data", "answers", "body"), DATA),
    "measures": st.dictionaries(TEXTS, TEXTS, max_size=3),
    "given": COUNTS,
    "items": ITEMS,
    "verb": st.sampled_from(StockVerb),
    "parent": st.none() | PARENTS,
    "child": st.just(CaseId("0d" * 16)),
    "bits": st.dictionaries(st.integers(0, 80), st.integers(0, 80), max_size=3),
    "steps": st.dictionaries(TEXTS, TEXTS, max_size=3),
    **dict.fromkeys(
        ("remembered", "reversible", "gated", "partly", "undo"), st.booleans()
    ),
    **dict.fromkeys(("version", "share", "turn"), st.integers(0, 99)),
    "alarms": st.lists(INSTANTS, max_size=3).map(tuple),
    **dict.fromkeys(
        ("cleared", "fields", "untimed"), st.lists(TEXTS, max_size=3).map(tuple)
    ),
    **dict.fromkeys(
        ("element", "batch", "group", "refused", "source", "target"), st.none() | TEXTS
    ),
    "cost": st.none() | st.integers(0, 99),
    **dict.fromkeys(("again", "reset"), st.booleans()),
    "pauses": PAUSES,
    "children": st.lists(TEXTS, max_size=2).map(tuple),
    "values": DATA,
}
#: Fields whose meaning differs from event to event.
DRAWN_OF: dict[tuple[type[Event], str], st.SearchStrategy[object]] = {
    (StepEnded, "priority"): st.none() | st.integers(-9, 9),
    (Notified, "who"): TEXTS,
    (DataChanged, "priority"): st.none() | st.integers(-9, 9),
}


def events_of(kind: type[Event]) -> st.SearchStrategy[Event]:
    return st.builds(
        kind,
        **{
            field.name: DRAWN_OF.get((kind, field.name), DRAWN.get(field.name, TEXTS))
            for field in fields(kind)
        },
    )


EVENTS = st.one_of([events_of(kind) for kind in get_args(Event)])
TASKS = st.builds(
    Task,
    step=TEXTS,
    visit=st.integers(1, 9),
    kind=st.sampled_from(EntryKind),
    state=st.sampled_from(TaskState),
    enabled=INSTANTS,
    pred=st.none() | st.integers(1, 99),
    due=st.none() | INSTANTS,
    timer=st.none() | INSTANTS,
    owner=st.none() | TEXTS,
    claimed=st.none() | INSTANTS,
    started=st.none() | INSTANTS,
    element=st.none() | st.integers(1, 99).map(str),
    alarms=st.lists(INSTANTS, max_size=2).map(tuple),
    batch=st.none() | TEXTS,
    group=st.none() | TEXTS,
    child=st.none() | st.just(CaseId("0d" * 16)),
    pauses=PAUSES,
)
CASES = st.builds(
    Case,
    id=st.just(CaseId("0b" * 16)),
    number=TEXTS,
    process=TEXTS,
    state=st.sampled_from(CaseState),
    marking=MASKS,
    version=st.integers(1, 99),
    opened=INSTANTS,
    at=INSTANTS,
    data=DATA,
    priority=st.integers(-9, 9),
    promised=st.none() | INSTANTS,
    measures=st.dictionaries(TEXTS, TEXTS, max_size=3),
    tasks=st.lists(TASKS, max_size=3, unique_by=lambda task: task.id).map(
        lambda tasks: {task.id: task for task in tasks}
    ),
    arrivals=st.dictionaries(
        st.integers(0, 80),
        st.builds(Arrival, seq=st.none() | st.integers(1, 99), at=INSTANTS),
        max_size=3,
    ),
    visits=COUNTS,
    uses=COUNTS,
    kept=st.lists(
        st.builds(KeptMessage, name=TEXTS, key=TEXTS, at=INSTANTS, body=DATA),
        max_size=2,
    ).map(tuple),
    cancelling=st.booleans(),
    past_cancel=st.booleans(),
    closed=st.none() | INSTANTS,
    outcome=st.none() | TEXTS,
    incidents=st.dictionaries(TEXTS, TEXTS, max_size=2),
    doers=st.dictionaries(TEXTS, TEXTS, max_size=2),
    effects=st.lists(
        st.builds(
            Effect,
            step=TEXTS,
            visit=st.integers(1, 9),
            element=st.none() | TEXTS,
            items=ITEMS,
        ),
        max_size=2,
    ).map(tuple),
    reserved=COUNTS,
    gates=st.lists(TEXTS, max_size=2).map(tuple),
    parent=st.none() | PARENTS,
    cancellation=st.none()
    | st.builds(Cancellation, reason=TEXTS, pred=st.none() | st.integers(1, 99)),
)


@given(EVENTS)
def test_an_event_is_read_as_it_was_written(event: Event) -> None:
    body = event_body(event)

    read = read_event(type(event).__name__, event.at, event.by, body)

    assert read == event
    assert type(read) is type(event)
    assert event_body(read) == body


@given(CASES, st.none() | INSTANTS)
def test_a_case_is_read_as_it_was_written(case: Case, held: int | None) -> None:
    if held is not None:
        case = replace(case, held_since=Instant(held), hold_reason="address")
    values = dict(
        zip(
            (column.name for column in tables.case_row.columns),
            rows.case_values(case, b"h" * 32),
            strict=True,
        )
    )

    record = CaseRecord._make(values[name] for name in CaseRecord._fields)

    assert read_case(record) == case


@given(MASKS)
def test_a_mask_of_any_width_survives_json(mask: int) -> None:
    written = from_json(to_json(mask_json(mask)))

    assert isinstance(written, int | str)
    assert read_mask(written) == mask


@pytest.mark.parametrize("changed", range(6))
def test_the_hash_of_an_event_depends_on_each_of_its_parts(changed: int) -> None:
    before: list[object] = [b"h" * 32, 2, 100, "NoteAdded", "anna", '{"text": "a"}']
    other: list[object] = [b"i" * 32, 3, 101, "CaseHeld", "berta", '{"text": "b"}']
    after = [*before]
    after[changed] = other[changed]

    assert _hash(before) != _hash(after)
    assert _hash(before) == _hash([*before])


def test_every_kind_of_event_is_drawn_with_all_its_fields() -> None:
    named = {field.name for kind in get_args(Event) for field in fields(kind)}

    assert named - DRAWN.keys() == {"by", "number", "process", "step", "outcome"} | {
        "name",
        "key",
        "reason",
        "text",
        "notify",
        "to",
        "from_step",
        "to_step",
    }


def _hash(parts: list[object]) -> bytes:
    before, seq, at, kind, by, body = parts
    assert isinstance(before, bytes)
    assert isinstance(seq, int)
    assert isinstance(at, int)
    return chain(before, seq, at, str(kind), str(by), str(body))
