"""Gates: how many are let through, in which order, until when."""

import threading
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flowengine.engine.releasing import may_leave
from flowengine.errors import FlowError
from flowengine.language.process import Gate, StepId
from flowengine.quantities import HOUR, Instant, instant_of
from tests.engine.shop import SHOP, Shop

RIGA = "Europe/Riga"
NOON = instant_of(datetime(2026, 6, 1, 12, tzinfo=ZoneInfo(RIGA)))
TWO = 14 * 60


def gate(limit: int = 5, cutoff: int | None = None, batch: int | None = None) -> Gate:
    return Gate(limit, (StepId("pick"),), cutoff, batch)


def leaving(
    written: Gate, at: Instant, free: int, waiting: int, came: Instant = NOON
) -> int:
    """How many of those that wait may leave; the first ones, if any."""
    allowed = may_leave(written, RIGA, at, free, [came] * waiting)
    assert allowed == sorted(allowed, reverse=True)
    return sum(allowed)


def test_as_many_leave_as_there_are_places() -> None:
    assert leaving(gate(), NOON, free=2, waiting=7) == 2
    assert leaving(gate(), NOON, free=0, waiting=7) == 0
    assert leaving(gate(), NOON, free=5, waiting=1) == 1


def test_nobody_leaves_after_the_cut_off_until_the_next_day_begins() -> None:
    written = gate(cutoff=TWO)

    assert leaving(written, Instant(NOON + 2 * HOUR - 1), free=5, waiting=3) == 3
    assert leaving(written, Instant(NOON + 2 * HOUR), free=5, waiting=3) == 0
    assert leaving(written, Instant(NOON + 12 * HOUR - 1), free=5, waiting=3) == 0
    assert leaving(written, Instant(NOON + 12 * HOUR), free=5, waiting=3) == 3


def test_a_cut_off_at_midnight_never_comes() -> None:
    written = gate(cutoff=24 * 60)

    assert leaving(written, Instant(NOON + 12 * HOUR - 1), free=5, waiting=3) == 3


@pytest.mark.parametrize(("waiting", "left"), [(2, 0), (3, 3), (5, 3), (6, 6)])
def test_a_batch_leaves_whole(waiting: int, left: int) -> None:
    assert leaving(gate(limit=9, batch=3), NOON, free=9, waiting=waiting) == left


def test_a_batch_waits_until_all_of_it_has_a_place() -> None:
    assert leaving(gate(limit=9, batch=3), NOON, free=2, waiting=3) == 0
    assert leaving(gate(limit=2, batch=3), NOON, free=2, waiting=3) == 2


def test_the_cut_off_lets_a_batch_through_that_is_not_whole() -> None:
    written = gate(limit=9, cutoff=TWO, batch=3)
    after = Instant(NOON + 3 * HOUR)

    assert leaving(written, after, free=9, waiting=2) == 2
    assert leaving(written, after, free=1, waiting=2) == 1
    assert leaving(written, after, free=9, waiting=2, came=after) == 0


def test_a_gate_lets_through_what_its_limit_allows_and_no_more(shop: Shop) -> None:
    shop.to_gate("1", "2", "3")

    assert [shop.steps(number) for number in "123"] == [["pick"], ["pick"], ["release"]]
    assert shop.engine.orders(step="release")[0].number == "3"
    assert shop.engine.upkeep.check() == ()


def test_a_place_is_given_back_when_the_order_has_left_the_steps(shop: Shop) -> None:
    shop.to_gate("1", "2", "3")
    shop.engine.complete("1/pick", by="peter")
    shop.pack("1")
    assert shop.work().gates == 0

    shop.engine.machines.answer("1/label", outcome="ok", answers={"order.label": "L1"})

    assert shop.work().gates == 1
    assert shop.steps("3") == ["pick"]
    assert shop.engine.upkeep.check() == ()


def test_an_order_that_is_cancelled_gives_its_place_back(shop: Shop) -> None:
    shop.to_gate("1", "2", "3")

    shop.engine.cancel("1", "customer", by="anna")

    assert shop.work().gates == 1
    assert shop.steps("3") == ["pick"]
    assert shop.engine.upkeep.check() == ()


def test_who_is_first_is_said_by_the_gate_then_by_who_came_first(shop: Shop) -> None:
    for number, priority in (("early", 0), ("urgent", 9), ("late", 0)):
        shop.order(number, priority=priority)
        shop.wait(1)
        shop.engine.machines.work()
        shop.approve(number)
    with_credit = [row.number for row in shop.engine.orders(process="credit-check")]
    assert len(with_credit) == 3

    shop.work()

    assert shop.steps("urgent") == ["pick"]
    assert shop.steps("early") == ["pick"]
    assert shop.steps("late") == ["release"]


def test_a_held_order_is_not_let_through_and_keeps_nobody_waiting(shop: Shop) -> None:
    shop.to_gate("1", "2", "3", "4")
    shop.engine.hold("3", "address unclear", by="anna")

    shop.engine.cancel("1", "customer", by="anna")
    shop.work()

    assert shop.steps("3") == ["release"]
    assert shop.steps("4") == ["pick"]
    shop.engine.cancel("2", "customer", by="anna")
    shop.engine.resume("3", by="anna")
    shop.work()
    assert shop.steps("3") == ["pick"]
    assert shop.engine.upkeep.check() == ()


def test_all_versions_of_a_process_share_the_places_of_a_gate(shop: Shop) -> None:
    shop.to_gate("1", "2")
    newer = SHOP.replace("version: 1\n", "version: 2\n", 1)
    shop.engine.add_process(newer, "shop.yaml")

    shop.to_gate("3")

    assert shop.steps("3") == ["release"]
    assert shop.engine.upkeep.check() == ()


def test_two_programs_at_one_gate_never_let_too_many_through(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "shop.db")
    numbers = [str(number) for number in range(12)]
    for number in numbers:
        shop.order(number)
    shop.engine.machines.work()
    for number in numbers:
        shop.approve(number)
    refused: list[FlowError] = []

    def work() -> None:
        other = shop.another()
        for _ in range(6):
            try:
                other.machines.work()
            except FlowError as error:
                refused.append(error)
        other.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    standing = [shop.steps(number) for number in numbers]
    assert standing.count(["pick"]) == 2
    assert standing.count(["release"]) == 10
    assert refused == []
    assert shop.engine.upkeep.check() == ()
    shop.close()
