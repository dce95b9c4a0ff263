"""Who may do which errand of the outbox, and until when.

A worker takes rows under a lease in a short transaction, does what they ask outside
every transaction, and says in another how it went. A lease that has run out is taken
by another worker, with the next number of the fence: whoever comes too late has an old
number and is refused.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Update,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
    update,
)

from flowengine.store.link import Link
from flowengine.store.outbox import OutboxRow, read_row
from flowengine.store.statements import delete_text, text_of
from flowengine.store.tables import NEVER, outbox

_NOBODY = {"leased_by": None, "lease_until": None}
_HELD = text_of(
    select(outbox.c.id, outbox.c.fence).where(outbox.c.key == bindparam("the_key"))
)
_DELETE = delete_text(outbox, "id")


class Term(NamedTuple):
    """Who takes, when, and until when it is theirs alone."""

    worker: str
    at: int
    until: int


def take(
    connection: Connection, kinds: Sequence[str], limit: int, term: Term
) -> list[OutboxRow]:
    """Take at most `limit` rows that are due and that nobody has, of each kind.

    Each is taken by one worker only, on any database: one that another is just taking
    is passed over.
    """
    found = [
        read_row(row)
        for kind in kinds
        for row in connection.execute(
            select(outbox)
            .where(outbox.c.kind == kind, *_is_due(term.at))
            .order_by(outbox.c.due, outbox.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    ]
    chosen = sorted(found, key=lambda row: (row.due, row.id))[:limit]
    if chosen:
        connection.execute(
            update(outbox)
            .where(outbox.c.id.in_([row.id for row in chosen]))
            .values(
                leased_by=term.worker,
                lease_until=term.until,
                fence=outbox.c.fence + 1,
                attempts=outbox.c.attempts + 1,
            )
        )
    return [
        row._replace(
            leased_by=term.worker,
            lease_until=term.until,
            fence=row.fence + 1,
            attempts=row.attempts + 1,
        )
        for row in chosen
    ]


def is_any_due(connection: Connection, kinds: Collection[str], at: int) -> bool:
    """Whether there is anything to take; asking keeps nobody waiting."""
    return any(
        connection.execute(
            select(outbox.c.id).where(outbox.c.kind == kind, *_is_due(at)).limit(1)
        ).first()
        for kind in kinds
    )


def next_due(connection: Connection, kinds: Collection[str]) -> int | None:
    """When the next of these kinds is due, or its lease runs out; None for never."""
    lease = func.coalesce(outbox.c.lease_until, 0)
    moment = case((lease > outbox.c.due, lease), else_=outbox.c.due)
    query = select(func.min(moment)).where(
        outbox.c.kind.in_(kinds), outbox.c.due < NEVER
    )
    return connection.execute(query).scalar()


def finish(connection: Connection, row: OutboxRow) -> bool:
    """Take out what is done; False where the lease was lost."""
    return _changed(connection, delete(outbox).where(*_is_ours(row)))


def postpone(connection: Connection, row: OutboxRow, due: int, reason: str) -> bool:
    """Let it be tried again later, and say why; False where the lease was lost."""
    later = update(outbox).where(*_is_ours(row))
    return _changed(connection, later.values(due=due, failed=reason, **_NOBODY))


def give_up(connection: Connection, row: OutboxRow, reason: str) -> bool:
    """Try it no more until somebody says so; False where the lease was lost."""
    return postpone(connection, row, NEVER, reason)


def give_back(connection: Connection, row: OutboxRow) -> bool:
    """Let another worker take what was not begun; it counts as no attempt."""
    back = update(outbox).where(*_is_ours(row))
    return _changed(connection, back.values(attempts=outbox.c.attempts - 1, **_NOBODY))


def retry(connection: Connection, key: str | None, at: int) -> int:
    """Let what has failed be due now, all of it or one; how many there were."""
    has_failed = (outbox.c.failed.is_not(None), or_(*_is_free(at)))
    again = update(outbox).where(*has_failed)
    if key is not None:
        again = again.where(outbox.c.key == key)
    return connection.execute(again.values(due=at, attempts=0)).rowcount


def fence_of(link: Link, key: str) -> tuple[int, int] | None:
    """Id and fence of a row, kept until the end of a transaction of commands.

    None where it is done: nothing is left to answer.
    """
    found = link.rows_kept(_HELD, (key,))
    return cast("tuple[int, int]", tuple(found[0])) if found else None


def drop(link: Link, row: OutboxRow) -> None:
    """Take out what is done, in a transaction of commands."""
    link.run(_DELETE, (row.id,))


def _is_due(at: int) -> tuple[ColumnElement[bool], ...]:
    return outbox.c.due <= at, or_(*_is_free(at))


def _is_free(at: int) -> tuple[ColumnElement[bool], ...]:
    return outbox.c.lease_until.is_(None), outbox.c.lease_until <= at


def _is_ours(row: OutboxRow) -> tuple[ColumnElement[bool], ...]:
    return outbox.c.id == row.id, outbox.c.fence == row.fence


def _changed(connection: Connection, statement: Update | Delete) -> bool:
    return connection.execute(statement).rowcount > 0
