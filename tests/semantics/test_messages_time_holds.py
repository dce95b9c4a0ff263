"""Messages, time and holds: what comes from outside, and when it counts."""

from collections.abc import Mapping

import pytest

from flowengine.kernel import CaseState, UserId
from flowengine.kernel.commands import CompleteTask
from flowengine.kernel.events import MessageKept, StepEnded
from flowengine.language.process import StepId
from flowengine.quantities import HOUR, Instant
from tests.builders import Run
from tests.engine.world import World

WAIT = """\
messages:
  paid: {match: order.number, sets: [order.paid]}
steps:
  enter: {role: clerk, next: await}
  await:
    wait: {paid: ship, withdrawn: over}
    timeout: {after: 1h, next: late}
  ship: {role: clerk, next: done}
  late: {role: boss, next: done}
  done: {end: success}
  over: {end: failure}
"""

CLOCK = """\
steps:
  enter:
    role: clerk
    set: {order.until: now}
    next: pack
  pack: {role: clerk, next: done}
  done: {end: success}
"""

TIMERS = """\
steps:
  enter: {role: clerk, next: [slow, quick, hands]}
  slow: {wait: 3h, next: ready}
  quick: {wait: 1h, next: ready}
  hands: {role: clerk, sla: 2h, next: ready}
  ready: {join: all, next: done}
  done: {end: success}
"""


@pytest.fixture
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The sale process, and nothing open."""
    return World(tmp_path_factory.mktemp("semantics") / "shop.db")


def test_the_first_of_several_messages_wins_and_the_others_are_kept() -> None:
    run = Run(WAIT)
    run.complete("enter")

    run.deliver("paid", key="1")
    run.deliver("withdrawn", key="2")

    assert run.open_steps == {"ship"}
    assert [event.outcome for event in run.ended("await")] == ["paid"]
    assert [kept.name for kept in run.case.kept] == ["withdrawn"]


def test_after_its_timer_a_wait_takes_no_message_and_after_a_message_no_timer() -> None:
    timed, told = Run(WAIT), Run(WAIT)
    for run in (timed, told):
        run.complete("enter")
    told.deliver("paid")
    timed.wait(90)
    timed.fire("await")
    told.wait(90)

    timed.deliver("paid")

    assert told.fire("await") == ()
    assert (timed.open_steps, told.open_steps) == ({"late"}, {"ship"})


@pytest.mark.parametrize(
    ("second", "kept"),
    [({"order.paid": True}, 1), ({"order.paid": False}, 2)],
    ids=["alike", "another"],
)
def test_without_a_key_the_same_words_are_the_same_message(
    world: World, second: Mapping[str, object], kept: int
) -> None:
    world.open("1")

    world.engine.deliver("payment", match="ref-1", body={"order.paid": True})
    again = world.engine.deliver("payment", match="ref-1", body=second)

    assert again is not None
    assert again.repeated is (kept == 1)
    found = [event for event in world.events("1") if isinstance(event, MessageKept)]
    assert len(found) == kept


def test_what_came_before_its_order_is_taken_oldest_first(world: World) -> None:
    for minute, paid in enumerate((False, True)):
        world.wait(minute)
        body = {"order.paid": paid}
        world.engine.deliver("payment", match="ref-1", body=body, key=str(-minute))

    world.open("1")
    world.engine.complete("1/enter", by="anna", answers={"order.total": "9 EUR"})

    case = world.engine.order("1").case
    order = case.data["order"]
    assert isinstance(order, dict)
    assert order["paid"] is False
    assert [kept.body for kept in case.kept] == [{"order.paid": True}]


def test_now_in_a_rule_is_the_later_of_the_command_and_the_last_event() -> None:
    run = Run(CLOCK)
    run.wait(60)
    run.start("enter")
    last = run.at

    run.tell(
        CompleteTask(
            case_id=run.case.id,
            at=Instant(last - HOUR),
            by=UserId("anna"),
            step=StepId("enter"),
        )
    )

    order = run.case.data["order"]
    assert isinstance(order, dict)
    assert order["until"] == last
    assert run.case.at == last


def test_timers_that_fell_due_while_held_fire_at_resume_in_due_order() -> None:
    run = Run(TIMERS)
    run.complete("enter")
    run.hold()
    run.wait(5 * 60)
    assert run.fire("slow") == run.fire("quick") == ()

    run.resume()

    ended = [event.step for event in run.of_kind(StepEnded)]
    assert ended[-2:] == ["quick", "slow"]
    assert run.open_steps == {"hands"}


def test_a_service_level_runs_on_while_held() -> None:
    run = Run(TIMERS)
    run.complete("enter")
    due = run.task("hands").due

    run.hold()
    run.wait(5 * 60)
    run.resume()

    assert run.task("hands").due == due
    assert run.case.state is CaseState.OPEN
