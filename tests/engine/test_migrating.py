"""Open orders go on by another version: each whole or not at all, and back again."""

from threading import Thread

import pytest

from flowengine.engine import Migrated, VersionChange
from flowengine.errors import CommandRejected, FlowError, InvalidInput, NotFound
from flowengine.kernel.case import TaskState
from flowengine.kernel.events import CaseMigrated, StepRetimed
from flowengine.net.moving import Lack
from tests.engine.shop import SHOP, Shop
from tests.engine.world import SALE, World

#: Approving is the pickers' now, counting has another name, booking is gone.
NEXT = (
    SALE.replace("version: 1", "version: 2")
    .replace("  approve:\n    role: clerk", "  approve:\n    role: picker")
    .replace("recount", "count-again")
    .replace("book}", "hand-over}")
    .replace("next: book", "next: hand-over")
    .replace("  book: {role: clerk, asks: [order.phone], next: hand-over}\n", "")
)
THERE = VersionChange("sale", 1, 2)
NAMED = {"recount": "count-again"}


def go(world: World, change: VersionChange = THERE, *, dry: bool = False) -> Migrated:
    """Store the next version, which new orders go by, and move the open ones."""
    world.engine.add_process(NEXT, "next.yaml")
    return world.engine.repairs.migrate(change, by="olga", dry_run=dry)


def version_of(world: World, number: str) -> int:
    return world.engine.order(number).net.process.version


def to_approve(world: World, number: str) -> None:
    world.open(number)
    answers = {"order.total": "900 EUR"}
    world.engine.complete(f"{number}/enter", by="anna", answers=answers)


def to_recount(world: World, number: str) -> None:
    world.open(number)
    world.engine.complete(
        f"{number}/enter", by="anna", answers={"order.total": "1 EUR"}
    )
    world.engine.complete(f"{number}/pick", by="peter", outcome="short")


def test_orders_move_by_the_ids_of_their_steps(world: World) -> None:
    world.open("1")
    world.open("2")

    done = go(world)

    assert done == Migrated(("1", "2"), ())
    assert version_of(world, "1") == 2
    assert world.engine.upkeep.check() == ()


def test_a_task_shows_its_new_role_and_department_and_keeps_its_times(
    world: World,
) -> None:
    to_approve(world, "1")
    (before,) = world.engine.tasks(number="1")

    world.wait(30)
    go(world)

    (after,) = world.engine.tasks(number="1")
    assert (before.role, after.role) == ("clerk", "picker")
    assert (before.department, after.department) == ("sales", "warehouse")
    assert (before.enabled, before.due) == (after.enabled, after.due)
    assert [task.ref for task in world.engine.tasks(user="peter")] == ["1/approve"]


def test_what_is_due_goes_by_the_service_level_of_the_new_version(
    world: World,
) -> None:
    to_approve(world, "1")
    world.engine.add_process(NEXT.replace("sla: 2h", "sla: 40h"), "next.yaml")

    world.engine.repairs.migrate(THERE, by="olga")

    (task,) = world.engine.tasks(number="1")
    (event,) = (e for e in world.events("1") if isinstance(e, StepRetimed))
    assert (event.due, event.reason, event.by) == (task.due, "version", "olga")
    assert task.due is not None
    assert world.engine.upkeep.check() == ()


def test_a_started_task_stays_with_who_started_it(world: World) -> None:
    to_approve(world, "1")
    world.engine.start("1/approve", by="anna")

    go(world)

    (task,) = world.engine.tasks(number="1")
    assert (task.state, task.owner) == (TaskState.STARTED, "anna")


def test_an_order_whose_step_is_gone_stays_whole(world: World) -> None:
    to_recount(world, "1")
    before = world.engine.order("1")

    done = go(world)

    assert done.moved == ()
    assert [(s.number, s.step, s.lack) for s in done.stayed] == [
        ("1", "recount", Lack.GONE)
    ]
    assert world.engine.order("1") == before


