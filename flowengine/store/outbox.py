"""What is to be told outside a case: to its children, its parent, people, machines.

A row is written beside the event that it comes from and stays until it is delivered.
Whoever receives it twice acts once: the key says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from sqlalchemy import Connection, select

from flowengine.kernel.case import Case, CaseId, Parent, Task
from flowengine.kernel.events import (
    AutomationAsked,
    CancelBegun,
    CaseClosed,
    ChildAsked,
    EffectUndone,
    Escalated,
    Event,
    IncidentRaised,
    IncidentResolved,
    Notified,
    OfInstance,
    StepEnded,
    TokenMoved,
)
from flowengine.language.parts import AutomationKind
from flowengine.language.process import StepId
from flowengine.net.net import Net
from flowengine.store.json_text import from_json, to_json
from flowengine.store.link import Link
from flowengine.store.statements import delete_text, insert_text
from flowengine.store.tables import outbox

Row = tuple[object, ...]

#: A case to open, a parent to tell that its child has ended, a child to cancel.
CHILD, CHILD_CLOSED, CANCEL = "child", "child-closed", "cancel"
#: Kinds that a worker tells another case of this database.
TO_CASES = (CHILD, CHILD_CLOSED, CANCEL)
NOTIFY = "notify"
#: Where a row has its key.
_KEY = 4
_SHIP = f"{AutomationKind.SHIP.value}."
#: Kinds whose instance waits for the answer of a machine.
TO_MACHINES = frozenset(
    {
        AutomationKind.HTTP.value,
        AutomationKind.PYTHON.value,
        AutomationKind.SHIP.value,
    }
)

#: Attempts and leases are the workers': a new row has none.
_WORKERS = ("attempts", "due", "lease_until", "leased_by", "fence")
INSERT = insert_text(outbox, "id", *_WORKERS)
DELETE = delete_text(outbox, "key")


class OutboxRow(NamedTuple):
    """Something to tell."""

    id: int
    case_id: bytes
    seq: int
    kind: str
    #: Where the case waits for the answer; "" where it goes on without.
    step: str
    key: str
    body: Mapping[str, object]
    at: int
    #: Why it could not be told so far.
    failed: str | None
    #: How often it was tried, and when to try it next; NEVER where it was given up.
    attempts: int
    due: int
    #: Until when one worker has it for itself, which one, and how often it was taken.
    lease_until: int | None
    leased_by: str | None
    fence: int


@dataclass(slots=True)
class Errands:
    """What one case gives to tell, and what nobody waits for any more."""

    new: list[Row] = field(default_factory=list)
    done: list[Row] = field(default_factory=list)

    def add(self, net: Net, after: Case, seq: int, event: Event) -> None:
        """Take in an event; `after` is the case as its command has left it."""
        kind = type(event)
        if kind is StepEnded:
            self._take_back(net, after, cast("StepEnded", event))
        elif kind is IncidentRaised or kind is IncidentResolved:
            # What a machine could not do, or is not to do now, is asked for anew.
            step = cast("IncidentRaised | IncidentResolved", event).step
            for task in after.tasks.values():
                if task.step == step:
                    self._take_back(net, after, task)
        elif kind in _TELLING:
            self.new.extend(rows_of(net, after, seq, event))

    def _take_back(self, net: Net, case: Case, of: StepEnded | Task) -> None:
        """Nobody waits any more for what a machine was asked for this instance."""
        if kind_of(net, of.step) not in TO_MACHINES:
            return
        key = errand_key(case, of.step, of.visit, of.element)
        self.done.append((key,))
        self.new = [row for row in self.new if row[_KEY] != key]


def rows_of(net: Net, case: Case, seq: int, event: Event) -> list[Row]:
    """The rows that an event gives, in the table's order without the running id."""
    case_id = bytes.fromhex(case.id)
    return [
        (
            case_id,
            seq,
            errand.kind,
            errand.awaited_at,
            errand.key,
            to_json(errand.body),
            event.at,
            None,
        )
        for errand in _errands_of(net, case, seq, event)
    ]


