"""What runs at once on a server leaves what it would have left one after the other."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from flowengine.engine import Engine
from flowengine.errors import FlowError
from tests.engine.shop import PACKED, Shop
from tests.world.isolation import History, recorded

pytestmark = pytest.mark.parametrize("address", ["postgresql"], indirect=True)

THREADS = 4
NUMBERS = ("0", "1", "2")


@pytest.mark.parametrize("seed", range(3))
def test_transactions_at_once_could_have_come_one_after_the_other(
    address: str, tmp_path: Path, seed: int
) -> None:
    levels = tmp_path / "stock.csv"
    levels.write_text("sku,quantity\nA1,4\n", encoding="utf-8")
    shop = Shop(address, stock=levels)
    shop.to_gate(*NUMBERS)
    history = History()

    with recorded(history):
        _together(shop, lambda engine, chance: _live(engine, chance, 30), seed)

    assert len([deal for deal in history.deals if deal.writes]) > THREADS
    assert history.undone > 0
    assert history.cycles() == []
    assert shop.engine.upkeep.check() == ()
    shop.close()


def test_those_who_write_one_order_at_once_all_come_after_each_other(
    address: str,
) -> None:
    shop = Shop(address)
    shop.order("0")
    history = History()
    before = shop.engine.order("0").case.version

    with recorded(history):
        _together(shop, lambda engine, _: _note(engine, 30), 0)

    written = [deal for deal in history.deals if deal.writes]
    assert history.undone > 0
    assert history.cycles() == []
    assert shop.engine.order("0").case.version == before + len(written)
    shop.close()


def test_a_store_that_looks_at_no_version_is_caught(address: str) -> None:
    shop = Shop(address)
    shop.order("0")
    history = History()

    with recorded(history, _without_versions):
        _together(shop, lambda engine, _: _note(engine, 30), 0)

    assert history.cycles() != []
    shop.close()


def _together(shop: Shop, life: Callable[[Engine, Random], None], seed: int) -> None:
    """Threads with an engine each; whatever they raise that is a bug is raised."""

    def run(thread: int) -> None:
        with shop.another() as engine:
            life(engine, Random(seed * THREADS + thread))  # noqa: S311 - no secret

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(run, range(THREADS)))


def _live(engine: Engine, chance: Random, deeds: int) -> None:
    for _ in range(deeds):
        with suppress(FlowError):  # somebody else was faster, or it is not the moment
            _do(engine, chance, chance.choice(NUMBERS))


def _do(engine: Engine, chance: Random, number: str) -> None:
    kind = chance.random()
    if kind < 0.2:
        engine.machines.work(limit=chance.choice([1, 9]))
    elif kind < 0.3:
        engine.note(number, "at the door", by="anna")
    elif kind < 0.35:
        engine.hold(number, "address", by="anna")
    elif kind < 0.45:
        engine.resume(number, by="anna")
    elif kind < 0.55:
        engine.claim_next(by="olga")
    elif kind < 0.6:
        engine.machines.answer(f"{number}/label", answers={"order.label": "L"})
    else:
        tasks = engine.tasks(limit=9)
        for task in chance.sample(tasks, min(1, len(tasks))):
            answers = PACKED if task.step == "pack" else {}
            outcome = "no" if task.step == "backorder" else None
            engine.complete(task.ref, by="olga", outcome=outcome, answers=answers)


def _note(engine: Engine, count: int) -> None:
    for number in range(count):
        with suppress(FlowError):
            engine.note("0", str(number), by="anna")


def _without_versions(text: str) -> str:
    """What a store would say that does not look whether a case has moved."""
    if text.startswith("INSERT INTO event"):
        return f"{text} ON CONFLICT DO NOTHING"
    return re.sub(r"AND case_row\.version = \?", "AND CAST(? AS bigint) > 0", text)
