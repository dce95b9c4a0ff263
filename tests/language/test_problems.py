"""Problems as people, machines and GitHub read them."""

import json

import pytest

from flowengine.language import (
    Position,
    Problem,
    Severity,
    problem_github,
    problem_json,
    problem_text,
)
from flowengine.language.problems import problem_at

TEXT = "\n" * 29 + (
    "      - when: order.total > 5000 EUR and order.contry not in [LV, EE, LT]\n"
)


@pytest.fixture
def problem() -> Problem:
    return problem_at(
        "processes/order-to-delivery.yaml",
        Position(30, 48, 6),
        "F201",
        "an order has no field `contry`",
        "did you mean `country`?",
    )


def test_a_problem_shows_its_line_with_carets_under_the_place(problem: Problem) -> None:
    assert problem_text(problem, TEXT) == (
        "error[F201]: an order has no field `contry`\n"
        "  --> processes/order-to-delivery.yaml:30:48\n"
        "   |\n"
        "30 |       - when: order.total > 5000 EUR and order.contry not in [LV, EE,"
        " LT]\n"
        "   |                                                ^^^^^^\n"
        "   = help: did you mean `country`?"
    )


def test_carets_never_leave_the_line() -> None:
    problem = problem_at("a.yaml", Position(1, 4, 50), "F101", "no")

    assert problem_text(problem, "a: bcd\n").splitlines()[-1] == "  |    ^^^"


def test_a_problem_past_the_end_of_the_file_is_still_shown() -> None:
    problem = problem_at("a.yaml", Position(9, 1), "F101", "no")

    assert problem_text(problem, "a: b\n") == "error[F101]: no\n --> a.yaml:9:1"


def test_a_tab_does_not_move_the_carets() -> None:
    problem = problem_at("a.yaml", Position(1, 2), "F102", "a tab")

    assert problem_text(problem, "\tb: c").splitlines()[3:] == ["1 |  b: c", "  |  ^"]


def test_a_problem_is_json_with_seven_keys(problem: Problem) -> None:
    assert json.loads(json.dumps(problem_json(problem))) == {
        "code": "F201",
        "severity": "error",
        "path": "processes/order-to-delivery.yaml",
        "line": 30,
        "column": 48,
        "message": "an order has no field `contry`",
        "help": "did you mean `country`?",
    }


def test_a_problem_is_a_workflow_command_with_its_signs_escaped() -> None:
    problem = problem_at(
        "a,b:c.yaml", Position(3, 5, 2), "F407", "100%", "a\nb", Severity.WARNING
    )

    assert problem_github(problem) == (
        "::warning file=a%2Cb%3Ac.yaml,line=3,col=5,endColumn=7,"
        "title=F407::100%25%0Aa%0Ab"
    )


def test_problems_sort_by_their_place() -> None:
    late = problem_at("a.yaml", Position(10, 1), "F101", "late")
    early = problem_at("a.yaml", Position(9, 8), "F209", "early")

    assert sorted([late, early]) == [early, late]