def errand_key(case: Case, step: str, visit: int, element: str | None) -> str:
    """What an instance of a step is called outside, whoever asks for it."""
    return errand_name(case.id, step, visit, element)


def errand_name(case_id: CaseId, step: str, visit: int, element: str | None) -> str:
    """The key of an instance's errand, by the case's id."""
    return f"{case_id}:{step}:{visit}:{element or ''}"


def rows(
    connection: Connection, kind: str | None = None, case_id: bytes | None = None
) -> list[OutboxRow]:
    """Everything that is to be told, the oldest first."""
    query = select(outbox).order_by(outbox.c.id)
    if kind is not None:
        query = query.where(outbox.c.kind == kind)
    if case_id is not None:
        query = query.where(outbox.c.case_id == case_id)
    return [read_row(row) for row in connection.execute(query)]


def drop_key(link: Link, key: str) -> None:
    """Take out what cannot be told any more, in a transaction of commands."""
    link.run(DELETE, (key,))


def read_row(row: object) -> OutboxRow:
    """A row as it was read, its body as a value."""
    values = cast("tuple[object, ...]", row)
    found = OutboxRow._make(values)
    body = cast("dict[str, object]", from_json(str(found.body)))
    return found._replace(body=body)


class _Errand(NamedTuple):
    kind: str
    key: str
    body: dict[str, object]
    awaited_at: str = ""


def _errands_of(net: Net, case: Case, seq: int, event: Event) -> list[_Errand]:
    match event:
        case ChildAsked():
            body = {"process": event.process, "version": event.version}
            data = {"data": event.data}
            return [_Errand(CHILD, event.child, {**_place(event), **body, **data})]
        case CaseClosed() if case.parent is not None:
            body = {"parent": case.parent.case_id, "outcome": event.outcome}
            told = {**_place(case.parent), **body}
            return [_Errand(CHILD_CLOSED, f"{case.id}:closed", told)]
        case CancelBegun(reason=reason):
            children = [task.child for task in case.tasks.values() if task.child]
            return _cancels(children, reason)
        case TokenMoved(children=moved, reason=reason):
            return _cancels(moved, reason)
        case AutomationAsked(text=text):
            kind = kind_of(net, event.step)
            key = errand_key(case, event.step, event.visit, event.element)
            told = {**_place(event), "text": text}
            return [_Errand(kind, key, told, awaited_at=event.step)]
        case EffectUndone(text=text, refused=None) if text.startswith(_SHIP):
            key = errand_key(case, event.step, event.visit, event.element)
            told = {**_place(event), "text": text}
            return [_Errand(AutomationKind.SHIP.value, f"{key}:undo", told)]
        case Notified() | Escalated():
            return [_notice(case, seq, event)]
        case _:
            return []


def _cancels(children: Iterable[CaseId], reason: str) -> list[_Errand]:
    return [
        _Errand(CANCEL, f"{child}:cancel", {"child": child, "reason": reason})
        for child in children
    ]


def _notice(case: Case, seq: int, event: Notified | Escalated) -> _Errand:
    if isinstance(event, Notified):
        told: dict[str, object] = {"who": event.who}
    else:
        told = {"who": event.notify, "share": event.share}
    body = {"number": case.number, **_place(event), **told}
    return _Errand(NOTIFY, f"{case.id}:{seq}", body)


def _place(at: OfInstance | Parent) -> dict[str, object]:
    """Step, visit and element of an instance; no element where it has none."""
    place: dict[str, object] = {"step": at.step, "visit": at.visit}
    return place if at.element is None else {**place, "element": at.element}


def kind_of(net: Net, step: StepId) -> str:
    """What a step's automation speaks to; "" where it has none."""
    found = net.steps.get(step)
    return "" if found is None or found.step.do is None else found.step.do.kind.value


_TELLING = frozenset(
    {
        AutomationAsked,
        CancelBegun,
        CaseClosed,
        ChildAsked,
        EffectUndone,
        Escalated,
        Notified,
        TokenMoved,
    }
)
