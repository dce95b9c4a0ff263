"""Branches that `choose_all` opens, and the join that waits for them."""

import pytest

from flowengine.net.flow_check import find_faults
from tests.net.conftest import CheckSteps
from tests.net.told import flow_codes, only_error

SPLIT = """
enter:
  role: clerk
  choose_all:
    - when: order.ready
      next: wrap
    - when: order.number == "7"
      next: papers
    - else: done
"""
JOIN = """
ready: {join: opened, next: done}
done: {end: success}
"""
WRAP = "wrap: {role: picker, next: ready}\n"
PAPERS = "papers: {role: clerk, next: ready}\n"


def test_branches_that_meet_again_are_sound(checked: CheckSteps) -> None:
    found = checked(SPLIT + WRAP + PAPERS + JOIN)

    assert flow_codes(found) == []


def test_a_branch_may_lead_straight_to_the_join(checked: CheckSteps) -> None:
    found = checked(SPLIT.replace("next: papers", "next: ready") + WRAP + JOIN)

    assert flow_codes(found) == []


def test_a_branch_may_hold_a_parallel_part_a_loop_and_cancel(
    checked: CheckSteps,
) -> None:
    found = checked(
        SPLIT
        + """
wrap: {role: picker, next: [box, fill]}
box: {role: picker, outcomes: {ok: closed, gone: cancel}}
fill:
  role: picker
  outcomes: {ok: filled, bad: {next: fill, at_most: 2, then: cancel}}
filled: {next: closed}
closed: {join: all, next: ready}
"""
        + PAPERS
        + JOIN
    )

    assert flow_codes(found) == []


def test_branches_inside_branches_are_sound(checked: CheckSteps) -> None:
    found = checked(
        SPLIT
        + """
wrap:
  choose_all:
    - when: order.ready
      next: box
    - when: order.number == "8"
      next: fill
    - else: wrapped
box: {role: picker, next: closed}
fill: {role: picker, next: closed}
closed: {join: opened, next: wrapped}
wrapped: {next: ready}
"""
        + PAPERS
        + JOIN
    )

    assert flow_codes(found) == []


def test_the_run_says_which_branches_were_opened(checked: CheckSteps) -> None:
    found = checked(
        SPLIT
        + WRAP
        + PAPERS
        + """
ready: {join: opened, next: [bill, post]}
bill: {role: clerk, next: sent}
post: {role: clerk, outcomes: {ok: sent, lost: lost}}
lost: {role: clerk, next: sent}
sent: {join: all, next: done}
done: {end: success}
"""
    )

    problem = only_error(found, "F405")
    assert 'enter [when order.number == "7"] -> papers -> ready' in problem.message


def test_branches_opened_together_are_one_way_of_the_run(checked: CheckSteps) -> None:
    net = checked(
        SPLIT
        + "wrap: {role: picker, outcomes: {ok: ready, gone: done}}\n"
        + PAPERS
        + JOIN
    ).net
    assert net is not None

    (fault,) = find_faults(net)

    assert fault.code == "F410"
    assert [(way.step, way.label) for way in fault.run] == [
        ("enter", "0,1"),
        ("wrap", "gone"),
        ("done", ""),
    ]
    assert "[when order.ready and when order.number" in fault.message


def test_branches_that_nothing_waits_for_are_told_at_their_step(
    checked: CheckSteps,
) -> None:
    problem = only_error(
        checked(SPLIT + "wrap: {next: done}\npapers: {next: done}\ndone: {end: ok}"),
        "F411",
    )

    assert "nothing waits" in problem.message
    assert "`ready: {join: opened, next: STEP}`" in problem.help


def test_a_branch_that_does_not_come_to_the_join_is_told_at_its_arrow(
    checked: CheckSteps,
) -> None:
    problem = only_error(
        checked(SPLIT + WRAP + "papers: {role: clerk, next: done}" + JOIN), "F411"
    )

    assert 'branch [when order.number == "7"] of `enter`' in problem.message
    assert "does not come to `ready`" in problem.message


def test_a_branch_that_leads_to_cancel_itself_does_not_come_to_the_join(
    checked: CheckSteps,
) -> None:
    found = checked(SPLIT.replace("next: papers", "next: cancel") + WRAP + JOIN)

    assert "does not come to `ready`" in only_error(found, "F411").message