def test_a_list_of_names_says_what_a_step_is_called_there(world: World) -> None:
    to_recount(world, "1")

    done = go(world, VersionChange("sale", 1, 2, NAMED))

    assert done.moved == ("1",)
    steps = {task.step for task in world.engine.tasks(number="1")}
    assert steps == {"count-again"}
    assert world.engine.upkeep.check() == ()


def test_a_token_at_a_join_stays_where_its_arrow_is_gone(world: World) -> None:
    world.open("1")
    engine = world.engine
    engine.complete("1/enter", by="anna", answers={"order.total": "1 EUR"})
    engine.deliver("payment", match="ref-1", body={"order.paid": True})
    engine.complete("1/book", by="anna", answers={"order.phone": None})

    (stayed,) = go(world).stayed

    assert (stayed.step, stayed.lack) == ("hand-over", Lack.NO_ARROW)


def test_a_dry_run_tells_the_same_and_changes_nothing(world: World) -> None:
    to_recount(world, "1")
    to_approve(world, "2")
    world.open("3")
    before = [world.engine.order(number) for number in "123"]

    told = go(world, dry=True)

    assert [world.engine.order(number) for number in "123"] == before
    assert go(world) == told


def test_the_same_migration_again_moves_nothing_more(world: World) -> None:
    to_recount(world, "1")
    world.open("2")
    first = go(world)

    again = go(world)

    assert first.moved == ("2",)
    assert again == Migrated((), first.stayed)
    assert sum(isinstance(e, CaseMigrated) for e in world.events("2")) == 1


def test_the_way_back_takes_the_same_list_of_names(world: World) -> None:
    to_recount(world, "1")
    to_approve(world, "2")
    before = {n: world.engine.order(n).case for n in "12"}

    go(world, VersionChange("sale", 1, 2, NAMED))
    done = go(world, VersionChange("sale", 2, 1, NAMED))

    assert done == Migrated(("1", "2"), ())
    for number, case in before.items():
        after = world.engine.order(number).case
        assert (after.marking, after.tasks) == (case.marking, case.tasks)
        assert after.process == case.process
    assert world.engine.upkeep.check() == ()


def test_a_moved_order_comes_to_its_end_by_the_new_version(world: World) -> None:
    world.open("1")
    go(world)
    engine = world.engine

    engine.complete("1/enter", by="anna", answers={"order.total": "1 EUR"})
    engine.deliver("payment", match="ref-1", body={"order.paid": True})
    engine.complete("1/pick", by="peter", outcome="ok")
    engine.complete("1/hand-over", by="peter")
    engine.deliver("pickup", match="1")

    assert engine.order("1").case.outcome == "success"
    assert engine.upkeep.check() == ()


def test_a_wait_is_found_by_its_message_after_the_move(world: World) -> None:
    world.open("1")
    world.engine.complete("1/enter", by="anna", answers={"order.total": "1 EUR"})

    go(world)
    receipt = world.engine.deliver("payment", match="ref-1")

    assert receipt is not None
    assert "await-payment" not in world.engine.order("1").case.tasks


def test_a_held_order_moves_and_stays_held(world: World) -> None:
    world.open("1")
    world.engine.hold("1", "address", by="anna")

    go(world)

    order = world.engine.order("1")
    assert (order.net.process.version, order.case.state.value) == (2, "held")
    assert world.engine.upkeep.check() == ()


def test_closed_orders_stay_as_they_ended(world: World) -> None:
    to_approve(world, "1")
    world.engine.complete("1/approve", by="anna", outcome="no")

    assert go(world) == Migrated((), ())
    assert version_of(world, "1") == 1


def test_two_steps_under_one_name_never_merge_their_tokens(world: World) -> None:
    world.open("1")
    world.engine.complete("1/enter", by="anna", answers={"order.total": "1 EUR"})
    world.engine.deliver("payment", match="ref-1")
    change = VersionChange("sale", 1, 2, {"book": "pick", "recount": "count-again"})

    (stayed,) = go(world, change).stayed

    assert stayed.number == "1"
    assert "two steps" in stayed.text


