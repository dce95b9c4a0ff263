"""Threads that write at once share transactions; each is alone accepted or refused."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import pytest

from flowengine.engine import Engine, Receipt
from flowengine.engine.transact import TRIES
from flowengine.errors import (
    CommandRejected,
    ConcurrentChange,
    Conflict,
    StoreRefused,
)
from flowengine.kernel.case import CaseId, UserId
from flowengine.kernel.commands import HoldCase
from flowengine.kernel.events import MessageKept, TaskClaimed
from flowengine.store import inbox
from flowengine.store.batch import Batch
from flowengine.store.inbox import InboxMessage
from tests.engine.shop import Shop
from tests.engine.threads import Deed, together, turn_kept, wait_for
from tests.engine.world import World

#: PostgreSQL has many writers: threads there do not share a transaction.
pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)

Answer = TypeVar("Answer")
#: A message and what it is for.
PAYMENT = ("payment", "ref-2")


def error_of(done: "Future[object] | Future[Receipt]") -> BaseException | None:
    return done.exception(10)


def in_batch(engine: Engine, work: Callable[[Batch], Answer]) -> Callable[[], Answer]:
    """A deed that is a piece of work."""
    return lambda: engine._transactor.run(work)


def held(world: World) -> set[str]:
    """Numbers of orders that stand still."""
    return {row.number for row in world.engine.orders(state="held", limit=None)}


@pytest.fixture
def sales(world: World) -> World:
    """Ten open sales."""
    for number in range(10):
        world.open(str(number))
    return world


def test_threads_that_come_while_one_writes_share_a_transaction(sales: World) -> None:
    engine = sales.engine
    batches: list[Batch] = []

    done = together(
        engine,
        *(in_batch(engine, batches.append) for _ in range(3)),
        lambda: engine.hold("1", "address", by="anna"),
    )

    assert [error_of(each) for each in done] == [None] * 4
    assert len({id(batch) for batch in batches}) == 1
    assert held(sales) == {"1"}
    assert engine.upkeep.check() == ()


def test_of_two_who_claim_one_task_in_one_transaction_one_gets_it(
    sales: World,
) -> None:
    engine = sales.engine

    first, second, third = together(
        engine,
        lambda: engine.claim("1/enter", by="anna"),
        lambda: engine.claim("1/enter", by="berta"),
        lambda: engine.claim("2/enter", by="berta"),
    )

    assert error_of(first) is None
    assert isinstance(error_of(second), Conflict)
    assert error_of(third) is None
    claims = [e for e in sales.events("1") if isinstance(e, TaskClaimed)]
    assert [claim.by for claim in claims] == ["anna"]
    assert engine.upkeep.check() == ()


def test_a_key_said_twice_in_one_transaction_acts_once(sales: World) -> None:
    engine = sales.engine
    note = partial(engine.note, "1", "fragile", by="anna", key="k")

    first, second = together(engine, note, note)

    receipts = [first.result(), second.result()]
    assert all(isinstance(receipt, Receipt) for receipt in receipts)
    assert [getattr(receipt, "repeated", None) for receipt in receipts] == [False, True]
    assert [type(event).__name__ for event in sales.events("1")].count("NoteAdded") == 1


def test_what_is_refused_after_it_changed_something_has_changed_nothing(
    sales: World,
) -> None:
    engine = sales.engine
    case_id = engine.order("1").case.id

    def too_much(batch: Batch) -> None:
        engine._transactor.execute(batch, _hold(case_id, sales))
        message = InboxMessage("k", "payment", "x", 0, "outside", {})
        assert inbox.keep(batch.link, message)
        raise CommandRejected("Expected it to be allowed, but it is not.")

    def look(batch: Batch) -> list[object]:
        loaded = batch.load(case_id)
        assert loaded is not None
        assert loaded.after is not None
        return [str(loaded.after.state), *inbox.take(batch.link, "payment", "x")]

    done = together(
        engine,
        lambda: engine.hold("2", "address", by="anna"),
        in_batch(engine, too_much),
        in_batch(engine, look),
        lambda: engine.hold("3", "address", by="anna"),
    )

    assert isinstance(error_of(done[1]), CommandRejected)
    assert [error_of(each) for each in (done[0], done[2], done[3])] == [None] * 3
    assert done[2].result() == ["open"]
    assert held(sales) == {"2", "3"}
    assert engine.upkeep.check() == ()


def test_a_fault_in_one_piece_of_work_is_told_to_its_thread_only(
    sales: World,
) -> None:
    engine = sales.engine
    case_id = engine.order("1").case.id

    def faulty(batch: Batch) -> None:
        engine._transactor.execute(batch, _hold(case_id, sales))
        raise ZeroDivisionError

    done = together(
        engine,
        lambda: engine.hold("2", "address", by="anna"),
        in_batch(engine, faulty),
        lambda: engine.hold("3", "address", by="anna"),
    )

    assert [type(error_of(each)) for each in done] == [
        type(None),
        ZeroDivisionError,
        type(None),
    ]
    assert held(sales) == {"2", "3"}


def test_what_cannot_be_written_is_told_to_its_thread_only(sales: World) -> None:
    engine = sales.engine

    done = together(
        engine,
        lambda: engine.note("2", "fine", by="anna"),
        lambda: engine.note("1", "\ud800", by="anna"),
        lambda: engine.note("3", "fine", by="anna"),
    )

    assert isinstance(error_of(done[1]), ValueError | TypeError)
    assert [error_of(done[0]), error_of(done[2])] == [None, None]
    assert "NoteAdded" in {type(event).__name__ for event in sales.events("3")}
    assert "NoteAdded" not in {type(event).__name__ for event in sales.events("1")}
    assert engine.upkeep.check() == ()


def test_a_full_disk_refuses_all_who_share_the_transaction(sales: World) -> None:
    engine = sales.engine
    before = [sales.events(str(number)) for number in range(10)]
    in_batch(engine, partial(_pages, most=1))()

    def write(number: int) -> Deed:
        return lambda: engine.note(str(number), "long " * 20_000, by="anna")

    done = together(engine, *map(write, range(4)))

    errors = [error_of(each) for each in done]
    assert [type(error) for error in errors] == [StoreRefused] * 4
    assert all("disk is full; nothing was changed" in str(error) for error in errors)
    in_batch(engine, partial(_pages, most=100_000))()
    assert [sales.events(str(number)) for number in range(10)] == before
    assert engine.upkeep.check() == ()
    engine.note("1", "there is room again", by="anna")


def test_who_is_late_is_tried_again_and_keeps_nobody_waiting(sales: World) -> None:
    engine = sales.engine
    tries: list[Batch] = []

    def late(batch: Batch) -> None:
        tries.append(batch)
        raise ConcurrentChange("Expected it to stand still, but it has moved on.")

    done = together(
        engine,
        lambda: engine.hold("1", "address", by="anna"),
        in_batch(engine, late),
        lambda: engine.hold("2", "address", by="anna"),
    )

    assert [type(error_of(each)) for each in done] == [
        type(None),
        ConcurrentChange,
        type(None),
    ]
    assert len(tries) == TRIES
    assert held(sales) == {"1", "2"}


def test_where_the_thread_that_writes_is_interrupted_the_others_are_done(
    sales: World,
) -> None:
    engine = sales.engine

    def interrupted(batch: Batch) -> None:
        raise KeyboardInterrupt

    with ThreadPoolExecutor(2) as pool, turn_kept(engine, interrupted) as broken:
        done = [
            pool.submit(engine.hold, number, "address", by="anna") for number in "12"
        ]
        wait_for(engine, 2)

    assert isinstance(error_of(broken[0]), KeyboardInterrupt)
    assert [error_of(each) for each in done] == [None, None]
    assert held(sales) == {"1", "2"}
    assert engine.upkeep.check() == ()


def test_a_message_and_its_order_that_come_together_find_each_other(
    world: World,
) -> None:
    engine = world.engine

    def pay(number: str) -> Deed:
        body = {"order.paid": True}
        return lambda: engine.deliver("payment", match=f"ref-{number}", body=body)

    done = together(
        engine,
        lambda: world.open("1"),
        pay("1"),
        pay("2"),
        lambda: world.open("2"),
    )

    assert [error_of(each) for each in done] == [None] * 4
    kept = [
        [e.key for e in world.events(number) if isinstance(e, MessageKept)]
        for number in "12"
    ]
    assert [len(keys) for keys in kept] == [1, 1]
    assert in_batch(engine, lambda batch: inbox.take(batch.link, *PAYMENT))() == []
    assert engine.upkeep.check() == ()


def test_those_who_take_the_next_task_together_take_different_ones(
    sales: World,
) -> None:
    engine = sales.engine

    done = together(
        engine,
        *(partial(engine.claim_next, "clerk", by="anna") for _ in range(10)),
        partial(engine.claim_next, "clerk", by="berta"),
    )

    receipts = [each.result() for each in done]
    numbers = [r.number for r in receipts if isinstance(r, Receipt)]
    assert sorted(numbers) == sorted(str(number) for number in range(10))
    assert receipts[-1] is None
    assert engine.upkeep.check() == ()


def test_two_batches_taken_together_share_no_mate(shop: Shop) -> None:
    shop.to_gate("1")
    shop.to_gate("2")
    engine = shop.engine
    steps = {number: shop.steps(number) for number in "12"}

    done = together(
        engine,
        lambda: engine.claim("1/pick", by="peter"),
        lambda: engine.claim("2/pick", by="paul"),
    )

    assert steps == {"1": ["pick"], "2": ["pick"]}
    receipt = done[0].result()
    assert isinstance(receipt, Receipt)
    assert receipt.mates == ("2/pick",)
    assert isinstance(error_of(done[1]), Conflict)
    assert engine.upkeep.check() == ()


def _pages(batch: Batch, most: int) -> None:
    """Let the file grow to so many pages; to what it has where it has more."""
    batch.link.rows(f"PRAGMA max_page_count={most}")


def _hold(case_id: CaseId, world: World) -> HoldCase:
    return HoldCase(case_id=case_id, at=world.at, by=UserId("anna"), reason="address")
