"""What it costs to move open orders to another version of their process.

Orders of the standard work stand at several places of it; one step is renamed in the
next version, one role is another. All of them move, once forth and once back, and the
database is checked after it.

    python -m benchmarks.migrate [--orders N] [--json]
"""

import argparse
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.standard_work import PROCESS, completions, opening
from flowengine.engine import Engine, VersionChange
from flowengine.engine.database import create_database

NEXT = (
    PROCESS.replace("version: 1", "version: 2")
    .replace("papers", "documents")
    .replace("  pick: {role: clerk", "  pick: {role: picker")
    .replace("steps:\n", "  picker: {department: warehouse, people: 3}\nsteps:\n")
)
NAMES = {"papers": "documents"}
#: Orders opened and worked on in one transaction.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Moved:
    """One migration, measured."""

    orders: int
    wall_s: float
    processor_s: float


def prepared(path: Path, orders: int) -> Engine:
    """A database of open orders: a third each with 0, 1 and 2 steps done."""
    create_database(str(path))
    engine = Engine(str(path))
    digest = engine.add_process(PROCESS, "standard-work.yaml").digest
    for start in range(0, orders, BATCH):
        numbers = range(start, min(start + BATCH, orders))
        engine.submit([opening(number, digest) for number in numbers])
        engine.submit(
            [
                command
                for number in numbers
                for command in list(completions(number))[: number % 3]
            ]
        )
    engine.add_process(NEXT, "standard-work-2.yaml")
    return engine


def moved(engine: Engine, old: int, new: int) -> Moved:
    """Move everything from one version to another."""
    change = VersionChange("standard-work", old, new, NAMES)
    wall, processor = time.perf_counter(), time.process_time()
    done = engine.repairs.migrate(change, by="bench")
    if done.stayed:
        raise ValueError(f"Expected all to move, but {done.stayed[0]} stayed.")
    return Moved(
        len(done.moved), time.perf_counter() - wall, time.process_time() - processor
    )


def measured(orders: int) -> dict[str, object]:
    """Forth and back, and whether the database is clean after each."""
    with tempfile.TemporaryDirectory() as folder:
        engine = prepared(Path(folder) / "work.db", orders)
        with engine:
            forth = moved(engine, 1, 2)
            clean = not engine.upkeep.check()
            back = moved(engine, 2, 1)
            clean = clean and not engine.upkeep.check()
    return {
        "orders": forth.orders,
        "forth_s": round(forth.wall_s, 2),
        "forth_processor_s": round(forth.processor_s, 2),
        "back_s": round(back.wall_s, 2),
        "back_processor_s": round(back.processor_s, 2),
        "clean": clean,
    }


def main() -> int:
    """Print what a migration of many orders costs; 1 where it left something wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measured(asked.orders)
    if asked.json:
        print(json.dumps(found, indent=2))
    else:
        print(
            f"{found['orders']} orders moved in {found['forth_s']} s "
            f"({found['forth_processor_s']} s of processor time), back in "
            f"{found['back_s']} s ({found['back_processor_s']} s); the database is "
            f"{'clean' if found['clean'] else 'NOT CLEAN'} after each."
        )
    return 0 if found["clean"] else 1


if __name__ == "__main__":
    sys.exit(main())
