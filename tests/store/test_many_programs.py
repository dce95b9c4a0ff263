"""Eight programs on one server: nothing done twice, nothing lost, no limit passed."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from flowengine.eventlog import EntryKind
from flowengine.kernel.events import StepEnded
from flowengine.quantities import NUMBER_SCALE
from tests.engine.world import World
from tests.shape.sources import REPOSITORY

PROGRAMS = 8
ORDERS = 24
#: Places behind the gate, and pieces on the shelves: enough for half of the orders.
PLACES, PIECES = 2, ORDERS

STREET = f"""\
process: street
version: 1
title: {{en: Street, lv: Iela}}
for: order
number: order.number
currency: EUR
data:
  order: {{number: text, zone: text, lines: list of line}}
  line: {{sku: text, quantity: integer}}
departments:
  sales: {{title: {{en: Sales, lv: Pārdošana}}}}
roles:
  clerk: {{department: sales, people: 2}}
  picker: {{department: sales, people: 2}}
steps:
  enter: {{role: clerk, next: reserve}}
  reserve:
    do: stock.reserve order.lines
    undo: stock.release order.lines
    outcomes: {{all: release, some: short, none: short}}
  short: {{role: clerk, stock: release order.lines, next: refused}}
  release: {{gate: {{limit: {PLACES}, in: [pick, pack]}}, next: pick}}
  pick: {{role: picker, batch: {{up_to: 2, by: [order.zone]}}, next: pack}}
  pack: {{role: picker, stock: ship order.lines, next: done}}
  done: {{end: success}}
  refused: {{end: declined}}
"""

#: Takes what it sees until nothing is left, and says what it has done.
PROGRAM = """\
import random, sys
from flowengine.engine import Engine
from flowengine.errors import CommandRejected, NotFound

address, stock, number = sys.argv[1:]
chance = random.Random(number)
with Engine(address, synchronous="OFF", stock=stock) as engine:
    print("ready", flush=True)
    sys.stdin.readline()
    while engine.orders(state="open", limit=1):
        tasks = list(engine.tasks(limit=12))
        chance.shuffle(tasks)
        for task in tasks[:4]:
            try:
                if task.step == "pick" and chance.random() < 0.5:
                    engine.claim(task.ref, by="olga")
                engine.complete(task.ref, by="olga")
            except (CommandRejected, NotFound):
                continue
            print("done", task.ref)
        engine.machines.work()
"""


@pytest.fixture
def street(address: str, tmp_path: Path) -> Iterator[World]:
    """Orders of two pieces each, more than there are; all take from one shelf."""
    levels = tmp_path / "stock.csv"
    levels.write_text(f"sku,quantity\nA1,{PIECES}\n", encoding="utf-8")
    made = World(address, STREET, stock=levels)
    orders = [
        {
            "number": str(number),
            "zone": "AB"[number % 2],
            "lines": [{"sku": "A1", "quantity": 2}],
        }
        for number in range(ORDERS)
    ]
    made.engine.open_orders("street", orders, by="olga")
    yield made
    made.close()


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_programs_that_do_all_they_see_do_each_task_once_and_pass_no_limit(
    street: World,
) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, street.address, str(street.stock), str(n)],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(PROGRAMS)
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n", program.communicate()
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()

    most = Counter[str]()
    while any(program.poll() is None for program in programs):
        for name, query in (
            ("places", "SELECT coalesce(max(count), 0) FROM gate_count"),
            ("pieces", "SELECT coalesce(sum(quantity), 0) FROM reserved"),
        ):
            ((count,),) = street.rows(query)
            most[name] = max(most[name], int(str(count)))
        time.sleep(0.05)
    said = [program.communicate(timeout=60) for program in programs]

    assert [errors for _, errors in said if errors] == []
    done = Counter(line for output, _ in said for line in output.splitlines())
    recorded = Counter(
        f"done {number}/{event.step}"
        for number in range(ORDERS)
        for event in street.events(str(number))
        if isinstance(event, StepEnded) and event.kind is EntryKind.TASK
    )
    assert done == recorded
    assert set(recorded.values()) == {1}
    assert most["places"] <= PLACES
    assert most["pieces"] <= PIECES * NUMBER_SCALE
    assert street.engine.upkeep.check() == ()
