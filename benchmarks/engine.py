"""What one step costs: kernel, SQLite one by one, SQLite in batches, beside the floor.

The floor is bare sqlite3 running the very statements the engine ran, recorded once
and played into an empty database of the same tables. Processor time is taken with
`synchronous=OFF`; forced writes and steps a second with FULL.

    python -m benchmarks.engine [--orders N] [--json] [--quick]
"""

import argparse
import gc
import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.standard_work import PROCESS, STEPS, completions, opening
from flowengine.engine import Engine, Receipt
from flowengine.engine.database import create_database
from flowengine.kernel import act
from flowengine.net.check import check_text

ROUNDS = 5
BATCH = 50


def kernel_us(orders: int) -> float:
    """Microseconds of processor time a completion costs without any database."""
    net = check_text(PROCESS, "standard-work.yaml").net
    if net is None:
        raise ValueError("The standard work has errors.")
    spent = 0.0
    for number in range(orders):
        case = act(net, None, opening(number, net.process.digest)).case
        commands = list(completions(number))
        started = time.process_time()
        for command in commands:
            case = act(net, case, command).case
        spent += time.process_time() - started
        if case.outcome != "success":
            raise ValueError(f"Order {number} ended as {case.outcome}.")
    return spent / (orders * STEPS) * 1e6


class Work:
    """A database with the standard work's orders open and nothing done."""

    def __init__(self, folder: Path, orders: int, synchronous: str) -> None:
        self.path = folder / "work.db"
        for old in folder.glob("work.db*"):
            old.unlink()
        create_database(str(self.path))
        self.orders = orders
        self.engine = Engine(str(self.path), synchronous=synchronous)
        digest = self.engine.add_process(PROCESS, "standard-work.yaml").digest
        for start in range(0, orders, 500):
            numbers = range(start, min(start + 500, orders))
            accept(self.engine.submit([opening(n, digest) for n in numbers]))

    def run(self, batch: int) -> tuple[float, float]:
        """Complete everything; processor and wall seconds."""
        waves = zip(
            *(completions(number) for number in range(self.orders)), strict=True
        )
        commands = [command for wave in waves for command in wave]
        # What the benchmark itself holds must not be walked while it is measured.
        gc.collect()
        gc.freeze()
        cpu, wall = time.process_time(), time.perf_counter()
        for start in range(0, len(commands), batch):
            accept(self.engine.submit(commands[start : start + batch]))
        return time.process_time() - cpu, time.perf_counter() - wall

    def close(self) -> float:
        """Close the database; its size in KiB an order."""
        self.engine.close()
        return self.path.stat().st_size / 1024 / self.orders


def accept(answers: Sequence[object]) -> None:
    """Stop where a command of the benchmark was refused."""
    for answer in answers:
        if not isinstance(answer, Receipt):
            raise TypeError(f"A command was refused: {answer}")


class Recorder:
    """Stands before the driver's connection and writes down what it is asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.calls: list[tuple[str, str, object]] = []

    @property
    def in_transaction(self) -> bool:
        """As the driver says."""
        return self._connection.in_transaction

    def execute(self, text: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Note and run one statement."""
        self.calls.append(("execute", text, values))
        return self._connection.execute(text, values)

    def executemany(
        self, text: str, values: Sequence[Sequence[object]]
    ) -> sqlite3.Cursor:
        """Note and run one statement with many rows."""
        self.calls.append(("executemany", text, values))
        return self._connection.executemany(text, values)


def recorded(folder: Path, orders: int, batch: int) -> list[tuple[str, str, object]]:
    """The statements that the engine runs for the standard work."""
    work = Work(folder, orders, "OFF")
    transactor = work.engine._transactor
    recorder = Recorder(transactor._connection)
    transactor._connection = recorder  # type: ignore[assignment]  # it runs and notes what it runs
    work.run(batch)
    work.close()
    return recorder.calls


