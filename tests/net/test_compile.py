"""Compiling: which places and ways out a process has."""

import pytest

from flowengine.calendars import ALWAYS
from flowengine.language.process import StepId
from flowengine.net import Net, NetStep, Transition, WayKind, compile_net
from tests.net.conftest import CheckSteps

PARALLEL = """
enter: {role: clerk, next: [pick, papers]}
pick: {role: picker, outcomes: {ok: ready, short: ready, gone: cancel}}
papers: {role: clerk, next: ready}
ready: {join: all, next: done}
done: {end: success}
"""
LOOP = """
enter: {role: clerk, outcomes: {ok: done, bad: {next: enter, at_most: 2, then: lost}}}
done: {end: success}
lost: {end: failure}
"""
WAIT = """
enter:
  wait: {paid: done, refused: lost}
  timeout: {after: 3 days, next: rest}
rest: {wait: 2h, next: done}
done: {end: success}
lost: {end: failure}
"""
PUT_BACK = """
enter: {role: clerk, outcomes: {ok: done, no: cancel}}
put-back: {role: picker, next: given-up}
done: {end: success}
given-up: {end: failure}
"""


def test_a_step_has_one_place_and_a_join_one_for_each_source(
    checked: CheckSteps,
) -> None:
    net = _net(checked, PARALLEL)

    assert net.places == (
        "enter", "pick", "papers", "pick>ready", "papers>ready", "done", "end",
    )  # fmt: skip
    assert net.step_of_place == (
        "enter", "pick", "papers", "ready", "ready", "done", None,
    )  # fmt: skip


def test_an_arrow_with_several_targets_produces_into_all(checked: CheckSteps) -> None:
    net = _net(checked, PARALLEL)

    (split,) = _step(net, "enter").ways.values()

    assert _places(net, split.produces) == {"pick", "papers"}
    assert split.targets == ("pick", "papers")


def test_branches_of_one_step_share_its_place_in_a_join(checked: CheckSteps) -> None:
    net = _net(checked, PARALLEL)

    ways = _step(net, "pick").ways

    assert _places(net, ways[WayKind.OUTCOME, "ok"].produces) == {"pick>ready"}
    assert _places(net, ways[WayKind.OUTCOME, "short"].produces) == {"pick>ready"}


def test_a_join_consumes_all_its_places(checked: CheckSteps) -> None:
    net = _net(checked, PARALLEL)

    (way,) = _step(net, "ready").ways.values()

    assert _places(net, way.consumes) == {"pick>ready", "papers>ready"}
    assert _step(net, "ready").inputs == way.consumes


def test_an_end_produces_the_end_place_alone(checked: CheckSteps) -> None:
    net = _net(checked, PARALLEL)

    way = _step(net, "done").ways[WayKind.END, ""]

    assert way.produces == net.final
    assert _places(net, net.final) == {"end"}


def test_cancel_resets_and_ends_where_nothing_else_is_written(
    checked: CheckSteps,
) -> None:
    net = _net(checked, PARALLEL)

    way = _step(net, "pick").ways[WayKind.OUTCOME, "gone"]

    assert way.resets
    assert way.targets == ()
    assert way.produces == net.cancelled == net.final


def test_cancel_goes_where_on_cancel_leads(checked: CheckSteps) -> None:
    net = _net(checked, PUT_BACK, "on_cancel: {next: put-back}")

    way = _step(net, "enter").ways[WayKind.OUTCOME, "no"]

    assert way.resets
    assert way.produces == net.cancelled
    assert _places(net, net.cancelled) == {"put-back"}


def test_a_bounded_arrow_is_followed_by_the_way_taken_after_it(
    checked: CheckSteps,
) -> None:
    net = _net(checked, LOOP)

    again = _step(net, "enter").ways[WayKind.OUTCOME, "bad"]
    after = _then(net, again)

    assert (again.at_most, again.targets) == (2, ("enter",))
    assert (after.is_then, after.targets) == (True, ("lost",))
    assert after.consumes == again.consumes


def test_ways_are_found_by_what_the_kernel_knows(checked: CheckSteps) -> None:
    net = _net(checked, WAIT)

    assert set(_step(net, "enter").ways) == {
        (WayKind.MESSAGE, "paid"),
        (WayKind.MESSAGE, "refused"),
        (WayKind.TIMEOUT, ""),
    }
    assert set(_step(net, "rest").ways) == {(WayKind.NEXT, "")}


def test_branches_of_a_decision_are_named_by_position(checked: CheckSteps) -> None:
    net = _net(
        checked,
        """
enter:
  choose:
    - when: order.ready
      next: done
    - else: lost
done: {end: success}
lost: {end: failure}
""",
    )

    ways = _step(net, "enter").ways

    assert ways[WayKind.CHOICE, "0"].targets == ("done",)
    assert ways[WayKind.CHOICE, "1"].targets == ("lost",)


def test_a_step_works_in_the_hours_of_its_role_else_of_the_head(
    checked: CheckSteps,
) -> None:
    net = _net(checked, PARALLEL)

    calendars = list(net.process.calendars.values())

    assert _step(net, "pick").calendar == calendars[1]
    assert _step(net, "papers").calendar == calendars[0]
    assert _step(net, "ready").calendar != ALWAYS


def test_the_same_text_gives_the_same_net(checked: CheckSteps) -> None:
    assert _net(checked, PARALLEL) == _net(checked, PARALLEL)
    assert repr(_net(checked, WAIT)) == repr(_net(checked, WAIT))


def test_bits_follow_the_places_of_a_stored_net(checked: CheckSteps) -> None:
    net = _net(checked, PARALLEL)

    stored = tuple(reversed(net.places))
    again = compile_net(net.process, stored)

    assert again.places == stored
    assert _places(again, again.initial) == {"enter"}
    for old, new in zip(net.transitions, again.transitions, strict=True):
        assert _places(net, old.consumes) == _places(again, new.consumes)
        assert _places(net, old.produces) == _places(again, new.produces)


def test_places_of_another_process_are_refused(checked: CheckSteps) -> None:
    net = _net(checked, PARALLEL)

    with pytest.raises(ValueError, match="Expected the places"):
        compile_net(net.process, ("enter", "end"))


def _net(checked: CheckSteps, steps: str, heads: str = "") -> Net:
    net = checked(steps, heads).net
    assert net is not None
    return net


def _step(net: Net, step: str) -> NetStep:
    return net.steps[StepId(step)]


def _places(net: Net, mask: int) -> set[str]:
    return {name for bit, name in enumerate(net.places) if mask >> bit & 1}


def _then(net: Net, way: Transition) -> Transition:
    assert way.then is not None
    return net.transitions[way.then]
