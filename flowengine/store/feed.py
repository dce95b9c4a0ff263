"""What happened in the order in which it was stored, for readers who follow it.

A row of `feed` says which events one transaction wrote for one case; it is written
last. On SQLite, which has one writer at a time, rows come in the order of their ids.
On PostgreSQL a transaction may commit after another one that took a later id. So rows
are read by transaction, and only those that no transaction still at work can come
before: seen once, what lies behind a reader never grows.
"""

from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Text,
    cast,
    inspect,
    literal,
    not_,
    or_,
    select,
    tuple_,
    update,
)

from flowengine.kernel.events import Event
from flowengine.quantities import Instant
from flowengine.store.codec import read_event
from flowengine.store.dialect import (
    in_order_of_commits,
    is_past,
    last_running_number,
    open_engine,
    skip_running_number,
    speaking_to,
)
from flowengine.store.tables import case_fact, case_row, event, feed, step_fact


class Position(NamedTuple):
    """Behind which event a reader stands: its transaction, row and number."""

    #: 0 on SQLite.
    transaction: int = 0
    row: int = 0
    seq: int = 0


class FeedRow(NamedTuple):
    """One event of the feed, with where a reader stands who has read it."""

    position: Position
    case_id: bytes
    number: str
    event: Event


def is_ahead(connection: Connection, position: Position) -> bool:
    """Whether a position lies behind all that was ever there: it is of another feed."""
    if last_running_number(connection, feed) < position.row:
        return True
    query = select(not_(is_past(_number(position))))
    return bool(connection.execute(query).scalar_one())


def begin_anew(address: str, at: Instant) -> None:
    """Let what happens from now on come behind all that was ever read here.

    For a database that was put back: rows get ids that none before had, and where the
    numbers of its transactions come from another server, they give way to the ids.
    """
    engine = open_engine(address)
    try:
        with speaking_to(address), engine.begin() as connection:
            if inspect(connection).has_table(feed.name):
                last = last_running_number(connection, feed)
                skip_running_number(connection, feed, max(at, last))
                foreign = select(feed.c.id).where(not_(is_past(feed.c.tx))).limit(1)
                if connection.execute(foreign).first() is not None:
                    for table in (feed, step_fact, case_fact):
                        first = _number(Position())
                        connection.execute(update(table).values(tx=first))
    finally:
        engine.dispose()


def _number(position: Position) -> ColumnElement[int]:
    """The transaction of a position, as the database writes it."""
    return cast(literal(str(position.transaction)), feed.c.tx.type)


def following(connection: Connection, after: Position, limit: int) -> list[FeedRow]:
    """The events behind a position, at most `limit`."""
    passed = _number(after)
    order = in_order_of_commits(connection, feed.c.tx, feed.c.id)
    start = tuple_(
        *in_order_of_commits(connection, passed, literal(after.row, BigInteger))
    )
    query = (
        select(
            cast(feed.c.tx, Text),
            feed.c.id,
            event.c.seq,
            feed.c.case_id,
            case_row.c.number,
            event.c.kind,
            event.c.at,
            event.c.by,
            event.c.body,
        )
        .join_from(feed, case_row, case_row.c.case_id == feed.c.case_id)
        .join(event, event.c.case_id == feed.c.case_id)
        .where(event.c.seq.between(feed.c.first, feed.c.last))
        .where(is_past(feed.c.tx))
        .where(tuple_(*order) >= start)
        .where(or_(tuple_(*order) > start, event.c.seq > after.seq))
        .order_by(*order, event.c.seq)
        .limit(limit)
    )
    return [
        FeedRow(
            Position(int(transaction or 0), row, seq),
            case_id,
            number,
            read_event(kind, at, by, body),
        )
        for transaction, row, seq, case_id, number, kind, at, by, body in (
            connection.execute(query)
        )
    ]
