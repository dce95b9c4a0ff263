"""Timers fire when they are due, in the order in which they fall due."""

from flowengine.kernel.events import StepEnded
from flowengine.quantities import DAY
from tests.engine.world import World

DAY_MINUTES = 24 * 60


def to_wait(world: World, number: str) -> None:
    """Open a cheap sale that waits three days for its payment."""
    world.open(number)
    world.engine.complete(
        f"{number}/enter", by="anna", answers={"order.total": "9 EUR"}
    )


def test_nothing_fires_before_it_is_due(world: World) -> None:
    to_wait(world, "1")

    assert world.engine.machines.next_timer() == world.at + 3 * DAY
    world.wait(3 * DAY_MINUTES - 1)

    assert world.engine.machines.fire_timers() == 0
    assert "await-payment" in world.engine.order("1").case.tasks


def test_a_due_timer_fires_once_and_the_order_goes_on(world: World) -> None:
    to_wait(world, "1")
    world.wait(3 * DAY_MINUTES)

    assert world.engine.machines.fire_timers() == 1
    assert world.engine.machines.fire_timers() == 0

    assert "book" in world.engine.order("1").case.tasks
    assert world.engine.machines.next_timer() is None
    assert world.engine.upkeep.check() == ()


def test_timers_fire_in_due_order_whatever_the_order_of_opening(
    world: World,
) -> None:
    start = world.at
    for number, minutes in (("late", 90), ("early", 0), ("middle", 30)):
        world.at = start
        world.wait(minutes)
        to_wait(world, number)
    world.wait(9 * DAY_MINUTES)

    fired: list[str] = []
    while world.engine.machines.fire_timers(limit=1):
        ended = {
            number
            for number in ("late", "early", "middle")
            if "book" in world.engine.order(number).case.tasks
        }
        fired.append(sorted(ended - set(fired))[0])

    assert fired == ["early", "middle", "late"]


def test_a_held_order_waits_and_its_timer_fires_when_it_is_resumed(
    world: World,
) -> None:
    to_wait(world, "1")
    world.engine.hold("1", "address unclear", by="anna")
    world.wait(9 * DAY_MINUTES)

    assert world.engine.machines.fire_timers() == 0
    assert world.engine.machines.next_timer() is None
    world.engine.resume("1", by="anna")

    case = world.engine.order("1").case
    assert "book" in case.tasks
    assert world.engine.upkeep.check() == ()


def test_a_timer_that_another_program_fired_is_no_error(world: World) -> None:
    to_wait(world, "1")
    world.wait(9 * DAY_MINUTES)
    other = world.another()
    other.machines.fire_timers()
    other.close()

    world.engine.machines.fire_timers()

    ended = [e for e in world.events("1") if isinstance(e, StepEnded)]
    assert [e.outcome for e in ended if e.step == "await-payment"] == ["timeout"]


def test_a_message_after_its_timeout_is_kept_and_nothing_is_undone(
    world: World,
) -> None:
    to_wait(world, "1")
    world.wait(9 * DAY_MINUTES)
    world.engine.machines.fire_timers()

    world.engine.deliver("payment", match="ref-1", body={"order.paid": True})

    case = world.engine.order("1").case
    assert "book" in case.tasks
    assert [kept.name for kept in case.kept] == ["payment"]


def test_within_an_order_time_never_goes_back(world: World) -> None:
    to_wait(world, "1")
    world.wait(-60)

    world.engine.complete("1/pick", by="peter", outcome="ok")

    moments = [event.at for event in world.events("1")]
    assert moments == sorted(moments)
    assert world.engine.upkeep.check() == ()
