"""Proof that the derived tables say what the events say."""

import sqlite3
from collections.abc import Iterator

from flowengine.engine.registry import Registry
from flowengine.kernel import replay
from flowengine.kernel.case import Case, CaseId
from flowengine.kernel.events import CaseClosed, Event
from flowengine.net.net import Net
from flowengine.store import rows, tables
from flowengine.store.batch import DERIVED, NO_HASH, Batch
from flowengine.store.codec import chain
from flowengine.store.rows import Row
from flowengine.store.statements import SELECT_EVENTS


def differences(batch: Batch, registry: Registry) -> tuple[str, ...]:
    """Compare every case's rows with the replay of its events."""
    return tuple(_differences(batch, registry))


def _differences(batch: Batch, registry: Registry) -> Iterator[str]:
    connection = batch.connection
    for key, number in connection.execute(
        "SELECT case_id, number FROM case_row ORDER BY case_id"
    ).fetchall():
        last = _last_hash(connection, key)
        if last is None:
            # What somebody else wrote need not even be readable.
            yield f"order {number}: its history is not the one that was recorded"
            continue
        history = [event for _, event in batch.events(CaseId(key.hex()))]
        if not history:
            yield f"order {number}: it has a row but no events"
            continue
        case = replay(history)
        net = registry.net(case.process)
        yield from _case_differences(connection, case, last)
        yield from _derived_differences(connection, net, case)
        yield from _fact_differences(connection, net, case, history)
    yield from _orphans(connection)


def _last_hash(connection: sqlite3.Connection, key: bytes) -> bytes | None:
    """The hash of a case's last event; None where the chain is broken."""
    last = NO_HASH
    for seq, at, kind, by, body, stored_hash in connection.execute(
        SELECT_EVENTS, (key, 1, 2**31)
    ):
        last = chain(last, seq, at, kind, by, body)
        if last != stored_hash:
            return None
    return last


def _case_differences(
    connection: sqlite3.Connection, case: Case, last_hash: bytes
) -> Iterator[str]:
    if _rows(connection, "case_row", case) != [rows.case_values(case, last_hash)]:
        yield f"order {case.number}: case_row differs from its replayed events"
    numbers = [row[0] for row in _rows(connection, "case_number", case)]
    if numbers != [case.number]:
        yield f"order {case.number}: case_number differs from its events"


def _derived_differences(
    connection: sqlite3.Connection, net: Net, case: Case
) -> Iterator[str]:
    for derived in DERIVED:
        expected = sorted(
            derived.rows(net, case, case.tasks.values()).values(), key=repr
        )
        stored = sorted(_rows(connection, derived.name, case), key=repr)
        if stored != expected:
            yield f"order {case.number}: {derived.name} differs from its events"


def _fact_differences(
    connection: sqlite3.Connection, net: Net, case: Case, history: list[Event]
) -> Iterator[str]:
    key = rows.key_of(case)
    expected = rows.facts_of(net, key, 0, history)
    stored = [row[1:] for row in _rows(connection, "step_fact", case, "seq")]
    if stored != expected:
        yield f"order {case.number}: step_fact differs from its events"
    closed = [
        rows.closed_values(net, case, event)
        for event in history
        if isinstance(event, CaseClosed)
    ]
    if [row[1:] for row in _rows(connection, "case_fact", case)] != closed:
        yield f"order {case.number}: case_fact differs from its events"


def _rows(
    connection: sqlite3.Connection, table: str, case: Case, order: str = "1"
) -> list[Row]:
    if table not in tables.metadata.tables:
        raise ValueError(f"No table {table}.")
    query = f"SELECT * FROM {table} WHERE case_id = ? ORDER BY {order}"  # noqa: S608 - a table of ours
    return connection.execute(query, (rows.key_of(case),)).fetchall()


def _orphans(connection: sqlite3.Connection) -> Iterator[str]:
    for name, table in sorted(tables.metadata.tables.items()):
        if "case_id" not in table.columns or name == "case_row":
            continue
        (count,) = connection.execute(
            f"SELECT COUNT(*) FROM {name} "  # noqa: S608 - a table of ours
            "WHERE case_id NOT IN (SELECT case_id FROM case_row)"
        ).fetchone()
        if count:
            yield f"{name}: {count} rows belong to no case"
