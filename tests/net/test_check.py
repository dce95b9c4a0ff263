"""Checking a flow: each fault at its place, with the shortest run in words."""

import pytest

from flowengine.language import Problem, Severity
from tests.net.conftest import CheckSteps

ENDS = """
done: {end: success}
lost: {end: failure}
"""


def test_a_sound_process_has_no_problem(checked: CheckSteps) -> None:
    found = checked(
        """
enter: {role: clerk, next: [pick, papers]}
pick: {role: picker, outcomes: {ok: ready, gone: cancel}}
papers: {role: clerk, next: ready}
ready: {join: all, next: done}
done: {end: success}
"""
    )

    assert _told(found.problems) == []
    assert not found.has_errors


def test_joins_that_wait_for_each_other_are_stuck(checked: CheckSteps) -> None:
    problem = _only(
        checked,
        """
enter: {role: clerk, next: [pick, papers]}
pick: {join: all, role: picker, next: [papers, ready]}
papers: {join: all, role: clerk, next: [pick, ready]}
ready: {join: all, next: done}
done: {end: success}
""",
        "F401",
    )

    assert "`pick` and `papers` wait for each other" in problem.message
    assert "enter -> pick and papers" in problem.message


def test_a_circle_without_a_way_out_is_told_with_the_way_into_it(
    checked: CheckSteps,
) -> None:
    problem = _only(
        checked,
        """
enter: {role: clerk, outcomes: {ok: done, dirty: wash}}
wash: {role: clerk, next: dry}
dry: {role: clerk, next: wash}
done: {end: success}
""",
        "F402",
    )

    assert "`wash` and `dry`" in problem.message
    assert "enter [outcome dirty] -> wash." in problem.message


def test_an_end_while_a_branch_is_open_is_told_at_the_end(checked: CheckSteps) -> None:
    problem = _only(
        checked,
        """
enter: {role: clerk, next: [pick, invoice]}
pick: {role: picker, next: done}
invoice: {role: clerk, next: billed}
done: {end: success}
billed: {end: success}
""",
        "F403",
    )

    assert "end at `done` while `invoice` is still open" in problem.message
    assert "enter -> pick -> done" in problem.message
    assert "join: all" in problem.help


def test_both_branches_at_one_end_are_an_end_with_work_open(
    checked: CheckSteps,
) -> None:
    problem = _only(
        checked,
        """
enter: {role: clerk, next: [pick, invoice]}
pick: {role: picker, next: done}
invoice: {role: clerk, next: done}
done: {end: success}
""",
        "F403",
    )

    assert "end at `done` while `invoice` is still open" in problem.message


def test_each_step_that_no_order_reaches_is_told_at_its_place(
    checked: CheckSteps,
) -> None:
    found = checked(
        """
enter: {role: clerk, next: done}
check: {role: clerk, next: repair}
repair: {role: clerk, next: done}
done: {end: success}
"""
    )

    assert [(p.code, p.message) for p in found.problems if p.code[:2] == "F4"] == [
        ("F404", "No order ever comes to `check`."),
        ("F404", "No order ever comes to `repair`."),
    ]
    first, second = (p.line for p in found.problems if p.code == "F404")
    assert second == first + 1


def test_a_join_of_ways_that_exclude_each_other_waits_in_vain(
    checked: CheckSteps,
) -> None:
    problem = _only(
        checked,
        """
enter: {role: clerk, outcomes: {ok: dispatch, small: pack}}
pack: {role: picker, next: dispatch}
dispatch: {join: all, role: clerk, next: done}
done: {end: success}
""",
        "F405",
    )

    assert "`dispatch` waits for `pack`, which never comes" in problem.message
    assert "enter [outcome ok] -> dispatch" in problem.message
    assert problem.help == (
        "Only one of `enter` and `pack` ever comes: leave `join: all` out."
    )


EXCLUSIVE_WAYS = """
enter: {role: clerk, next: [pick, papers]}
pick: {role: picker, outcomes: {ok: pack, big: crate}}
pack: {role: picker, next: dispatch}
crate: {role: picker, next: dispatch}
papers: {role: clerk, next: dispatch}
dispatch: {join: all, role: clerk, next: done}
done: {end: success}
"""


def test_exclusive_ways_into_a_join_are_told_to_meet_first(checked: CheckSteps) -> None:
    problem = _only(checked, EXCLUSIVE_WAYS, "F405")

    assert "Only one of `pack` and `crate` ever comes." in problem.help
    assert "`ready: {next: dispatch}`" in problem.help


def test_doing_what_the_help_of_a_join_says_makes_it_sound(checked: CheckSteps) -> None:
    mended = EXCLUSIVE_WAYS.replace("picker, next: dispatch", "picker, next: ready")

    found = checked(mended + "ready: {next: dispatch}\n")

    assert _told(found.problems) == []


def test_a_join_of_a_branch_that_is_not_always_opened_waits_in_vain(
    checked: CheckSteps,
) -> None:
    problem = _only(
        checked,
        """
enter: {role: clerk, outcomes: {ok: [pick, papers], no: pick}}
pick: {role: picker, next: dispatch}
papers: {role: clerk, next: dispatch}
dispatch: {join: all, next: done}
done: {end: success}
""",
        "F405",
    )

    assert "enter [outcome no] -> pick -> dispatch" in problem.message
    assert "Open `papers` on every run" in problem.help


