"""Threads that write at once, in an order that the test says."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from flowengine.engine import Engine
from flowengine.store.batch import Batch

Deed = Callable[[], object]


@contextmanager
def turn_kept(
    engine: Engine, then: Callable[[Batch], object]
) -> Iterator[list["Future[object]"]]:
    """A thread that writes until others wait; on leaving it does `then`."""
    begun, go_on = threading.Event(), threading.Event()

    def keep(batch: Batch) -> None:
        begun.set()
        assert go_on.wait(10)
        then(batch)

    with ThreadPoolExecutor(1) as pool:
        kept: list[Future[object]] = [pool.submit(engine._transactor.run, keep)]
        assert begun.wait(10)
        try:
            yield kept
        finally:
            go_on.set()


def together(engine: Engine, *deeds: Deed) -> list["Future[object]"]:
    """Do deeds in threads of their own, in one transaction, in this order."""
    done: list[Future[object]] = []
    with (
        ThreadPoolExecutor(len(deeds)) as pool,
        turn_kept(engine, lambda batch: None),
    ):
        for deed in deeds:
            done.append(pool.submit(deed))
            wait_for(engine, len(done))
    return done


def wait_for(engine: Engine, count: int) -> None:
    """Until so many pieces of work wait for the turn."""
    writer = engine._transactor._writer
    assert writer is not None
    until = time.monotonic() + 10
    while len(writer._waiting) < count:
        assert time.monotonic() < until
        time.sleep(0.001)
