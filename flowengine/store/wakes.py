"""Waking workers when there is something to do, where the database can tell them."""

import threading
from types import TracebackType
from typing import Self

from flowengine.store.database import Database


class Waker:
    """Sets an event when somebody has written something for workers.

    SQLite tells nobody: there the event is never set, and workers look again after
    their rest.
    """

    def __init__(self, database: Database, woken: threading.Event) -> None:
        self._database = database
        self._woken = woken

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Listen no more."""
