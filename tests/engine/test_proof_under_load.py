"""Proof and repair look at one moment, whatever others write meanwhile."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.engine.world import World


@contextmanager
def writing(world: World) -> Iterator[list[str]]:
    """Somebody opens and enters orders all the time, on an engine of their own."""
    stopped = threading.Event()
    done: list[str] = []
    failed: list[BaseException] = []

    def write() -> None:
        with world.another() as engine:
            while not stopped.is_set():
                number = f"n{len(done)}"
                fields = {"number": number, "priority": 0, "customer": "Ilze"}
                try:
                    engine.open_order("sale", fields, by="anna", key=number)
                    ref, total = f"{number}/enter", {"order.total": "9 EUR"}
                    engine.complete(ref, by="anna", answers=total)
                except BaseException as error:
                    failed.append(error)
                    return
                done.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield done
    finally:
        stopped.set()
        writer.join(timeout=60)
    assert failed == []


def test_a_check_is_clean_while_others_write(world: World) -> None:
    for number in range(20):
        world.open(str(number))

    with writing(world) as done:
        while len(done) < 20:
            assert world.engine.upkeep.check() == ()
            assert world.engine.upkeep.verify_all().broken == ()

    assert world.engine.upkeep.check() == ()


def test_a_seal_made_while_others_write_is_true_ever_after(world: World) -> None:
    with writing(world) as done:
        seals = []
        while len(done) < 20:
            seals.append(world.engine.upkeep.verify_all().seal)

    assert len(set(seals)) > 1
    for seal in (seals[0], seals[len(seals) // 2], seals[-1]):
        assert world.engine.upkeep.verify_all(seal).seal == seal


def test_a_rebuild_while_others_write_breaks_nothing_of_theirs(world: World) -> None:
    for number in range(20):
        world.open(str(number))
    world.change("DELETE FROM task_row WHERE number = '3'")
    world.change("UPDATE step_fact SET working = 7")

    with writing(world) as done:
        for _ in range(5):
            assert world.engine.upkeep.rebuild().left == ()
            before, end = len(done), time.monotonic() + 30
            while len(done) <= before and time.monotonic() < end:
                time.sleep(0.01)

    assert world.engine.upkeep.check() == ()
    assert {f"{number}/enter" for number in range(20)} <= {
        task.ref for task in world.engine.tasks(limit=1000)
    }
