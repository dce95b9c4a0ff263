"""Messages that no case waits for yet, kept by what they match.

Part of the hot path: each opening order looks here, in its own transaction.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, select

from flowengine.store.json_text import from_json, to_json
from flowengine.store.link import Link
from flowengine.store.statements import delete_text, insert_text, text_of
from flowengine.store.tables import case_key, case_number, case_row, inbox

_INSERT = insert_text(inbox)
_DELETE = delete_text(inbox, "key")
_SELECT_KEY = text_of(select(inbox.c.key).where(inbox.c.key == bindparam("the_key")))
_SELECT_MATCH = text_of(
    select(inbox)
    .where(inbox.c.message == bindparam("the_message"))
    .where(inbox.c.value == bindparam("the_value"))
    .where(inbox.c.at >= bindparam("the_moment"))
    .order_by(inbox.c.at, inbox.c.key)
)


class InboxMessage(NamedTuple):
    """A message without a case, in the order of the table's columns."""

    key: str
    message: str
    value: str
    at: int
    by: str
    body: dict[str, object]


def wanted(link: Link, messages: Iterable[tuple[str, str]]) -> None:
    """Have messages of these values for oneself: their order opens, or they are kept.

    Else an order could be opened while its message is put away for later.
    """
    link.lock(*(f"inbox {message} {value}" for message, value in messages))


def keep(link: Link, message: InboxMessage) -> bool:
    """Keep a message; False when the same one is kept already."""
    if link.rows(_SELECT_KEY, (message.key,)):
        return False
    link.run(_INSERT, (*message[:-1], to_json(message.body)))
    return True


def take(link: Link, message: str, value: str, since: int = 0) -> list[InboxMessage]:
    """Take out what came for a value since a moment, the oldest first."""
    rows = link.rows(_SELECT_MATCH, (message, value, since))
    link.many(_DELETE, [row[:1] for row in rows])
    return [InboxMessage._make((*row[:-1], from_json(str(row[-1])))) for row in rows]


def kept(connection: Connection) -> list[tuple[InboxMessage, str | None]]:
    """All messages that are kept, the oldest first.

    With the number of the order that one is for where that is there, but could not
    take it.
    """
    of_key = (
        select(case_row.c.number)
        .join(case_key, case_key.c.case_id == case_row.c.case_id)
        .where(case_key.c.message == inbox.c.message)
        .where(case_key.c.value == inbox.c.value)
        .limit(1)
        .scalar_subquery()
    )
    of_number = (
        select(case_number.c.number)
        .where(case_number.c.number == inbox.c.value)
        .scalar_subquery()
    )
    query = select(inbox, func.coalesce(of_key, of_number)).order_by(
        inbox.c.at, inbox.c.key
    )
    return [
        (InboxMessage._make((*row[:-2], from_json(str(row[-2])))), row[-1])
        for row in connection.execute(query)
    ]


def drop(connection: Connection, key: str) -> bool:
    """Throw a message away; False when there is none with this key."""
    return connection.execute(delete(inbox).where(inbox.c.key == key)).rowcount > 0
