"""What people see to do, in which order, and who sees what."""

from flowengine.errors import CommandRejected, Conflict, NotFound
from tests.engine.world import World, refusal_of


def refs(world: World, **wanted: str) -> list[str]:
    return [task.ref for task in world.engine.tasks(**wanted)]  # type: ignore[arg-type] # every one of them is a text


def to_pick(world: World, number: str, priority: int = 0) -> None:
    """Open a cheap sale and take it to its picker, who has four hours."""
    world.open(number, priority=priority)
    world.engine.complete(
        f"{number}/enter", by="anna", answers={"order.total": "9 EUR"}
    )


def test_the_worklist_is_ordered_by_priority_then_due_then_age(world: World) -> None:
    world.open("no-due-old")
    world.wait(10)
    to_pick(world, "due-late")
    world.wait(-60)
    to_pick(world, "due-early")
    world.wait(200)
    world.open("no-due-new")
    world.open("urgent", priority=5)

    assert refs(world) == [
        "urgent/enter",
        "due-early/pick",
        "due-late/pick",
        "no-due-old/enter",
        "no-due-new/enter",
    ]


def test_tasks_are_listed_by_role_department_and_order(world: World) -> None:
    world.open("1")
    to_pick(world, "2")

    assert refs(world, role="clerk") == ["1/enter"]
    assert refs(world, role="picker") == ["2/pick"]
    assert refs(world, department="sales") == ["1/enter"]
    assert refs(world, department="warehouse") == ["2/pick"]
    assert refs(world, number="2") == ["2/pick"]
    assert refs(world, role="clerk", department="warehouse") == []


def test_people_see_what_their_roles_may_take_and_what_they_have(
    world: World,
) -> None:
    world.open("1")
    world.open("2")
    to_pick(world, "3")
    world.engine.claim("1/enter", by="anna")

    assert refs(world, user="anna") == ["1/enter", "2/enter"]
    assert refs(world, user="berta") == ["2/enter"]
    assert refs(world, user="peter") == ["3/pick"]
    assert refs(world, user="olga") == ["3/pick", "2/enter"]
    assert refs(world, user="nobody") == []


def test_tasks_of_somebody_unknown_are_not_found(world: World) -> None:
    refused = refusal_of(lambda: world.engine.tasks(user="zelma"))

    assert isinstance(refused, NotFound)
    assert "flowengine user add zelma" in str(refused)


def test_a_held_order_leaves_the_worklist_and_comes_back(world: World) -> None:
    world.open("1")
    world.open("2")
    world.engine.claim("1/enter", by="anna")

    world.engine.hold("1", "address unclear", by="anna")
    assert refs(world) == ["2/enter"]
    assert refs(world, user="anna") == ["2/enter"]

    world.engine.resume("1", by="anna")
    assert refs(world) == ["1/enter", "2/enter"]


def test_a_started_task_of_a_held_order_stays_and_may_be_finished(
    world: World,
) -> None:
    world.open("1")
    world.engine.start("1/enter", by="anna")

    world.engine.hold("1", "address unclear", by="berta")
    assert refs(world) == ["1/enter"]
    world.engine.complete("1/enter", by="anna", answers={"order.total": "9 EUR"})

    assert refs(world) == []
    world.engine.resume("1", by="berta")
    assert refs(world) == ["1/pick"]
    assert world.engine.upkeep.check() == ()


def test_the_wrong_role_is_refused_with_the_right_one(world: World) -> None:
    world.open("1")
    before = world.events("1")

    for deed in (world.engine.claim, world.engine.start, world.engine.complete):
        refused = refusal_of(lambda deed=deed: deed("1/enter", by="peter"))  # type: ignore[misc] # the loop's deed
        assert isinstance(refused, CommandRejected)
        assert "role clerk" in str(refused)

    assert world.events("1") == before


def test_who_acts_must_be_known(world: World) -> None:
    world.open("1")

    refused = refusal_of(lambda: world.engine.claim("1/enter", by="zelma"))

    assert isinstance(refused, NotFound)


def test_a_task_is_named_with_its_visit_from_the_second_on(world: World) -> None:
    to_pick(world, "1")
    world.engine.complete("1/pick", by="peter", outcome="short")
    world.engine.complete("1/recount", by="peter", answers={"order.phone": None})

    assert refs(world) == ["1/pick/2"]
    late = refusal_of(
        lambda: world.engine.complete("1/pick/1", by="peter", outcome="ok")
    )
    assert isinstance(late, Conflict)
    world.engine.complete("1/pick/2", by="peter", outcome="ok")
    assert refs(world) == []


def test_a_task_says_what_it_asks_for_and_how_it_may_end(world: World) -> None:
    to_pick(world, "1")
    world.open("2")

    pick, enter = world.engine.task("1/pick"), world.engine.task("2/enter")

    assert pick.outcomes == ("ok", "short")
    assert [name for name, _ in enter.asks] == ["order.total"]
    assert enter.row.title.lv == "Enter"


def test_a_task_that_is_done_unreached_or_unknown_is_told_apart(
    world: World,
) -> None:
    to_pick(world, "1")

    assert isinstance(refusal_of(lambda: world.engine.task("1/enter")), Conflict)
    for ref in ("1/hand-over", "1/no-such", "9/enter", "1", ""):
        refused = refusal_of(lambda ref=ref: world.engine.task(ref))  # type: ignore[misc] # the loop's task
        assert isinstance(refused, NotFound), ref


def test_a_wait_is_not_a_task_for_people(world: World) -> None:
    to_pick(world, "1")

    refused = refusal_of(lambda: world.engine.claim("1/await-payment", by="anna"))

    assert isinstance(refused, CommandRejected)
    assert "waits for payment" in str(refused)


def test_orders_are_listed_open_ones_first(world: World) -> None:
    world.open("1")
    world.wait(1)
    world.open("2", priority=9)
    world.engine.cancel("1", "customer", by="anna")
    world.engine.complete("1/put-back", by="peter")

    first, second = world.engine.orders()

    assert (first.number, second.number) == ("2", "1")
    assert first.steps == ("enter",)
    assert (second.steps, second.outcome) == ((), "failure")
    assert [row.number for row in world.engine.orders(step="enter")] == ["2"]
    assert [row.number for row in world.engine.orders(state="closed")] == ["1"]
