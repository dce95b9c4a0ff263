"""Messages that no case waits for yet, kept by what they match.

Part of the hot path: each opening order looks here, in its own transaction.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import bindparam, select

from flowengine.store.codec import from_json, to_json
from flowengine.store.link import Link
from flowengine.store.statements import delete_text, insert_text, text_of
from flowengine.store.tables import inbox

_INSERT = insert_text(inbox)
_DELETE = delete_text(inbox, "key")
_SELECT_KEY = text_of(select(inbox.c.key).where(inbox.c.key == bindparam("the_key")))
_SELECT_MATCH = text_of(
    select(inbox)
    .where(inbox.c.message == bindparam("the_message"))
    .where(inbox.c.value == bindparam("the_value"))
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


def take(link: Link, message: str, value: str) -> list[InboxMessage]:
    """Take out what came for a value, the oldest first."""
    rows = link.rows(_SELECT_MATCH, (message, value))
    link.many(_DELETE, [row[:1] for row in rows])
    return [InboxMessage._make((*row[:-1], from_json(str(row[-1])))) for row in rows]
