"""Following what happened: every event once, in the order in which it was stored."""

import re
from dataclasses import dataclass
from typing import NewType

from flowengine.errors import InvalidInput
from flowengine.kernel.case import CaseId
from flowengine.kernel.events import Event
from flowengine.store import feed
from flowengine.store.database import Database
from flowengine.store.feed import FeedRow, Position

#: Where a reader stands, as text to be kept and given back; it says nothing else.
Cursor = NewType("Cursor", str)

_CURSOR = re.compile(r"(\d{1,20})-(\d{1,19})-(\d{1,10})", re.ASCII)


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One event of the feed."""

    #: Where a reader stands who has read up to here.
    cursor: Cursor
    case_id: CaseId
    number: str
    #: Its position in the history of its order, from 1.
    seq: int
    event: Event


@dataclass(frozen=True, slots=True)
class Page:
    """Some events of the feed, and where to go on."""

    events: tuple[FeedEvent, ...]
    #: What to read on after; the same again where there was nothing.
    cursor: Cursor


def read_page(database: Database, after: str | None, limit: int) -> Page:
    """The events behind a cursor, from the beginning for None.

    Raises:
        InvalidInput: That is no cursor of a feed.
    """
    start = Position() if after is None else _position(after)
    with database.reading() as connection:
        rows = feed.following(connection, start, limit)
        if not rows and feed.is_ahead(connection, start):
            raise InvalidInput(
                f"Expected a cursor of this database, but {after} is ahead of it: it "
                "is of another server, or of a newer state. Begin anew without one."
            )
    last = rows[-1].position if rows else start
    return Page(tuple(map(_event, rows)), _cursor(last))


def _event(row: FeedRow) -> FeedEvent:
    return FeedEvent(
        cursor=_cursor(row.position),
        case_id=CaseId(row.case_id.hex()),
        number=row.number,
        seq=row.position.seq,
        event=row.event,
    )


def _cursor(position: Position) -> Cursor:
    return Cursor("-".join(map(str, position)))


def _position(cursor: str) -> Position:
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise InvalidInput(
            f"Expected the cursor of an event or a page, but got {cursor!r}: "
            "begin anew without one."
        )
    return Position(*map(int, found.groups()))
