"""Taking the next task: the most urgent one that somebody may do, once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from flowengine.errors import CommandRejected, Conflict, NotFound
from flowengine.kernel.events import TaskClaimed, TaskStarted
from flowengine.quantities import HOUR, Instant
from flowengine.store.dialect import is_postgres, open_engine
from flowengine.store.offered import select_offered
from tests.engine.shop import Shop
from tests.engine.world import World, refusal_of

FOUR_EYES = """\
process: audit
version: 1
title: {en: Audit, lv: Audits}
for: order
number: order.number
data:
  order: {number: text}
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
roles:
  clerk: {department: sales, people: 2}
steps:
  enter: {role: clerk, next: look}
  look: {role: clerk, not_same_person_as: enter, next: done}
  done: {end: success}
"""


def taken(world: World, by: str, role: str | None = None) -> str | None:
    receipt = world.engine.claim_next(role, by=by)
    return None if receipt is None else receipt.task


def to_pick(world: World, number: str, priority: int = 0) -> None:
    """Open a cheap sale and take it to its picker, who has four hours."""
    world.open(number, priority=priority)
    world.engine.complete(
        f"{number}/enter", by="anna", answers={"order.total": "9 EUR"}
    )


def test_the_next_task_is_the_first_by_priority_then_due_time_then_age(
    world: World,
) -> None:
    to_pick(world, "later")
    world.wait(-60)
    to_pick(world, "sooner")
    world.wait(200)
    world.open("old")
    world.wait(1)
    world.open("new")
    world.open("urgent", priority=5)

    assert [taken(world, "olga") for _ in range(6)] == [
        "urgent/enter",
        "sooner/pick",
        "later/pick",
        "old/enter",
        "new/enter",
        None,
    ]
    assert world.engine.upkeep.check() == ()


def test_only_tasks_of_the_role_that_was_asked_for_are_taken(world: World) -> None:
    world.open("1", priority=9)
    to_pick(world, "2")

    assert taken(world, "olga", "picker") == "2/pick"
    assert taken(world, "olga", "picker") is None


def test_a_role_that_somebody_does_not_have_is_refused(world: World) -> None:
    world.open("1")

    refused = refusal_of(lambda: world.engine.claim_next("clerk", by="peter"))

    assert isinstance(refused, CommandRejected)
    assert "role clerk, but peter has picker" in str(refused)


def test_somebody_unknown_takes_nothing(world: World) -> None:
    world.open("1")

    refused = refusal_of(lambda: world.engine.claim_next(by="zelma"))

    assert isinstance(refused, NotFound)


def test_claimed_and_started_in_one_go(world: World) -> None:
    world.open("1")

    receipt = world.engine.claim_next(by="anna", start=True)

    assert receipt is not None
    assert [type(event) for event in receipt.events] == [TaskClaimed, TaskStarted]
    (task,) = world.engine.tasks(user="anna")
    assert (task.state.value, task.owner) == ("started", "anna")


def test_held_orders_and_what_others_have_are_passed_over(world: World) -> None:
    for number in ("1", "2", "3"):
        world.open(number)
        world.wait(1)
    world.engine.hold("1", "address unclear", by="anna")
    world.engine.claim("2/enter", by="berta")

    assert taken(world, "anna") == "3/enter"
    assert taken(world, "anna") is None


def test_what_the_same_person_may_not_do_is_passed_over(world: World) -> None:
    world.engine.add_process(FOUR_EYES, "audit.yaml")
    for number in range(40):
        world.engine.open_order("audit", {"number": f"a{number:02}"}, by="anna")
        by = "berta" if number == 33 else "anna"
        world.engine.complete(f"a{number:02}/enter", by=by)
        world.wait(1)

    assert taken(world, "anna") == "a33/look"
    assert taken(world, "anna") is None
    assert taken(world, "berta") == "a00/look"


def test_a_more_urgent_task_behind_a_barred_one_is_before_that_of_another_role(
    world: World,
) -> None:
    world.engine.add_process(FOUR_EYES, "audit.yaml")
    for number, by in (("a1", "olga"), ("a2", "anna")):
        world.engine.open_order("audit", {"number": number}, by="anna")
        world.engine.complete(f"{number}/enter", by=by)
    world.wait(5)
    to_pick(world, "late")

    world.engine.complete("late/pick", by="peter", outcome="short")

    assert taken(world, "olga") == "a2/look"
    assert taken(world, "olga") == "late/recount"


def test_a_batch_is_taken_whole(shop: Shop) -> None:
    shop.to_gate("1", "2")

    receipt = shop.engine.claim_next(by="peter")

    assert receipt is not None
    assert (receipt.task, receipt.mates) == ("1/pick", ("2/pick",))
    assert taken(shop, "peter") is None


def test_who_is_away_takes_nothing_and_is_told_how_to_come_back(world: World) -> None:
    world.open("1")
    day = Instant(world.at + 24 * HOUR)
    world.engine.people.away("anna", world.engine.now(), day)

    refused = refusal_of(lambda: world.engine.claim_next(by="anna"))
    world.engine.people.back("anna")

    assert isinstance(refused, CommandRejected)
    assert "away until 2 Jun 2026" in str(refused)
    assert "flowengine user away anna --back" in str(refused)
    assert taken(world, "anna") == "1/enter"


def test_many_who_take_at_once_never_take_one_twice(world: World) -> None:
    for number in range(40):
        world.open(str(number))

    def all_of(person: str) -> list[str]:
        engine, found = world.another(), []
        while (receipt := engine.claim_next("clerk", by=person)) is not None:
            found.append(str(receipt.task))
        engine.close()
        return found

    people = ("anna", "berta", "olga")
    with ThreadPoolExecutor(len(people)) as pool:
        found = [ref for refs in pool.map(all_of, people) for ref in refs]

    assert sorted(found) == sorted(f"{number}/enter" for number in range(40))
    assert world.engine.upkeep.check() == ()


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("limit", [1, 256])
def test_the_next_task_is_found_by_walking_the_index_of_offered_tasks(
    world: World, limit: int
) -> None:
    plan = plan_of(world, select_offered(limit).replace("?", "'clerk'"))

    assert "task_row_offered" in plan
    for sign in ("SCAN", "Seq Scan", "Sort", "TEMP B-TREE"):
        assert sign not in plan


def plan_of(world: World, query: str) -> str:
    """How the database does a query; PostgreSQL as if the tables were large."""
    with world.engine._database.reading() as connection:
        if not is_postgres(world.address):
            found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
            return "\n".join(row[-1] for row in found)
        for way in ("seqscan", "bitmapscan"):
            connection.exec_driver_sql(f"SET enable_{way} = off")
        locked = f"{query} FOR UPDATE OF case_row SKIP LOCKED"
        found = connection.exec_driver_sql(f"EXPLAIN {locked}").all()
        connection.rollback()
        return "\n".join(row[0] for row in found)


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_nobody_waits_for_an_order_that_somebody_else_is_at_work_on(
    world: World,
) -> None:
    world.open("1")
    world.wait(1)
    world.open("2")
    engine = open_engine(world.address)

    with engine.begin() as connection:
        connection.exec_driver_sql(
            "SELECT number FROM case_row WHERE number = '1' FOR UPDATE"
        )
        assert taken(world, "anna") == "2/enter"
        refused = refusal_of(lambda: world.engine.claim_next(by="anna"))

    engine.dispose()
    assert isinstance(refused, Conflict)
    assert "others are taking what there is" in str(refused)
    assert taken(world, "anna") == "1/enter"


def test_a_person_who_may_do_none_of_what_is_offered_is_given_nothing(
    world: World,
) -> None:
    world.engine.add_process(FOUR_EYES, "audit.yaml")
    fields = [{"number": f"a{number:03}"} for number in range(300)]
    world.engine.open_orders("audit", fields, by="anna")
    for number in range(300):
        world.engine.complete(f"a{number:03}/enter", by="anna")

    assert taken(world, "anna") is None
    assert taken(world, "berta") == "a000/look"
