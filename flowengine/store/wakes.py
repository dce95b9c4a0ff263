"""Waking workers when there is something to do, where the database can tell them."""

import threading
from typing import Self

from flowengine.store.database import Database
from flowengine.store.dialect import is_postgres


class Waker:
    """Sets an event when somebody has written something for workers.

    PostgreSQL tells it by LISTEN and NOTIFY. SQLite tells nobody: there workers look
    again after their rest. Use it as a context.
    """

    def __init__(self, database: Database, heard: threading.Event) -> None:
        self._database = database
        self._heard = heard
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Begin to listen."""
        if is_postgres(self._database.address):
            self._thread = threading.Thread(target=self._listen, daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Listen no more."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _listen(self) -> None:
        # The driver is loaded only where it is needed, and need not be installed else.
        from flowengine.store.listening import listen  # noqa: PLC0415 - see above

        listen(self._database.sql, self._heard, self._stopped)
