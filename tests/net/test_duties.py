"""Duties: people for every step, and enough of them to keep two steps apart."""

from flowengine.language import Problem, Severity
from flowengine.net.check import check_text

HEAD = """\
process: test
version: 1
for: order
number: order.number
start: enter
data:
  order: {number: text}
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
roles:
"""

PAIR = """\
  enter: {role: clerk, next: approve}
  approve: {role: clerk, not_same_person_as: enter, next: done}
  done: {end: success}
"""


def _duties(roles: str, steps: str, heads: str = "") -> list[Problem]:
    """What is said of the duties of a process with these roles and steps."""
    found = check_text(f"{HEAD}{roles}steps:\n{steps}{heads}", "test.yaml")
    assert found.net is not None, found.problems
    return [problem for problem in found.problems if problem.code[:2] == "F7"]


def _codes(roles: str, steps: str, heads: str = "") -> list[str]:
    return [problem.code for problem in _duties(roles, steps, heads)]


def test_a_role_with_no_people_that_a_step_needs_is_an_error() -> None:
    (problem,) = _duties(
        "  clerk: {department: sales, people: 0}\n",
        "  enter: {role: clerk, next: done}\n  done: {end: success}\n",
    )

    assert (problem.code, problem.severity) == ("F701", Severity.ERROR)
    assert "`enter` needs them" in problem.help


def test_a_role_that_no_step_needs_may_be_empty() -> None:
    roles = (
        "  clerk: {department: sales, people: 1}\n"
        "  ghost: {department: sales, people: 0}\n"
    )

    assert (
        _codes(roles, "  enter: {role: clerk, next: done}\n  done: {end: success}\n")
        == []
    )


def test_months_without_people_are_named_in_a_warning() -> None:
    (problem,) = _duties(
        "  clerk: {department: sales, people: 2, season: {jul-aug: 0}}\n",
        "  enter: {role: clerk, next: done}\n  done: {end: success}\n",
    )

    assert (problem.code, problem.severity) == ("F702", Severity.WARNING)
    assert "there are none in July and August" in problem.message


def test_a_role_with_people_only_in_season_is_not_without_people() -> None:
    assert _codes(
        "  clerk: {department: sales, people: 0, season: {nov-dec: 4}}\n",
        "  enter: {role: clerk, next: done}\n  done: {end: success}\n",
    ) == ["F702"]


def test_one_person_cannot_do_two_steps_that_are_kept_apart() -> None:
    (problem,) = _duties("  clerk: {department: sales, people: 1}\n", PAIR)

    assert (problem.code, problem.severity) == ("F703", Severity.ERROR)
    assert "`approve` may not be done by who did `enter`" in problem.message


def test_one_person_in_some_months_is_a_warning_that_names_them() -> None:
    (problem,) = _duties(
        "  clerk: {department: sales, people: 3, season: {jul: 1}}\n", PAIR
    )

    assert (problem.code, problem.severity) == ("F704", Severity.WARNING)
    assert "in July" in problem.message


def test_two_people_are_enough_for_a_chain_of_three_separated_steps() -> None:
    steps = """\
  enter: {role: clerk, not_same_person_as: sign, next: approve}
  approve: {role: clerk, not_same_person_as: enter, next: sign}
  sign:
    role: clerk
    not_same_person_as: approve
    outcomes: {ok: done, again: {next: enter, at_most: 2, then: done}}
  done: {end: success}
"""

    assert _codes("  clerk: {department: sales, people: 2}\n", steps) == []


def test_people_of_two_roles_are_taken_to_be_different_people() -> None:
    roles = (
        "  clerk: {department: sales, people: 1}\n"
        "  boss: {department: sales, people: 1}\n"
    )
    steps = PAIR.replace("approve: {role: clerk", "approve: {role: boss")

    assert _codes(roles, steps) == []


def test_a_separation_from_a_step_that_comes_later_never_counts() -> None:
    steps = """\
  enter: {role: clerk, not_same_person_as: approve, next: approve}
  approve: {role: clerk, next: done}
  done: {end: success}
"""

    (problem,) = _duties("  clerk: {department: sales, people: 1}\n", steps)

    assert (problem.code, problem.severity) == ("F705", Severity.WARNING)


def test_a_separation_counts_where_a_loop_comes_back() -> None:
    steps = """\
  enter: {role: clerk, not_same_person_as: approve, next: approve}
  approve:
    role: clerk
    outcomes: {ok: done, again: {next: enter, at_most: 1, then: done}}
  done: {end: success}
"""

    assert _codes("  clerk: {department: sales, people: 2}\n", steps) == []


def test_a_separation_counts_between_parallel_branches() -> None:
    steps = """\
  enter: {role: clerk, next: [count, weigh]}
  count: {role: clerk, next: ready}
  weigh: {role: clerk, not_same_person_as: count, next: ready}
  ready: {join: all, next: done}
  done: {end: success}
"""

    assert _codes("  clerk: {department: sales, people: 2}\n", steps) == []


def test_a_separation_in_on_cancel_counts_from_what_was_done_before() -> None:
    steps = """\
  enter: {role: clerk, next: done}
  undo: {role: clerk, not_same_person_as: enter, next: gone}
  done: {end: success}
  gone: {end: failure}
"""

    assert (
        _codes(
            "  clerk: {department: sales, people: 2}\n",
            steps,
            "on_cancel: {next: undo}\n",
        )
        == []
    )
