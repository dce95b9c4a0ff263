"""flowengine at the standard work: on SQLite one by one and in batches, on PostgreSQL.

    python -m benchmarks.ours ADDRESS [--batch N] [--orders N] [--open-only]

does it once in a database that has its tables, for what counts system calls from
outside.
"""

import argparse
import gc
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contest import Contestant, Figures
from benchmarks.servers import FilePlace, Server, ServerPlace
from benchmarks.standard_work import (
    CLERK,
    COMPLETIONS,
    PROCESS,
    ROLE,
    STEPS,
    completions,
    opening,
)
from flowengine.engine import Engine, Receipt
from flowengine.engine.database import create_database
from flowengine.kernel.commands import CompleteTask

#: Orders opened in one transaction.
OPENING = 500


def open_all(address: str, orders: int, synchronous: str = "OFF") -> None:
    """Open the orders of the standard work in an empty database."""
    with Engine(address, synchronous=synchronous) as engine:
        engine.people.add(CLERK, [ROLE])
        digest = engine.add_process(PROCESS, "standard-work.yaml").digest
        for start in range(0, orders, OPENING):
            numbers = range(start, min(start + OPENING, orders))
            accept(engine.submit([opening(number, digest) for number in numbers]))


def all_completions(orders: int) -> list[CompleteTask]:
    """Every completion, each step of all orders before the next step."""
    waves = zip(*(completions(number) for number in range(orders)), strict=True)
    return [command for wave in waves for command in wave]


def one_by_one(orders: int) -> list[tuple[str, str | None, str]]:
    """Every completion as a person says it: the task, its outcome, a key."""
    return [
        (f"{number}/{step}", outcome, step)
        for step, outcome in COMPLETIONS
        for number in range(orders)
    ]


def complete_all(engine: Engine, orders: int, batch: int) -> tuple[float, float]:
    """Complete everything; processor and wall seconds.

    One by one it is what a person does, by the order's number; in batches they are
    typed commands, as those who hand in many have them.
    """
    commands = all_completions(orders)
    ones = one_by_one(orders) if batch == 1 else []
    # What the benchmark itself holds must not be walked while it is measured.
    gc.collect()
    gc.freeze()
    cpu, wall = time.process_time(), time.perf_counter()
    for ref, outcome, key in ones:
        engine.complete(ref, by=CLERK, outcome=outcome, key=key)
    for start in range(0, 0 if ones else len(commands), batch):
        accept(engine.submit(commands[start : start + batch]))
    return time.process_time() - cpu, time.perf_counter() - wall


def accept(answers: Sequence[object]) -> None:
    """Stop where a command of the benchmark was refused."""
    for answer in answers:
        if not isinstance(answer, Receipt):
            raise TypeError(f"A command was refused: {answer}")


@dataclass(frozen=True, slots=True)
class OnFile:
    """SQLite files with all orders open, copies of one that was prepared."""

    folder: Path
    orders: int

    @property
    def prepared(self) -> Path:
        """The one that is copied."""
        return self.folder / "prepared.db"

    def prepare(self) -> None:
        """Open the orders once."""
        create_database(str(self.prepared))
        open_all(str(self.prepared), self.orders)

    def place(self) -> FilePlace:
        """A fresh copy, in the place of the one before."""
        path = self.folder / "work.db"
        for old in self.folder.glob("work.db*"):
            old.unlink()
        shutil.copy(self.prepared, path)
        return FilePlace(path)

    def contestant(self, name: str, batch: int) -> Contestant:
        """Ours with so many commands in a transaction."""

        def run() -> Figures:
            with Engine(self.place().address, synchronous="OFF") as engine:
                cpu = complete_all(engine, self.orders, batch)[0]
            place = self.place()
            with Engine(place.address) as engine:
                wall = complete_all(engine, self.orders, batch)[1]
            steps = self.orders * STEPS
            return {
                "cpu_us": cpu / steps * 1e6,
                "steps_per_s": steps / wall,
                "kib_per_order": place.size() / 1024 / self.orders,
            }

        return Contestant(name, run)


class OnServer:
    """PostgreSQL databases with all orders open, copies of one that was prepared."""

    def __init__(self, server: Server, orders: int) -> None:
        self.server = server
        self.orders = orders
        self.prepared = server.place()
        self.empty_size = self.prepared.size()
        open_all(self.prepared.address, orders)

    def place(self) -> ServerPlace:
        """A fresh copy."""
        return self.server.copy_of(self.prepared)

    def contestant(self, name: str, batch: int) -> Contestant:
        """Ours with so many commands in a transaction."""

        def run() -> Figures:
            place = self.place()
            forced = self.server.forced()
            with Engine(place.address) as engine:
                seconds = place.server_seconds()
                cpu, wall = complete_all(engine, self.orders, batch)
                seconds = place.server_seconds() - seconds
            steps = self.orders * STEPS
            figures: Figures = {
                "cpu_us": cpu / steps * 1e6,
                "server_cpu_us": seconds / steps * 1e6,
                "fsync": (self.server.forced() - forced) / steps,
                "steps_per_s": steps / wall,
                "kib_per_order": (place.size() - self.empty_size) / 1024 / self.orders,
            }
            self.server.drop(place)
            return figures

        return Contestant(name, run)


def main() -> None:
    """Do it once."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ours")
    parser.add_argument("address")
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--orders", type=int, default=1000)
    parser.add_argument("--open-only", action="store_true")
    parser.add_argument("--complete-only", action="store_true")
    asked = parser.parse_args()
    if not asked.complete_only:
        open_all(asked.address, asked.orders, "FULL")
    if not asked.open_only:
        with Engine(asked.address) as engine:
            complete_all(engine, asked.orders, asked.batch)


if __name__ == "__main__":
    main()