def test_a_join_without_a_split_says_which_join_is_meant(checked: CheckSteps) -> None:
    problem = only_error(
        checked("enter: {role: clerk, next: [wrap, papers]}\n" + WRAP + PAPERS + JOIN),
        "F412",
    )

    assert "no `choose_all` opens its branches" in problem.message
    assert "`join: all`" in problem.help


def test_two_splits_cannot_share_a_join(checked: CheckSteps) -> None:
    first = SPLIT.replace("enter:", "first:")
    second = first.replace("first:", "second:").replace("wrap", "box")

    problem = only_error(
        checked(
            "enter: {role: clerk, outcomes: {one: first, two: second}}"
            + first
            + second.replace("papers", "bill")
            + WRAP
            + PAPERS
            + "box: {role: clerk, next: ready}\nbill: {role: clerk, next: ready}"
            + JOIN
        ),
        "F412",
    )

    assert "waits for the branches of `first` and `second`" in problem.message


def test_a_split_inside_a_branch_cannot_use_the_same_join(checked: CheckSteps) -> None:
    inner = SPLIT.replace("enter:", "wrap:").replace("next: wrap", "next: ready")

    found = checked(
        SPLIT
        + inner.replace("papers", "bill")
        + PAPERS
        + JOIN.replace("done:", "bill: {role: clerk, next: ready}\ndone:")
    )

    messages = [problem.message for problem in found.problems]
    assert "`ready` waits for the branches of `enter` and `wrap`." in messages


@pytest.mark.parametrize(
    ("steps", "arrow"),
    [
        (SPLIT.replace("else: done", "else: ready"), "`enter` [else]"),
        (SPLIT.replace("else: done", "else: papers"), "`enter` [else]"),
        (
            SPLIT.replace(
                "  choose_all", "  timeout: {after: 2h, next: wrap}\n  choose_all"
            ),
            "`enter` [timeout]",
        ),
    ],
)
def test_what_was_not_opened_may_not_enter_a_branch(
    checked: CheckSteps, steps: str, arrow: str
) -> None:
    problem = only_error(checked(steps + WRAP + PAPERS + JOIN), "F412")

    assert f"{arrow} leads to" in problem.message
    assert "`ready` waits only for what `enter` opens" in problem.message


def test_a_loop_back_goes_to_the_split_not_into_a_branch(checked: CheckSteps) -> None:
    look = (
        "ready: {join: opened, role: clerk, outcomes: "
        "{ok: done, bad: {next: BACK, at_most: 2, then: done}}}\ndone: {end: success}"
    )

    whole = checked(SPLIT + WRAP + PAPERS + look.replace("BACK", "enter"))
    part = checked(SPLIT + WRAP + PAPERS + look.replace("BACK", "wrap"))

    assert flow_codes(whole) == []
    assert "`ready` [outcome bad]" in only_error(part, "F412").message


TWO_WAYS = """
wrap: {role: picker, outcomes: {ok: ready, big: crate}}
crate: {role: picker, next: ready}
"""


def test_a_branch_of_two_ways_is_told_to_let_them_meet_first(
    checked: CheckSteps,
) -> None:
    problem = only_error(checked(SPLIT + TWO_WAYS + PAPERS + JOIN), "F413")

    assert "comes to `ready` by `wrap` and `crate`" in problem.message
    assert "`before-ready: {next: ready}`" in problem.help


def test_doing_what_the_help_says_makes_the_branch_sound(checked: CheckSteps) -> None:
    mended = TWO_WAYS.replace("ready", "before-ready")

    found = checked(SPLIT + mended + "before-ready: {next: ready}\n" + PAPERS + JOIN)

    assert flow_codes(found) == []


def test_two_branches_need_two_places_at_the_join(checked: CheckSteps) -> None:
    shared = WRAP.replace("ready", "label") + PAPERS.replace("ready", "label")

    problem = only_error(
        checked(SPLIT + shared + "label: {role: clerk, next: ready}" + JOIN), "F413"
    )

    assert "both come to `ready` by `label`" in problem.message
    assert "`label-done: {next: ready}`" in problem.help
