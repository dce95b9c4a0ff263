"""Personal values that are taken away for good, in a transaction of commands."""

import secrets
from collections.abc import Sequence
from typing import cast

from sqlalchemy import bindparam, select

from flowengine.store.database import Database
from flowengine.store.dialect import BUSY_SECONDS
from flowengine.store.link import Link
from flowengine.store.people import MESSAGE_SECRET
from flowengine.store.statements import delete_text, insert_text, text_of
from flowengine.store.tables import case_private

_SELECT = text_of(
    select(case_private.c.field, case_private.c.value).where(
        case_private.c.case_id == bindparam("the_case")
    )
)
_SELECT_SECRET = text_of(
    select(case_private.c.salt)
    .where(case_private.c.case_id == bindparam("the_case"))
    .where(case_private.c.field == bindparam("the_field"))
)
#: How long readers of the log are waited for, in milliseconds.
_PATIENCE = 500
_INSERT = insert_text(case_private)
_DELETE = delete_text(case_private, "case_id")


def erase(link: Link, case_id: bytes) -> Sequence[tuple[str, str]]:
    """Take out a case's personal values with their salts; gives field and value."""
    rows = cast("list[tuple[str, str]]", link.rows(_SELECT, (case_id,)))
    link.run(_DELETE, (case_id,))
    return [(field, value) for field, value in rows if field != MESSAGE_SECRET]


def message_secret(link: Link, case_id: bytes) -> bytes:
    """What the keys of a case's messages are made with; erased with its values."""
    found = link.rows(_SELECT_SECRET, (case_id, MESSAGE_SECRET))
    if found:
        return cast("bytes", found[0][0])
    secret = secrets.token_bytes(16)
    link.run(_INSERT, (case_id, MESSAGE_SECRET, secret, ""))
    return secret


def leave_no_trace(database: Database) -> None:
    """Take what was erased out of SQLite's log too, as far as nobody reads in it.

    While somebody does, the log stays until it is begun anew: nobody is kept waiting.
    """
    if database.has_one_writer:
        with database.linked() as link:
            link.rows(f"PRAGMA busy_timeout={_PATIENCE}")
            link.rows("PRAGMA wal_checkpoint(TRUNCATE)")
            link.rows(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
