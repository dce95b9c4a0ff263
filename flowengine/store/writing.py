"""What the commands of a batch have changed, written with one statement a table."""

from collections.abc import Mapping, Sequence

from flowengine.errors import ConcurrentChange
from flowengine.kernel.case import CaseId, CaseState
from flowengine.kernel.events import CaseClosed
from flowengine.store import gates, outbox, rows
from flowengine.store import statements as sql
from flowengine.store.codec import chain, event_body
from flowengine.store.derived import DERIVED, Derived
from flowengine.store.held import Held, MovedTasks
from flowengine.store.link import UNKNOWN, Link, Row


def write_cases(link: Link, changed: list[Held]) -> None:
    """Write events and every table that is derived from them.

    Raises:
        ConcurrentChange: Somebody else has changed one of the cases, or taken the last
            place of a gate.
    """
    _write_events_and_cases(link, changed)
    moved = [held.moved_tasks() for held in changed]
    for table in DERIVED:
        gone, new = _derived_rows(table, changed, moved)
        if gone:
            link.many(table.delete, gone)
        if new:
            link.many(table.insert, new)
    _write_facts(link, changed)
    _write_outside(link, changed)


def write_feed(link: Link, spans: Mapping[CaseId, tuple[int, int]]) -> None:
    """Say which events of which cases this transaction wrote: the last that it writes.

    So on PostgreSQL its row is never older than its transaction's place in the feed.
    """
    write_rows(
        link,
        sql.INSERT_FEED,
        [(bytes.fromhex(case_id), *span) for case_id, span in spans.items()],
    )


def _write_events_and_cases(link: Link, changed: list[Held]) -> None:
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
        held.written = last
        values = rows.case_values(held.after, last)
        if held.before is None:
            inserts.append(values)
        else:
            updates.append((*values[1:], key, held.before.version))
    write_rows(link, sql.INSERT_CASE, inserts)
    written = write_rows(link, sql.UPDATE_CASE, updates)
    if written not in (len(updates), UNKNOWN):
        raise ConcurrentChange(
            "Expected the order to stand still while it was changed, but somebody "
            "else has moved it: look at it again."
        )
    write_rows(link, sql.INSERT_EVENT, events)


def _derived_rows(
    table: Derived, changed: list[Held], moved: list[MovedTasks]
) -> tuple[list[Row], list[Row]]:
    """Keys of the rows that go, and the rows that come."""
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
        new.extend(row for name, row in new_rows.items() if old_rows.get(name) != row)
    return gone, new


def _write_facts(link: Link, changed: list[Held]) -> None:
    write_rows(
        link, sql.INSERT_STEP_FACT, [row for held in changed for row in held.facts]
    )
    closed = [
        rows.closed_values(held.net, held.after, event)
        for held in changed
        if held.net is not None and held.after is not None
        if held.after.state is CaseState.CLOSED
        for event in held.events
        if isinstance(event, CaseClosed)
    ]
    write_rows(link, sql.INSERT_CASE_FACT, closed)


def _write_outside(link: Link, changed: list[Held]) -> None:
    """Places at gates, and what others are to be told."""
    for held in changed:
        before, after, net = held.before, held.after, held.net
        if after is None or net is None:
            continue
        if after.gates or (before is not None and before.gates):
            gates.move_places(link, net.process, before, after)
        # What was taken back may have been given anew after that.
        if held.errands.done:
            write_rows(link, outbox.DELETE, held.errands.done)
        if held.errands.new:
            write_rows(link, outbox.INSERT, held.errands.new)


def write_rows(link: Link, text: str, values: Sequence[Row]) -> int:
    """Run a statement for each row; the number of rows it changed."""
    return link.many(text, values) if values else 0
