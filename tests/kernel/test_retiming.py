"""Due times, timers and alarms go by the version that the order runs by."""

from flowengine.kernel.events import StepRetimed
from flowengine.quantities import HOUR
from tests.builders import HEAD, MONDAY
from tests.kernel.deeds import Deeds

HOURS = HEAD.replace(
    "departments:",
    "calendars:\n  late: {zone: UTC, days: mon-fri, hours: '12:00-20:00'}\n"
    "departments:",
).replace("clerk: {department: shop,", "clerk: {department: shop, calendar: late,")
TIMES = """\
steps:
  enter: {role: clerk, next: [look, rest]}
  look:
    role: clerk
    sla: 4h
    escalate: [{at: 50%, notify: boss}, {at: 75%, notify: boss}]
    timeout: {after: 8h, next: ready}
    next: ready
  rest: {wait: 6h, next: ready}
  ready: {join: all, role: clerk, next: done}
  done: {end: success}
"""


def opened() -> Deeds:
    run = Deeds(TIMES)
    run.complete("enter")
    return run


def retimed(run: Deeds) -> list[str]:
    """Steps whose times moved, with what moved them."""
    return [f"{event.step} {event.reason}" for event in run.of_kind(StepRetimed)]


def test_open_steps_are_timed_anew_from_when_they_were_enabled() -> None:
    run = opened()
    enabled = run.at
    run.wait(30)

    run.migrate(
        TIMES.replace("sla: 4h", "sla: 2h")
        .replace("after: 8h", "after: 3h")
        .replace("wait: 6h", "wait: 1h")
    )

    assert retimed(run) == ["look version", "rest version"]
    look = run.task("look")
    assert (look.due, look.timer) == (enabled + 2 * HOUR, enabled + 3 * HOUR)
    assert look.alarms == (enabled + HOUR, enabled + HOUR * 3 // 2)
    assert run.task("rest").timer == enabled + HOUR


def test_the_hours_of_the_new_version_count() -> None:
    run = opened()

    run.migrate(HOURS + TIMES)

    noon = MONDAY + 3 * HOUR
    assert run.task("look").due == noon + 4 * HOUR


def test_a_version_with_the_same_times_moves_none() -> None:
    run = opened()
    run.wait(60 * 3)
    run.fire("look", alarm=True)
    before = run.case.tasks

    run.migrate(
        TIMES.replace("ready: {join: all, role: clerk", "ready: {join: all, role: boss")
    )

    assert retimed(run) == []
    assert run.case.tasks == before


def test_what_was_told_is_not_told_again_unless_its_time_lies_ahead_once_more() -> None:
    told, ahead = opened(), opened()
    for run in (told, ahead):
        run.wait(2 * 60)
        run.fire("look", alarm=True)
        assert len(run.task("look").alarms) == 1

    told.migrate(TIMES.replace("sla: 4h", "sla: 3h"))
    ahead.migrate(TIMES.replace("sla: 4h", "sla: 40h"))

    assert len(told.task("look").alarms) == 1
    assert len(ahead.task("look").alarms) == 2


def test_a_step_without_a_service_level_there_is_due_at_no_time() -> None:
    run = opened()

    run.migrate(
        TIMES.replace("    sla: 4h\n", "").replace(
            "    escalate: [{at: 50%, notify: boss}, {at: 75%, notify: boss}]\n", ""
        )
    )

    assert run.task("look").due is None
    assert run.task("look").alarms == ()


def test_moving_to_a_wait_begins_its_time_at_the_move() -> None:
    run = opened()
    run.wait(30)

    run.move("rest", "rest")

    assert run.task("rest").timer == run.at + 6 * HOUR
    assert retimed(run) == []
