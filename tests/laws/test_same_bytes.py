"""Law 9: the same deeds give the same history, whatever the program is started with."""

import os
import re
import subprocess
import sys

from tests.shape.sources import REPOSITORY

#: Walks through a reference process and prints everything that is not drawn at
#: random by nature: case ids are UUIDs, and digests of personal values are salted.
WALK = """\
import sys, tempfile
from pathlib import Path
from random import Random
from tests.engine.world import World
from tests.laws.walk import Walk, name_of, with_called
from flowengine.store.codec import event_body

text = Path(sys.argv[1]).read_text(encoding="utf-8")
with tempfile.TemporaryDirectory() as folder:
    world = World(Path(folder) / "shop.db", *with_called(text))
    name = name_of(text)
    walks = [
        Walk(world, world.engine.net(name), str(1000 + seed), Random(seed))
        for seed in range(6)
    ]
    for walk in walks:
        walk.run(25)
    for walk in walks:
        for event in walk.events:
            kind = type(event).__name__
            print(walk.number, event.at, event.by, kind, event_body(event))
    print(world.engine.tasks())
    print(world.engine.orders())
    print(world.engine.event_log(name))
    print(world.engine.people.all(), world.engine.net(name).places)
    print(world.engine.upkeep.check())
    world.close()
"""


def told(process: str, seed: str) -> str:
    """What the walk prints in a program with its own order of hashes."""
    done = subprocess.run(
        [sys.executable, "-c", WALK, str(REPOSITORY / "processes" / process)],
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return re.sub(r"[0-9a-f]{32}", "", done.stdout)


def test_the_same_deeds_give_the_same_history_and_lists() -> None:
    first = told("order-to-delivery.yaml", "1")
    second = told("order-to-delivery.yaml", "2")

    assert len(first.splitlines()) > 50
    assert first.splitlines() == second.splitlines()
