"""Circles in a flow: no way out, no bound, no work."""

import pytest

from flowengine.language import Severity
from tests.net.conftest import CheckSteps
from tests.net.told import flow_codes, only_error


def test_a_circle_without_a_way_out_is_told_with_the_way_into_it(
    checked: CheckSteps,
) -> None:
    problem = only_error(
        checked("""
enter: {role: clerk, outcomes: {ok: done, dirty: wash}}
wash: {role: clerk, next: dry}
dry: {role: clerk, next: wash}
done: {end: success}
"""),
        "F402",
    )

    assert "`wash` and `dry`" in problem.message
    assert "enter [outcome dirty] -> wash." in problem.message


LOOP = """
enter: {role: clerk, next: pick}
pick: {role: picker, next: check}
check: {role: clerk, outcomes: {ok: done, bad: BAD}}
done: {end: success}
lost: {end: failure}
"""


def test_a_loop_without_a_bound_is_a_warning_at_its_arrow(checked: CheckSteps) -> None:
    found = checked(LOOP.replace("BAD", "pick").replace("lost: {end: failure}", ""))

    (problem,) = [p for p in found.problems if p.code == "F407"]
    assert problem.severity is Severity.WARNING
    assert "pick -> check -> pick" in problem.message
    assert "at_most: 3" in problem.help
    assert not found.has_errors


def test_a_loop_with_a_bound_that_leaves_it_is_no_problem(checked: CheckSteps) -> None:
    found = checked(LOOP.replace("BAD", "{next: pick, at_most: 2, then: lost}"))

    assert flow_codes(found) == []


def test_a_bound_that_stays_in_the_loop_is_a_warning(checked: CheckSteps) -> None:
    found = checked(LOOP.replace("BAD", "{next: pick, at_most: 2, then: check}"))

    (problem,) = [p for p in found.problems if p.code == "F414"]
    assert problem.severity is Severity.WARNING
    assert "`check` [outcome bad after 2 times] leads to `check`" in problem.message


def test_a_circle_of_decisions_alone_is_an_error_even_if_it_can_be_left(
    checked: CheckSteps,
) -> None:
    found = checked(
        """
enter:
  choose:
    - when: order.ready
      next: done
    - else: look
look: {next: enter}
done: {end: success}
"""
    )

    problem = only_error(found, "F409")
    assert flow_codes(found) == ["F409"]
    assert "`enter` and `look`" in problem.message


def test_a_circle_with_a_wait_in_it_is_no_idle_circle(checked: CheckSteps) -> None:
    found = checked(
        """
enter:
  choose:
    - when: order.ready
      next: done
    - else: rest
rest: {wait: 2h, next: enter}
done: {end: success}
"""
    )

    assert flow_codes(found) == ["F407"]


def test_the_run_names_the_way_taken_after_a_bound(checked: CheckSteps) -> None:
    problem = only_error(
        checked("""
enter: {role: clerk, outcomes: {ok: done, bad: {next: enter, at_most: 2, then: wash}}}
wash: {role: clerk, next: dry}
dry: {role: clerk, next: wash}
done: {end: success}
"""),
        "F402",
    )

    assert "enter [outcome bad after 2 times] -> wash" in problem.message


@pytest.mark.parametrize("count", [6, 12])
def test_many_parallel_branches_with_loops_are_decided(
    checked: CheckSteps, count: int
) -> None:
    names = [f"work-{number}" for number in range(count)]
    branches = "\n".join(
        f"{name}: {{role: clerk, outcomes: {{ok: ready, no: {name}-again}}}}\n"
        f"{name}-again: {{role: clerk, outcomes: {{ok: ready-{name}, no: {name}}}}}\n"
        f"ready-{name}: {{next: {name}}}"
        for name in names
    )

    found = checked(
        f"enter: {{role: clerk, next: [{', '.join(names)}]}}\n{branches}\n"
        "ready: {join: all, next: done}\ndone: {end: success}"
    )

    assert set(flow_codes(found)) == {"F407"}
