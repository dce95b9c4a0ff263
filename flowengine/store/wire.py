"""Statements on their way to PostgreSQL, one behind another, and what comes back.

The driver's own cursors cost several times as much: here each text is prepared once,
its values go as text whose type the statement says, everything is sent in one go, and
no answer is waited for before it is asked for.
"""

import select
from collections import deque
from collections.abc import Sequence

import psycopg
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult

from flowengine.store.link import Row

Connection = psycopg.Connection[Row]

#: What is kept prepared: all statements of the hot path, and those that read many.
_PREPARED = 400
_AS_TEXT, _AS_BYTES = int(Format.TEXT), int(Format.BINARY)
_DONE = frozenset({ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK})


class Asked:
    """A statement that was sent; its rows are there once it was answered."""

    __slots__ = ("prepares", "rows")

    def __init__(self, prepares: str = "") -> None:
        #: The text that is only prepared by it; "" where it is run.
        self.prepares = prepares
        self.rows: list[Row] = []


class Wire:
    """A connection whose statements go in pipelines; nothing else may use it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._pgconn = connection.pgconn
        self._pgconn.enter_pipeline_mode()
        self._transformer = Transformer(connection)
        #: By text, what it is prepared as.
        self._names: dict[str, bytes] = {}
        self._prepared = 0
        self._sent: deque[Asked] = deque()
        self._is_ended = True

    @property
    def is_idle(self) -> bool:
        """Whether no transaction is open, and nothing is on its way."""
        # The server tells how it stands only where something is ended.
        status = self._pgconn.transaction_status
        return self._is_ended and status == TransactionStatus.IDLE

    def send(self, text: str, values: Sequence[object] = ()) -> Asked:
        """Send a statement with question marks for its values; wait for nothing.

        Raises:
            psycopg.Error: A value cannot be sent.
        """
        self._is_ended = False
        name = self._names.get(text) or self._prepare(text)
        formats = [_AS_BYTES if type(value) is bytes else _AS_TEXT for value in values]
        written = [_written(value) for value in values]
        self._pgconn.send_query_prepared(name, written, formats, _AS_BYTES)
        asked = Asked()
        self._sent.append(asked)
        return asked

    def receive(self) -> None:
        """Wait for the answers to everything that was sent.

        Raises:
            psycopg.Error: What went wrong first; all after it was not done.
        """
        self._pgconn.send_flush_request()
        self._receive()

    def end(self) -> None:
        """End what was sent, as one transaction where none is open, and wait for it.

        Raises:
            psycopg.Error: What went wrong first; all after it was not done.
        """
        self._pgconn.pipeline_sync()
        try:
            self._receive()
        finally:
            self._next()  # that it was ended
            self._is_ended = True
        if len(self._names) > _PREPARED:
            self._forget()

    def _prepare(self, text: str) -> bytes:
        self._prepared += 1
        name = b"f%d" % self._prepared
        parts = text.split("?")
        numbered = [f"{part}${n}" for n, part in enumerate(parts[:-1], 1)]
        self._pgconn.send_prepare(name, "".join([*numbered, parts[-1]]).encode())
        self._names[text] = name
        self._sent.append(Asked(prepares=text))
        return name

    def _forget(self) -> None:
        """Give back what was prepared: texts that read many are many."""
        self._names.clear()
        self._pgconn.send_query_params(b"DEALLOCATE ALL", None)
        self._sent.append(Asked())
        self.end()

    def _receive(self) -> None:
        error: psycopg.Error | None = None
        self._flush()
        while self._sent:
            result = self._next()
            if result is None:
                raise psycopg.OperationalError("the connection is lost")
            asked = self._sent.popleft()
            if result.status in _DONE:
                self._read(asked, result)
            else:
                self._names.pop(asked.prepares, None)
                if error is None and result.status == ExecStatus.FATAL_ERROR:
                    error = error_from_result(result)
            self._next()  # that nothing more comes for it
        if error is not None:
            raise error

    def _read(self, asked: Asked, result: PGresult) -> None:
        if result.ntuples:
            self._transformer.set_pgresult(result, format=Format.BINARY)
            asked.rows = self._transformer.load_rows(0, result.ntuples, tuple)

    def _next(self) -> PGresult | None:
        pgconn = self._pgconn
        while pgconn.is_busy():
            self._wait(select.POLLIN)
            pgconn.consume_input()
        return pgconn.get_result()

    def _flush(self) -> None:
        """Send all of it; where the server answers meanwhile, that is taken in."""
        while self._pgconn.flush():
            if self._wait(select.POLLIN | select.POLLOUT) & select.POLLIN:
                self._pgconn.consume_input()

    def _wait(self, ready: int) -> int:
        poll = select.poll()
        poll.register(self._pgconn.socket, ready)
        return poll.poll()[0][1]


def _written(value: object) -> bytes | None:
    """A value as it is sent: bytes as they are, all else as its text."""
    if value is None or type(value) is bytes:
        return value
    if type(value) is str:
        if "\0" in value:
            raise psycopg.DataError("PostgreSQL text fields cannot contain NUL")
        return value.encode()
    return str(value).encode()
