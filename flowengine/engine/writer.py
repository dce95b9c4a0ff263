"""One writer at a time: threads hand in their work, and one of them does what waits.

A forced write to the disk takes longer than everything else that a command does. So
threads that come while somebody writes share the next transaction (group commit):
whoever finds the turn free does what waits, each piece of work alone accepted or
refused, commits once, and wakes the others with their own answer or error.
"""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from typing import Generic, TypeVar, cast

from flowengine.errors import ConcurrentChange, FlowError, StoreError, StoreRefused
from flowengine.store.batch import Batch
from flowengine.store.database import Database
from flowengine.store.dialect import speaking_to
from flowengine.store.refusals import closed

#: Pieces of work in one transaction: with more, each would wait longer for the commit.
MOST = 100

Answer = TypeVar("Answer")


class Writer:
    """The turn to write on a database that has one writer, and who waits for it."""

    def __init__(self, database: Database, again: "Again") -> None:
        """Take turns on a database.

        `again` does a piece of work in a transaction of its own, as often as it takes,
        after it was tried once.
        """
        self._database = database
        self._again = again
        self._turn = threading.Lock()
        #: The thread that does what waits.
        self._leader: int | None = None
        self._waiting: deque[_Call[object]] = deque()
        self._is_closed = False

    def run(self, work: Callable[[Batch], Answer]) -> Answer:
        """Do `work` in a transaction, perhaps with others'; all of it, or nothing.

        Raises:
            FlowError: It is refused.
            StoreRefused: The database cannot take it, or is closed.
        """
        if self._leader == threading.get_ident():
            raise RuntimeError("Expected one piece of work, but it asked for another.")
        mine = _Call(work)
        self._waiting.append(cast("_Call[object]", mine))
        try:
            while not mine.is_answered:
                if self._turn.acquire(blocking=False):
                    self._lead()
                else:
                    mine.woken.acquire()
        except BaseException:
            # Interrupted. It may have been woken to lead: somebody else must.
            with suppress(ValueError):
                self._waiting.remove(cast("_Call[object]", mine))
            self._wake_next()
            raise
        if mine.error is not None:
            raise mine.error
        return cast("Answer", mine.answer)

    def close(self) -> None:
        """Do what waits, and refuse everything that comes later."""
        with self._turn:
            while self._waiting:
                self._do_what_waits()
            self._is_closed = True
        self._wake_next()

    def _lead(self) -> None:
        """Do what waits; the turn is ours."""
        self._leader = threading.get_ident()
        try:
            self._do_what_waits()
        finally:
            self._leader = None
            self._turn.release()
            self._wake_next()

    def _wake_next(self) -> None:
        """Let the first that waits take the turn, if nobody else has."""
        with suppress(IndexError):
            self._waiting[0].wake()

    def _do_what_waits(self) -> None:
        calls: list[_Call[object]] = []
        try:
            self._together(calls)
        finally:
            # Where this thread is interrupted, another one does the rest.
            self._waiting.extendleft(
                call for call in reversed(calls) if not call.is_answered
            )
            for call in calls:
                if call.is_answered:
                    call.wake()

    def _together(self, calls: list["_Call[object]"]) -> None:
        """Do what waits in one transaction; `calls` gets whose work it was."""
        try:
            self._in_one_transaction(calls)
        except StoreError as error:
            if not calls:  # not even a beginning was possible, for nobody
                calls.extend(self._taken(len(self._waiting)))
            for call in calls:
                call.refuse(_another(error))
        except ConcurrentChange:
            self._one_by_one(calls)
        except Exception as error:
            if len(calls) == 1:
                calls[0].refuse(error)
            else:
                # One of them cannot be written: the others must not suffer.
                self._one_by_one(calls)
        else:
            self._one_by_one([call for call in calls if call.is_late])

    def _in_one_transaction(self, calls: list["_Call[object]"]) -> None:
        address = self._database.address
        if self._is_closed:
            raise closed(address)
        with speaking_to(address), self._database.linked() as link:
            # One writer needs no locks.
            batch = Batch(link, locking=False)
            try:
                with batch:
                    # Others come while the first are done: they are taken in too.
                    while len(calls) < MOST and (taken := self._taken(1)):
                        calls += taken
                        taken[0].attempt(batch)
                for call in calls:
                    call.is_answered = not call.is_late
            except BaseException as error:
                if batch.is_ending and not isinstance(error, Exception):
                    _leave_in_doubt(calls, address)
                raise

    def _taken(self, most: int) -> list["_Call[object]"]:
        """The first that wait."""
        taken: list[_Call[object]] = []
        with suppress(IndexError):
            while len(taken) < most:
                taken.append(self._waiting.popleft())
        return taken

    def _one_by_one(self, calls: list["_Call[object]"]) -> None:
        for call in calls:
            try:
                call.answer = self._again(call.work)
            except Exception as error:
                call.refuse(error)
            else:
                call.error = None
                call.is_answered = True


#: Does work in a transaction of its own.
Again = Callable[[Callable[[Batch], object]], object]


def _leave_in_doubt(calls: list["_Call[object]"], address: str) -> None:
    """The thread that was committing is interrupted: nobody heard the answer."""
    for call in calls:
        if not call.is_answered:
            call.refuse(
                StoreRefused(
                    f"Expected {address} to say that it is stored, but the thread "
                    "that wrote was interrupted: nothing of it was done, or all of "
                    "it; say it again with the same key."
                )
            )


def _another(error: StoreError) -> StoreError:
    """The same error for one more thread to raise."""
    made = copy(error)
    made.__cause__ = error.__cause__
    return made


class _Call(Generic[Answer]):
    """A piece of work, and the thread that waits for it."""

    __slots__ = ("answer", "error", "is_answered", "is_late", "woken", "work")

    def __init__(self, work: Callable[[Batch], Answer]) -> None:
        self.work = work
        self.answer: Answer | None = None
        self.error: BaseException | None = None
        #: What it did is stored, or it is refused for good.
        self.is_answered = False
        #: Somebody else was faster: it is to be done again, alone.
        self.is_late = False
        #: Held until its thread is to look again.
        self.woken = threading.Lock()
        self.woken.acquire()

    def attempt(self, batch: Batch) -> None:
        """Do the work among others'; refused, it has done nothing."""
        self.error, self.is_late = None, False
        try:
            self.answer = batch.attempt(self.work)
        except StoreError:
            raise
        except ConcurrentChange:
            self.is_late = True
        except FlowError as error:
            self.error = error

    def refuse(self, error: BaseException) -> None:
        """It is not done, and will not be."""
        self.error = error
        self.is_answered = True

    def wake(self) -> None:
        """Let its thread look again."""
        with suppress(RuntimeError):  # it was woken before, and has not looked yet
            self.woken.release()