def test_a_join_cannot_wait_for_what_comes_only_after_it(checked: CheckSteps) -> None:
    problem = _only(
        checked,
        """
enter: {role: clerk, next: [pick, papers]}
pick: {role: picker, next: look}
papers: {role: clerk, next: look}
look:
  join: all
  role: clerk
  outcomes: {ok: done, bad: {next: repair, at_most: 2, then: lost}}
repair: {role: clerk, next: look}
"""
        + ENDS,
        "F405",
    )

    assert "waits for `repair`" in problem.message
    assert "comes only after `look`" in problem.help


def test_branches_that_meet_without_a_join_open_a_step_twice(
    checked: CheckSteps,
) -> None:
    problem = _only(
        checked,
        """
enter: {role: clerk, next: [pick, papers]}
pick: {role: picker, next: dispatch}
papers: {role: clerk, next: dispatch}
dispatch: {role: clerk, next: done}
done: {end: success}
""",
        "F406",
    )

    assert "`dispatch` can be opened twice at once" in problem.message
    assert "enter -> pick -> papers -> dispatch" in problem.message
    assert "join: all" in problem.help


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

    assert _told(found.problems) == []


def test_a_bound_that_stays_in_the_loop_is_a_warning(checked: CheckSteps) -> None:
    found = checked(LOOP.replace("BAD", "{next: pick, at_most: 2, then: check}"))

    assert "F407" in [p.code for p in found.problems]


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

    (problem,) = [p for p in found.problems if p.code == "F409"]
    assert problem.severity is Severity.ERROR
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

    assert _told(found.problems) == ["F407"]


def test_a_plain_arrow_out_of_a_parallel_part_is_told_at_the_arrow(
    checked: CheckSteps,
) -> None:
    problem = _only(
        checked,
        """
enter: {role: clerk, next: [pick, papers]}
pick:
  role: picker
  outcomes:
    ok: ready
    gone: lost
papers: {role: clerk, next: ready}
ready: {join: all, next: done}
"""
        + ENDS,
        "F410",
    )

    assert "`pick` [outcome gone] leads out of a parallel part" in problem.message
    assert "while `papers` is still open" in problem.message
    assert "enter -> pick [outcome gone] -> lost" in problem.message
    assert "`cancel`" in problem.help
    assert "meet in `ready`" in problem.help


def test_going_back_before_a_split_is_an_arrow_out_of_the_parallel_part(
    checked: CheckSteps,
) -> None:
    problem = _only(
        checked,
        """
enter: {role: clerk, next: [pack, papers]}
pack: {role: picker, outcomes: {ok: ready, bad: {next: enter, at_most: 2, then: ready}}}
papers: {role: clerk, next: ready}
ready: {join: all, next: done}
done: {end: success}
""",
        "F410",
    )

    assert "`pack` [outcome bad] leads out of a parallel part" in problem.message


def test_coming_back_into_the_branch_is_no_problem(checked: CheckSteps) -> None:
    found = checked(
        """
enter: {role: clerk, next: [pack, papers]}
pack: {role: picker, outcomes: {ok: ready, bad: {next: pack, at_most: 2, then: cancel}}}
papers: {role: clerk, next: ready}
ready: {join: all, next: done}
done: {end: success}
"""
    )

    assert _told(found.problems) == []


def test_on_cancel_is_checked_from_its_own_start(checked: CheckSteps) -> None:
    problem = _only(
        checked,
        """
enter: {role: clerk, next: done}
put-back: {role: picker, next: [credit, report]}
credit: {role: clerk, next: given-up}
report: {role: clerk, next: given-up}
done: {end: success}
given-up: {end: failure}
""",
        "F403",
        "on_cancel: {next: put-back}",
    )

    assert "(cancelled) -> put-back -> credit -> given-up" in problem.message


def test_two_mistakes_are_told_at_once_in_the_order_of_the_file(
    checked: CheckSteps,
) -> None:
    found = checked(
        """
enter: {role: clerk, outcomes: {ok: dispatch, small: pack, dirty: wash}}
pack: {role: picker, next: dispatch}
dispatch: {join: all, role: clerk, next: done}
wash: {role: clerk, next: dry}
dry: {role: clerk, next: wash}
done: {end: success}
"""
    )

    assert _told(found.problems) == ["F405", "F402"]


def test_the_run_names_the_way_taken_after_a_bound(checked: CheckSteps) -> None:
    problem = _only(
        checked,
        """
enter: {role: clerk, outcomes: {ok: done, bad: {next: enter, at_most: 2, then: wash}}}
wash: {role: clerk, next: dry}
dry: {role: clerk, next: wash}
done: {end: success}
""",
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

    assert set(_told(found.problems)) == {"F407"}


def _only(checked: CheckSteps, steps: str, code: str, heads: str = "") -> Problem:
    """The one flow error of these steps; it must have this code."""
    errors = [
        problem
        for problem in checked(steps, heads).problems
        if problem.code[:2] == "F4" and problem.severity is Severity.ERROR
    ]
    assert [problem.code for problem in errors] == [code]
    return errors[0]


def _told(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems if problem.code[:2] == "F4"]
