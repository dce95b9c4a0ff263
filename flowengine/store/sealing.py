"""How far each history went at a moment that can be found again."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection, cast, func, literal, select, text

from flowengine.store.dialect import POSTGRESQL, is_past
from flowengine.store.tables import feed


class Cut(NamedTuple):
    """Everything that was stored before a moment, and nothing after it, ever."""

    #: The last row of the feed.
    row: int
    #: On PostgreSQL the transaction before which all had ended; 0 on SQLite.
    transaction: int = 0


def cut_now(connection: Connection) -> Cut:
    """The latest moment behind which nothing can be stored any more."""
    transaction = 0
    if connection.dialect.name == POSTGRESQL:
        found = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
        transaction = int(connection.execute(found).scalar_one())
    last = select(func.max(feed.c.id)).where(is_past(feed.c.tx))
    return Cut(connection.execute(last).scalar() or 0, transaction)


def lengths(connection: Connection, cut: Cut) -> Iterator[tuple[bytes, int]]:
    """How many events each case had at a cut, in the order of the cases."""
    query = (
        select(feed.c.case_id, feed.c.last)
        .where(feed.c.id <= cut.row)
        .order_by(feed.c.case_id, feed.c.id)
    )
    if connection.dialect.name == POSTGRESQL:
        number = cast(literal(str(cut.transaction)), feed.c.tx.type)
        query = query.where(feed.c.tx < number)
    found = connection.execute(query, execution_options={"yield_per": 500})
    for case_id, rows in groupby(found, key=lambda row: row.case_id):
        yield case_id, max(row.last for row in rows)
