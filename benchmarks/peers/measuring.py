"""How a peer is measured: opening apart, then processor and wall time of the rest."""

import argparse
import importlib
import json
import os
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

#: The completions of one order, in the order in which they are done.
STEPS = ("enter", "pick", "papers", "pack", "ship")
CLERK = "clerk-1"


@dataclass(frozen=True, slots=True)
class Setup:
    """What a peer is asked for."""

    folder: Path
    orders: int
    #: SQLite's pragma: OFF to measure processor time, FULL for wall time.
    synchronous: str
    #: A PostgreSQL database, empty; None for SQLite.
    address: str | None

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return self.folder / "peer.db"

    def size(self) -> int:
        """Bytes of the database now."""
        if self.address is None:
            with sqlite3.connect(self.path) as file:
                file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            file.close()
            return self.path.stat().st_size
        driver = importlib.import_module("psycopg")
        with driver.connect(self.address, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            found = connection.execute("SELECT pg_database_size(current_database())")
            return int(found.fetchone()[0])


class Peer(Protocol):
    """One peer at the standard work."""

    def open(self, number: int) -> None:
        """Open an order durably."""

    def complete(self, step: str) -> None:
        """Complete one step of every order, each durably."""

    def settle(self) -> None:
        """Wait for what still runs."""

    def finished(self) -> int:
        """How many orders have come to their end; not timed."""

    def close(self) -> None:
        """Give everything back."""


def order(number: int) -> dict[str, object]:
    """The data of an order, as ours have them."""
    return {
        "number": str(number),
        "total": (number % 97) * 100,
        "service": "express" if number % 3 else "standard",
    }


def is_checked(data: dict[str, object]) -> bool:
    """The decision of the standard work."""
    return int(str(data["total"])) > 5000 and data["service"] == "express"


def main(distribution: str, make: Callable[[Setup], Peer]) -> None:
    """Measure a peer and print one line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--orders", type=int, default=1000)
    parser.add_argument("--synchronous", default="FULL")
    parser.add_argument("--address")
    parser.add_argument("--only-open", action="store_true")
    asked = parser.parse_args()
    setup = Setup(asked.folder, asked.orders, asked.synchronous, asked.address)
    peer = make(setup)
    empty = setup.size()
    for number in range(setup.orders):
        peer.open(number)
    if asked.only_open:
        print("{}", flush=True)
        # A peer whose orders wait in memory would wait for them here.
        os._exit(0)
    cpu, wall = time.process_time(), time.perf_counter()
    for step in STEPS:
        peer.complete(step)
    peer.settle()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    finished = peer.finished()
    peer.close()
    if finished != setup.orders:
        raise ValueError(f"Expected {setup.orders} orders done, but {finished} are.")
    found = {
        "version": version(distribution),
        "cpu_s": cpu,
        "wall_s": wall,
        "kib_per_order": (setup.size() - empty) / 1024 / setup.orders,
    }
    print(json.dumps(found))


class Ledger:
    """State and history of orders in SQLite, for peers that leave storing to others."""

    def __init__(self, setup: Setup) -> None:
        self._connection = sqlite3.connect(setup.path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute(f"PRAGMA synchronous={setup.synchronous}")
        self._connection.executescript(
            "CREATE TABLE state (number INTEGER PRIMARY KEY, state TEXT, data TEXT);"
            "CREATE TABLE history (number INTEGER, seq INTEGER, step TEXT, who TEXT,"
            " at INTEGER, PRIMARY KEY (number, seq)) WITHOUT ROWID;"
        )

    def add(self, number: int, state: str) -> None:
        """A new order, in a transaction of its own."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(
            "INSERT INTO state VALUES (?, ?, ?)",
            (number, state, json.dumps(order(number))),
        )
        self._note(number, 0, "open")
        self._connection.execute("COMMIT")

    def change(
        self, number: int, step: str, fire: Callable[[str, dict[str, object]], str]
    ) -> None:
        """Load an order, let it move on, and write state and history: one commit."""
        self._connection.execute("BEGIN IMMEDIATE")
        state, data = self._connection.execute(
            "SELECT state, data FROM state WHERE number = ?", (number,)
        ).fetchone()
        after = fire(state, json.loads(data))
        self._connection.execute(
            "UPDATE state SET state = ? WHERE number = ?", (after, number)
        )
        self._note(number, STEPS.index(step) + 1, step)
        self._connection.execute("COMMIT")

    def _note(self, number: int, seq: int, step: str) -> None:
        self._connection.execute(
            "INSERT INTO history VALUES (?, ?, ?, ?, ?)",
            (number, seq, step, CLERK, time.time_ns() // 1000),
        )

    def states(self) -> list[str]:
        """The states of all orders."""
        found = self._connection.execute("SELECT state FROM state")
        return [state for (state,) in found]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
