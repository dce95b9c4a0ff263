"""Two programs on one SQLite file: both finish, and nothing is done twice."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

from flowengine.engine import Engine
from flowengine.engine.database import create_database
from flowengine.kernel.events import StepEnded
from tests.builders import line_text
from tests.shape.sources import REPOSITORY

ORDERS = 200
STEPS = ("receive", "pick", "label", "pack")

#: Takes what it sees until nothing is left, and says what it has done.
WORKER = """\
import random, sys
from flowengine.engine import Engine
from flowengine.errors import CommandRejected, NotFound

path, person = sys.argv[1:]
chance = random.Random(person)
late = 0
with Engine(path, synchronous="NORMAL") as engine:
    while engine.orders(state="open", limit=1):
        tasks = list(engine.tasks(user=person, limit=30))
        chance.shuffle(tasks)
        for task in tasks[:10]:
            try:
                engine.complete(task.ref, by=person)
            except (CommandRejected, NotFound):
                late += 1
            else:
                print("done", task.ref)
print("late", late)
"""


def test_two_programs_share_200_orders_and_do_each_task_once(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    create_database(str(path))
    with Engine(str(path), synchronous="NORMAL") as engine:
        engine.add_process(line_text("receive > pick & label > pack"), "sample.yaml")
        rows = [{"number": str(number)} for number in range(ORDERS)]
        engine.open_orders("sample", rows, by="shop")
        for person in ("anna", "berta"):
            engine.people.add(person, ["clerk"])

    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(path), person],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for person in ("anna", "berta")
    ]
    said = [worker.communicate(timeout=100) for worker in workers]

    assert [
        (worker.returncode, errors)
        for worker, (_, errors) in zip(workers, said, strict=True)
    ] == [(0, ""), (0, "")]
    done = Counter(
        line.split()[1]
        for out, _ in said
        for line in out.splitlines()
        if line.startswith("done")
    )
    wanted = {f"{number}/{step}" for number in range(ORDERS) for step in STEPS}
    assert set(done) == wanted
    assert set(done.values()) == {1}
    assert all("done" in out for out, _ in said)
    with Engine(str(path)) as engine:
        assert engine.upkeep.check() == ()
        closed = engine.orders(state="closed", limit=None)
        assert [row.outcome for row in closed] == ["success"] * ORDERS
        ended = [
            event.step
            for _, event in engine.order("7").history
            if isinstance(event, StepEnded)
        ]
    assert Counter(ended) == Counter((*STEPS, "done"))
