"""Laws 1 to 3 and 5 for orders that meet at gates and shelves, call, and are cancelled.

Random deeds on several orders of the shop, by people, machines and workers; some
workers are killed before they can take out of the outbox what they have told.
"""

import sqlite3
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.engine import TaskRow
from flowengine.errors import FlowError
from flowengine.kernel import CaseState, replay
from flowengine.kernel.events import CaseOpened, StepEnded
from tests.engine.shop import PACKED, Shop

LEVEL = 5
LIMIT = 2


class Walk:
    """Several orders of one shop on their way."""

    def __init__(self, shop: Shop, chance: Random) -> None:
        self.shop = shop
        self.chance = chance
        self.numbers = [str(number) for number in range(5)]
        for number in self.numbers:
            shop.order(number, pieces=chance.randint(1, 3), zone=chance.choice("AB"))

    def run(self, steps: int) -> None:
        for _ in range(steps):
            self.shop.wait(self.chance.choice([0, 1, 30, 300]))
            try:
                self._step()
            except FlowError:
                continue  # it was not the moment for that

    def assert_sound(self) -> None:
        """What must hold at every moment."""
        engine = self.shop.engine
        assert engine.upkeep.check() == ()
        cases = [engine.order(row.number).case for row in engine.orders(limit=None)]
        holding = [c for c in cases if c.state is not CaseState.CLOSED and c.gates]
        assert len(holding) <= LIMIT
        reserved = sum(
            sum(case.reserved.values())
            for case in cases
            if case.state is not CaseState.CLOSED
        )
        assert reserved <= LEVEL

    def _step(self) -> None:
        kind = self.chance.random()
        engine, number = self.shop.engine, self.chance.choice(self.numbers)
        if kind < 0.6:
            tasks = engine.tasks(limit=99)
            if tasks:
                self._do(self.chance.choice(tasks))
        elif kind < 0.8:
            self._work()
        elif kind < 0.9:
            engine.machines.answer(
                f"{number}/label",
                outcome=self.chance.choice(["ok", "bad"]),
                answers={"order.label": "L"},
            )
        elif kind < 0.93:
            engine.cancel(number, "customer", by="anna")
        elif kind < 0.95:
            engine.hold(number, "address", by="anna")
        elif kind < 0.97:
            engine.resume(number, by="anna")
        else:
            self._repair(number)

    def _repair(self, number: str) -> None:
        """Somebody reports, resolves, takes a token elsewhere or corrects a field."""
        repairs = self.shop.engine.repairs
        order = self.shop.engine.order(number)
        step = self.chance.choice(sorted(order.net.steps))
        still = self.chance.choice(sorted(order.case.incidents) or [step])
        opened = sorted({str(task.step) for task in order.case.tasks.values()})
        here = self.chance.choice(opened or [step])
        kind = self.chance.random()
        if kind < 0.5:
            repairs.resolve(f"{number}/{still}", "mended", by="anna")
        elif kind < 0.7:
            repairs.report(f"{number}/{here}", "it is broken", by="anna")
        elif kind < 0.9:
            repairs.move(number, here, step, "wrong shelf", by="anna")
        else:
            zone = {"order.zone": self.chance.choice("AB")}
            repairs.change(number, zone, "by phone", by="anna")

    def _do(self, task: TaskRow) -> None:
        engine = self.shop.engine
        if self.chance.random() < 0.2:
            engine.claim(task.ref, by="olga")
            return
        if self.chance.random() < 0.1:
            engine.start(task.ref, by="olga")
            engine.pause(task.ref, "lunch", by="anna")
            return
        outcome: str | None = None
        answers: dict[str, object] = {}
        if task.step == "look":
            verdict = self.chance.choice(["ok", "ok", "ok", "refused"])
            answers = {"request.verdict": verdict}
        elif task.step == "pack":
            answers = PACKED
        elif task.step == "backorder":
            outcome = self.chance.choice(["again", "again", "no"])
        engine.complete(task.ref, by="olga", outcome=outcome, answers=answers)

    def _work(self) -> None:
        """A round of a worker, which perhaps dies before its last commit."""
        before = self._outbox()
        self.shop.engine.machines.work(limit=self.chance.choice([1, 3, 99]))
        if self.chance.random() < 0.3:
            gone = [row for row in before if row not in self._outbox()]
            told = [
                row for row in gone if row[3] in {"child", "child-closed", "cancel"}
            ]
            with sqlite3.connect(self.shop.path) as connection:
                connection.executemany(
                    "INSERT INTO outbox "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    told,
                )
            connection.close()

    def _outbox(self) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.shop.path) as connection:
            rows = connection.execute("SELECT * FROM outbox").fetchall()
        connection.close()
        return rows


@settings(max_examples=max(5, settings().max_examples // 8))
@given(st.integers(0, 10**9))
def test_whatever_orders_do_to_each_other_nothing_is_lost_or_doubled(
    seed: int,
) -> None:
    chance = Random(seed)  # noqa: S311 - draws deeds, guards no secret
    with tempfile.TemporaryDirectory() as folder:
        levels = Path(folder) / "stock.csv"
        levels.write_text(f"sku,quantity\nA1,{LEVEL}\n", encoding="utf-8")
        shop = Shop(Path(folder) / "shop.db", stock=levels)
        walk = Walk(shop, chance)

        for _ in range(4):
            walk.run(20)
            walk.assert_sound()
            shop.reopen()

        for row in shop.engine.orders(limit=None):
            order = shop.engine.order(row.number)
            events = [event for _, event in order.history]
            assert replay(events) == order.case
            assert sum(isinstance(event, CaseOpened) for event in events) == 1
            ended = Counter(
                (event.step, event.element, event.visit)
                for event in events
                if isinstance(event, StepEnded)
            )
            assert set(ended.values()) <= {1}
        shop.close()
