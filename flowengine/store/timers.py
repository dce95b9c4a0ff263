"""Timers: what ends, or is to be told, because its time has come."""

from typing import NamedTuple

from sqlalchemy import Connection, select

from flowengine.store.link import Link
from flowengine.store.tables import timer

#: Values: the moment, how many at most. The partial index needs its own condition.
_DUE = (
    "SELECT timer.case_id, timer.step, timer.element, timer.kind, timer.visit, "
    "timer.at, case_row.number FROM timer "
    "JOIN case_row ON case_row.case_id = timer.case_id "
    "WHERE timer.held = 0 AND timer.at <= ? "
    "ORDER BY timer.at, timer.case_id, timer.step, timer.element LIMIT ?"
)


class DueTimer(NamedTuple):
    """A timer whose time has come."""

    case_id: bytes
    step: str
    element: str
    #: `timeout` or `escalation`.
    kind: str
    visit: int
    at: int
    #: Of the order.
    number: str


def due_timers(link: Link, at: int, limit: int) -> list[DueTimer]:
    """Timers that are due, the earliest first, of orders that nobody else works on."""
    return [DueTimer._make(row) for row in link.rows_free(_DUE, (at, limit))]


def next_timer(connection: Connection) -> int | None:
    """When the next timer is due; None when there is none."""
    query = select(timer.c.at).where(timer.c.held == 0).order_by(timer.c.at).limit(1)
    return connection.execute(query).scalar()
