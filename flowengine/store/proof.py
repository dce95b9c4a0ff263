"""Histories and the tables derived from them, read side by side and put right.

All tables are read in the order of their cases, a few rows at a time: what is held in
memory is one case, however many there are.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection, case, delete, func, insert, select, update

from flowengine.kernel.events import CaseClosed
from flowengine.store import tables
from flowengine.store.codec import CaseRecord
from flowengine.store.dialect import POSTGRESQL
from flowengine.store.link import Row

#: Rows are fetched so many at once.
_BIT_BY_BIT = {"yield_per": 500}
#: Columns that the database fills in: they say nothing about a case.
_FILLED = frozenset({"id", "tx"})
#: The event after which a case is closed.
_END = CaseClosed.__name__
#: Of the outbox what the events say; the rest is how far the delivery has come.
_TOLD = ("case_id", "seq", "kind", "step", "key", "body", "at")
#: Tables of which a case has rows, without its history.
OF_CASES = tuple(
    name
    for name, table in sorted(tables.metadata.tables.items())
    if "case_id" in table.columns and name != "event"
)


#: Told how many cases of how many are done.
Progress = Callable[[int, int], None]


class StoredEvent(NamedTuple):
    """A row of a history."""

    case_id: bytes
    seq: int
    at: int
    kind: str
    by: str
    body: str
    hash: bytes


@cache
def columns_of(name: str) -> tuple[str, ...]:
    """The columns of a table that are compared, in the order of its rows here."""
    if name == "outbox":
        return _TOLD
    table = tables.metadata.tables[name]
    return tuple(c.name for c in table.columns if c.name not in _FILLED)


@cache
def keys_of(name: str) -> tuple[int, ...]:
    """Positions in a row that tell a case's rows from each other."""
    names = _KEYS.get(name)
    if names is None:
        names = tuple(
            column.name for column in tables.metadata.tables[name].primary_key
        )
    return tuple(columns_of(name).index(column) for column in names)


_KEYS = {
    "case_fact": ("case_id",),
    "feed": ("case_id", "first"),
    "outbox": ("key",),
    "step_fact": ("case_id", "seq"),
}


class Beside:
    """The rows of a table, taken case by case."""

    def __init__(self, connection: Connection, name: str) -> None:
        self._groups = _grouped(connection, name)
        self._next = next(self._groups, None)

    def passed(self, case_id: bytes | None) -> Iterator[tuple[bytes, list[Row]]]:
        """Rows of cases before this one, of all that are left for None."""
        while self._next is not None and (
            case_id is None or bytes(self._next[0]) < case_id
        ):
            yield self._next
            self._next = next(self._groups, None)

    def taken(self, case_id: bytes) -> list[Row]:
        """The rows of a case, once those of cases before it have passed."""
        if self._next is None or self._next[0] != case_id:
            return []
        rows = self._next[1]
        self._next = next(self._groups, None)
        return rows


def histories(connection: Connection) -> Iterator[tuple[bytes, list[StoredEvent]]]:
    """The history of every case, in the order of their ids."""
    event = tables.event
    query = select(event).order_by(event.c.case_id, event.c.seq)
    found = connection.execute(query, execution_options=_BIT_BY_BIT)
    rows = (StoredEvent._make(row) for row in found)
    for case_id, history in groupby(rows, key=lambda row: row.case_id):
        yield case_id, list(history)


def history(connection: Connection, case_id: bytes) -> list[StoredEvent]:
    """The history of one case."""
    event = tables.event
    query = select(event).where(event.c.case_id == case_id).order_by(event.c.seq)
    return [StoredEvent._make(row) for row in connection.execute(query)]


def record_of(connection: Connection, number: str) -> CaseRecord | None:
    """The row of an order."""
    table, known = tables.case_row, tables.case_number
    query = (
        select(*(table.c[name] for name in CaseRecord._fields))
        .join(known, known.c.case_id == table.c.case_id)
        .where(known.c.number == number)
    )
    found = connection.execute(query).first()
    return None if found is None else CaseRecord._make(found)


def cases_counted(connection: Connection) -> int:
    """How many cases have a row."""
    query = select(func.count()).select_from(tables.case_row)
    return connection.execute(query).scalar_one()


def gate_counts(connection: Connection) -> Mapping[tuple[str, str], int]:
    """The counters of gates by process and step."""
    found = connection.execute(select(tables.gate_count))
    return {(process, step): count for process, step, count in found}


def has_ended(connection: Connection, case_id: bytes) -> bool | None:
    """Whether a case has ended, by its history; None where there is none."""
    event = tables.event
    query = select(func.max(case((event.c.kind == _END, 1), else_=0))).where(
        event.c.case_id == case_id
    )
    found = connection.execute(query).scalar()
    return None if found is None else bool(found)


def is_to_be_told(connection: Connection, case_id: bytes, key: str) -> bool:
    """Whether the outbox holds something of a case by this key."""
    table = tables.outbox
    query = select(table.c.id).where(table.c.key == key, table.c.case_id == case_id)
    return connection.execute(query).first() is not None


def keep_others_out(connection: Connection) -> None:
    """Let others read, and wait with what they write, until the transaction ends."""
    if connection.dialect.name == POSTGRESQL:
        # Commands touch these first, in this order: so nobody waits for somebody who
        # waits for them.
        first = ("case_number", "idempotency", "case_row", "event")
        rest = sorted({*OF_CASES, "gate_count"} - set(first))
        names = ", ".join((*first, *rest))
        connection.exec_driver_sql(f"LOCK TABLE {names} IN EXCLUSIVE MODE")


def take_out(connection: Connection, name: str, row: Sequence[object]) -> None:
    """Delete a row, as it stands."""
    table = tables.metadata.tables[name]
    statement = delete(table)
    for column, value in zip(columns_of(name), row, strict=True):
        statement = statement.where(table.c[column].is_not_distinct_from(value))
    connection.execute(statement)


def put_in(connection: Connection, name: str, row: Sequence[object]) -> None:
    """Write a row over what has its key, or insert it."""
    table = tables.metadata.tables[name]
    columns = columns_of(name)
    values = dict(zip(columns, row, strict=True))
    statement = update(table).values(values)
    for place in keys_of(name):
        statement = statement.where(table.c[columns[place]] == row[place])
    if not connection.execute(statement).rowcount:
        connection.execute(insert(table).values(values))


def _grouped(connection: Connection, name: str) -> Iterator[tuple[bytes, list[Row]]]:
    table = tables.metadata.tables[name]
    columns = [table.c[column] for column in columns_of(name)]
    last = [table.c.id] if name == "feed" else [columns[n] for n in keys_of(name)]
    query = select(*columns).order_by(table.c.case_id, *last)
    found = connection.execute(query, execution_options=_BIT_BY_BIT)
    place = columns_of(name).index("case_id")
    for case_id, rows in groupby(map(tuple, found), key=lambda row: row[place]):
        yield case_id, list(rows)
