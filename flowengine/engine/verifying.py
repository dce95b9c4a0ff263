"""Whether histories are the ones that were recorded: their chains of hashes, and seals.

Each event's hash covers the event and the hash of the one before it, and the order's
row holds the last one. So an event that was changed, taken out, put in or moved breaks
the chain, and a history that was cut off ends where its order does not.

Whoever may write to the database can compute all these hashes anew. Against that helps
a seal that is kept elsewhere: one digest over all histories as far as they had come.
Later it is computed again over the same part of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Connection

from flowengine.errors import InvalidInput
from flowengine.store import proof, sealing
from flowengine.store.codec import CaseRecord, chain
from flowengine.store.held import NO_HASH
from flowengine.store.proof import Beside, Progress, StoredEvent
from flowengine.store.sealing import Cut

_SEAL = re.compile(
    r"flowengine-seal 1 (\d{1,19})\.(\d{1,20}) orders=(\d+) events=(\d+) "
    r"sha256=([0-9a-f]{64})"
)


class Chain(NamedTuple):
    """How far a history holds together."""

    #: Events up to which every hash is right.
    whole: int
    #: The hash of the last of those.
    hash: bytes
    #: What is wrong with the next one; None where there is none.
    broken: str | None


class Broken(NamedTuple):
    """A history that is not the one that was recorded."""

    #: The order's number; the case's id where no order is there.
    order: str
    #: The first event that cannot be trusted.
    seq: int
    text: str


@dataclass(frozen=True, slots=True)
class Seal:
    """One digest over all histories up to a moment."""

    cut: Cut
    orders: int
    events: int
    digest: str

    def text(self) -> str:
        """One line, to be kept where nobody can change it."""
        return (
            f"flowengine-seal 1 {self.cut.row}.{self.cut.transaction} "
            f"orders={self.orders} events={self.events} sha256={self.digest}"
        )


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found."""

    orders: int
    events: int
    broken: tuple[Broken, ...]
    #: Over all histories, up to the moment that was asked for; None for one alone.
    seal: Seal | None = None


def read_seal(text: str) -> Seal:
    """A seal from its line. Raises InvalidInput."""
    found = _SEAL.search(text)
    if found is None:
        raise InvalidInput(
            "Expected a line that begins with `flowengine-seal 1`, but got "
            f"{' '.join(text.split())[:40]!r}: give what `order verify --all --seal` "
            "printed."
        )
    row, transaction, orders, events = map(int, found.groups()[:4])
    return Seal(Cut(row, transaction), orders, events, found[5])


def followed(history: Sequence[StoredEvent]) -> Chain:
    """Recompute the hashes of a history up to the first that is not right."""
    last = NO_HASH
    for number, event in enumerate(history, 1):
        if event.seq != number:
            return Chain(number - 1, last, f"event {number} is missing")
        found = chain(last, event.seq, event.at, event.kind, event.by, event.body)
        if found != event.hash:
            return Chain(number - 1, last, f"event {number} is not as it was recorded")
        last = found
    return Chain(len(history), last, None)


def wrong_end(chained: Chain, record: CaseRecord) -> str | None:
    """What is wrong with the end of a whole chain, by its order; None if nothing."""
    if record.hash == chained.hash:
        return None
    if record.version > chained.whole:
        return f"it ends with event {chained.whole}, its order with {record.version}"
    return "its last event is not the one that its order ends with"


def verify_one(connection: Connection, case_id: bytes, record: CaseRecord) -> Verified:
    """Verify the history of one order."""
    history = proof.history(connection, case_id)
    broken = _broken(case_id, followed(history), record)
    found = () if broken is None else (broken,)
    return Verified(1, len(history), found)


def verify_all(
    connection: Connection, cut: Cut | None = None, progress: Progress | None = None
) -> Verified:
    """Verify all histories, and seal them as they were at a cut; else as they are."""
    walk = _Walk(connection, cut or sealing.cut_now(connection))
    total = proof.cases_counted(connection)
    for case_id, history in proof.histories(connection):
        walk.take(case_id, history)
        if progress is not None:
            progress(min(walk.orders, total), total)
    return walk.done()


class _Walk:
    """All histories, in the order of their cases."""

    def __init__(self, connection: Connection, cut: Cut) -> None:
        self._rows = Beside(connection, "case_row")
        self._lengths = sealing.lengths(connection, cut)
        self._next = next(self._lengths, None)
        self._cut = cut
        self._digest = sha256()
        self._sealed_orders = 0
        self._sealed_events = 0
        self._broken: list[Broken] = []
        self.orders = 0
        self._events = 0

    def take(self, case_id: bytes, history: Sequence[StoredEvent]) -> None:
        """Verify the next history, and seal what of it lies before the cut."""
        self._broken += _without_history(self._rows, case_id)
        rows = self._rows.taken(case_id)
        chained = followed(history)
        record = CaseRecord._make(rows[0]) if rows else None
        broken = _broken(case_id, chained, record)
        if broken is not None:
            self._broken.append(broken)
        self.orders += 1
        self._events += len(history)
        self._seal(case_id, history)

    def done(self) -> Verified:
        """What was found in all."""
        self._broken += _without_history(self._rows, None)
        while self._next is not None:
            self._seal(self._next[0], ())
        digest = self._digest.hexdigest()
        seal = Seal(self._cut, self._sealed_orders, self._sealed_events, digest)
        return Verified(self.orders, self._events, tuple(self._broken), seal)

    def _seal(self, case_id: bytes, history: Sequence[StoredEvent]) -> None:
        while self._next is not None and self._next[0] <= case_id:
            sealed, length = self._next
            known = history[:length] if sealed == case_id else ()
            last = known[-1].hash if len(known) == length else b"gone"
            self._digest.update(sealed + length.to_bytes(8, "big") + last)
            self._sealed_orders += 1
            self._sealed_events += length
            self._next = next(self._lengths, None)


def _without_history(rows: Beside, case_id: bytes | None) -> Iterator[Broken]:
    for _, found in rows.passed(case_id):
        record = CaseRecord._make(found[0])
        yield Broken(record.number, 1, "its history is gone")


def _broken(case_id: bytes, chained: Chain, record: CaseRecord | None) -> Broken | None:
    if record is None:
        return Broken(case_id.hex(), 1, "there is a history, but no order of it")
    wrong = chained.broken or wrong_end(chained, record)
    if wrong is None:
        return None
    return Broken(record.number, chained.whole + 1, wrong)
