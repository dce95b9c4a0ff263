"""The shape of a process, the same under every layer."""

from flowengine.diagram.outline import Outline, outline
from flowengine.diagram.picture import Shape
from tests.builders import net_of


def shape_of(steps: str) -> Outline:
    return outline(net_of(steps))


def arrows(shape: Outline) -> set[tuple[str, str]]:
    return {(way.source, way.target) for way in shape.ways}


def test_a_line_is_a_start_its_steps_and_an_end() -> None:
    shape = shape_of("receive > pack")

    assert [stop.shape for stop in shape.stops] == [
        Shape.START,
        Shape.BOX,
        Shape.BOX,
        Shape.END,
    ]
    assert arrows(shape) == {
        ("start", "step-receive"),
        ("step-receive", "step-pack"),
        ("step-pack", "step-done"),
    }


def test_two_ways_at_once_leave_and_meet_at_a_bar() -> None:
    shape = shape_of("receive > pick & label > pack")

    bars = {stop.id for stop in shape.stops if stop.shape is Shape.BAR}
    assert bars == {"split-receive-next", "join-pack"}
    assert ("step-pick", "join-pack") in arrows(shape)
    assert ("split-receive-next", "step-label") in arrows(shape)


def test_a_way_back_is_told_from_the_ways_on() -> None:
    shape = shape_of(
        "start: pack\n"
        "steps:\n"
        "  pack: {role: clerk, next: check}\n"
        "  check:\n"
        "    role: boss\n"
        "    outcomes: {ok: done, fail: {next: pack, at_most: 2, then: done}}\n"
        "  done: {end: success}\n"
    )

    back = {(way.source, way.target) for way in shape.ways if way.is_back}
    assert back == {("step-check", "step-pack")}


def test_two_branches_to_one_step_are_one_arrow() -> None:
    shape = shape_of(
        "steps:\n"
        "  ask: {role: clerk, outcomes: {yes_please: done, no_thanks: done}}\n"
        "  done: {end: success}\n"
    )

    (way,) = [way for way in shape.ways if way.source == "step-ask"]
    assert [taken.label for taken in way.transitions] == ["yes_please", "no_thanks"]


def test_all_that_cancels_leads_to_one_mark_and_on_from_there() -> None:
    shape = shape_of(
        "steps:\n"
        "  ask: {role: clerk, outcomes: {go_on: done, stop_it: cancel}}\n"
        "  tidy: {role: boss, next: gone}\n"
        "  done: {end: success}\n"
        "  gone: {end: failure}\n"
        "on_cancel: {next: tidy}\n"
    )

    assert {("step-ask", "cancel"), ("cancel", "step-tidy")} <= arrows(shape)


def test_a_decision_alone_is_no_box() -> None:
    shape = shape_of(
        "steps:\n"
        "  sort:\n"
        "    choose:\n"
        "      - {when: order.paid, next: send}\n"
        "      - else: done\n"
        "  send: {role: clerk, next: done}\n"
        "  done: {end: success}\n"
    )

    shapes = {stop.id: stop.shape for stop in shape.stops}
    assert shapes["step-sort"] is Shape.DECISION


def test_a_step_that_only_the_log_knows_is_drawn_with_its_arrows() -> None:
    shape = outline(
        net_of("receive > pack"), {"re: work!": "shop"}, [("pack", "re: work!")]
    )

    assert ("step-pack", "step-re_3a__20_work_21_") in arrows(shape)
