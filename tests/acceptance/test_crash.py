"""`kill -9` in the middle of work: the acknowledged is there, nothing is double."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from flowengine.engine import Engine
from flowengine.engine.database import create_database
from flowengine.kernel.events import CaseOpened, NoteAdded, StepEnded
from tests.builders import line_text
from tests.shape.sources import REPOSITORY

ROUNDS = 8
SEED = 20260601

#: Does one command after the other and says each once it is committed. A program
#: that starts again begins with the first command that was not acknowledged.
WORKER = """\
import sys
from flowengine.engine import Engine

path, first = sys.argv[1], int(sys.argv[2])
with Engine(path) as engine:
    for number in range(first, 100_000):
        order, deed = str(number - number % 3), number % 3
        key = f"command-{number}"
        if deed == 0:
            answer = engine.open_order("sample", {"number": order}, by="shop", key=key)
        elif deed == 1:
            answer = engine.note(order, f"note {number}", by="anna", key=key)
        else:
            answer = engine.complete(f"{order}/receive", by="anna", key=key)
        print(number, answer.repeated, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with a process and somebody who works."""
    made = tmp_path / "shop.db"
    create_database(str(made))
    with Engine(str(made)) as engine:
        engine.add_process(line_text("receive > pack"), "sample.yaml")
        engine.people.add("anna", ["clerk"])
    return made


def work_until_killed(path: Path, first: int, chance: random.Random) -> list[str]:
    """What a program acknowledges before it is killed at a random moment."""
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(path), str(first)],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    lines = [worker.stdout.readline() for _ in range(chance.randint(1, 60))]
    time.sleep(chance.uniform(0, 0.02))
    worker.send_signal(signal.SIGKILL)
    rest, errors = worker.communicate(timeout=30)
    assert worker.returncode == -signal.SIGKILL, errors
    whole = [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    return [*lines, *whole]


def test_what_was_acknowledged_before_a_kill_is_there_once(path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - draws moments, guards no secret
    acknowledged = 0
    repeated = []

    for _ in range(ROUNDS):
        lines = work_until_killed(path, acknowledged, chance)
        numbers = [int(line.split()[0]) for line in lines]
        assert numbers == list(range(acknowledged, acknowledged + len(numbers)))
        repeated += [line for line in lines if "True" in line]
        acknowledged += len(numbers)
        with Engine(str(path)) as engine:
            assert engine.upkeep.check() == ()

    assert acknowledged > ROUNDS
    # At most the one command that was committed and not yet acknowledged.
    assert len(repeated) <= ROUNDS
    done = deeds_of(path)
    assert set(done.values()) == {1}
    assert set(range(acknowledged)) <= set(done)
    assert set(done) <= set(range(acknowledged + 1))


def test_a_kill_while_orders_are_read_in_leaves_all_of_them_or_none(
    path: Path,
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - draws moments, guards no secret
    script = (
        "import sys\nfrom flowengine.engine import Engine\n"
        "with Engine(sys.argv[1]) as engine:\n"
        "    for first in range(int(sys.argv[2]), 10**6, 100):\n"
        "        rows = [{'number': str(n)} for n in range(first, first + 100)]\n"
        "        print(first, flush=True)\n"
        "        engine.open_orders('sample', rows, by='shop')\n"
    )
    first = 0

    for _ in range(4):
        worker = subprocess.Popen(
            [sys.executable, "-c", script, str(path), str(first)],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert worker.stdout is not None
        for _ in range(chance.randint(1, 5)):
            worker.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        worker.kill()
        worker.communicate(timeout=30)
        with Engine(str(path)) as engine:
            orders = engine.orders(limit=None)
            assert engine.upkeep.check() == ()
        assert len(orders) % 100 == 0
        assert {int(row.number) for row in orders} == set(range(len(orders)))
        first = len(orders)

    assert first > 0


def deeds_of(path: Path) -> Counter[int]:
    """How often each numbered command was done."""
    done: Counter[int] = Counter()
    with Engine(str(path)) as engine:
        for row in engine.orders(limit=None):
            number = int(row.number)
            for _, event in engine.order(row.number).history:
                match event:
                    case CaseOpened():
                        done[number] += 1
                    case NoteAdded(text=text):
                        done[int(text.split()[1])] += 1
                    case StepEnded(step="receive"):
                        done[number + 2] += 1
                    case _:
                        pass
    return done
