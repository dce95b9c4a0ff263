"""Whether a step in the millionth order costs what it cost in the first.

    python -m benchmarks.growth --orders N [--steps 10] [--postgres] [--json] [--quick]
        [--minutes M] [--log FILE] [--out FILE] [--folder FOLDER]

Orders go through a chain of steps in blocks: a block is opened, then each step of all
its orders is completed, through `submit`. Timed is `submit` alone, the building of the
commands apart. `first_us` and `last_us` are the medians of the blocks of the first and
the last 1 % of the orders, in processor time a step: ours, with the PostgreSQL
server's where there is one; `wall_*` the same in wall time. Afterwards 100,000 orders
are opened and left open, and `restart_s` is what a new program takes from its start
until it has claimed a task among them, `restart_cold_s` the same with the file out of
the system's cache.

`--log` gets a line of JSON each percent, `--out` the object at the end; with `--folder`
the database is made there instead of in the system's temporary folder. After
`--minutes` no more orders are begun, and `orders` says how many there were.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.growing_work import ROLE, completion, opening, process_text
from benchmarks.servers import FilePlace, Place, postgres_server
from flowengine.engine import Engine, Receipt
from flowengine.engine.database import create_database
from flowengine.kernel.commands import Command

#: Orders of a block, and commands of one transaction.
BLOCK = 1000
BATCH = 500
STANDING = 100_000
RESTARTS = 5
CLAIM = """\
import sys
from flowengine.engine import Engine

with Engine(sys.argv[1]) as engine:
    assert engine.claim_next(sys.argv[2], by="clerk-2") is not None
"""


@dataclass(frozen=True, slots=True)
class Block:
    """What the steps of one block of orders took, a step."""

    cpu_us: float
    wall_us: float


@dataclass(frozen=True, slots=True)
class Note:
    """Where progress is written, a line of JSON each percent; and the end of time."""

    log: Path | None
    #: After so many no more orders are begun.
    seconds: float

    def write(self, orders: int, block: Block, begun: float) -> None:
        """Add a line."""
        line = {
            "orders": orders,
            "cpu_us": round(block.cpu_us, 1),
            "wall_us": round(block.wall_us, 1),
            "memory_mb": round(_resident(), 1),
            "seconds": round(time.perf_counter() - begun),
        }
        if self.log is not None:
            with self.log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")


def submit(engine: Engine, commands: Sequence[Command]) -> None:
    """Hand everything in, in transactions of one size; nothing may be refused."""
    for start in range(0, len(commands), BATCH):
        for answer in engine.submit(commands[start : start + BATCH]):
            if not isinstance(answer, Receipt):
                raise TypeError(f"A command was refused: {answer}")


def worked(
    engine: Engine, place: Place, digest: str, numbers: range, steps: int
) -> Block:
    """Open a block of orders and bring them to their end."""
    submit(engine, [opening(number, digest) for number in numbers])
    waves = [
        [completion(number, position) for number in numbers]
        for position in range(1, steps + 1)
    ]
    server = place.server_seconds()
    cpu, wall = time.process_time(), time.perf_counter()
    for wave in waves:
        submit(engine, wave)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    cpu += place.server_seconds() - server
    done = len(numbers) * steps
    return Block(cpu / done * 1e6, wall / done * 1e6)


def grown(
    place: Place, orders: int, steps: int, standing: int, note: Note
) -> dict[str, object]:
    """Fill a database, and say what it took."""
    begun = time.perf_counter()
    size = max(1, min(BLOCK, orders // 100))
    share = max(1, orders // 100 // size)
    blocks: list[Block] = []
    empty = place.size()
    with Engine(place.address) as engine:
        digest = engine.add_process(process_text(steps), "growing-work.yaml").digest
        memory = 0.0
        for start in range(0, orders, size):
            numbers = range(start, min(start + size, orders))
            blocks.append(worked(engine, place, digest, numbers, steps))
            if len(blocks) == share:
                memory = _resident()
            if len(blocks) % share == 0:
                note.write(numbers.stop, _middle(blocks[-share:]), begun)
                if time.perf_counter() - begun > note.seconds:
                    orders = numbers.stop
                    break
        memory_after = _resident()
    kib = (place.size() - empty) / 1024 / orders
    with Engine(place.address) as engine:
        engine.people.add("clerk-2", [ROLE])
        for start in range(orders, orders + standing, BATCH):
            numbers = range(start, min(start + BATCH, orders + standing))
            submit(engine, [opening(number, digest) for number in numbers])
    first, last = _middle(blocks[:share]), _middle(blocks[-share:])
    return {
        "orders": orders,
        "steps": steps,
        "first_us": round(first.cpu_us, 1),
        "last_us": round(last.cpu_us, 1),
        "ratio": round(last.cpu_us / first.cpu_us, 2),
        "wall_first_us": round(first.wall_us, 1),
        "wall_last_us": round(last.wall_us, 1),
        "wall_ratio": round(last.wall_us / first.wall_us, 2),
        "kib_per_order": round(kib, 2),
        "memory_first_mb": round(memory, 1),
        "memory_last_mb": round(memory_after, 1),
        "open_orders": standing,
        "restart_s": round(statistics.median(_restarts(place, cold=False)), 3),
        "restart_cold_s": _cold(place),
        "seconds": round(time.perf_counter() - begun),
    }


def _middle(blocks: Sequence[Block]) -> Block:
    return Block(
        statistics.median(block.cpu_us for block in blocks),
        statistics.median(block.wall_us for block in blocks),
    )


def _resident() -> float:
    """Megabytes of memory that this program holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _cold(place: Place) -> float | None:
    if not isinstance(place, FilePlace):
        return None  # the server's cache is not ours to empty
    return round(statistics.median(_restarts(place, cold=True)), 3)


def _restarts(place: Place, *, cold: bool) -> Iterator[float]:
    """Seconds from the start of a new program to its first claim."""
    for _ in range(RESTARTS):
        if cold:
            _forget(Path(place.address))
        begun = time.perf_counter()
        subprocess.run(  # noqa: S603 - a program of ours
            [sys.executable, "-c", CLAIM, place.address, ROLE], check=True
        )
        yield time.perf_counter() - begun


def _forget(path: Path) -> None:
    """Take a file out of the system's cache."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def a_place(postgres: bool, folder: Path | None) -> Iterator[Place]:
    """An empty database, taken away afterwards."""
    if postgres:
        with postgres_server(folder) as server:
            place = server.place()
            yield place
            server.drop(place)
        return
    with tempfile.TemporaryDirectory(dir=folder) as name:
        path = Path(name) / "growth.db"
        create_database(str(path))
        yield FilePlace(path)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth")
    parser.add_argument("--orders", type=int, default=10_000)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--open", type=int, default=STANDING, dest="standing")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--log", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    if asked.quick:
        asked.orders, asked.standing = 300, 300
    note = Note(asked.log, asked.minutes * 60)
    with a_place(asked.postgres, asked.folder) as place:
        found = grown(place, asked.orders, asked.steps, asked.standing, note)
    if asked.out is not None:
        asked.out.write_text(json.dumps(found) + "\n", encoding="utf-8")
    if asked.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:18} {value}")


if __name__ == "__main__":
    main()
