"""What may go wrong at each statement and commit, and who dies of it."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from tests.world.schedule import Schedule
from tests.world.stepping import SteppingConnection

Answer = TypeVar("Answer")


class Crash(BaseException):
    """A program has died; what it had not committed did not happen."""


class Fault(Enum):
    """What goes wrong with a statement or a commit."""

    CRASH = "crash"
    #: It is committed, and then the program dies.
    CRASH_AFTER = "crash after"
    FULL = "disk full"
    #: The disk is full, and the database has given up the transaction by itself.
    FULL_AND_UNDONE = "disk full, undone"
    LOCKED = "locked"
    IO = "disk error"


#: What can go wrong where.
AT_BEGIN = (Fault.CRASH, Fault.LOCKED)
AT_READ = (Fault.CRASH,)
AT_WRITE = (Fault.CRASH, Fault.FULL, Fault.FULL_AND_UNDONE, Fault.IO)
AT_COMMIT = (Fault.CRASH, Fault.CRASH_AFTER, Fault.CRASH_AFTER, Fault.FULL)

_SAID = {
    Fault.FULL: "database or disk is full",
    Fault.FULL_AND_UNDONE: "database or disk is full",
    Fault.LOCKED: "database is locked",
    Fault.IO: "disk I/O error",
}


@dataclass(slots=True)
class Faults:
    """The statements of all workers: each is a step, at which something may fail."""

    schedule: Schedule
    #: Called after each commit of a transaction that wrote.
    committed: Callable[[], None]
    #: Gives a fault of those that are possible, or None.
    draw: Callable[[tuple[Fault, ...]], Fault | None]
    #: Workers that have died and not come back.
    dead: set[str] = field(default_factory=set)
    #: Who writes now; all others that want to wait.
    writer: SteppingConnection | None = None

    def take(
        self, connection: SteppingConnection, text: str, act: Callable[[], Answer]
    ) -> Answer:
        """Do a statement of whoever runs, when it is its turn; or fail it."""
        seat = self.schedule.current
        if seat is None:
            return act()
        verb, said = told(text)
        if verb == "ROLLBACK":
            return self._roll_back(connection, act)
        if seat.name in self.dead:
            raise Crash
        if verb == "BEGIN":
            return self._begin(connection, text, act)
        if verb == "COMMIT" and connection is self.writer:
            return self._commit(act)
        if verb not in ("PRAGMA", "COMMIT"):
            self.schedule.step(said)
            self._fail(AT_READ if verb == "SELECT" else AT_WRITE, connection, said)
        return act()

    def fall(self) -> None:
        """Whoever runs may die while it waits for somebody outside."""
        seat = self.schedule.current
        if seat is not None and self.draw((Fault.CRASH,)) is not None:
            self.schedule.trace.append((seat.name, "crash"))
            self.dead.add(seat.name)

    def leave(self, name: str) -> None:
        """A worker that has died gives back what it had, and may come again."""
        self.dead.discard(name)

    def _begin(
        self, connection: SteppingConnection, text: str, act: Callable[[], Answer]
    ) -> Answer:
        if "IMMEDIATE" not in text:
            return act()
        self.schedule.step("BEGIN")
        self._fail(AT_BEGIN, connection, "BEGIN")
        self.schedule.wait(lambda: self.writer is None, "somebody else writes")
        begun = act()
        self.writer = connection
        return begun

    def _commit(self, act: Callable[[], Answer]) -> Answer:
        self.schedule.step("COMMIT")
        fault = self.draw(AT_COMMIT)
        if fault is not None and fault is not Fault.CRASH_AFTER:
            self._raise(fault, "COMMIT")
        done = act()
        self.writer = None
        self.committed()
        if fault is not None:
            self._raise(fault, "COMMIT")
        self.schedule.step("committed")
        return done

    def _roll_back(
        self, connection: SteppingConnection, act: Callable[[], Answer]
    ) -> Answer:
        done = act()
        if connection is self.writer:
            self.writer = None
        return done

    def _fail(
        self, possible: tuple[Fault, ...], connection: SteppingConnection, what: str
    ) -> None:
        fault = self.draw(possible)
        if fault is None:
            return
        if fault is Fault.FULL_AND_UNDONE and connection is self.writer:
            sqlite3.Connection.rollback(connection)
            self.writer = None
        self._raise(fault, what)

    def _raise(self, fault: Fault, what: str) -> None:
        seat = self.schedule.current
        name = "" if seat is None else seat.name
        self.schedule.trace.append((name, f"{fault.value} at {what}"))
        if fault in (Fault.CRASH, Fault.CRASH_AFTER):
            self.dead.add(name)
            raise Crash
        raise sqlite3.OperationalError(_SAID[fault])


@lru_cache(maxsize=1024)
def told(text: str) -> tuple[str, str]:
    """A statement's verb, and in few words what it does to which table."""
    words = text.split()
    verb = words[0].upper()
    for before, after in pairwise(words):
        if before.upper() in ("FROM", "INTO", "UPDATE"):
            return verb, f"{verb} {after.strip('(,')}"
    return verb, verb
