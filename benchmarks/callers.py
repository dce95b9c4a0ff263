"""Many threads of one program that call the engine at once, each one command a call.

    python -m benchmarks.callers ADDRESS [--orders N]

opens the orders of the standard work in a database that has its tables, and does it
once, for what counts system calls from outside.
"""

import argparse
import gc
import threading
import time

from benchmarks.contest import Contestant, Figures
from benchmarks.ours import OnFile, accept, open_all
from benchmarks.standard_work import STEPS, completions
from flowengine.engine import Engine
from flowengine.kernel.commands import CompleteTask

#: Threads that wait for their own answer before they say the next thing.
CALLERS = 64


def callers(prepared: OnFile, name: str) -> Contestant:
    """The threads on one SQLite file."""

    def run() -> Figures:
        with Engine(prepared.place().address, synchronous="OFF") as engine:
            cpu = complete_at_once(engine, prepared.orders)[0]
        place = prepared.place()
        with Engine(place.address) as engine:
            wall = complete_at_once(engine, prepared.orders)[1]
        steps = prepared.orders * STEPS
        return {
            "threads": CALLERS,
            "cpu_us": cpu / steps * 1e6,
            "steps_per_s": steps / wall,
            "kib_per_order": place.size() / 1024 / prepared.orders,
        }

    return Contestant(name, run)


def complete_at_once(engine: Engine, orders: int) -> tuple[float, float]:
    """Complete everything, each order by one thread; processor and wall seconds."""
    work = [
        [command for order in range(first, orders, CALLERS) for command in _of(order)]
        for first in range(CALLERS)
    ]
    ready = threading.Barrier(CALLERS + 1)
    refused: list[Exception] = []

    def call(commands: list[CompleteTask]) -> None:
        ready.wait()
        try:
            for command in commands:
                accept(engine.submit([command]))
        except Exception as error:
            refused.append(error)
            raise

    threads = [threading.Thread(target=call, args=(each,)) for each in work]
    for thread in threads:
        thread.start()
    # What the benchmark itself holds must not be walked while it is measured.
    gc.collect()
    gc.freeze()
    cpu, wall = time.process_time(), time.perf_counter()
    ready.wait()
    for thread in threads:
        thread.join()
    spent = time.process_time() - cpu, time.perf_counter() - wall
    if refused:
        raise RuntimeError(f"A thread was refused: {refused[0]}") from refused[0]
    return spent


def _of(order: int) -> list[CompleteTask]:
    return list(completions(order))


def main() -> None:
    """Do it once."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.callers")
    parser.add_argument("address")
    parser.add_argument("--orders", type=int, default=1000)
    asked = parser.parse_args()
    open_all(asked.address, asked.orders, "FULL")
    with Engine(asked.address) as engine:
        complete_at_once(engine, asked.orders)


if __name__ == "__main__":
    main()
