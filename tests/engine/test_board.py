"""The shift lead's board: what waits where, who works, what is late, who is away."""

from flowengine.engine import BoardStep, Counts, Lane
from flowengine.quantities import HOUR, Duration, Instant
from tests.engine.shop import Shop
from tests.engine.world import World


def to_pick(world: World, number: str) -> None:
    """Open a cheap sale and take it to its picker, who has four hours."""
    world.open(number)
    world.engine.complete(
        f"{number}/enter", by="anna", answers={"order.total": "9 EUR"}
    )


def lane(world: World, department: str, soon: int = 2) -> Lane:
    board = world.engine.board(department=department, soon=Duration(soon * HOUR))
    (found,) = board.lanes
    return found


def counts(world: World, department: str, soon: int = 2) -> Counts:
    return lane(world, department, soon).counts


def test_tasks_are_counted_by_how_far_they_are(world: World) -> None:
    for number in "12345":
        to_pick(world, number)
    world.engine.claim("2/pick", by="peter")
    world.engine.start("3/pick", by="peter")
    world.engine.start("4/pick", by="paul")
    world.engine.pause("4/pick", "no boxes", by="paul")
    world.engine.hold("5", "address unclear", by="anna")

    assert counts(world, "warehouse") == Counts(
        waiting=1, claimed=1, working=1, paused=1, held=1
    )


def test_late_is_past_the_due_time_and_soon_is_within_the_time_asked_for(
    world: World,
) -> None:
    to_pick(world, "1")
    world.wait(180)
    to_pick(world, "2")

    assert (counts(world, "warehouse", 1).late, counts(world, "warehouse").soon) == (
        0,
        1,
    )
    world.wait(61)
    found = counts(world, "warehouse")
    assert (found.late, found.soon, found.waiting) == (1, 0, 2)


def test_the_oldest_task_of_a_step_is_named(world: World) -> None:
    to_pick(world, "1")
    opened = world.engine.now()
    world.wait(30)
    to_pick(world, "2")

    (step,) = lane(world, "warehouse").steps

    assert (step.step, step.oldest_task, step.oldest) == ("pick", "1/pick", opened)


def test_departments_stand_apart_with_their_sums(world: World) -> None:
    world.open("1")
    to_pick(world, "2")
    to_pick(world, "3")
    world.engine.start("3/pick", by="peter")

    board = world.engine.board()

    assert [(each.department, each.counts) for each in board.lanes] == [
        ("sales", Counts(waiting=1)),
        ("warehouse", Counts(waiting=1, working=1)),
    ]
    assert board.total == Counts(waiting=2, working=1)
    assert world.engine.board(department="finance").lanes == ()


def test_what_somebody_has_is_told_and_whether_they_are_away(world: World) -> None:
    for number in "123":
        to_pick(world, number)
    world.engine.claim("1/pick", by="peter")
    world.engine.claim("2/pick", by="peter")
    world.engine.start("3/pick", by="paul")
    until = Instant(world.engine.now() + 8 * HOUR)
    world.engine.people.away("peter", world.engine.now(), until)

    people = world.engine.board().people

    assert [
        (each.name, each.step, each.state.value, each.count, each.away_until)
        for each in people
    ] == [
        ("paul", "pick", "started", 1, None),
        ("peter", "pick", "claimed", 2, until),
    ]


def test_a_task_of_somebody_who_is_away_is_given_to_somebody_else(
    world: World,
) -> None:
    to_pick(world, "1")
    world.engine.claim("1/pick", by="peter")
    now = world.engine.now()
    world.engine.people.away("peter", now, Instant(now + HOUR))

    world.engine.assign("1/pick", "paul", by="olga")

    (person,) = world.engine.board().people
    assert (person.name, person.count) == ("paul", 1)


def test_orders_that_stand_still_are_counted_at_their_step(world: World) -> None:
    to_pick(world, "1")
    to_pick(world, "2")

    world.engine.repairs.report("1/pick", "the shelf fell", by="peter")

    assert counts(world, "warehouse") == Counts(waiting=1, held=1, incidents=1)


def test_orders_that_wait_at_a_gate_are_counted(shop: Shop) -> None:
    shop.to_gate("1", "2", "3", "4")

    (found,) = shop.engine.board(department="warehouse").lanes

    assert found.counts.waiting == 2
    assert {step.step: step.counts.gated for step in shop_steps(shop)} == {
        "release": 2,
        "pick": 0,
    }


def shop_steps(shop: Shop) -> list[BoardStep]:
    return [step for each in shop.engine.board().lanes for step in each.steps]
