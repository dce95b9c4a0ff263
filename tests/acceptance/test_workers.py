"""Real workers: killed, stopped, several at once; what they are asked is done once."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flowengine.engine import Engine
from tests.engine.desk import PORT, PRINTER, Desk, asking
from tests.engine.outside import Asked, Machine, Reply, machine, replying
from tests.shape.sources import REPOSITORY

FLOWENGINE = "from flowengine.cli import main; main()"
SETTINGS = f"""\
[http]
allow = ["{PRINTER}"]

[http.tokens]
"{PRINTER}" = "PRINTER_LOGIN"

[worker]
threads = 2
"""
TOKEN = "a-token-that-nobody-may-read"  # noqa: S105 - of a printer that is a test


@dataclass(slots=True)
class Bench:
    """A folder with settings, a database and a printer; workers are started in it."""

    folder: Path
    address: str
    printer: Machine
    #: Set when the printer may answer; it always may unless a test clears it.
    may_answer: threading.Event = field(default_factory=threading.Event)
    was_asked: threading.Event = field(default_factory=threading.Event)

    def reply(self, _: Asked) -> Reply:
        self.was_asked.set()
        self.may_answer.wait(20)
        body = {"outcome": "ok", "answers": {"order.label": "L-17"}}
        return 200, json.dumps(body).encode(), {}

    def start(self, *words: str) -> subprocess.Popen[str]:
        """A worker with a process of its own, once it waits for work."""
        worker = subprocess.Popen(
            [
                *(sys.executable, "-c", FLOWENGINE, "--db", self.address),
                *("worker", "run", "--every", "0.05", *words),
            ],
            cwd=self.folder,
            env={
                **os.environ,
                "PYTHONPATH": str(REPOSITORY),
                "PRINTER_LOGIN": TOKEN,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert worker.stderr is not None
        worker.stderr.readline()
        return worker

    def engine(self, clock: Callable[[], datetime] | None = None) -> Engine:
        here = clock or (lambda: datetime.now(UTC))
        return Engine(self.address, clock=here, configuration=asking())

    def order(self, *numbers: str) -> None:
        with self.engine() as engine:
            for number in numbers:
                fields = {"number": number, "total": "450 EUR"}
                engine.open_order("desk", fields, by="anna")
                engine.complete(f"{number}/enter", by="anna", outcome="print")

    def outcomes(self) -> Mapping[str, str | None]:
        with self.engine() as engine:
            return {row.number: row.outcome for row in engine.orders(limit=None)}


@pytest.fixture
def bench(address: str, tmp_path: Path) -> Iterator[Bench]:
    """The desk in a folder, with a printer that answers at once."""
    (tmp_path / "flowengine.toml").write_text(SETTINGS, encoding="utf-8")
    Desk(address).close()
    with machine(replying(200), PORT) as printer:
        made = Bench(tmp_path, address, printer)
        made.may_answer.set()
        printer.reply = made.reply
        yield made
        made.may_answer.set()


def later() -> datetime:
    """A moment when no lease of a killed worker lasts any more."""
    return datetime.now(UTC) + timedelta(minutes=5)


def ended(worker: subprocess.Popen[str]) -> tuple[str, str]:
    """What a worker said that was told to stop."""
    worker.send_signal(signal.SIGTERM)
    said = worker.communicate(timeout=30)
    assert worker.returncode == 0, said
    return said


def wait_for(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end, "waited for too long"
        time.sleep(0.02)


def test_a_worker_killed_between_asking_and_answering_asks_again_with_the_same_key(
    bench: Bench,
) -> None:
    bench.may_answer.clear()
    worker = bench.start()
    bench.order("1")
    assert bench.was_asked.wait(20)

    worker.send_signal(signal.SIGKILL)
    worker.communicate(timeout=30)
    bench.may_answer.set()
    with bench.engine() as engine:
        assert engine.machines.work().machines == 0  # its lease still lasts
    with bench.engine(later) as engine:
        assert engine.machines.work().machines == 1
        assert engine.upkeep.check() == ()

    keys = [asked.headers["Idempotency-Key"] for asked in bench.printer.asked]
    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert bench.outcomes() == {"1": "success"}


def test_a_worker_that_is_stopped_finishes_what_it_has_in_hand(bench: Bench) -> None:
    bench.may_answer.clear()
    worker = bench.start()
    bench.order("1", "2", "3")
    wait_for(lambda: len(bench.printer.asked) == 2)  # it has two threads

    worker.send_signal(signal.SIGTERM)
    time.sleep(0.2)
    is_running = worker.poll() is None
    bench.may_answer.set()
    said, _ = worker.communicate(timeout=30)

    assert is_running
    assert worker.returncode == 0
    assert "Done by machines: 2." in said
    assert sorted(map(str, bench.outcomes().values())) == ["None", "success", "success"]
    with bench.engine() as engine:
        assert engine.machines.health().workers == ()
        assert engine.machines.work().machines == 1  # nobody else's lease is waited for


def test_two_workers_ask_for_each_thing_once(bench: Bench) -> None:
    workers = [bench.start("--name", name) for name in ("one", "two")]
    numbers = [str(number) for number in range(12)]
    bench.order(*numbers)

    wait_for(lambda: set(bench.outcomes().values()) == {"success"})
    for worker in workers:
        ended(worker)

    keys = [asked.headers["Idempotency-Key"] for asked in bench.printer.asked]
    assert len(keys) == len(set(keys)) == len(numbers)


def test_a_worker_tells_what_it_does_as_json_and_no_secret(bench: Bench) -> None:
    worker = bench.start("--log", "json", "--name", "bench", "--json")
    bench.order("1")
    wait_for(lambda: bench.outcomes() == {"1": "success"})
    said, log = ended(worker)

    lines = [json.loads(line) for line in log.splitlines()]
    assert [line["event"] for line in lines] == ["done", "stopped"]
    assert {line["worker"] for line in lines} == {"bench"}
    assert lines[0]["kind"] == "http"
    assert json.loads(said)["machines"] == 1
    assert bench.printer.asked[0].headers["Authorization"] == f"Bearer {TOKEN}"
    assert TOKEN not in log
    with bench.engine() as engine:
        assert TOKEN not in str(engine.order("1").history)
