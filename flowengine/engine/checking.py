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
    for (key,) in connection.execute(
        "SELECT case_id FROM case_row ORDER BY case_id"
    ).fetchall():
        case_id = CaseId(key.hex())
        history = [event for _, event in batch.events(case_id)]
        if not history:
            yield f"case {case_id}: it has a row but no events"
            continue
        case = replay(history)
        net = registry.net(case.process)
        yield from _case_differences(connection, case, history)
        yield from _derived_differences(connection, net, case)
        yield from _fact_differences(connection, net, case, history)
    yield from _orphans(connection)


def _case_differences(
    connection: sqlite3.Connection, case: Case, history: list[Event]
) -> Iterator[str]:
    last = NO_HASH
    is_whole = True
    for seq, at, kind, by, body, stored_hash in connection.execute(
        SELECT_EVENTS, (rows.key_of(case), 1, len(history))
    ):
        last = chain(last, seq, at, kind, by, body)
        is_whole = is_whole and last == stored_hash
    if not is_whole:
        yield f"order {case.number}: its history is not the one that was recorded"
    if _rows(connection, "case_row", case) != [rows.case_values(case, last)]:
        yield f"order {case.number}: case_row differs from its replayed events"


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
