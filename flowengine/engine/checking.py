"""Proof that the derived tables say what the events say."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, cast

from flowengine.engine.checking_outside import gate_differences, outside_differences
from flowengine.engine.registry import Registry
from flowengine.kernel import evolve
from flowengine.kernel.case import Case, CaseId
from flowengine.kernel.events import CaseClosed, Event, StepEnded
from flowengine.net.net import Net
from flowengine.store import rows, tables
from flowengine.store.batch import LAST, NO_HASH, Batch, StoredEvent
from flowengine.store.codec import chain
from flowengine.store.derived import DERIVED
from flowengine.store.gates import places_of
from flowengine.store.link import Link
from flowengine.store.outbox import rows_of
from flowengine.store.rows import Row
from flowengine.store.statements import SELECT_EVENTS


def differences(batch: Batch, registry: Registry) -> tuple[str, ...]:
    """Compare every case's rows with the replay of its events."""
    return tuple(_differences(batch, registry))


def _differences(batch: Batch, registry: Registry) -> Iterator[str]:
    link = batch.link
    places: Counter[tuple[str, str]] = Counter()
    for key, number in _numbers(link):
        last = _last_hash(link, key)
        if last is None:
            # What somebody else wrote need not even be readable.
            yield f"order {number}: its history is not the one that was recorded"
            continue
        history = [event for _, event in batch.events(CaseId(key.hex()))]
        if not history:
            yield f"order {number}: it has a row but no events"
            continue
        past = _replayed(registry, key, history)
        places.update((past.net.process.name, step) for step in places_of(past.case))
        yield from _case_differences(link, past.case, last)
        yield from _derived_differences(link, past.net, past.case)
        yield from _fact_differences(link, past)
        yield from outside_differences(link, past.net, past.case, past.errands)
    yield from gate_differences(link, places)
    yield from _orphans(link)


def _numbers(link: Link) -> list[tuple[bytes, str]]:
    """Key and number of every case."""
    found = link.rows("SELECT case_id, number FROM case_row ORDER BY case_id")
    return cast("list[tuple[bytes, str]]", found)


class _Past(NamedTuple):
    """What the events of one case say."""

    case: Case
    #: Of the version it goes by now.
    net: Net
    facts: list[Row]
    closed: list[Row]
    #: Rows that were ever put into the outbox.
    errands: list[Row]


def _replayed(registry: Registry, key: bytes, history: list[Event]) -> _Past:
    """Replay events, each with the net of the version that the case went by then."""
    case: Case | None = None
    past: _Past | None = None
    for seq, event in enumerate(history, 1):
        case = evolve(case, event)
        if past is None or case.process != past.case.process:
            net = registry.net(case.process)
        past = past or _Past(case, net, [], [], [])
        if isinstance(event, StepEnded):
            past.facts.append(rows.fact_values(net, key, seq, event))
        elif isinstance(event, CaseClosed):
            past.closed.append(rows.closed_values(net, case, event))
        past.errands.extend(rows_of(net, case, seq, event))
        past = past._replace(case=case, net=net)
    if past is None:
        raise ValueError("A history has at least one event.")
    return past


def _last_hash(link: Link, key: bytes) -> bytes | None:
    """The hash of a case's last event; None where the chain is broken."""
    last = NO_HASH
    for row in map(StoredEvent._make, link.rows(SELECT_EVENTS, (key, 1, LAST))):
        last = chain(last, row.seq, row.at, row.kind, row.by, row.body)
        if last != row.hash:
            return None
    return last


def _case_differences(link: Link, case: Case, last_hash: bytes) -> Iterator[str]:
    if _rows(link, "case_row", case) != [rows.case_values(case, last_hash)]:
        yield f"order {case.number}: case_row differs from its replayed events"
    numbers = [row[0] for row in _rows(link, "case_number", case)]
    if numbers != [case.number]:
        yield f"order {case.number}: case_number differs from its events"


def _derived_differences(link: Link, net: Net, case: Case) -> Iterator[str]:
    for derived in DERIVED:
        expected = sorted(
            derived.rows(net, case, case.tasks.values()).values(), key=repr
        )
        stored = sorted(_rows(link, derived.name, case), key=repr)
        if stored != expected:
            yield f"order {case.number}: {derived.name} differs from its events"


def _fact_differences(link: Link, past: _Past) -> Iterator[str]:
    case = past.case
    stored = [row[1:-1] for row in _rows(link, "step_fact", case, "seq")]
    if stored != past.facts:
        yield f"order {case.number}: step_fact differs from its events"
    if [row[1:-1] for row in _rows(link, "case_fact", case)] != past.closed:
        yield f"order {case.number}: case_fact differs from its events"


def _rows(link: Link, table: str, case: Case, order: str = "1") -> list[Row]:
    if table not in tables.metadata.tables:
        raise ValueError(f"No table {table}.")
    query = f"SELECT * FROM {table} WHERE case_id = ? ORDER BY {order}"  # noqa: S608 - a table of ours
    return link.rows(query, (rows.key_of(case),))


def _orphans(link: Link) -> Iterator[str]:
    for name, table in sorted(tables.metadata.tables.items()):
        if "case_id" not in table.columns or name == "case_row":
            continue
        ((count,),) = link.rows(
            f"SELECT COUNT(*) FROM {name} "  # noqa: S608 - a table of ours
            "WHERE case_id NOT IN (SELECT case_id FROM case_row)"
        )
        if count:
            yield f"{name}: {count} rows belong to no case"
