"""What may go wrong at each statement and commit, and who dies of it."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from random import Random
from typing import NamedTuple

from tests.world.schedule import Schedule
from tests.world.stepping import SteppingConnection

#: What a statement is made to say, None to leave it out: an engine that is broken.
Spoiling = Callable[[str], str | None]

#: Runs a statement, as it is made to say.
Act = Callable[[str], object]


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


class Place(NamedTuple):
    """A kind of point at which something can go wrong."""

    faults: tuple[Fault, ...]
    #: How much more often than elsewhere it does.
    weight: float


AT_BEGIN = Place((Fault.CRASH, Fault.LOCKED), 1)
AT_READ = Place((Fault.CRASH,), 0.2)
AT_WRITE = Place((Fault.CRASH, Fault.FULL, Fault.FULL_AND_UNDONE, Fault.IO), 1)
AT_COMMIT = Place((Fault.CRASH, Fault.CRASH_AFTER, Fault.CRASH_AFTER, Fault.FULL), 4)
OUTSIDE = Place((Fault.CRASH,), 8)

_SAID = {
    Fault.FULL: "database or disk is full",
    Fault.FULL_AND_UNDONE: "database or disk is full",
    Fault.LOCKED: "database is locked",
    Fault.IO: "disk I/O error",
}


class Sky:
    """Draws faults, so many of a thousand steps, of the kinds that this run has."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.rate = chance.choice([0.0, 0.005, 0.01, 0.03])
        kinds = list(Fault)
        self._kinds = set(chance.sample(kinds, chance.randint(1, len(kinds))))

    def __call__(self, place: Place) -> Fault | None:
        if self._chance.random() >= self.rate * place.weight:
            return None
        fault = self._chance.choice(place.faults)
        return fault if fault in self._kinds else None


@dataclass(slots=True)
class Faults:
    """The statements of all workers: each is a step, at which something may fail."""

    schedule: Schedule
    #: Called after each commit of a transaction that wrote.
    committed: Callable[[], None]
    #: Gives a fault of those that are possible there, or None.
    draw: Callable[[Place], Fault | None]
    #: Whether others may go on before a statement, by what it says in few words.
    is_visible: Callable[[str], bool] = bool
    #: Breaks the engine, to see that it is noticed.
    spoil: Spoiling = str
    #: Workers that have died and not come back.
    dead: set[str] = field(default_factory=set)
    #: Who writes now; all others that want to wait.
    writer: SteppingConnection | None = None

    def take(self, connection: SteppingConnection, text: str, act: Act) -> None:
        """Do a statement of whoever runs, when it is its turn; or fail it."""
        verb, said = told(text)
        if self.schedule.current is not None and verb != "ROLLBACK":
            self._come_to(connection, verb, said)
        spoiled = self.spoil(text)
        if spoiled is None:
            return
        if self.schedule.current is None:
            act(spoiled)
            if verb == "COMMIT":
                self.committed()
        elif verb == "BEGIN":
            self._begin(connection, spoiled, act)
        elif verb == "COMMIT" and connection is self.writer:
            self._commit(spoiled, act)
        else:
            act(spoiled)
            if verb == "ROLLBACK" and connection is self.writer:
                self.writer = None

    def _come_to(self, connection: SteppingConnection, verb: str, said: str) -> None:
        """Wait for the turn of a statement; it may never come."""
        seat = self.schedule.current
        if seat is not None and seat.name in self.dead:
            raise Crash
        if verb not in ("BEGIN", "COMMIT", "PRAGMA"):
            self._step(said)
            self._fail(AT_READ if verb == "SELECT" else AT_WRITE, connection, said)

    def fall(self) -> None:
        """Whoever runs may die while it waits for somebody outside."""
        seat = self.schedule.current
        if seat is not None and self.draw(OUTSIDE) is not None:
            self.schedule.note("crash")
            self.dead.add(seat.name)

    def leave(self, name: str) -> None:
        """A worker that has died gives back what it had, and may come again."""
        self.dead.discard(name)

    def _begin(self, connection: SteppingConnection, text: str, act: Act) -> None:
        if "IMMEDIATE" not in text:
            act(text)
            return
        self._wait()
        self._step("BEGIN")
        self._fail(AT_BEGIN, connection, "BEGIN")
        self._wait()
        act(text)
        self.writer = connection

    def _wait(self) -> None:
        self.schedule.wait(lambda: self.writer is None, "somebody else writes")

    def _commit(self, text: str, act: Act) -> None:
        self._step("COMMIT")
        fault = self.draw(AT_COMMIT)
        if fault is not None and fault is not Fault.CRASH_AFTER:
            self._raise(fault, "COMMIT")
        act(text)
        self.writer = None
        self.committed()
        if fault is not None:
            self._raise(fault, "COMMIT")
        self._step("committed")

    def _fail(self, place: Place, connection: SteppingConnection, what: str) -> None:
        fault = self.draw(place)
        if fault is None:
            return
        if fault is Fault.FULL_AND_UNDONE and connection is self.writer:
            sqlite3.Connection.rollback(connection)
            self.writer = None
        self._raise(fault, what)

    def _step(self, said: str) -> None:
        if self.is_visible(said):
            self.schedule.step(said)
        else:
            self.schedule.note(said)

    def _raise(self, fault: Fault, what: str) -> None:
        seat = self.schedule.current
        name = "" if seat is None else seat.name
        self.schedule.note(f"{fault.value} at {what}")
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
