"""What must hold after every commit, seen from outside by a reader of its own.

The watcher follows each order's events and keeps what they must add up to: who owns a
task, what has ended, where the tokens lie. It never asks the engine.
"""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from flowengine.engine import Receipt
from flowengine.kernel.case import Case, CaseState
from flowengine.kernel.events import (
    CaseOpened,
    Event,
    StepEnded,
    TaskClaimed,
    TaskPaused,
    TaskReassigned,
    TaskReleased,
    TaskResumed,
    TaskStarted,
    TokenMoved,
)
from flowengine.kernel.evolve import evolve
from flowengine.net.net import Net
from flowengine.store import statements as sql
from flowengine.store.codec import CaseRecord, read_case, read_event
from flowengine.store.gates import places_of

#: Step, visit and element of one instance.
Instance = tuple[str, int, str | None]
OfTask = (
    TaskClaimed
    | TaskPaused
    | TaskReassigned
    | TaskReleased
    | TaskResumed
    | TaskStarted
    | StepEnded
)
#: The first and last event of an answer.
Span = tuple[int, int]


class Broken(AssertionError):  # noqa: N818 - what was found, as a test says it
    """Something that must always hold does not."""


@dataclass(slots=True)
class Followed:
    """One order as its events tell it."""

    case: Case
    events: list[Event] = field(default_factory=list)
    owners: dict[Instance, str | None] = field(default_factory=dict)
    ended: set[Instance] = field(default_factory=set)
    keys: dict[str, Span] = field(default_factory=dict)

    @property
    def number(self) -> str:
        return self.case.number


class Watch:
    """Follows a database, and raises `Broken` where a rule does not hold."""

    def __init__(self, path: Path, nets: Mapping[str, Net], level: int) -> None:
        self._connection = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False
        )
        self._nets = nets
        self._level = level
        self.orders: dict[bytes, Followed] = {}
        #: Who had which errand, when last looked at.
        self._leases: dict[str, str | None] = {}
        #: How far the feed was read: its last row, and the last event of each order.
        self._fed = 0
        self._heard: dict[bytes, int] = {}
        #: What an idempotency key was answered with, first.
        self._answers: dict[tuple[str, str], Receipt] = {}

    def close(self) -> None:
        self._connection.close()

    def look(self) -> None:
        """Take in what was committed since the last look. Raises Broken."""
        moved = [
            self._follow(key, version)
            for key, version in self._rows("SELECT case_id, version FROM case_row")
            if self._version(key) != version
        ]
        self._check_feed()
        self._leases = dict(self._rows("SELECT key, leased_by FROM outbox"))
        if moved:
            self._check_gates()
            self._check_stock()

    def acknowledge(self, receipt: Receipt, key: str | None) -> None:
        """Somebody was told that their command is done. Raises Broken."""
        case_id = bytes.fromhex(receipt.case_id)
        if self._version(case_id) < receipt.version:
            self.look()
        order = self.orders.get(case_id)
        if order is None:
            raise Broken(f"order {receipt.number} was acknowledged and is not there")
        self._check_acknowledged(order, receipt)
        if key is None:
            return
        first = self._answers.setdefault((receipt.case_id, key), receipt)
        if first.events != receipt.events:
            raise Broken(f"order {order.number}: key {key} was answered in two ways")
        self._read_keys(order)
        if key not in order.keys:
            raise Broken(f"order {order.number}: key {key} was answered and forgotten")

    def refuse(self, number: str, key: str) -> None:
        """Somebody was told no, for this key: then it was not done. Raises Broken."""
        for order in self.orders.values():
            if order.number == number and key in order.keys:
                raise Broken(f"order {number}: key {key} is done, and was refused")

    def finish(self) -> None:
        """Everything once more, from the first row on. Raises Broken."""
        self.look()
        for case_id, order in self.orders.items():
            if self._events(case_id, 0) != order.events:
                raise Broken(f"order {order.number}: its history was rewritten")
            self._read_keys(order)
        for (_, key), receipt in self._answers.items():
            order = self.orders[bytes.fromhex(receipt.case_id)]
            self._check_acknowledged(order, receipt)
            if key not in order.keys:
                raise Broken(f"order {order.number}: key {key} was forgotten")

    def state(self) -> bytes:
        """The same for the same rows in all tables."""
        names = self._rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        stored = [(name, self._rows(f"SELECT * FROM {name}")) for (name,) in names]  # noqa: S608 - our own tables
        return sha256(repr(stored).encode()).digest()

    # One order

    def _follow(self, key: bytes, version: int) -> Followed:
        order = self.orders.get(key)
        for event in self._events(key, 0 if order is None else len(order.events)):
            if order is None:
                order = Followed(evolve(None, event))
            else:
                _check_event(order, event)
                self._check_lease(order, event)
                order.case = evolve(order.case, event)
            _take(order, event)
        if order is None:
            raise Broken(f"case {key.hex()} has a row and no events")
        self.orders[key] = order
        if len(order.events) != version:
            raise Broken(
                f"order {order.number} is at version {version}, "
                f"with {len(order.events)} events"
            )
        self._check_row(key, order)
        self._read_keys(order)
        return order

    def _check_lease(self, order: Followed, event: Event) -> None:
        """What a machine was asked is answered by whoever has the lease."""
        if not isinstance(event, StepEnded) or event.way is None:
            return
        place = f"{order.case.id}:{event.step}:{event.visit}:{event.element or ''}"
        holder = self._leases.get(place)
        if holder not in (None, event.by):
            what = _name(order, event)
            raise Broken(f"{event.by} has answered {what}, which {holder} has taken")

    def _check_row(self, key: bytes, order: Followed) -> None:
        row = self._rows(sql.SELECT_CASE, key)[0]
        if read_case(CaseRecord._make(row)) != order.case:
            raise Broken(f"order {order.number}: its row is not what its events say")
        marked = {bit for bit in range(64) if order.case.marking >> bit & 1}
        if marked != order.case.arrivals.keys():
            raise Broken(f"order {order.number}: a token without its arrival")

    def _read_keys(self, order: Followed) -> None:
        """A key keeps its answer, and no event is the answer of two keys."""
        key = bytes.fromhex(order.case.id)
        stored = {
            name: (first, last)
            for name, first, last in self._rows(
                "SELECT key, first, last FROM idempotency WHERE case_id = ?", key
            )
        }
        if any(stored.get(name) != span for name, span in order.keys.items()):
            raise Broken(f"order {order.number}: a key has lost its answer")
        spans = sorted(span for span in stored.values() if span[0] <= span[1])
        for (_, last), (first, _) in pairwise(spans):
            if first <= last:
                raise Broken(f"order {order.number}: two keys have one answer")
        order.keys = stored

    def _check_acknowledged(self, order: Followed, receipt: Receipt) -> None:
        events = tuple(order.events)
        found = len(receipt.events) == 0 or any(
            events[start : start + len(receipt.events)] == receipt.events
            for start in range(len(events))
            if events[start] == receipt.events[0]
        )
        if not found:
            raise Broken(f"order {order.number}: an acknowledged command is lost")

    # All orders together

    def _check_feed(self) -> None:
        """Those who follow the feed have heard of every event, each once."""
        for row, key, first, last in self._rows(
            "SELECT id, case_id, first, last FROM feed WHERE id > ? ORDER BY id",
            self._fed,
        ):
            self._fed = row
            heard = self._heard.get(key, 0)
            if first != heard + 1:
                raise Broken(f"case {key.hex()}: told from {first} on, after {heard}")
            self._heard[key] = last
        for key, order in self.orders.items():
            if self._heard.get(key) != len(order.events):
                raise Broken(f"order {order.number}: the feed does not know the last")

    def _check_gates(self) -> None:
        held: Counter[tuple[str, str]] = Counter()
        for order in self.orders.values():
            process = self._nets[order.case.process].process
            for step in places_of(order.case):
                held[process.name, step] += 1
                gate = process.steps[step].gate
                if gate is None or held[process.name, step] > gate.limit:
                    raise Broken(f"more orders are behind {step} than its limit")

    def _check_stock(self) -> None:
        taken = sum(
            sum(order.case.reserved.values())
            for order in self.orders.values()
            if order.case.state is not CaseState.CLOSED
        )
        if taken > self._level:
            raise Broken(f"{taken} pieces are reserved of {self._level}")

    # Reading

    def _version(self, key: bytes) -> int:
        order = self.orders.get(key)
        return -1 if order is None else len(order.events)

    def _events(self, key: bytes, after: int) -> list[Event]:
        rows = self._rows(
            "SELECT seq, at, kind, by, body FROM event "
            "WHERE case_id = ? AND seq > ? ORDER BY seq",
            key,
            after,
        )
        if [row[0] for row in rows] != list(range(after + 1, after + 1 + len(rows))):
            raise Broken(f"case {key.hex()}: a hole in its history")
        return [read_event(kind, at, by, body) for _, at, kind, by, body in rows]

    def _rows(self, text: str, *values: object) -> list[Any]:
        return self._connection.execute(text, values).fetchall()


