"""The hot path: cases read, changed in memory, and written in one transaction.

A batch reads each case once, keeps what its commands change, and writes all of it at
the end with one statement a table. A single command is a batch of one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple, TypeVar, cast

from flowengine.errors import ConcurrentChange, FlowError, StoreError
from flowengine.kernel.case import Case, CaseId
from flowengine.kernel.events import Event
from flowengine.net.net import Net
from flowengine.store import rows
from flowengine.store import statements as sql
from flowengine.store.codec import CaseRecord, read_case, read_event
from flowengine.store.held import NO_HASH, Held
from flowengine.store.journal import Journal
from flowengine.store.link import Link, Query, Row
from flowengine.store.stock import reserved_by_sku
from flowengine.store.writing import write_cases, write_feed, write_rows

Answer = TypeVar("Answer")

#: No case has as many events.
LAST = 2**31 - 1
#: Cases read by one statement: SQLite takes 32,766 parameters, older ones 999.
CHUNK = 500
#: And keys: each of them is a condition of its own.
KEYS_CHUNK = 100


class StoredEvent(NamedTuple):
    """A row of `event`, as it is read."""

    seq: int
    at: int
    kind: str
    by: str
    body: str
    hash: bytes

    def read(self) -> Event:
        """The event that it holds."""
        return read_event(self.kind, self.at, self.by, self.body)


class Unsettled(Exception):  # noqa: N818 - no error of this piece of work: another's
    """What earlier work has left in memory cannot be written."""


class Batch:
    """Commands of one write transaction. Use it as a context: leaving commits.

    Raises:
        ConcurrentChange: A case was changed by somebody else since it was read.
    """

    def __init__(self, link: Link, *, locking: bool = True) -> None:
        self._link = link
        self._locking = locking
        self._journal = Journal(link)
        #: Its end has begun: whether it is stored, only the database knows.
        self.is_ending = False
        self._cases: dict[CaseId, Held] = {}
        self._keys: dict[tuple[CaseId, str], tuple[int, int]] = {}
        self._new_keys: list[Row] = []
        self._numbers: dict[str, tuple[CaseId, str | None]] = {}
        #: What was read before it is asked for: roles by name, answers by case and key.
        self._roles: dict[str, frozenset[str] | None] = {}
        self._answers: dict[tuple[CaseId, str], tuple[int, int] | None] = {}
        self._new_numbers: list[Row] = []
        self._private: list[Row] = []
        #: First and last of the events that were written, by case.
        self._fed: dict[CaseId, tuple[int, int]] = {}
        #: Millionths by article that were reserved (or less) since it was read.
        self.reserved: Counter[str] = Counter()

    def __enter__(self) -> "Batch":
        self.link.begin(locking=self._locking)
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if error is not None:
            self._link.rollback()
            return
        try:
            self._write()
            write_feed(self._link, self._fed)
            self.is_ending = True
            self._link.commit()
        except BaseException:
            self._link.rollback()
            raise

    @property
    def link(self) -> Link:
        """For statements of the same transaction.

        They do not see what is in memory: `settle` first. What they write is undone
        where an attempt is refused.
        """
        self._journal.save()
        return self._link

    def attempt(self, work: Callable[["Batch"], Answer]) -> Answer:
        """Do a piece of work; where it is refused, the batch is as it was before.

        Raises:
            FlowError: It is refused. After any other error, and after StoreError, the
                whole batch must be given up.
        """
        self._journal.begin()
        try:
            answer = work(self)
        except StoreError:
            raise
        except FlowError:
            self._journal.take_back()
            raise
        self._journal.keep()
        return answer

    def settle(self) -> None:
        """Write what earlier work has left in memory, so that statements see it.

        To be called before a piece of work changes anything.

        Raises:
            Unsettled: It cannot be written; the whole batch must be given up.
        """
        changed = self.changed()
        if not changed and not self._new_keys:
            return
        if self._journal.is_changed:
            raise ValueError("Expected to settle before anything is changed.")
        self._journal.forget_saved()
        try:
            self._write()
        except ConcurrentChange as error:
            raise Unsettled(str(error)) from error
        for held in changed:
            held.settle()
        for written in (self._new_keys, self._new_numbers, self._private):
            written.clear()
        self.reserved.clear()

    def changed(self) -> list[Held]:
        """Cases that the commands so far have changed."""
        return [held for held in self._cases.values() if held.events]

    def load(self, case_id: CaseId) -> Held | None:
        """A case as it stands in this batch; None if there is none."""
        held = self._cases.get(case_id)
        if held is not None:
            return held
        found = self._link.rows_kept(sql.SELECT_CASE, (bytes.fromhex(case_id),))
        return self._hold(found[0]) if found else None

    def prefetch(self, number: str, person: str | None, key: str | None) -> None:
        """Read at once what a command of a person for one order will ask for."""
        if number in self._numbers:
            return
        queries: list[Query] = [(sql.SELECT_CASE_OF_NUMBER, (number,))]
        if person is not None:
            queries.append((sql.SELECT_ROLES, (person,)))
        if key is not None:
            queries.append((sql.SELECT_KEY_OF_NUMBER, (number, key)))
        cases, *found = self._link.together(queries)
        if person is not None:
            self._roles[person] = _roles(found.pop(0))
        if not cases:
            return
        opened_by, *row = cases[0]
        case_id = _case_id(row)
        # Where others are to be kept out, `load` reads it once more, and keeps them so.
        if case_id not in self._cases and not self._locking:
            self._hold(row)
        self._numbers[number] = case_id, cast("str | None", opened_by)
        if key is not None:
            self._answers[case_id, key] = _span(found.pop(0))

    def preload(
        self, case_ids: Iterable[CaseId], keys: Iterable[tuple[CaseId, str]] = ()
    ) -> None:
        """Read many cases, and what keys were answered, with few statements."""
        missing = sorted(set(case_ids) - self._cases.keys())
        pairs = sorted(set(keys) - self._keys.keys())
        self._answers.update(dict.fromkeys(pairs))
        cases, spans = _case_queries(missing), _key_queries(pairs)
        if self._locking:
            found = [self._link.rows_kept(*query) for query in cases]
            found += self._link.together(spans)
        else:
            # Keys after cases: what is answered in between is found, or a conflict.
            found = self._link.together([*cases, *spans])
        for row in chain.from_iterable(found[: len(cases)]):
            self._hold(row)
        for row in chain.from_iterable(found[len(cases) :]):
            _, key, first, last = cast("tuple[bytes, str, int, int]", row)
            self._answers[_case_id(row), key] = (first, last)

    def _hold(self, row: Sequence[object]) -> Held:
        record = CaseRecord._make(row)
        case = read_case(record)
        held = Held(case.id, case, record.hash, case)
        self._cases[case.id] = held
        return held

    def roles_of(self, name: str) -> frozenset[str] | None:
        """Roles of a person; None for somebody unknown."""
        if name not in self._roles:
            self._roles[name] = _roles(self._link.rows(sql.SELECT_ROLES, (name,)))
        return self._roles[name]

    def matching(self, message: str, value: str) -> list[CaseId]:
        """Open cases that a message with this value is for."""
        self.settle()
        found = self._link.rows(sql.SELECT_MATCHES, (message, value))
        return [_case_id(row) for row in found]

    def number(self, number: str) -> tuple[CaseId, str | None] | None:
        """The case of a number, and the key that it was opened with."""
        if number in self._numbers:
            return self._numbers[number]
        found = self._link.rows(sql.SELECT_NUMBER, (number,))
        if not found:
            return None
        key = found[0][1]
        return _case_id(found[0]), None if key is None else str(key)

    def answer(self, case_id: CaseId, key: str) -> tuple[Event, ...] | None:
        """The answer that an idempotency key was given; None for a new key."""
        span = self._keys.get((case_id, key))
        if span is not None:
            held = self._cases[case_id]
            start = held.before.version if held.before is not None else 0
            if span[0] > start:
                return tuple(held.events[span[0] - start - 1 : span[1] - start])
        elif (case_id, key) in self._answers:
            span = self._answers[case_id, key]
        else:
            values = (bytes.fromhex(case_id), key)
            span = _span(self._link.rows(sql.SELECT_KEY, values))
        if span is None:
            return None
        return tuple(event for _, event in self.events(case_id, *span))

    def events(
        self, case_id: CaseId, first: int = 1, last: int = LAST
    ) -> list[tuple[int, Event]]:
        """Stored events of a case with their positions."""
        found = self._link.rows(
            sql.SELECT_EVENTS, (bytes.fromhex(case_id), first, last)
        )
        stored = map(StoredEvent._make, found)
        return [(row.seq, row.read()) for row in stored]

    def open(
        self, case: Case, net: Net, events: Sequence[Event], key: str | None
    ) -> Held:
        """Add a new case."""
        held = Held(case.id, None, NO_HASH, None)
        self._count_reserved(net, None, case)
        held.add(net, events, case)
        self._cases[case.id] = held
        self._numbers[case.number] = (case.id, key)
        self._new_numbers.append((case.number, rows.key_of(case), key))
        self._journal.note(partial(self._unopen, case))
        if key is not None:
            self._remember(held, key, (1, case.version))
        return held

    def append(
        self,
        held: Held,
        net: Net,
        events: tuple[Event, ...],
        after: Case,
        key: str | None,
    ) -> None:
        """Add what a command did to a case."""
        if held.after is None:
            raise ValueError(f"Case {held.case_id} has not been opened.")
        if key is not None:
            self._remember(held, key, (held.after.version + 1, after.version))
        self._count_reserved(net, held.after, after)
        if self._journal.is_open:
            self._journal.note(held.undo())
        held.add(net, events, after)

    def keep_private(
        self, case_id: CaseId, values: Iterable[tuple[str, bytes, str]]
    ) -> None:
        """Keep personal values (path, salt, value); the ones before are forgotten."""
        key = bytes.fromhex(case_id)
        kept = len(self._private)
        self._private.extend((key, *value) for value in values)
        self._journal.note(lambda: self._private.__delitem__(slice(kept, None)))

    def _count_reserved(self, net: Net, before: Case | None, after: Case) -> None:
        if before is not None and before.reserved is after.reserved:
            return
        self._journal.note(partial(setattr, self, "reserved", self.reserved.copy()))
        for sku, quantity in reserved_by_sku(net, after).items():
            self.reserved[sku] += quantity
        if before is not None:
            self.reserved.subtract(reserved_by_sku(net, before))

    def _remember(self, held: Held, key: str, span: tuple[int, int]) -> None:
        self._keys[held.case_id, key] = span
        self._new_keys.append((bytes.fromhex(held.case_id), key, *span))
        self._journal.note(partial(self._forget, held.case_id, key))

    def _unopen(self, case: Case) -> None:
        del self._cases[case.id], self._numbers[case.number]
        self._new_numbers.pop()

    def _forget(self, case_id: CaseId, key: str) -> None:
        del self._keys[case_id, key]
        self._new_keys.pop()

    def _write(self) -> None:
        changed = self.changed()
        write_rows(self._link, sql.INSERT_NUMBER, self._new_numbers)
        write_rows(self._link, sql.INSERT_KEY, self._new_keys)
        write_cases(self._link, changed)
        write_rows(self._link, sql.INSERT_PRIVATE, self._private)
        for held in changed:
            first, last = held.span()
            self._fed[held.case_id] = (self._fed.get(held.case_id, (first,))[0], last)


def _case_queries(case_ids: Sequence[CaseId]) -> list[Query]:
    """Queries that read cases."""
    chunks = [
        tuple(map(bytes.fromhex, case_ids[start : start + CHUNK]))
        for start in range(0, len(case_ids), CHUNK)
    ]
    return [(sql.select_cases(len(keys)), keys) for keys in chunks]


def _key_queries(pairs: Sequence[tuple[CaseId, str]]) -> list[Query]:
    """Queries that read what keys were answered."""
    chunks = [
        pairs[start : start + KEYS_CHUNK] for start in range(0, len(pairs), KEYS_CHUNK)
    ]
    return [
        (
            sql.select_keys(len(chunk)),
            tuple(part for case, key in chunk for part in (bytes.fromhex(case), key)),
        )
        for chunk in chunks
    ]


def _span(rows: list[Row]) -> tuple[int, int] | None:
    return cast("tuple[int, int]", rows[0]) if rows else None


def _roles(rows: list[Row]) -> frozenset[str] | None:
    """The roles of somebody by their rows; one row without a role where none is."""
    if not rows:
        return None
    return frozenset(cast("str", role) for _, role in rows if role is not None)


def _case_id(row: Sequence[object]) -> CaseId:
    """The case of a row that begins with its key."""
    return CaseId(cast("bytes", row[0]).hex())
