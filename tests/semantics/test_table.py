"""The table of the rules is whole, and names tests that there are."""

import re
from pathlib import Path

from tests.shape.sources import functions_of, python_files

HERE = Path(__file__).parent
RULES = range(1, 32)


def rows(*, are_true: bool) -> list[list[str]]:
    """The cells of the table: rules with their tests, or what is not true yet."""
    true, not_yet = (HERE / "README.md").read_text("utf-8").split("## Not yet")
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (true if are_true else not_yet).splitlines()
        if re.match(r"\| \d", line)
    ]


def named() -> list[str]:
    """Every test that the table names."""
    return [
        name
        for _, _, tests in rows(are_true=True)
        for name in re.findall(r"`([^`]+)`", tests)
    ]


def test_every_rule_is_there_once_and_in_order() -> None:
    assert [int(row[0]) for row in rows(are_true=True)] == list(RULES)


def test_every_rule_names_a_test_and_every_test_named_exists() -> None:
    existing = {
        f"{file.removeprefix('tests/')}::{function.name}"
        for file in python_files("tests")
        for function in functions_of(file)
        if function.name.startswith("test_")
    }

    assert [row[0] for row in rows(are_true=True) if "::" not in row[2]] == []
    assert sorted(set(named()) - existing) == []


def test_every_test_of_this_folder_shows_a_rule_of_the_table() -> None:
    here = {
        f"{file.removeprefix('tests/')}::{function.name}"
        for file in python_files("tests")
        if file.startswith("tests/semantics/") and not file.endswith("test_table.py")
        for function in functions_of(file)
        if function.name.startswith("test_")
    }

    assert sorted(here - set(named())) == []


def test_what_is_not_true_yet_has_its_rule_and_its_reason() -> None:
    not_yet = rows(are_true=False)

    assert {int(row[0]) for row in not_yet} <= set(RULES)
    assert [row for row in not_yet if len(row) != 3 or not row[2]] == []