def test_each_version_tells_its_open_orders(world: World) -> None:
    to_recount(world, "1")
    world.open("2")
    world.open("3")
    go(world)

    counts = {each.version: each.orders for each in world.engine.processes()}

    assert counts == {1: 1, 2: 2}


def test_a_name_of_no_step_is_refused_before_anything_moves(world: World) -> None:
    world.open("1")

    with pytest.raises(InvalidInput, match="recuont"):
        go(world, VersionChange("sale", 1, 2, {"recuont": "count-again"}))
    assert version_of(world, "1") == 1


def test_a_version_that_is_not_stored_is_not_found(world: World) -> None:
    with pytest.raises(NotFound, match="sale version 7"):
        go(world, VersionChange("sale", 1, 7))


def test_one_version_twice_is_no_migration(world: World) -> None:
    with pytest.raises(InvalidInput, match="two versions"):
        go(world, VersionChange("sale", 1, 1))


def test_a_field_of_another_type_lets_no_order_move(world: World) -> None:
    text = NEXT.replace("total: optional money", "total: optional weight").replace(
        "order.total > 500 EUR", "order.total > 5 kg"
    )
    world.open("1")
    world.engine.add_process(text, "next.yaml")

    with pytest.raises(CommandRejected, match=r"order\.total"):
        world.engine.repairs.migrate(THERE, by="olga")


def test_gates_elements_and_calls_move_with_their_order(shop: Shop) -> None:
    text = SHOP.replace("version: 1", "version: 2")
    text = text.replace("  pack:\n    role: picker", "  pack:\n    role: clerk")
    shop.to_gate("1", "2", "3", "4")
    shop.order("5")
    shop.engine.machines.work()
    shop.engine.complete("1/pick", by="peter")
    before = {number: shop.steps(number) for number in "12345"}
    shop.engine.add_process(text, "next.yaml")

    done = shop.engine.repairs.migrate(VersionChange("shop", 1, 2), by="olga")

    assert done == Migrated(tuple("12345"), ())
    assert {number: shop.steps(number) for number in "12345"} == before
    assert [before["1"], before["3"], before["5"]] == [
        ["pack#1", "pack#2"],
        ["release"],
        ["credit"],
    ]
    assert {task.role for task in shop.engine.tasks(number="1")} == {"clerk"}
    assert shop.engine.upkeep.check() == ()


def test_orders_behind_a_gate_still_count_after_the_move(shop: Shop) -> None:
    text = SHOP.replace("version: 1", "version: 2").replace("sla: 4h", "sla: 5h")
    shop.to_gate("1", "2", "3")
    shop.engine.add_process(text, "next.yaml")

    shop.engine.repairs.migrate(VersionChange("shop", 1, 2), by="olga")
    shop.work()

    assert shop.steps("3") == ["release"]
    shop.engine.cancel("1", "customer", by="anna")
    shop.work()
    assert shop.steps("3") == ["pick"]
    assert shop.engine.upkeep.check() == ()


def test_people_who_work_meanwhile_lose_nothing(world: World) -> None:
    numbers = [str(number) for number in range(60)]
    for number in numbers:
        world.open(number)
    world.engine.add_process(NEXT, "next.yaml")
    failed: list[FlowError] = []

    def work() -> None:
        with world.another() as engine:
            for number in numbers:
                try:
                    answers = {"order.total": "900 EUR"}
                    engine.complete(f"{number}/enter", by="anna", answers=answers)
                except FlowError as error:
                    failed.append(error)

    clerk = Thread(target=work)
    clerk.start()
    moved = set(go(world).moved)
    clerk.join()
    moved |= set(go(world).moved)

    assert failed == []
    assert moved == set(numbers)
    for number in numbers:
        case = world.engine.order(number).case
        assert set(case.tasks) == {"approve"}
    assert world.engine.upkeep.check() == ()
