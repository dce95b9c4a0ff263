"""Messages that no case waits for yet, kept by what they match."""

from typing import NamedTuple, cast

from sqlalchemy import Connection, delete, insert, select

from flowengine.store.codec import from_json, to_json
from flowengine.store.tables import inbox


class InboxMessage(NamedTuple):
    """A message without a case."""

    key: str
    message: str
    value: str
    at: int
    by: str
    body: dict[str, object]


def keep(connection: Connection, message: InboxMessage) -> bool:
    """Keep a message; False when the same one is kept already."""
    known = select(inbox.c.key).where(inbox.c.key == message.key)
    if connection.execute(known).first() is not None:
        return False
    row = message._asdict() | {"body": to_json(message.body)}
    connection.execute(insert(inbox).values(row))
    return True


def take(connection: Connection, message: str, value: str) -> list[InboxMessage]:
    """Take out what came for a value, the oldest first."""
    matches = (inbox.c.message == message) & (inbox.c.value == value)
    query = select(inbox).where(matches).order_by(inbox.c.at, inbox.c.key)
    found = [
        InboxMessage(
            row.key,
            row.message,
            row.value,
            row.at,
            row.by,
            cast("dict[str, object]", from_json(row.body)),
        )
        for row in connection.execute(query)
    ]
    if found:
        connection.execute(delete(inbox).where(matches))
    return found
