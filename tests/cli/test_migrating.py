"""`flowengine process migrate`: what moved, what stayed and why."""

import json

import pytest

from tests.cli.terminal import PROCESS, Terminal

#: The next version: checking is called otherwise and the pickers' now.
NEXT = (
    PROCESS.replace("version: 1", "version: 2")
    .replace("\n  check:\n", "\n  look:\n")
    .replace("    role: credit\n    sla: 4h", "    role: picker\n    sla: 4h")
)
MIGRATE = ("process", "migrate", "shop", "--from", "1", "--to", "2", "--as", "anna")
BACK = ("process", "migrate", "shop", "--from", "2", "--to", "1", "--as", "anna")


@pytest.fixture
def two(shop: Terminal) -> Terminal:
    """Two open orders of version 1, and a version 2 beside it."""
    shop.opened("A-1")
    shop.opened("A-2")
    shop.write("next.yaml", NEXT)
    shop.done("process", "add", "next.yaml")
    return shop


def test_an_order_without_a_place_there_stays_and_the_reason_is_told(
    two: Terminal,
) -> None:
    told = two.done(*MIGRATE)

    assert "Moved to version 2: 0 orders." in told
    assert "Left at version 1: 2 orders." in told
    assert "A-1    Check credit  the step is not there" in told


def test_the_reason_is_latvian_where_asked_for(two: Terminal) -> None:
    told = two.done(*MIGRATE, "--lang", "lv")

    assert "Pie versijas 1 paliek: 2 pasūtījumi." in told
    assert "šāda soļa tur nav" in told


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("names.yaml", "check: look\n"),
        ("names.csv", "check,look\n"),
    ],
)
def test_a_file_of_names_moves_them_and_takes_them_back(
    two: Terminal, file: str, text: str
) -> None:
    two.write(file, text)

    there = two.done(*MIGRATE, "--map", file)
    tasks = two.done("task", "list")
    back = two.done(*BACK, "--map", file)

    assert "Moved to version 2: 2 orders." in there
    assert "A-1/look" in tasks
    assert "Moved to version 1: 2 orders." in back
    assert "A-1/check" in two.done("task", "list")
    two.done("db", "check")


def test_a_dry_run_only_says_what_would_move(two: Terminal) -> None:
    two.write("names.yaml", "check: look\n")

    told = two.done(*MIGRATE, "--map", "names.yaml", "--dry-run")

    assert "Would move to version 2: 2 orders." in told
    assert "A-1/check" in two.done("task", "list")


def test_machines_are_told_each_order(two: Terminal) -> None:
    told = json.loads(two.done(*MIGRATE, "--json"))

    assert told["moved"] == []
    assert told["stayed"][0] == {
        "number": "A-1",
        "step": "check",
        "reason": "gone",
        "text": None,
    }


def test_the_history_tells_the_move_in_both_languages(two: Terminal) -> None:
    two.write("names.yaml", "check: look\n")
    two.done(*MIGRATE, "--map", "names.yaml")

    english = two.done("order", "show", "A-1")
    latvian = two.done("order", "show", "A-1", "--lang", "lv")

    assert "Goes on by version 2 of its process" in english
    assert "procesa versijas 2" in latvian


def test_each_version_is_listed_with_its_open_orders(two: Terminal) -> None:
    rows = json.loads(two.done("process", "list", "--json"))

    assert [(row["version"], row["open_orders"]) for row in rows] == [(2, 0), (1, 2)]
    assert "Open orders" in two.done("process", "list")


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("names.yaml", "chekc: look\n", "chekc"),
        ("names.yaml", "- check\n", "old-step: new-step"),
        ("names.yaml", "a: [b\n", "old-step: new-step"),
        ("names.csv", "check,look,more\n", "two columns"),
    ],
)
def test_a_wrong_file_of_names_is_refused(
    two: Terminal, file: str, text: str, said: str
) -> None:
    two.write(file, text)

    assert said in two.refused(4, *MIGRATE, "--map", file)


def test_a_version_that_is_not_there_is_not_found(two: Terminal) -> None:
    told = two.refused(3, *MIGRATE[:-3], "9", "--as", "anna")

    assert "shop version 9" in told
