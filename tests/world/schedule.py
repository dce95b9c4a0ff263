"""Several workers of which exactly one runs at a time; who goes on next is chosen.

Each worker is a thread with a baton of its own: it runs only while it holds it. At
every step it asks who goes on, and hands over where that is somebody else. So a run is
a function of the choices, and the same choices give the same run.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol


class Halted(BaseException):
    """The run is over; unwinds the workers that have not come to their end."""


class Stuck(AssertionError):  # noqa: N818 - what was found, as a test says it
    """Everybody waits for somebody else."""


class Chooser(Protocol):
    """Where all chance of a run comes from."""

    def who(self, ready: Sequence[int], running: int | None) -> int:
        """One of the `ready`; `running` is who asks, None where they cannot go on."""


@dataclass(slots=True)
class Seat:
    """One worker: what it does, and whether it may go on."""

    place: int
    name: str
    deed: Callable[[], None]
    baton: threading.Lock = field(default_factory=threading.Lock)
    is_done: bool = False
    #: Tells whether it can go on; None where nothing keeps it.
    is_free: Callable[[], bool] | None = None

    def is_ready(self) -> bool:
        return not self.is_done and (self.is_free is None or self.is_free())


class Schedule:
    """Workers taking turns, until all are done or one has found a fault."""

    def __init__(self, chooser: Chooser) -> None:
        self.chooser = chooser
        #: Whose turn it is; None where nobody runs.
        self.current: Seat | None = None
        #: Who took which step, in order.
        self.trace: list[tuple[str, str]] = []
        self._seats: list[Seat] = []
        self._over = threading.Lock()
        self._failure: BaseException | None = None
        self._is_halting = False

    def add(self, name: str, deed: Callable[[], None]) -> Seat:
        """One more worker."""
        seat = Seat(len(self._seats), name, deed)
        self._seats.append(seat)
        return seat

    def run(self) -> None:
        """Let all workers run to their end. Raises what one of them has raised."""
        threads = [
            threading.Thread(target=self._sit, args=(seat,), name=seat.name)
            for seat in self._seats
        ]
        for lock in (self._over, *(seat.baton for seat in self._seats)):
            lock.acquire()
        for thread in threads:
            thread.start()
        self._go_on(None)
        self._over.acquire()
        self._is_halting = True
        for seat, thread in zip(self._seats, threads, strict=True):
            seat.baton.release()
            thread.join()
        self.current = None
        if self._failure is not None:
            raise self._failure

    def note(self, what: str) -> None:
        """Something that whoever runs does without a pause."""
        if self.current is not None:
            self.trace.append((self.current.name, what))

    def step(self, what: str) -> None:
        """A point at which somebody else may go on."""
        seat = self.current
        if seat is None or self._is_halting:
            return
        self.note(what)
        self._go_on(seat)

    def wait(self, is_free: Callable[[], bool], what: str) -> None:
        """Go on when `is_free`, and not before."""
        seat = self.current
        if seat is None or self._is_halting or is_free():
            return
        self.note(f"waits: {what}")
        seat.is_free = is_free
        self._go_on(seat)
        seat.is_free = None

    def _sit(self, seat: Seat) -> None:
        seat.baton.acquire()
        try:
            if not self._is_halting:
                seat.deed()
        except Halted:
            pass
        except BaseException as error:
            self._failure = self._failure or error
        seat.is_done = True
        if not self._is_halting:
            self._go_on(seat)

    def _go_on(self, seat: Seat | None) -> None:
        """Hand over to whoever is next, and wait for the own turn."""
        chosen = None if self._failure else self._chosen(seat)
        if chosen is seat and seat is not None:
            return
        self.current = chosen
        if chosen is None:
            self._over.release()
        else:
            chosen.baton.release()
        if seat is None or seat.is_done:
            return
        seat.baton.acquire()
        if self._is_halting:
            raise Halted

    def _chosen(self, seat: Seat | None) -> Seat | None:
        ready = [each.place for each in self._seats if each.is_ready()]
        if not ready:
            waiting = [each.name for each in self._seats if not each.is_done]
            if waiting:
                self._failure = Stuck(f"{', '.join(waiting)} wait for each other")
            return None
        running = seat.place if seat is not None and seat.place in ready else None
        return self._seats[self.chooser.who(ready, running)]
