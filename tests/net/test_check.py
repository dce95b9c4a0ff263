"""Checking a flow: everything at once, each at its place, with the run in words."""

from flowengine.language import Severity
from flowengine.net.check import check_text
from tests.net.conftest import CheckSteps
from tests.net.told import flow_codes, only_error


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

    assert flow_codes(found) == []
    assert not found.has_errors


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


def test_on_cancel_is_checked_from_its_own_start(checked: CheckSteps) -> None:
    problem = only_error(
        checked(
            """
enter: {role: clerk, next: done}
put-back: {role: picker, next: [credit, report]}
credit: {role: clerk, next: given-up}
report: {role: clerk, next: given-up}
done: {end: success}
given-up: {end: failure}
""",
            "on_cancel: {next: put-back}",
        ),
        "F403",
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

    assert flow_codes(found) == ["F405", "F402"]


def test_parallel_branches_that_can_each_cancel_are_decided(
    checked: CheckSteps,
) -> None:
    names = [f"work-{number}" for number in range(40)]
    branches = "\n".join(
        f"{name}: {{role: clerk, outcomes: {{ok: ready, gone: tell-{name}}}}}\n"
        f"tell-{name}: {{role: clerk, next: cancel}}"
        for name in names
    )

    found = checked(
        f"enter: {{role: clerk, next: [{', '.join(names)}]}}\n{branches}\n"
        "ready: {join: all, next: done}\ndone: {end: success}"
    )

    assert flow_codes(found) == []


def test_past_the_limit_check_warns_and_names_the_steps(checked: CheckSteps) -> None:
    names = [f"work-{number}" for number in range(10)]
    branches = "\n".join(
        f"{name}: {{role: clerk, outcomes: {{ok: ready, gone: ask-{name}}}}}\n"
        f"ask-{name}: {{wait: 2h, next: look-{name}}}\n"
        f"look-{name}: {{role: clerk, outcomes: {{later: ask-{name}, no: cancel}}}}"
        for name in names
    )

    found = checked(
        f"enter: {{role: clerk, next: [{', '.join(names)}]}}\n{branches}\n"
        "ready: {join: all, next: done}\ndone: {end: success}"
    )

    (problem,) = [p for p in found.problems if p.code == "F408"]
    assert problem.severity is Severity.WARNING
    assert all(f"`{name}`" in problem.message for name in names)
    assert not found.has_errors


def test_a_text_with_errors_of_form_has_no_net() -> None:
    found = check_text("process: [", "broken.yaml")

    assert (found.process, found.net) == (None, None)
    assert found.has_errors
    assert {problem.path for problem in found.problems} == {"broken.yaml"}
