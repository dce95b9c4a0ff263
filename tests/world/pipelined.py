"""Commands as PostgreSQL takes them, on SQLite: read at once, written at the end.

A transaction without locks holds nothing while a command is decided, so others change
what it has read; its writes go together, and that somebody was faster is an error of a
key. `flowengine.store.postgres` does this to a server; here every step of it is chosen
by a seed, at no cost of a server. A locking transaction excludes all others that write,
which is more than PostgreSQL does: how those meet is tried on a server.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import PoolProxiedConnection

from flowengine.errors import ConcurrentChange
from flowengine.store.link import UNKNOWN, Link, NeedsLock, Query, Row, SqliteLink


class PipelinedLink:
    """A connection to SQLite that writes in one go, and learns only then of others."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._link = SqliteLink(connection)
        self._locking = False
        self._writes: list[tuple[str, Sequence[Row]]] = []

    def begin(self, *, locking: bool = True) -> None:
        """Begin; only with locks is anybody kept waiting."""
        self._locking = locking
        self._writes.clear()
        if locking:
            self._link.begin()

    def commit(self) -> None:
        """Write what was kept, all of it or nothing."""
        if not self._locking and not self._writes:
            return
        try:
            if not self._locking:
                self._link.begin()
                for text, rows in self._writes:
                    self._link.many(text, rows)
            self._link.commit()
        except sqlite3.IntegrityError as error:
            raise ConcurrentChange(f"Somebody else was faster: {error}") from error

    def rollback(self) -> None:
        """Forget everything since the beginning."""
        self._writes.clear()
        self._link.rollback()

    def rows(self, text: str, values: Row = ()) -> list[Row]:
        """What a query finds now."""
        if self._writes:
            raise NeedsLock
        return self._link.rows(text, values)

    rows_kept = rows
    rows_free = rows

    def together(self, queries: Sequence[Query]) -> list[list[Row]]:
        """What several queries find, each at its own moment."""
        return [self.rows(text, values) for text, values in queries]

    def run(self, text: str, values: Row) -> int:
        """Write; how many rows change is not known in time."""
        return self.many(text, (values,))

    def many(self, text: str, rows: Sequence[Row]) -> int:
        """Write with each row; how many rows change is not known in time."""
        if self._locking:
            self._link.many(text, rows)
        elif rows:
            self._writes.append((text, rows))
        return UNKNOWN

    def lock(self, *names: str) -> None:
        """Have names for oneself: only in a locking transaction."""
        if not self._locking:
            raise NeedsLock


class PipelinedLinks:
    """The one such link of an engine that one worker uses."""

    def __init__(self, pooled: PoolProxiedConnection) -> None:
        connection: DBAPIConnection | sqlite3.Connection | None
        connection = pooled.driver_connection
        if not isinstance(connection, sqlite3.Connection):
            raise TypeError(f"Expected a connection to SQLite, but got {connection!r}.")
        self._pooled = pooled
        self._link = PipelinedLink(connection)

    @contextmanager
    def linked(self) -> Iterator[Link]:
        """The link."""
        yield self._link

    def close(self) -> None:
        """Give the connection back."""
        self._pooled.close()


def pipelined_links(engine: Engine, _address: str, _synchronous: str) -> PipelinedLinks:
    """In place of the links that a database makes for itself."""
    return PipelinedLinks(engine.raw_connection())
