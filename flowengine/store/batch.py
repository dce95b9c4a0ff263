"""The hot path: cases read, changed in memory, and written in one transaction.

A batch reads each case once, keeps what its commands change, and writes all of it at
the end with one statement a table. A single command is a batch of one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from flowengine.errors import ConcurrentChange
from flowengine.kernel.case import Case, CaseId, CaseState, Task
from flowengine.kernel.events import CaseClosed, Event, StepEnded
from flowengine.net.net import Net
from flowengine.store import gates, outbox, rows
from flowengine.store import statements as sql
from flowengine.store.codec import (
    CaseRecord,
    chain,
    event_body,
    read_case,
    read_event,
)
from flowengine.store.derived import DERIVED, Derived
from flowengine.store.link import UNKNOWN, Link
from flowengine.store.outbox import Errands
from flowengine.store.rows import Row
from flowengine.store.stock import reserved_by_sku

#: Open instances of a case before and after, those left out that stayed the same.
MovedTasks = tuple[Iterable[Task], Iterable[Task]]

NO_HASH = b""
#: No case has as many events.
LAST = 2**31 - 1
#: Cases read by one statement: SQLite takes 32,766 parameters, older ones 999.
CHUNK = 500


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


@dataclass(slots=True)
class Held:
    """A case in a batch: as it was read, and as the commands have left it."""

    case_id: CaseId
    #: None for a case that is opened in this batch.
    before: Case | None
    hash: bytes
    after: Case | None
    net: Net | None = None
    #: The net that it was read with: another one only where it is migrated.
    net_before: Net | None = None
    events: list[Event] = field(default_factory=list)
    #: Rows of finished steps, and what others are to be told or no longer.
    facts: list[Row] = field(default_factory=list)
    errands: Errands = field(default_factory=Errands)

    def add(self, net: Net, events: Sequence[Event], after: Case) -> None:
        """Take in what a command did."""
        if self.net_before is None:
            self.net_before = self.net or net
        self.net = net
        self.after = after
        key = bytes.fromhex(self.case_id)
        first = after.version - len(events) + 1
        for seq, event in enumerate(events, first):
            if isinstance(event, StepEnded):
                self.facts.append(rows.fact_values(net, key, seq, event))
            self.errands.add(net, after, seq, event)
        self.events.extend(events)

    def moved_tasks(self) -> MovedTasks:
        """Open instances before and after, without those that stayed as they were."""
        before, after = self.before, self.after
        if before is None or after is None:
            return (), () if after is None else after.tasks.values()
        old, new = before.tasks, after.tasks
        if (
            before.state is not after.state
            or before.priority != after.priority
            or before.process != after.process
            # Whose turn it is may hang on any field.
            or (before.data is not after.data and self._waits_at_gate(new.values()))
        ):
            return old.values(), new.values()
        if old is new:
            return (), ()
        return (
            [task for name, task in old.items() if new.get(name) is not task],
            [task for name, task in new.items() if old.get(name) is not task],
        )

    def _waits_at_gate(self, tasks: Iterable[Task]) -> bool:
        net = self.net
        return net is not None and any(gates.is_at_gate(net, task) for task in tasks)


class Batch:
    """Commands of one write transaction. Use it as a context: leaving commits.

    Raises:
        ConcurrentChange: A case was changed by somebody else since it was read.
    """

    def __init__(self, link: Link, *, locking: bool = True) -> None:
        #: For statements of the same transaction.
        self.link = link
        self._locking = locking
        self._cases: dict[CaseId, Held] = {}
        self._keys: dict[tuple[CaseId, str], tuple[int, int]] = {}
        self._new_keys: list[Row] = []
        self._numbers: dict[str, tuple[CaseId, str | None]] = {}
        self._new_numbers: list[Row] = []
        self._private: list[Row] = []
        #: Millionths by article that were reserved (or less) since it was read.
        self.reserved: Counter[str] = Counter()

    def __enter__(self) -> "Batch":
        self.link.begin(locking=self._locking)
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if error is None:
            try:
                self._write()
                self.link.commit()
            except BaseException:
                self.link.rollback()
                raise
        else:
            self.link.rollback()

    def changed(self) -> list[Held]:
        """Cases that the commands so far have changed."""
        return [held for held in self._cases.values() if held.events]

    def load(self, case_id: CaseId) -> Held | None:
        """A case as it stands in this batch; None if there is none."""
        held = self._cases.get(case_id)
        if held is not None:
            return held
        found = self.link.rows(sql.SELECT_CASE, (bytes.fromhex(case_id),))
        return self._hold(found[0]) if found else None

    def preload(self, case_ids: Iterable[CaseId]) -> None:
        """Read many cases with few statements."""
        missing = sorted(set(case_ids) - self._cases.keys())
        for start in range(0, len(missing), CHUNK):
            keys = tuple(map(bytes.fromhex, missing[start : start + CHUNK]))
            for row in self.link.rows_kept(sql.select_cases(len(keys)), keys):
                self._hold(row)

    def _hold(self, row: Row) -> Held:
        record = CaseRecord._make(row)
        case = read_case(record)
        held = Held(case.id, case, record.hash, case)
        self._cases[case.id] = held
        return held

    def roles_of(self, name: str) -> frozenset[str] | None:
        """Roles of a person; None for somebody unknown."""
        found = self.link.rows(sql.SELECT_ROLES, (name,))
        if not found:
            return None
        return frozenset(str(role) for _, role in found if role is not None)

    def matching(self, message: str, value: str) -> list[CaseId]:
        """Open cases that a message with this value is for."""
        found = self.link.rows(sql.SELECT_MATCHES, (message, value))
        return [_case_id(row) for row in found]

    def number(self, number: str) -> tuple[CaseId, str | None] | None:
        """The case of a number, and the key that it was opened with."""
        if number in self._numbers:
            return self._numbers[number]
        found = self.link.rows(sql.SELECT_NUMBER, (number,))
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
        else:
            found = self.link.rows(sql.SELECT_KEY, (bytes.fromhex(case_id), key))
            span = cast("tuple[int, int]", found[0]) if found else None
        if span is None:
            return None
        return tuple(event for _, event in self.events(case_id, *span))

    def events(
        self, case_id: CaseId, first: int = 1, last: int = LAST
    ) -> list[tuple[int, Event]]:
        """Stored events of a case with their positions."""
        found = self.link.rows(sql.SELECT_EVENTS, (bytes.fromhex(case_id), first, last))
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
        held.add(net, events, after)

    def keep_private(
        self, case_id: CaseId, values: Iterable[tuple[str, bytes, str]]
    ) -> None:
        """Keep personal values (path, salt, value); the ones before are forgotten."""
        key = bytes.fromhex(case_id)
        self._private.extend((key, *value) for value in values)

    def _count_reserved(self, net: Net, before: Case | None, after: Case) -> None:
        if before is not None and before.reserved is after.reserved:
            return
        for sku, quantity in reserved_by_sku(net, after).items():
            self.reserved[sku] += quantity
        if before is not None:
            self.reserved.subtract(reserved_by_sku(net, before))

    def _remember(self, held: Held, key: str, span: tuple[int, int]) -> None:
        self._keys[held.case_id, key] = span
        self._new_keys.append((bytes.fromhex(held.case_id), key, *span))

    def _write(self) -> None:
        changed = self.changed()
        self._many(sql.INSERT_NUMBER, self._new_numbers)
        self._many(sql.INSERT_KEY, self._new_keys)
        self._write_events_and_cases(changed)
        moved = [held.moved_tasks() for held in changed]
        for table in DERIVED:
            self._write_derived(table, changed, moved)
        self._write_facts(changed)
        self._write_outside(changed)
        self._many(sql.INSERT_PRIVATE, self._private)

    def _write_events_and_cases(self, changed: list[Held]) -> None:
        events: list[Row] = []
        inserts: list[Row] = []
        updates: list[Row] = []
        for held in changed:
            if held.after is None:
                continue
            key = bytes.fromhex(held.case_id)
            seq = 0 if held.before is None else held.before.version
            last = held.hash
            for event in held.events:
                seq += 1
                kind = type(event).__name__
                body = event_body(event)
                last = chain(last, seq, event.at, kind, event.by, body)
                events.append((key, seq, event.at, kind, event.by, body, last))
            values = rows.case_values(held.after, last)
            if held.before is None:
                inserts.append(values)
            else:
                updates.append((*values[1:], key, held.before.version))
        self._many(sql.INSERT_CASE, inserts)
        written = self._many(sql.UPDATE_CASE, updates)
        if written not in (len(updates), UNKNOWN):
            raise ConcurrentChange(
                "Expected the order to stand still while it was changed, but somebody "
                "else has moved it: look at it again."
            )
        self._many(sql.INSERT_EVENT, events)

    def _write_derived(
        self, table: Derived, changed: list[Held], moved: list[MovedTasks]
    ) -> None:
        gone: list[Row] = []
        new: list[Row] = []
        for held, (old_tasks, new_tasks) in zip(changed, moved, strict=True):
            before, after, net = held.before, held.after, held.net
            if after is None or net is None:
                continue
            old_rows: dict[str, Row] = {}
            if before is not None:
                is_same = before.process == after.process
                if is_same and not table.has_changed(before, after):
                    continue
                old_rows = table.rows(held.net_before or net, before, old_tasks)
            new_rows = table.rows(net, after, new_tasks)
            for name, row in old_rows.items():
                if new_rows.get(name) != row:
                    gone.append(tuple(row[i] for i in table.key))
            new.extend(
                row for name, row in new_rows.items() if old_rows.get(name) != row
            )
        self._many(table.delete, gone)
        self._many(table.insert, new)

    def _write_facts(self, changed: list[Held]) -> None:
        self._many(
            sql.INSERT_STEP_FACT, [row for held in changed for row in held.facts]
        )
        closed = [
            rows.closed_values(held.net, held.after, event)
            for held in changed
            if held.net is not None and held.after is not None
            if held.after.state is CaseState.CLOSED
            for event in held.events
            if isinstance(event, CaseClosed)
        ]
        self._many(sql.INSERT_CASE_FACT, closed)

    def _write_outside(self, changed: list[Held]) -> None:
        """Places at gates, and what others are to be told."""
        for held in changed:
            before, after, net = held.before, held.after, held.net
            if after is None or net is None:
                continue
            if after.gates or (before is not None and before.gates):
                gates.move_places(self.link, net.process, before, after)
            if held.errands.new:
                self._many(outbox.INSERT, held.errands.new)
            if held.errands.done:
                self._many(outbox.DELETE, held.errands.done)

    def _many(self, text: str, values: list[Row]) -> int:
        """Run a statement for each row; the number of rows it changed."""
        return self.link.many(text, values) if values else 0


def _case_id(row: Row) -> CaseId:
    """The case of a row that begins with its key."""
    return CaseId(cast("bytes", row[0]).hex())
