"""The lines of semantics about the flow, as check sees them, named by their numbers."""

import pytest

from flowengine.language import Severity
from flowengine.language.process import StepId
from flowengine.net import Net, WayKind
from flowengine.net.flow_check import find_faults
from tests.net.conftest import CheckSteps
from tests.net.told import flow_codes, only_error

ENDS = """
done: {end: success}
lost: {end: failure}
"""


def test_line_1_a_step_opened_twice_at_once_has_its_own_code_and_run(
    checked: CheckSteps,
) -> None:
    net = net_of(
        checked,
        """
enter: {role: clerk, next: [pick, papers]}
pick: {role: picker, next: dispatch}
papers: {role: clerk, next: dispatch}
dispatch: {role: clerk, next: done}
done: {end: success}
""",
    )

    (fault,) = find_faults(net)

    assert (fault.code, fault.step) == ("F406", "dispatch")
    assert [way.step for way in fault.run] == ["enter", "pick", "papers"]


def test_line_1_decisions_are_free(checked: CheckSteps) -> None:
    found = checked(
        """
enter:
  choose:
    - when: order.ready
      next: [pick, papers]
    - else: papers
pick: {role: picker, next: ready}
papers:
  choose:
    - when: not order.ready
      next: done
    - else: ready
ready: {join: all, next: done}
done: {end: success}
"""
    )

    runs = [problem.message for problem in found.problems]
    assert any(  # though no data give these two decisions
        "enter [when order.ready]" in run and "papers [when not order.ready]" in run
        for run in runs
    )


def test_line_2_a_join_has_a_place_for_each_step_that_branches_share(
    checked: CheckSteps,
) -> None:
    net = net_of(
        checked,
        """
enter: {role: clerk, next: [pick, papers]}
pick: {role: picker, outcomes: {ok: dispatch, big: dispatch}}
papers: {role: clerk, next: dispatch}
dispatch: {join: all, role: clerk, next: done}
done: {end: success}
""",
    )

    assert [name for name in net.places if name.endswith(">dispatch")] == [
        "pick>dispatch",
        "papers>dispatch",
    ]


def test_line_2_exclusive_ways_are_proposed_the_step_where_they_meet(
    checked: CheckSteps,
) -> None:
    problem = only_error(
        checked(
            """
enter: {role: clerk, next: [pick, papers]}
pick: {role: picker, outcomes: {ok: dispatch, big: crate}}
crate: {role: picker, next: dispatch}
papers: {role: clerk, next: dispatch}
dispatch: {join: all, role: clerk, next: done}
done: {end: success}
"""
        ),
        "F405",
    )

    assert "`ready: {next: dispatch}`" in problem.help


def test_line_3_cancel_inside_a_parallel_part_is_sound(checked: CheckSteps) -> None:
    steps = """
enter: {role: clerk, next: [pick, papers]}
pick: {role: picker, outcomes: {ok: ready, gone: GONE}}
papers: {role: clerk, next: ready}
ready: {join: all, next: done}
"""

    with_cancel = checked(steps.replace("GONE", "cancel") + "done: {end: success}")
    with_arrow = checked(steps.replace("GONE", "lost") + ENDS)

    assert flow_codes(with_cancel) == []
    problem = only_error(with_arrow, "F410")
    assert "lead to `cancel`; else come back into the branch" in problem.help


def test_line_3_cancel_empties_the_marking(checked: CheckSteps) -> None:
    net = net_of(
        checked,
        "enter: {role: clerk, outcomes: {ok: done, no: cancel}}\ndone: {end: success}",
    )

    way = net.steps[StepId("enter")].ways[WayKind.OUTCOME, "no"]

    assert (way.resets, way.produces) == (True, net.final)


def test_line_4_else_goes_past_the_join_by_its_own_arrow(checked: CheckSteps) -> None:
    steps = """
enter:
  choose_all:
    - when: order.ready
      next: wrap
    - when: not order.ready
      next: papers
    - else: ELSE
wrap: {role: picker, next: ready}
papers: {role: clerk, next: ready}
ready: {join: opened, next: done}
done: {end: success}
"""

    past = checked(steps.replace("ELSE", "done"))
    into = checked(steps.replace("ELSE", "ready"))

    assert flow_codes(past) == []
    assert "`enter` [else] leads to `ready`" in only_error(into, "F412").message


LONG = "{next: enter, at_most: 2, then: THEN}"


