"""Gates: an order waits for its turn, and holds a place while it is inside."""

import pytest

from flowengine.errors import CommandRejected
from flowengine.kernel.events import GatePlaceReturned
from tests.builders import Run

VALVE = """\
start: enter
steps:
  enter: {role: clerk, next: release}
  release:
    gate: {limit: 60, in: [pick, pack]}
    timeout: {after: 2 days, next: late}
    set: {order.count: 1}
    next: pick
  pick: {role: clerk, outcomes: {ok: pack, short: release, lost: cancel}}
  pack: {role: clerk, timeout: {after: 1h, next: ship}, next: ship}
  ship: {role: clerk, next: done}
  late: {role: boss, next: done}
  put-back: {role: clerk, next: over}
  done: {end: success}
  over: {end: failure}
on_cancel: {until: ship, next: put-back}
"""


def inside(text: str = VALVE) -> Run:
    run = Run(text)
    run.complete("enter")
    run.leave_gate("release")
    return run


def held(run: Run) -> list[str]:
    """The gates whose places the case holds."""
    return list(run.case.gates)


def test_an_order_waits_at_a_gate_for_its_turn_and_then_holds_a_place() -> None:
    run = Run(VALVE)
    run.complete("enter")
    assert run.open_steps == {"release"}
    assert not run.case.gates

    run.leave_gate("release")

    assert run.open_steps == {"pick"}
    assert held(run) == ["release"]
    assert run.ended("release")[0].gated
    assert run.ended("release")[0].answers == {"order.count": 1}


def test_the_place_is_kept_from_step_to_step_and_given_back_after_the_last() -> None:
    run = inside()

    run.complete("pick", "ok")
    assert held(run) == ["release"]
    run.complete("pack")

    assert not run.case.gates
    assert [event.step for event in run.of_kind(GatePlaceReturned)] == ["release"]


def test_the_place_is_given_back_by_a_timeout() -> None:
    run = inside()
    run.complete("pick", "ok")
    run.wait(90)

    run.fire("pack")

    assert not run.case.gates


@pytest.mark.parametrize("by_arrow", [False, True])
def test_the_place_is_given_back_by_a_cancel(*, by_arrow: bool) -> None:
    run = inside()

    if by_arrow:
        run.complete("pick", "lost")
    else:
        run.cancel()

    assert not run.case.gates
    assert len(run.of_kind(GatePlaceReturned)) == 1
    assert run.open_steps == {"put-back"}


def test_an_order_that_closes_inside_has_given_its_place_back_before() -> None:
    timed = "pack: {role: clerk, timeout: {after: 1h, next: ship}, next: ship}"
    run = inside(VALVE.replace(timed, "pack: {role: clerk, next: done}"))
    run.complete("pick", "ok")

    run.complete("pack")

    kinds = [type(event).__name__ for event in run.events]
    assert kinds[-2:] == ["GatePlaceReturned", "CaseClosed"]


def test_an_order_that_comes_again_waits_again() -> None:
    run = inside()

    run.complete("pick", "short")

    assert run.open_steps == {"release"}
    assert not run.case.gates
    run.leave_gate("release", visit=2)
    assert held(run) == ["release"]


def test_one_that_holds_its_place_still_takes_no_second() -> None:
    run = Run(
        VALVE.replace("next: pick\n", "next: [pick, label]\n", 1)
        .replace("  ship:", "  label: {role: clerk, next: ship}\n  ship:")
        .replace("in: [pick, pack]", "in: [pick, pack, label]")
        .replace("ship: {role", "ship: {join: all, role")
    )
    run.complete("enter")
    run.leave_gate("release")
    run.complete("pick", "short")
    assert run.open_steps == {"release", "label"}

    run.leave_gate("release", visit=2)

    assert held(run) == ["release"]
    assert [event.gated for event in run.ended("release")] == [True, False]


def test_a_timeout_of_the_gate_takes_no_place() -> None:
    run = Run(VALVE)
    run.complete("enter")
    run.wait(3 * 24 * 60)

    run.fire("release")

    assert run.open_steps == {"late"}
    assert not run.ended("release")[0].gated
    assert run.leave_gate("release") == ()


def test_a_held_order_is_not_let_through() -> None:
    run = Run(VALVE)
    run.complete("enter")
    run.hold()

    assert run.leave_gate("release") == ()
    run.resume()
    run.leave_gate("release")

    assert run.open_steps == {"pick"}


def test_nobody_can_complete_a_gate() -> None:
    run = Run(VALVE)
    run.complete("enter")

    with pytest.raises(CommandRejected, match="its turn at a gate"):
        run.complete("release")
