"""Parallel parts that do not close."""

from tests.net.conftest import CheckSteps
from tests.net.told import flow_codes, only_error

ENDS = """
done: {end: success}
lost: {end: failure}
"""


def test_an_end_while_a_branch_is_open_is_told_at_the_end(checked: CheckSteps) -> None:
    problem = only_error(
        checked("""
enter: {role: clerk, next: [pick, invoice]}
pick: {role: picker, next: done}
invoice: {role: clerk, next: billed}
done: {end: success}
billed: {end: success}
"""),
        "F403",
    )

    assert "end at `done` while `invoice` is still open" in problem.message
    assert "enter -> pick -> done" in problem.message
    assert "join: all" in problem.help


def test_both_branches_at_one_end_are_an_end_with_work_open(
    checked: CheckSteps,
) -> None:
    problem = only_error(
        checked("""
enter: {role: clerk, next: [pick, invoice]}
pick: {role: picker, next: done}
invoice: {role: clerk, next: done}
done: {end: success}
"""),
        "F403",
    )

    assert "end at `done` while `invoice` is still open" in problem.message


def test_branches_that_meet_without_a_join_open_a_step_twice(
    checked: CheckSteps,
) -> None:
    problem = only_error(
        checked("""
enter: {role: clerk, next: [pick, papers]}
pick: {role: picker, next: dispatch}
papers: {role: clerk, next: dispatch}
dispatch: {role: clerk, next: done}
done: {end: success}
"""),
        "F406",
    )

    assert "`dispatch` can be opened twice at once" in problem.message
    assert "enter -> pick -> papers -> dispatch" in problem.message
    assert "join: all" in problem.help


def test_a_plain_arrow_out_of_a_parallel_part_is_told_at_the_arrow(
    checked: CheckSteps,
) -> None:
    problem = only_error(
        checked(
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
            + ENDS
        ),
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
    problem = only_error(
        checked("""
enter: {role: clerk, next: [pack, papers]}
pack: {role: picker, outcomes: {ok: ready, bad: {next: enter, at_most: 2, then: ready}}}
papers: {role: clerk, next: ready}
ready: {join: all, next: done}
done: {end: success}
"""),
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

    assert flow_codes(found) == []
