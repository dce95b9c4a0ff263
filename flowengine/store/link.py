"""The link: one connection that commands are written on, whatever the database.

Texts have question marks for their values, and no other question or percent signs.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from sqlalchemy import PoolProxiedConnection

#: A row of a table, or the values of a statement.
Row = tuple[object, ...]

#: A statement with its values.
Query = tuple[str, Row]

#: What a link says where a database does not tell in time how many rows changed.
UNKNOWN = -1


class NeedsLock(Exception):  # noqa: N818 - no error: the work is begun anew, locking
    """This work must exclude others, and began without doing so."""


class Link(Protocol):
    """One connection that commands are written on."""

    def begin(self, *, locking: bool = True) -> None:
        """Begin a transaction; one that is `locking` may exclude others."""

    def commit(self) -> None:
        """Make everything since the beginning last, all of it or nothing."""

    def rollback(self) -> None:
        """Forget everything since the beginning; allowed where nothing was begun."""

    def rows(self, text: str, values: Row = ()) -> list[Row]:
        """What a query finds, or a statement returns.

        Raises:
            NeedsLock: Something was written before in a transaction without locks.
        """

    def rows_kept(self, text: str, values: Row = ()) -> list[Row]:
        """What a query of one table finds.

        In a locking transaction nobody else changes these rows until its end.
        """

    def rows_free(self, text: str, values: Row = ()) -> list[Row]:
        """What a query finds of orders that nobody else is changing at this moment.

        `text` joins `case_row` and ends with its LIMIT. In a locking transaction
        nobody else changes these orders until its end; others leave them out too.
        """

    def together(self, queries: Sequence[Query]) -> list[list[Row]]:
        """What several queries find, asked at once. Raises as `rows` does."""

    def run(self, text: str, values: Row) -> int:
        """Write; how many rows changed, `UNKNOWN` where that is not known in time."""

    def many(self, text: str, rows: Sequence[Row]) -> int:
        """Write with each row; how many rows changed in all, or `UNKNOWN`."""

    def lock(self, *names: str) -> None:
        """Have names, or none, for oneself until the end; others that want one wait.

        Raises:
            NeedsLock: The transaction is not locking.
        """


class Links(Protocol):
    """The connections that the commands of one engine are written on."""

    def linked(self) -> AbstractContextManager[Link]:
        """One link, for this caller alone; waits until one is free."""

    def close(self) -> None:
        """Give them all back."""


class SqliteLink:
    """A connection to SQLite, where a transaction that writes excludes all others."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def begin(self, *, locking: bool = True) -> None:
        """Begin a transaction; another one that writes is waited for."""
        self._connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make everything since the beginning last."""
        self._connection.execute("COMMIT")

    def rollback(self) -> None:
        """Forget everything since the beginning."""
        # A full disk or an I/O error may have ended the transaction already.
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def rows(self, text: str, values: Row = ()) -> list[Row]:
        """What a query finds, or a statement returns."""
        return self._connection.execute(text, values).fetchall()

    rows_kept = rows
    rows_free = rows

    def together(self, queries: Sequence[Query]) -> list[list[Row]]:
        """What several queries find."""
        execute = self._connection.execute
        return [execute(text, values).fetchall() for text, values in queries]

    def run(self, text: str, values: Row) -> int:
        """Write; how many rows changed."""
        return self._connection.execute(text, values).rowcount

    def many(self, text: str, rows: Sequence[Row]) -> int:
        """Write with each row; how many rows changed in all."""
        if len(rows) == 1:
            return self._connection.execute(text, rows[0]).rowcount
        return self._connection.executemany(text, rows).rowcount if rows else 0

    def lock(self, *names: str) -> None:
        """Nothing: who writes is alone already."""


class OneLink:
    """The one link of a database that has one writer at a time."""

    def __init__(self, pooled: PoolProxiedConnection) -> None:
        self._pooled = pooled
        connection = pooled.driver_connection
        if not isinstance(connection, sqlite3.Connection):
            raise TypeError(f"Expected a connection to SQLite, but got {connection!r}.")
        self._link = SqliteLink(connection)
        self._turn = threading.Lock()

    @contextmanager
    def linked(self) -> Iterator[Link]:
        """The link; threads take turns."""
        with self._turn:
            yield self._link

    def close(self) -> None:
        """Give the connection back."""
        self._pooled.close()