@pytest.mark.parametrize(
    "step",
    [
        f"enter: {{role: clerk, outcomes: {{ok: done, bad: {LONG}}}}}",
        f"enter: {{wait: {{ok: done, bad: {LONG}}}}}",
        "enter:\n  wait: {ok: done}\n  timeout: {after: 2h, next: enter, "
        "at_most: 2, then: THEN}",
        "enter:\n  role: clerk\n  choose:\n    - when: order.ready\n      next: done\n"
        "    - {else: enter, at_most: 2, then: THEN}",
        f"enter: {{do: python weigh, outcomes: {{ok: done, bad: {LONG}}}}}".replace(
            "next: enter", "next: rest"
        )
        + "\nrest: {wait: 2h, next: enter}",
        f"enter: {{call: credit@1, outcomes: {{ok: done, cancelled: {LONG}}}}}",
    ],
    ids=["outcome", "message", "timeout", "else", "machine", "call"],
)
def test_line_5_then_leaves_the_loop_on_every_arrow(
    checked: CheckSteps, step: str
) -> None:
    out = checked(step.replace("THEN", "lost") + ENDS)
    back = checked(step.replace("THEN", "enter") + ENDS)

    assert flow_codes(out) == []
    (problem,) = [each for each in back.problems if each.code == "F414"]
    assert problem.severity is Severity.WARNING
    assert "`enter` any number of times" in problem.message


@pytest.mark.parametrize(
    ("step", "codes"),
    [
        ("look: {next: enter}", ["F409"]),
        ("look: {do: python weigh, next: enter}", ["F409"]),
        ("look: {do: notify clerk, next: enter}", ["F409"]),
        ("look: {role: clerk, next: enter}", ["F407"]),
        ("look: {wait: 2h, next: enter}", ["F407"]),
        ("look: {call: credit@1, next: enter}", ["F407"]),
        ("look: {gate: {limit: 3, in: [enter]}, next: enter}", ["F407"]),
    ],
)
def test_line_5_a_circle_needs_a_role_a_wait_a_call_or_a_gate(
    checked: CheckSteps, step: str, codes: list[str]
) -> None:
    found = checked(
        f"enter: {{do: python weigh, outcomes: {{ok: done, busy: look}}}}\n{step}\n"
        "done: {end: success}"
    )

    assert flow_codes(found) == codes


def test_line_6_a_step_that_may_be_skipped_has_the_ways_it_has_anyhow(
    checked: CheckSteps,
) -> None:
    steps = """
enter: {role: clerk, SKIP outcomes: {ok: [pick, papers], no: done}}
pick: {role: picker, next: ready}
papers: {role: clerk, next: ready}
ready: {join: all, next: done}
done: {end: success}
"""

    plain = net_of(checked, steps.replace("SKIP", ""))
    skipped = net_of(
        checked, steps.replace("SKIP", "skip_when: order.ready, skip_as: ok,")
    )

    assert skipped.transitions == plain.transitions


def test_line_8_not_decided_is_a_warning_and_an_error_refuses(
    checked: CheckSteps,
) -> None:
    open_work = checked(
        """
enter: {role: clerk, next: [pick, papers]}
pick: {role: picker, next: done}
papers: {role: clerk, next: done}
done: {end: success}
"""
    )

    assert "while `papers` is still open" in only_error(open_work, "F403").message
    assert open_work.has_errors


CANCELLING = """
enter: {role: clerk, next: done}
put-back: {role: picker, outcomes: {ok: lost, again: AGAIN}}
write-off: {role: clerk, next: lost}
done: {end: success}
lost: {end: failure}
"""
ON_CANCEL = """
on_cancel:
  choose:
    - when: order.ready
      next: put-back
    - else: write-off
"""


def test_line_10_cancelling_may_branch_and_is_checked_from_there(
    checked: CheckSteps,
) -> None:
    bounded = "{next: put-back, at_most: 2, then: write-off}"
    sound = checked(CANCELLING.replace("AGAIN", bounded), ON_CANCEL)
    broken = checked(CANCELLING.replace("AGAIN", "[lost, write-off]"), ON_CANCEL)

    assert flow_codes(sound) == []
    problem = only_error(broken, "F403")
    assert "(cancelled) -> on_cancel [when order.ready] -> put-back" in problem.message


def test_line_13_a_gate_counts_steps_that_come_after_it(checked: CheckSteps) -> None:
    steps = """
enter: {role: clerk, next: release}
release: {gate: {limit: 60, in: [COUNTED]}, next: pick}
pick: {role: picker, next: done}
done: {end: success}
"""

    after = checked(steps.replace("COUNTED", "pick"))
    before = checked(steps.replace("COUNTED", "enter, pick"))

    assert flow_codes(after) == []
    assert "counts the orders in `enter`" in only_error(before, "F415").message


def net_of(checked: CheckSteps, steps: str) -> Net:
    net = checked(steps).net
    assert net is not None
    return net