def floor(
    folder: Path, orders: int, calls: list[tuple[str, str, object]], synchronous: str
) -> tuple[float, float]:
    """Processor and wall seconds of bare sqlite3 with the same statements."""
    work = Work(folder, orders, synchronous)
    work.close()
    connection = sqlite3.connect(work.path, isolation_level=None)
    connection.execute(f"PRAGMA synchronous={synchronous}")
    cpu, wall = time.process_time(), time.perf_counter()
    for method, text, values in calls:
        cursor = getattr(connection, method)(text, values)
        if text.startswith("SELECT"):
            cursor.fetchall()
    spent = time.process_time() - cpu, time.perf_counter() - wall
    connection.close()
    return spent


def measured(folder: Path, orders: int, batch: int, rounds: int) -> dict[str, object]:
    """Engine and floor, alternating, medians per step."""
    calls = recorded(folder, orders, batch)
    cpu: dict[str, list[float]] = {"engine": [], "floor": []}
    wall: dict[str, list[float]] = {"engine": [], "floor": []}
    size = 0.0
    for synchronous, index, spent in (("OFF", 0, cpu), ("FULL", 1, wall)):
        for _ in range(rounds):
            work = Work(folder, orders, synchronous)
            spent["engine"].append(work.run(batch)[index])
            size = work.close()
            spent["floor"].append(floor(folder, orders, calls, synchronous)[index])
    steps = orders * STEPS
    engine_us = statistics.median(cpu["engine"]) / steps * 1e6
    floor_us = statistics.median(cpu["floor"]) / steps * 1e6
    return {
        "cpu_us": round(engine_us, 1),
        "fsync": forced_writes(orders, batch),
        "steps_per_s": round(steps / statistics.median(wall["engine"])),
        "kib_per_order": round(size, 2),
        "floor_cpu_us": round(floor_us, 1),
        "floor_steps_per_s": round(steps / statistics.median(wall["floor"])),
        "ratio_to_floor": round(engine_us / floor_us, 2),
    }


def forced_writes(orders: int, batch: int) -> float | None:
    """Forced writes a step, counted by strace; None where that is absent."""
    if shutil.which("strace") is None:
        return None
    opened, done = (
        _fsyncs(["--only", phase, "--orders", str(orders), "--batch", str(batch)])
        for phase in ("opening", "all")
    )
    return round((done - opened) / (orders * STEPS), 3)


def _fsyncs(options: list[str]) -> int:
    with tempfile.NamedTemporaryFile("r") as report:
        subprocess.run(  # noqa: S603 - ourselves under strace
            [  # noqa: S607 - found by which above
                "strace",
                "-c",
                "-f",
                "-e",
                "trace=fsync,fdatasync",
                "-o",
                report.name,
                sys.executable,
                "-m",
                "benchmarks.engine",
                *options,
            ],
            check=True,
        )
        rows = [line.split() for line in report]
    return sum(int(row[3]) for row in rows if row and row[-1] in {"fsync", "fdatasync"})


def _only(phase: str, orders: int, batch: int) -> None:
    """One phase alone, for strace."""
    with tempfile.TemporaryDirectory() as folder:
        work = Work(Path(folder), orders, "FULL")
        if phase == "all":
            work.run(batch)
        work.close()


def results(orders: int, rounds: int) -> dict[str, object]:
    """All numbers under the keys of the shared shape; what is not built is None."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        single = measured(folder, orders, 1, rounds)
        batch = measured(folder, orders, BATCH, rounds)
    kernel = statistics.median(kernel_us(orders) for _ in range(rounds))
    return {
        "kernel_us": round(kernel, 1),
        "floor": {
            "single_cpu_us": single["floor_cpu_us"],
            "batch_cpu_us": batch["floor_cpu_us"],
        },
        "sqlite_single": single,
        "sqlite_batch": batch,
        "sqlite_callers": None,
        "postgres_single": None,
        "postgres_workers": None,
        "peers": None,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", choices=["opening", "all"])
    parser.add_argument("--batch", type=int, default=1)
    options = parser.parse_args()
    if options.only:
        _only(options.only, options.orders, options.batch)
        return
    orders, rounds = (100, 1) if options.quick else (options.orders, ROUNDS)
    found = results(orders, rounds)
    if options.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        if isinstance(value, dict):
            print(name)
            for key, number in value.items():
                print(f"  {key:20} {number}")
        else:
            print(f"{name:22} {value}")


if __name__ == "__main__":
    main()
