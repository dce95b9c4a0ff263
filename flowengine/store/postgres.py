"""The link to PostgreSQL: reads at once, writes in one pipeline at the end.

A transaction without locks reads by statements of their own, keeps what is to be
written, and sends all of it together as one implicit transaction: two round trips in
all, and no lock is held while the command is decided. That somebody else was faster is
an error of a key then. A locking transaction is one of the database's own.

Only this module, `wire` and `listening` import the driver, where PostgreSQL is spoken
to.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from typing import Any

import psycopg
from psycopg.pq import ConnStatus
from sqlalchemy import Engine

from flowengine.errors import FlowError
from flowengine.store.dialect import has_ended
from flowengine.store.link import UNKNOWN, Link, NeedsLock, Query, Row
from flowengine.store.refusals import closed, refusal
from flowengine.store.wire import Connection, Wire

#: How many links one engine has at most.
MOST = 16
_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"
_LOCK = "SELECT pg_advisory_xact_lock(?)"


def links_of(engine: Engine, address: str, settings: str) -> "PostgresLinks":
    """The links to where an engine of SQLAlchemy connects to. Raises StoreRefused."""
    _, parameters = engine.dialect.create_connect_args(engine.url)

    def connect() -> Connection:
        return _connected(parameters, settings)

    return PostgresLinks(connect, address)


def _connected(parameters: Mapping[str, Any], settings: str) -> Connection:
    """A connection for commands. Raises the driver's errors."""
    connection: Connection = psycopg.connect(
        application_name="flowengine",
        autocommit=True,
        **parameters,
    )
    connection.execute(settings)
    return connection


class PostgresLink:
    """One connection to PostgreSQL that commands are written on."""

    def __init__(self, connection: Connection, address: str) -> None:
        self._connection = connection
        self._wire = Wire(connection)
        self._address = address
        self._locking = False
        self._writes: list[tuple[str, Sequence[Row]]] = []
        #: What went wrong: a transaction that has failed cannot do anything more.
        self._error: FlowError | None = None

    def begin(self, *, locking: bool = True) -> None:
        """Begin; a locking transaction begins with the first statement's trip."""
        self._locking = locking
        if locking:
            with self._speaking():
                self._wire.send(_BEGIN)

    def commit(self) -> None:
        """Send what is to be written, and wait until it lasts."""
        with self._speaking():
            if self._locking:
                self._wire.send("COMMIT")
            elif not self._writes:
                return
            for text, rows in self._writes:
                for row in rows:
                    self._wire.send(text, row)
            self._wire.end()
        self._writes.clear()

    def rollback(self) -> None:
        """Forget everything since the beginning."""
        self._writes.clear()
        self._error = None
        if self._wire.is_idle:
            return
        with suppress(psycopg.Error):
            self._wire.end()
        with suppress(psycopg.Error):
            if not self._wire.is_idle:
                self._wire.send("ROLLBACK")
                self._wire.end()

    def rows(self, text: str, values: Row = ()) -> list[Row]:
        """What a query finds, or a statement returns."""
        return self.together(((text, values),))[0]

    def rows_kept(self, text: str, values: Row = ()) -> list[Row]:
        """What a query of one table finds; locked in the order of its first column."""
        if self._locking:
            text = f"{text} ORDER BY 1 FOR UPDATE"
        return self.rows(text, values)

    def rows_free(self, text: str, values: Row = ()) -> list[Row]:
        """What a query finds of orders that nobody else is changing at this moment."""
        if self._locking:
            text = f"{text} FOR UPDATE OF case_row SKIP LOCKED"
        return self.rows(text, values)

    def together(self, queries: Sequence[Query]) -> list[list[Row]]:
        """What several queries find, in one round trip."""
        if self._writes:
            raise NeedsLock  # what is to be written is not there yet
        if not queries:
            return []
        with self._speaking():
            asked = [self._wire.send(text, values) for text, values in queries]
            if self._locking:
                self._wire.receive()
            else:
                self._wire.end()
        return [each.rows for each in asked]

    def run(self, text: str, values: Row) -> int:
        """Write; how many rows change is not known in time."""
        return self.many(text, (values,))

    def many(self, text: str, rows: Sequence[Row]) -> int:
        """Write with each row; how many rows change is not known in time."""
        if not self._locking:
            self._writes.append((text, rows))
            return UNKNOWN
        with self._speaking():
            for row in rows:
                self._wire.send(text, row)
        return UNKNOWN

    def lock(self, *names: str) -> None:
        """Have names for oneself until the end; others that want one wait."""
        if not self._locking:
            raise NeedsLock
        with self._speaking():
            # In an order that is the same for all, so that none waits for another.
            for number in sorted(map(_number_of, names)):
                self._wire.send(_LOCK, (number,))

    def is_usable(self) -> bool:
        """Whether the server still listens, as far as it has not told otherwise."""
        connection = self._connection
        if connection.closed or connection.info.status is not ConnStatus.OK:
            return False
        return self._wire.is_idle and not has_ended(connection.fileno())

    def close(self) -> None:
        """Give the connection back."""
        with suppress(psycopg.Error):
            self._connection.close()

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """Say the driver's errors in our words, until the transaction is ended."""
        if self._error is not None:
            raise self._error
        try:
            yield
        except psycopg.Error as error:
            self._error = refusal(self._address, error)
            raise self._error from error


class PostgresLinks:
    """Links of one engine: as many as callers at once, up to a bound."""

    def __init__(self, connect: Callable[[], Connection], address: str) -> None:
        """Take a connection at once, so that what is wrong is told at once."""
        self._connect = connect
        self._address = address
        self._turns = threading.BoundedSemaphore(MOST)
        self._free: list[PostgresLink] = [self._new()]
        self._is_closed = False

    @contextmanager
    def linked(self) -> Iterator[Link]:
        """A link that is free, or a new one; one that was lost is thrown away."""
        with self._turns:
            if self._is_closed:
                raise closed(self._address)
            link = self._take()
            try:
                yield link
            finally:
                self._free.append(link)

    def close(self) -> None:
        """Give all connections back, once what was begun with them is done."""
        if self._is_closed:
            return
        self._is_closed = True
        for _ in range(MOST):
            self._turns.acquire()
        for _ in range(MOST):
            self._turns.release()
        while self._free:
            self._free.pop().close()

    def _take(self) -> PostgresLink:
        while self._free:
            with suppress(IndexError):  # another thread may have been faster
                link = self._free.pop()
                if link.is_usable():
                    return link
                link.close()
        return self._new()

    def _new(self) -> PostgresLink:
        try:
            return PostgresLink(self._connect(), self._address)
        except psycopg.Error as error:
            raise refusal(self._address, error) from error


def _number_of(name: str) -> int:
    """A name as the number by which it is locked."""
    digest = blake2b(name.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
