"""The processes of an ordeal: started, killed, started again, and what they said."""

import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from flowengine.engine import Engine
from flowengine.engine.database import create_database
from tests.shape.sources import REPOSITORY

#: 50 rounds with `make soak`.
ROUNDS = 50 if os.environ.get("FLOWENGINE_EXAMPLES") == "soak" else 10
SEED = 20260601
HAMMERS = ("anna", "bruno", "clara")

PROCESS = """\
process: crash
version: 1
title: {en: Crash, lv: Avārija}
for: order
number: order.number
currency: EUR
data:
  order:
    number: text
    total: money
    paid: optional yes/no
departments:
  warehouse: {title: {en: Warehouse, lv: Noliktava}}
roles:
  clerk: {department: warehouse, people: 3}
messages:
  paid: {match: order.number, sets: [order.paid]}
steps:
  receive: {role: clerk, sla: 1h, next: [pick, book]}
  pick: {role: clerk, outcomes: {ok: pack, short: pack}}
  book: {do: python book, outcomes: {ok: pack, none: pack}}
  pack: {role: clerk, join: all, next: release}
  release:
    gate: {limit: 3, in: [load]}
    next: load
  load: {role: clerk, next: pay}
  pay:
    wait: {paid: done}
    timeout: {after: 1s, next: done}
  done: {end: success}
"""
#: What each order goes through once, whatever happens.
STEPS = frozenset({"receive", "pick", "book", "pack", "release", "load", "pay"})
#: Short leases, so that what a killed worker had in hand is soon taken by another.
SETTINGS = """\
[worker]
timeout = "2s"
threads = 2

[automations]
book = "tests.acceptance.crash.hammer:book"
"""


@dataclass(frozen=True, slots=True)
class Said:
    """One acknowledged command."""

    what: str
    subject: str
    key: str


def prepare(address: str) -> None:
    """A database with the process and those who work."""
    create_database(address)
    with Engine(address) as engine:
        engine.add_process(PROCESS, "crash.yaml")
        for name in HAMMERS:
            engine.people.add(name, ["clerk"])


class Crowd:
    """Programs and workers on one database; `with` ends them all."""

    def __init__(self, address: str, folder: Path) -> None:
        self._address = address
        self._folder = folder
        self._chance = random.Random(SEED)  # noqa: S311 - draws moments, no secret
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._starts = 0
        (folder / "flowengine.toml").write_text(SETTINGS, encoding="utf-8")

    def __enter__(self) -> "Crowd":
        for name in (*HAMMERS, "worker-1", "worker-2"):
            self.start(name)
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running.values():
            process.kill()
        for process in self._running.values():
            process.wait(timeout=30)

    def start(self, name: str) -> None:
        """Start a program or a worker; what it says goes to a file of its own."""
        self._starts += 1
        if name in HAMMERS:
            module = "tests.acceptance.crash.hammer"
            words = ["-m", module, self._address, name, str(self._starts)]
        else:
            flowengine = "from flowengine.cli import main; main()"
            words = ["-c", flowengine, "worker", "run", "--db", self._address]
            words += ["--every", "0.2", "--name", f"{name}-{self._starts}"]
        out = self._folder / f"{self._starts}-{name}.out"
        with out.open("wb") as said, out.with_suffix(".err").open("wb") as errors:
            self._running[name] = subprocess.Popen(
                [sys.executable, *words],
                cwd=self._folder,
                env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
                stdout=said,
                stderr=errors,
            )

    def kill_one(self) -> None:
        """Kill somebody and start them again."""
        name = self._chance.choice(sorted(self._running))
        killed = self._running[name]
        killed.kill()
        killed.wait(timeout=30)
        self.start(name)

    def seconds(self, least: float, most: float) -> float:
        """A moment at random."""
        return self._chance.uniform(least, most)

    def toss(self, *sides: str) -> str:
        """One of several, at random."""
        return self._chance.choice(sides)

    def ended(self) -> dict[str, str]:
        """Who has ended by themselves, with the last they said: nobody should."""
        return {
            name: self.errors()
            for name, process in self._running.items()
            if process.poll() is not None
        }

    def errors(self) -> str:
        """What was said on stderr, the last of each."""
        last = [
            f"{path.name}: {path.read_text(errors='replace')[-2000:]}"
            for path in sorted(self._folder.glob("*.err"))
        ]
        return "\n".join(last)

    def acknowledged(self) -> list[Said]:
        """Everything that was acknowledged so far, by anybody."""
        lines = [
            line
            for path in sorted(self._folder.glob("*.out"))
            for line in path.read_text(errors="replace").splitlines(keepends=True)
            if line.startswith("[") and line.endswith("]\n")
        ]
        return [Said(*json.loads(line)) for line in lines]
