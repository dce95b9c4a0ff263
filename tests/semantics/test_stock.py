"""Stock: asked, answered in the same transaction, read again from the answers."""

from pathlib import Path

import pytest

from flowengine.errors import CommandRejected
from flowengine.kernel import replay
from flowengine.kernel.events import StockAnswered, StockAsked
from flowengine.language.parts import StockVerb
from tests.builders import GOODS, Run
from tests.engine.shop import Shop

#: A reservation on the way that decides where it leads, and one more time round.
ROUND = (
    GOODS
    + """\
start: enter
steps:
  enter: {role: clerk, next: reserve}
  reserve:
    do: stock.reserve order.lines
    outcomes: {all: pick, some: wait, none: wait}
  wait: {role: clerk, outcomes: {again: reserve, no: give-back}}
  pick: {role: clerk, stock: ship order.lines, next: done}
  give-back: {do: stock.release order.lines, next: done}
  done: {end: success}
"""
)

#: Two lines of one article, and an automatic step that needs all of them.
NEEDS_ALL = (
    GOODS
    + """\
steps:
  enter: {role: clerk, set: {order.count: 1}, next: ready}
  ready: {stock: reserve order.lines, next: pick}
  pick: {role: clerk, next: done}
  done: {end: success}
"""
)
LINES = {"lines": [{"sku": "a", "quantity": 2}, {"sku": "a", "quantity": 3}]}


def key(run: Run, asked: StockAsked) -> list[str]:
    """What an effect is booked under, line by line."""
    element = asked.element or ""
    return [
        f"{run.case.id}:{asked.step}:{asked.visit}:{element}:{item.line}"
        for item in asked.items
    ]


def test_the_answer_decides_the_way_in_the_same_transaction() -> None:
    run = Run(ROUND, LINES, {"a": 4})

    events = run.complete("enter")

    kinds = [type(event) for event in events]
    assert kinds.index(StockAsked) + 1 == kinds.index(StockAnswered)
    assert {event.at for event in events} == {run.at}
    assert run.ended("reserve")[0].outcome == "some"
    assert run.open_steps == {"wait"}


def test_no_two_effects_are_booked_under_one_key() -> None:
    run = Run(ROUND, LINES, {"a": 4})
    run.complete("enter")
    assert run.stock is not None
    run.stock["a"] = 1

    run.complete("wait", "again")
    run.complete("pick")

    keys = [each for asked in run.of_kind(StockAsked) for each in key(run, asked)]
    assert len(keys) == len(set(keys)) == 2 + 1 + 2


def test_replay_reads_the_answers_and_never_the_shelves(tmp_path: Path) -> None:
    levels = tmp_path / "stock.csv"
    levels.write_text("sku,quantity\nA1,1\n", encoding="utf-8")
    shop = Shop(tmp_path / "shop.db", stock=levels)
    shop.to_gate("1", pieces=2)
    stored = shop.engine.order("1").case
    assert stored.reserved == {"order.lines#1": 1}

    levels.write_text("sku,quantity\nA1,1000\n", encoding="utf-8")

    assert replay(shop.events("1")).reserved == stored.reserved
    assert shop.engine.upkeep.check() == ()


def test_refused_on_an_automatic_step_what_came_before_stays() -> None:
    run = Run(NEEDS_ALL, LINES, {"a": 4})

    run.complete("enter")

    assert run.ended("enter")
    assert run.case.incidents.keys() == {"ready"}
    assert run.open_steps == set()
    order = run.case.data["order"]
    assert isinstance(order, dict)
    assert order["count"] == 1


def test_refused_on_a_task_the_whole_command_is_refused() -> None:
    text = NEEDS_ALL.replace("ready: {stock", "ready: {role: clerk, stock")
    run = Run(text, LINES, {"a": 4})
    run.complete("enter")
    before = run.case

    with pytest.raises(CommandRejected, match="a is short"):
        run.complete("ready")

    assert run.case == before


def test_releasing_nothing_asks_for_nothing() -> None:
    run = Run(ROUND, LINES, {"a": 0})
    run.complete("enter")

    run.complete("wait", "no")

    assert run.case.outcome == "success"
    verbs = [asked.verb for asked in run.of_kind(StockAsked)]
    assert verbs == [StockVerb.RESERVE]


def test_a_command_changes_one_order_and_tells_the_others_later(
    tmp_path: Path,
) -> None:
    shop = Shop(tmp_path / "shop.db")
    shop.order("1")
    shop.work()
    before = shop.events("1-credit")

    shop.engine.cancel("1", "customer", by="anna")

    assert shop.events("1-credit") == before
    assert [errand.kind for errand in shop.engine.machines.outbox()] == ["cancel"]
