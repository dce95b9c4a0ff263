"""The recorded history as an event log."""

from collections import defaultdict
from collections.abc import Sequence
from typing import cast

from sqlalchemy import Connection, Row, Select, select

from flowengine.eventlog import (
    Absence,
    Entry,
    EntryKind,
    EventLog,
    Hold,
    OpenEntry,
    Trace,
)
from flowengine.kernel.case import Case, Task, TaskState
from flowengine.kernel.events import Event
from flowengine.net.net import Net
from flowengine.quantities import Duration, Instant
from flowengine.store.away import absences
from flowengine.store.codec import CaseRecord, read_case, read_event
from flowengine.store.json_text import from_json
from flowengine.store.people import people
from flowengine.store.tables import (
    case_fact,
    case_number,
    case_row,
    event,
    process_version,
    step_fact,
)

_HOLDS = ("CaseHeld", "CaseResumed", "CaseCancelled")


def history_of(
    connection: Connection, number: str
) -> tuple[Case, tuple[tuple[int, Event], ...]] | None:
    """One order as it stands, and all its events; None where there is none."""
    # The number of an order has an index in its own table only.
    wanted = select(case_number.c.case_id).where(case_number.c.number == number)
    query = select(case_row).where(case_row.c.case_id == wanted.scalar_subquery())
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    record = CaseRecord._make(row)
    events = (
        select(event.c.seq, event.c.kind, event.c.at, event.c.by, event.c.body)
        .where(event.c.case_id == record.case_id)
        .order_by(event.c.seq)
    )
    found = connection.execute(events)
    return read_case(record), tuple((seq, read_event(*told)) for seq, *told in found)


def event_log(
    connection: Connection,
    net: Net,
    since: int | None = None,
    until: int | None = None,
) -> EventLog:
    """Cases of a process, all versions: closed in [since, until), and open ones."""
    name = net.process.name
    cases = (
        select(case_row)
        .join(process_version, process_version.c.digest == case_row.c.process)
        .where(process_version.c.name == name)
    )
    if since is not None:
        cases = cases.where((case_row.c.closed >= since) | case_row.c.closed.is_(None))
    if until is not None:
        cases = cases.where((case_row.c.closed < until) | case_row.c.closed.is_(None))
    wanted = cases.with_only_columns(case_row.c.case_id)
    entries = _entries(connection, wanted)
    holds = _holds(connection, wanted)
    last = {
        row.case_id: row.last_seq
        for row in connection.execute(
            select(case_fact.c.case_id, case_fact.c.last_seq).where(
                case_fact.c.process == name
            )
        )
    }
    traces = []
    for row in connection.execute(cases.order_by(case_row.c.opened, case_row.c.number)):
        record = CaseRecord._make(row)
        traces.append(
            _trace(
                net,
                read_case(record),
                entries.get(record.case_id, ()),
                holds.get(record.case_id, ()),
                last.get(record.case_id),
            )
        )
    return EventLog(name, tuple(traces), _absences(connection))


def _absences(connection: Connection) -> tuple[Absence, ...]:
    roles = people(connection)
    return tuple(
        Absence(
            person=found.name,
            roles=frozenset(roles.get(found.name, ())),
            since=Instant(found.since),
            until=Instant(found.until),
        )
        for found in absences(connection)
    )


def case_of(connection: Connection, case_id: bytes) -> Case | None:
    """A case as it stands; None if there is none."""
    query = select(case_row).where(case_row.c.case_id == case_id)
    found = connection.execute(query).first()
    return None if found is None else read_case(CaseRecord._make(found))


def _trace(
    net: Net,
    case: Case,
    entries: Sequence[Entry],
    holds: Sequence[Hold],
    last: int | None,
) -> Trace:
    return Trace(
        case=case.id,
        number=case.number,
        opened=case.opened,
        closed=case.closed,
        outcome=case.outcome,
        entries=tuple(entries),
        last=last,
        holds=tuple(holds),
        open_entries=open_entries(net, case),
        promised=case.promised,
        priority=case.priority,
        measures=tuple(sorted(case.measures.items())),
    )


def open_entries(net: Net, case: Case) -> tuple[OpenEntry, ...]:
    """What of a case is not finished."""
    found = []
    for task in case.tasks.values():
        net_step = net.steps.get(task.step)
        step = net_step.step if net_step is not None else None
        found.append(
            OpenEntry(
                step=task.step,
                visit=task.visit,
                kind=task.kind,
                pred=task.pred,
                enabled=task.enabled,
                claimed=task.claimed,
                started=task.started,
                role=step.role
                if step and task.state is not TaskState.WAITING
                else None,
                department=step.department if step else None,
                who=task.owner,
                due=task.due,
                rests_since=_rests_since(task),
            )
        )
    return tuple(found)


def _rests_since(task: Task) -> Instant | None:
    return task.pauses[-1][0] if task.state is TaskState.PAUSED else None


def _entries(
    connection: Connection, wanted: Select[tuple[bytes]]
) -> dict[bytes, list[Entry]]:
    query = (
        select(step_fact)
        .where(step_fact.c.case_id.in_(wanted))
        .order_by(step_fact.c.case_id, step_fact.c.seq)
    )
    found: dict[bytes, list[Entry]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.case_id].append(_entry(row))
    return found


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(
        seq=row.seq,
        step=row.step,
        visit=row.visit,
        kind=EntryKind(row.kind),
        pred=row.pred_seq,
        enabled=Instant(row.enabled),
        claimed=None if row.claimed is None else Instant(row.claimed),
        started=Instant(row.started),
        ended=Instant(row.ended),
        role=row.role,
        department=row.department,
        who=row.who,
        outcome=row.outcome,
        paused=Duration(row.paused),
        due=None if row.due is None else Instant(row.due),
    )


def _holds(
    connection: Connection, wanted: Select[tuple[bytes]]
) -> dict[bytes, list[Hold]]:
    query = (
        select(event.c.case_id, event.c.kind, event.c.at, event.c.body)
        .where(event.c.kind.in_(_HOLDS), event.c.case_id.in_(wanted))
        .order_by(event.c.case_id, event.c.seq)
    )
    found: dict[bytes, list[Hold]] = defaultdict(list)
    for row in connection.execute(query):
        holds = found[row.case_id]
        if row.kind == "CaseHeld":
            body = cast("dict[str, str]", from_json(row.body))
            holds.append(Hold(Instant(row.at), None, body.get("reason", "")))
        elif holds and holds[-1].ended is None:
            holds[-1] = Hold(holds[-1].started, Instant(row.at), holds[-1].reason)
    return found
