"""`kill -9` of `flowengine worker run` in the middle of its work: nothing is lost."""

import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flowengine.engine import Engine
from flowengine.engine.database import create_database
from flowengine.kernel.events import CaseOpened
from tests.engine.shop import CREDIT, SHOP
from tests.shape.sources import REPOSITORY

ORDERS = 40
SEED = 20260601


FLOWENGINE = "from flowengine.cli import main; main()"
FIELDS = {
    "priority": 0,
    "zone": "A",
    "customer": "x",
    "total": "1 EUR",
    "lines": [],
    "parcels": [],
}


def later() -> datetime:
    """A moment when no lease of a killed worker lasts any more."""
    return datetime.now(UTC) + timedelta(minutes=5)


def start_worker(path: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            *(sys.executable, "-c", FLOWENGINE, "worker", "run"),
            *("--db", str(path), *words),
        ],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database where many orders wait for their children to be opened."""
    made = tmp_path / "shop.db"
    create_database(str(made))
    with Engine(str(made)) as engine:
        engine.add_process(CREDIT, "credit.yaml")
        engine.add_process(SHOP, "shop.yaml")
        engine.people.add("anna", ["clerk"])
        rows = [{**FIELDS, "number": str(number)} for number in range(ORDERS)]
        engine.open_orders("shop", rows, by="anna")
        for number in range(ORDERS):
            engine.complete(f"{number}/enter", by="anna")
    return made


def test_what_a_killed_worker_left_is_done_by_the_next_one_and_once(
    path: Path,
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - draws moments, guards no secret

    for _ in range(5):
        worker = start_worker(path, "--every", "0.01")
        assert worker.stderr is not None
        worker.stderr.readline()
        time.sleep(chance.uniform(0, 0.08))
        worker.send_signal(signal.SIGKILL)
        worker.communicate(timeout=30)
        with Engine(str(path)) as engine:
            assert engine.upkeep.check() == ()

    # What the last one had under a lease is free when that has run out.
    with Engine(str(path), clock=later) as engine:
        while engine.machines.work().done:
            pass
        children = engine.orders(process="credit-check", limit=None)
        assert {row.number for row in children} == {
            f"{number}-credit" for number in range(ORDERS)
        }
        opened = [
            event
            for row in children
            for _, event in engine.order(row.number).history
            if isinstance(event, CaseOpened)
        ]
        assert len(opened) == ORDERS
        assert engine.machines.outbox() == ()
        assert engine.upkeep.check() == ()


def test_two_workers_share_the_work_and_do_each_thing_once(path: Path) -> None:
    workers = [start_worker(path, "--once") for _ in range(2)]
    said = [worker.communicate(timeout=60) for worker in workers]

    assert [worker.returncode for worker in workers] == [0, 0], said
    with Engine(str(path)) as engine:
        assert engine.machines.outbox() == ()
        assert len(engine.orders(process="credit-check", limit=None)) == ORDERS
        assert engine.upkeep.check() == ()
