"""One engine serves any number of threads, on every database."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from flowengine.engine import Engine
from flowengine.errors import Conflict, FlowError, StoreRefused
from flowengine.kernel.events import NoteAdded, TaskClaimed
from tests.engine.world import World, refusal_of

THREADS = 16


def at_once(deed: Callable[[int], object], threads: int = THREADS) -> list[object]:
    """Do something in many threads that begin together."""
    ready = threading.Barrier(threads)

    def do(number: int) -> object:
        ready.wait(10)
        return deed(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(do, range(threads)))


def test_threads_take_whole_orders_through_one_engine(world: World) -> None:
    def sell(number: int) -> None:
        world.open(str(number))
        world.to_hand_over(str(number))
        world.engine.complete(f"{number}/hand-over", by="peter")
        world.engine.deliver("pickup", match=str(number))

    at_once(sell)

    rows = world.engine.orders(limit=None)
    assert len(rows) == THREADS
    assert {row.outcome for row in rows} == {"success"}
    assert world.engine.upkeep.check() == ()


def test_threads_that_claim_the_same_tasks_share_them(world: World) -> None:
    numbers = [str(number) for number in range(12)]
    for number in numbers:
        world.open(number)
    people = ("anna", "berta", "olga")

    def claim(thread: int) -> list[str]:
        person = people[thread % 3]
        claimed = []
        for number in numbers:
            deed = partial(world.engine.claim, f"{number}/enter", by=person)
            refused = refusal_of(deed)
            assert refused is None or isinstance(refused, Conflict)
            claimed += [number] if refused is None else []
        return claimed

    at_once(claim)

    owners = [
        [e.by for e in world.events(number) if isinstance(e, TaskClaimed)]
        for number in numbers
    ]
    assert [len(claims) for claims in owners] == [1] * len(numbers)
    assert world.engine.upkeep.check() == ()


def test_threads_that_say_the_same_key_act_once(world: World) -> None:
    world.open("1")

    at_once(lambda _: world.engine.note("1", "fragile", by="anna", key="one"))

    notes = [e for e in world.events("1") if isinstance(e, NoteAdded)]
    assert len(notes) == 1


def test_threads_read_while_others_write(world: World) -> None:
    world.open("1")

    def read_or_write(thread: int) -> None:
        for number in range(10):
            if thread % 2:
                world.engine.note("1", f"{thread}-{number}", by="anna")
            else:
                order = world.engine.order("1")
                assert order.case.version == len(order.history)
                assert world.engine.tasks()
                assert world.engine.events(limit=5).events

    at_once(read_or_write)

    texts = Counter(e.text for e in world.events("1") if isinstance(e, NoteAdded))
    assert len(texts) == THREADS // 2 * 10
    assert set(texts.values()) == {1}


def test_closing_does_what_was_begun_and_refuses_what_comes_later(
    world: World,
) -> None:
    threads = 4
    for number in range(threads):
        world.open(str(number))
    engine = world.another()
    acknowledged: list[str] = []
    begun = threading.Barrier(threads + 1)

    def write(thread: int) -> FlowError | None:
        begun.wait(10)
        for number in range(100_000):
            text = f"{thread}-{number}"
            note = partial(engine.note, str(thread), text, by="anna")
            refused = refusal_of(note)
            if refused is not None:
                return refused
            acknowledged.append(text)
        return None

    with ThreadPoolExecutor(threads) as pool:
        done = [pool.submit(write, thread) for thread in range(threads)]
        begun.wait(10)
        time.sleep(0.2)
        engine.close()
        refusals = [each.result(10) for each in done]

    assert [type(refused) for refused in refusals] == [StoreRefused] * threads
    assert all("has been closed" in str(refused) for refused in refusals)
    stored = [
        event.text
        for number in range(threads)
        for event in world.events(str(number))
        if isinstance(event, NoteAdded)
    ]
    assert acknowledged
    assert sorted(stored) == sorted(acknowledged)


READING: list[Callable[[Engine], object]] = [
    lambda engine: engine.orders(),
    lambda engine: engine.tasks(),
    lambda engine: engine.order("1"),
    lambda engine: engine.events(),
    lambda engine: engine.processes(),
    lambda engine: engine.net("sale"),
    lambda engine: engine.people.all(),
    lambda engine: engine.people.add("anna", []),
    lambda engine: engine.note("1", "late", by="anna"),
    lambda engine: engine.machines.work(),
    lambda engine: engine.upkeep.check(),
]


@pytest.mark.parametrize("deed", READING)
def test_a_closed_engine_refuses_everything(
    world: World, deed: Callable[[Engine], object]
) -> None:
    world.open("1")
    engine = world.another()
    engine.close()
    engine.close()

    refused = refusal_of(lambda: deed(engine))

    assert isinstance(refused, StoreRefused)
    assert "has been closed" in str(refused)