def _check_event(order: Followed, event: Event) -> None:
    """Whether this may follow on what was."""
    match event:
        case CaseOpened():
            raise Broken(f"order {order.number} was opened twice")
        case TaskClaimed() | TaskStarted() | TaskResumed() | TaskReleased():
            owner = order.owners.get(_instance(event))
            allowed = (None,) if isinstance(event, TaskClaimed) else (None, event.by)
            if owner not in allowed:
                raise Broken(f"{event.by} has {_name(order, event)} of {owner}")
        case TaskPaused() if order.owners.get(_instance(event)) is None:
            raise Broken(f"{_name(order, event)} was put aside, and was nobody's")
        case StepEnded():
            _check_ended(order, event)
        case TokenMoved(consumed=consumed, produced=produced):
            _check_tokens(order, consumed, produced, f"a move to {event.to_step}")
        case _:
            pass


def _check_ended(order: Followed, event: StepEnded) -> None:
    instance = _instance(event)
    if instance in order.ended:
        raise Broken(f"{_name(order, event)} was done twice")
    owner = order.owners.get(instance)
    if event.way is not None and owner is not None and event.who not in (owner, None):
        raise Broken(f"{event.who} has ended {_name(order, event)} of {owner}")
    _check_tokens(order, event.consumed, event.produced, _name(order, event))


def _check_tokens(order: Followed, consumed: int, produced: int, what: str) -> None:
    marking = order.case.marking
    if consumed & ~marking:
        raise Broken(f"order {order.number}: {what} took a token that was not there")
    if produced & marking & ~consumed:
        raise Broken(f"order {order.number}: {what} put a second token into a place")


def _take(order: Followed, event: Event) -> None:
    """Remember what an event says."""
    order.events.append(event)
    match event:
        case TaskClaimed(by=by) | TaskStarted(by=by):
            order.owners[_instance(event)] = by
        case TaskReassigned(to=to):
            order.owners[_instance(event)] = to
        case TaskReleased():
            order.owners[_instance(event)] = None
        case StepEnded():
            order.ended.add(_instance(event))
        case _:
            pass


def _instance(event: OfTask) -> Instance:
    return event.step, event.visit, event.element


def _name(order: Followed, event: OfTask) -> str:
    return f"{order.number}/{event.step}/{event.visit}"
