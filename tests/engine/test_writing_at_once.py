"""Several programs write at once: one waits for the other, and nothing is doubled."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from flowengine.engine import Engine
from flowengine.engine.transact import TRIES
from flowengine.errors import ConcurrentChange, Conflict, FlowError
from flowengine.kernel.events import TaskClaimed
from flowengine.store.batch import Batch
from tests.engine.world import SALE, World, refusal_of


def test_of_two_who_claim_one_task_one_gets_it(world: World) -> None:
    world.open("1")
    other = world.another()

    first = refusal_of(lambda: world.engine.claim("1/enter", by="anna"))
    second = refusal_of(lambda: other.claim("1/enter", by="berta"))
    other.close()

    assert first is None
    assert isinstance(second, Conflict)
    assert "anna has claimed it" in str(second)
    claims = [e for e in world.events("1") if isinstance(e, TaskClaimed)]
    assert [claim.by for claim in claims] == ["anna"]


def test_programs_that_claim_the_same_tasks_at_the_same_time_share_them(
    world: World,
) -> None:
    numbers = [str(number) for number in range(30)]
    for number in numbers:
        world.open(number)

    def take(person: str) -> set[str]:
        with world.another() as engine:
            return {
                number
                for number in numbers
                if _claimed(engine, f"{number}/enter", person)
            }

    with ThreadPoolExecutor(3) as pool:
        taken = list(pool.map(take, ("anna", "berta", "olga")))

    assert sum(map(len, taken)) == len(numbers)
    assert set.union(*taken) == set(numbers)
    assert world.engine.upkeep.check() == ()


def test_programs_that_add_people_and_processes_wait_for_each_other(
    world: World,
) -> None:
    def add(program: int) -> list[FlowError | None]:
        with world.another() as engine:
            refused = []
            for number in range(10):
                text = SALE.replace("process: sale", f"process: p{program}-{number}")
                refused += [
                    refusal_of(partial(engine.people.add, f"u{number}", ["clerk"])),
                    refusal_of(partial(engine.add_process, text, "p.yaml")),
                ]
            return refused

    with ThreadPoolExecutor(4) as pool:
        refused = [error for errors in pool.map(add, range(4)) for error in errors]

    assert [error for error in refused if error is not None] == []
    assert len(world.engine.processes()) == 41


def test_a_case_that_has_moved_on_is_read_again_but_not_for_ever(
    world: World,
) -> None:
    tries = []

    def always_late(batch: Batch) -> None:
        tries.append(batch)
        raise ConcurrentChange("Expected it to stand still, but it has moved on.")

    with pytest.raises(ConcurrentChange):
        world.engine._transactor.run(always_late)

    assert len(tries) == TRIES


def test_a_case_that_has_moved_on_once_is_done_on_the_second_try(
    world: World,
) -> None:
    world.open("1")
    case_id = world.engine.order("1").case.id
    tries = []

    def late_once(batch: Batch) -> int:
        held = batch.load(case_id)
        tries.append(held)
        if len(tries) == 1:
            raise ConcurrentChange("Expected it to stand still, but it has moved on.")
        return len(tries)

    assert world.engine._transactor.run(late_once) == 2
    assert tries[0] is not tries[1]


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_row_that_another_wrote_between_reading_and_writing_is_never_lost(
    world: World,
) -> None:
    world.open("1")
    case_id = world.engine.order("1").case.id
    net, event = world.engine.net("sale"), world.events("1")[-1]

    def overtaken(batch: Batch) -> None:
        held = batch.load(case_id)
        assert held is not None
        assert held.after is not None
        # As on a database whose writers do not exclude each other.
        batch.link.run("UPDATE case_row SET version = version + 1", ())
        batch.append(held, net, (event,), held.after, None)

    refused = refusal_of(lambda: world.engine._transactor.run(overtaken))

    assert isinstance(refused, ConcurrentChange)
    assert world.engine.upkeep.check() == ()


def _claimed(engine: Engine, ref: str, person: str) -> bool:
    refused = refusal_of(lambda: engine.claim(ref, by=person))
    assert refused is None or isinstance(refused, Conflict)
    return refused is None
