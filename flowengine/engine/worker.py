"""A worker: does what happens by itself until it is stopped, several things at once.

Timers, children and gates are quick and done one after the other. Automations wait for
the world: each has a thread of its own, as many as the configuration allows, and only
as many are taken as threads are free.
"""

import os
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from flowengine.engine import rounds
from flowengine.engine.errands import do_errand, take_errands
from flowengine.engine.opened import Opened
from flowengine.engine.settling import Settled
from flowengine.engine.values import Worked
from flowengine.errors import ConcurrentChange, FlowError, StoreRefused
from flowengine.quantities import DAY, SECOND, Duration, Instant
from flowengine.store import leases, timers, workers
from flowengine.store.outbox import TO_CASES, OutboxRow
from flowengine.store.wakes import Waker
from flowengine.store.workers import WorkerRow

#: How much of each kind one round does: others must have their turn.
_LIMIT = 100
#: How often a worker says that it is there.
_BEAT = Duration(15 * SECOND)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something could not be done; it is tried again after a rest."""

    reason: str
    #: What was not expected at all, for whoever looks for the mistake.
    error: Exception | None = None


#: What a worker tells of: one round, one errand, or what stood in its way.
Report = Callable[[Worked | Settled | Trouble], None]


class Worker:
    """One worker. `run` returns after `stop`."""

    def __init__(self, opened: Opened, name: str, report: Report | None = None) -> None:
        """Make a worker of that name; no two that run may have the same."""
        self.name = name
        self._opened = opened
        self._report: Report = report or _silent
        self._settings = opened.outfit.configuration.worker
        self._stopped = threading.Event()
        self._woken = threading.Event()
        self._in_hand: dict[Future[None], OutboxRow] = {}
        self._started = opened.now()
        self._seen = Instant(0)

    def stop(self) -> None:
        """Finish what is in hand, take nothing more; may be called by a signal."""
        self._stopped.set()
        self._woken.set()

    def run(self) -> None:
        """Work until stopped.

        Raises:
            InvalidInput: A function that the configuration names cannot be imported.
        """
        self._opened.outfit.functions()
        waker = Waker(self._opened.database, self._woken)
        pool = ThreadPoolExecutor(self._settings.threads, thread_name_prefix="errand")
        try:
            with waker, pool:
                while not self._stopped.is_set():
                    self._woken.clear()
                    if not self._round(pool) and not self._stopped.is_set():
                        self._woken.wait(self._rest())
                self._give_back()
        finally:
            self._leave()

    def _round(self, pool: ThreadPoolExecutor) -> bool:
        """Do what is due now; whether there may be more."""
        try:
            self._say_here_again()
            said = self._opened.said(self.name)
            worked = rounds.work_inside(self._opened, said, _LIMIT)
            if worked.done or worked.skipped:
                self._report(worked)
            return self._begin_errands(pool) or bool(worked.done)
        except (StoreRefused, ConcurrentChange) as error:
            # Locked, full, or the network: it may be over after a rest.
            self._report(Trouble(str(error)))
            return False

    def _begin_errands(self, pool: ThreadPoolExecutor) -> bool:
        for done in [future for future in self._in_hand if future.done()]:
            del self._in_hand[done]
        outfit = self._opened.outfit
        free = self._settings.threads - len(self._in_hand)
        if free <= 0 or not outfit.kinds:
            return False
        taken = take_errands(self._opened, free, self.name, outfit.kinds, outfit.lease)
        for row in taken:
            self._in_hand[pool.submit(self._do, row)] = row
        return bool(taken)

    def _do(self, row: OutboxRow) -> None:
        try:
            self._report(do_errand(self._opened, row, self.name))
        # In both cases the lease runs out, and it is done again with the same key.
        except FlowError as error:
            self._report(Trouble(str(error)))
        except Exception as error:  # a bug must not stop what else is to be done
            reason = f"Unexpected {type(error).__name__} in {row.kind} {row.key}"
            self._report(Trouble(reason, error))
        finally:
            self._woken.set()

    def _rest(self) -> float:
        """Seconds until something is due, at most the configured rest.

        What is due already could not be done: it is asked for again after a rest.
        """
        opened, poll = self._opened, self._settings.poll
        at = opened.now()
        kinds: tuple[str, ...] = TO_CASES
        if len(self._in_hand) < self._settings.threads:
            kinds += opened.outfit.kinds
        try:
            with opened.database.reading() as connection:
                moments = (
                    timers.next_timer(connection),
                    leases.next_due(connection, kinds),
                )
        except StoreRefused:
            return poll / SECOND
        waits = [moment - at for moment in moments if moment is not None]
        return min((wait for wait in waits if 0 < wait < poll), default=poll) / SECOND

    def _give_back(self) -> None:
        """What has no thread yet is for another worker."""
        for future, row in self._in_hand.items():
            # Where the database is gone, the lease runs out instead.
            if future.cancel():
                with suppress(StoreRefused), self._opened.database.writing() as written:
                    leases.give_back(written, row)

    def _say_here_again(self) -> None:
        if self._opened.now() - self._seen >= _BEAT:
            self._say_here()

    def _say_here(self) -> None:
        seen = self._opened.now()
        doing = sorted({row.kind for row in self._in_hand.values()})
        row = WorkerRow(
            name=self.name,
            host=socket.gethostname(),
            pid=os.getpid(),
            started=self._started,
            seen=seen,
            doing=", ".join(doing),
        )
        with self._opened.database.writing() as connection:
            workers.say_here(connection, row)
        self._seen = seen

    def _leave(self) -> None:
        # Where the database is gone, it is soon no longer seen there.
        with suppress(StoreRefused), self._opened.database.writing() as connection:
            workers.leave(connection, self.name, self._opened.now() - DAY)


def _silent(_told: Worked | Settled | Trouble) -> None:
    """Tell nobody."""
