"""A connection to SQLite that takes a step before everything that it does.

Engines get it in place of the driver's own, so no statement of theirs goes around it:
neither of the link that commands are written on, nor of SQLAlchemy's connections.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, Self, cast

from sqlalchemy import Engine, event


class Steps(Protocol):
    """Who is asked before each statement, and does it."""

    def take(
        self, connection: "SteppingConnection", text: str, act: Callable[[str], object]
    ) -> None:
        """Do `act`, which runs a statement, when it is its turn; or fail it."""


class SteppingCursor(sqlite3.Cursor):
    """A cursor whose statements are steps."""

    def execute(self, text: str, values: object = (), /) -> Self:
        connection = cast("SteppingConnection", self.connection)
        run = super().execute
        connection.step(text, lambda said: run(said, values))  # type: ignore[arg-type] # any parameters
        return self

    def executemany(self, text: str, rows: Iterable[object], /) -> Self:
        connection = cast("SteppingConnection", self.connection)
        run = super().executemany
        connection.step(text, lambda said: run(said, rows))  # type: ignore[arg-type] # any parameters
        return self


class SteppingConnection(sqlite3.Connection):
    """A connection whose statements are steps, once it has been told whose."""

    steps: Steps | None = None

    def step(self, text: str, act: Callable[[str], object]) -> None:
        """Run a statement when it is its turn."""
        if self.steps is None:
            act(text)
        else:
            self.steps.take(self, text, act)

    def execute(self, text: str, values: object = (), /) -> sqlite3.Cursor:
        return self.cursor().execute(text, values)

    def executemany(self, text: str, rows: Iterable[object], /) -> sqlite3.Cursor:
        return self.cursor().executemany(text, rows)

    def cursor(self, factory: object = None, /) -> SteppingCursor:  # type: ignore[override] # one kind of cursor
        return super().cursor(SteppingCursor)

    def commit(self) -> None:
        if self.in_transaction:
            commit = super().commit
            self.step("COMMIT", lambda _: commit())

    def rollback(self) -> None:
        if self.in_transaction:
            roll_back = super().rollback
            self.step("ROLLBACK", lambda _: roll_back())

    def close(self) -> None:
        self.rollback()
        super().close()


@contextmanager
def stepping_connections(steps: Steps) -> Iterator[None]:
    """Whatever connects in this context takes steps."""

    def connect(
        _dialect: object, _record: object, arguments: list[str], _options: object
    ) -> SteppingConnection:
        # Who finds the database locked waits for its turn, and not for a time.
        made = sqlite3.connect(
            arguments[0], check_same_thread=False, timeout=0, factory=SteppingConnection
        )
        made.steps = steps
        return made

    event.listen(Engine, "do_connect", connect)
    try:
        yield
    finally:
        event.remove(Engine, "do_connect", connect)
