"""Joins: those that wait in vain, and what the help says."""

from tests.net.conftest import CheckSteps
from tests.net.told import flow_codes, only_error

ENDS = """
done: {end: success}
lost: {end: failure}
"""


def test_joins_that_wait_for_each_other_are_stuck(checked: CheckSteps) -> None:
    problem = only_error(
        checked("""
enter: {role: clerk, next: [pick, papers]}
pick: {join: all, role: picker, next: [papers, ready]}
papers: {join: all, role: clerk, next: [pick, ready]}
ready: {join: all, next: done}
done: {end: success}
"""),
        "F401",
    )

    assert "`pick` and `papers` wait for each other" in problem.message
    assert "enter -> pick and papers" in problem.message


def test_a_join_of_ways_that_exclude_each_other_waits_in_vain(
    checked: CheckSteps,
) -> None:
    problem = only_error(
        checked("""
enter: {role: clerk, outcomes: {ok: dispatch, small: pack}}
pack: {role: picker, next: dispatch}
dispatch: {join: all, role: clerk, next: done}
done: {end: success}
"""),
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
    problem = only_error(checked(EXCLUSIVE_WAYS), "F405")

    assert "Only one of `pack` and `crate` ever comes." in problem.help
    assert "`ready: {next: dispatch}`" in problem.help


def test_doing_what_the_help_of_a_join_says_makes_it_sound(checked: CheckSteps) -> None:
    mended = EXCLUSIVE_WAYS.replace("picker, next: dispatch", "picker, next: ready")

    found = checked(mended + "ready: {next: dispatch}\n")

    assert flow_codes(found) == []


def test_a_join_of_a_branch_that_is_not_always_opened_waits_in_vain(
    checked: CheckSteps,
) -> None:
    problem = only_error(
        checked("""
enter: {role: clerk, outcomes: {ok: [pick, papers], no: pick}}
pick: {role: picker, next: dispatch}
papers: {role: clerk, next: dispatch}
dispatch: {join: all, next: done}
done: {end: success}
"""),
        "F405",
    )

    assert "enter [outcome no] -> pick -> dispatch" in problem.message
    assert "Open `papers` on every run" in problem.help


def test_a_join_cannot_wait_for_what_comes_only_after_it(checked: CheckSteps) -> None:
    problem = only_error(
        checked(
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
            + ENDS
        ),
        "F405",
    )

    assert "waits for `repair`" in problem.message
    assert "comes only after `look`" in problem.help
