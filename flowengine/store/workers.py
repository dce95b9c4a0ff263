"""Workers that run: each says again and again that it is there, and what it does."""

from typing import NamedTuple

from sqlalchemy import Connection, case, delete, func, insert, select, update

from flowengine.store.tables import NEVER, outbox, timer, worker


class WorkerRow(NamedTuple):
    """A worker, in the order of the table's columns."""

    name: str
    host: str
    pid: int
    started: int
    #: When it last said that it is there.
    seen: int
    #: What it has in hand; "" for nothing.
    doing: str


class Overdue(NamedTuple):
    """What should have been done by now."""

    #: `timer`, or a kind of the outbox.
    kind: str
    rows: int
    #: Since when the oldest is due.
    since: int


def say_here(connection: Connection, row: WorkerRow) -> None:
    """Note that a worker is there."""
    known = update(worker).where(worker.c.name == row.name)
    if not connection.execute(known.values(row._asdict())).rowcount:
        connection.execute(insert(worker).values(row._asdict()))


def leave(connection: Connection, name: str, before: int) -> None:
    """Note that a worker has stopped; those not seen since `before` are forgotten."""
    gone = (worker.c.name == name) | (worker.c.seen < before)
    connection.execute(delete(worker).where(gone))


def workers(connection: Connection) -> list[WorkerRow]:
    """All workers that have not said that they stop, by name."""
    query = select(worker).order_by(worker.c.name)
    return [WorkerRow._make(row) for row in connection.execute(query)]


def overdue(connection: Connection, before: int) -> list[Overdue]:
    """What has been due since before a moment, by kind; what was given up is not."""
    ready = case((outbox.c.due > outbox.c.at, outbox.c.due), else_=outbox.c.at)
    errands = (
        select(outbox.c.kind, func.count(), func.min(ready))
        .where(outbox.c.due < NEVER, ready < before)
        .group_by(outbox.c.kind)
        .order_by(outbox.c.kind)
    )
    found = [Overdue(*row) for row in connection.execute(errands)]
    late = select(func.count(), func.min(timer.c.at)).where(
        timer.c.held == 0, timer.c.at < before
    )
    count, since = connection.execute(late).one()
    return [Overdue("timer", count, since), *found] if count else found


def given_up(connection: Connection) -> int:
    """How much is tried no more until somebody says so."""
    query = select(func.count()).select_from(outbox).where(outbox.c.due == NEVER)
    return connection.execute(query).scalar_one()
