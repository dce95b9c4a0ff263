"""A name that nothing in the database has is told, instead of an empty list."""

import pytest

from tests.cli.terminal import PROCESS, Terminal


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("order", "list", "--process", "shpo"), "process shpo"),
        (("order", "list", "--at", "packk"), "did you mean pack?"),
        (("task", "list", "--role", "pickr"), "did you mean picker?"),
        (("task", "list", "--department", "x"), "there are finance, warehouse."),
        (("task", "list", "--order", "A-9"), "number A-9"),
    ],
)
def test_a_name_that_is_nowhere_is_not_an_empty_list(
    shop: Terminal, asked: tuple[str, ...], told: str
) -> None:
    result = shop.run(*asked)

    assert result.exit_code == 3
    assert told in result.stderr


def test_a_name_that_is_somewhere_may_have_an_empty_list(shop: Terminal) -> None:
    asked = ("order", "list", "--process", "shop", "--at", "pack", "--json")

    assert shop.done(*asked) == "[]\n"


def test_a_role_that_no_process_has_is_told_as_a_person_gets_it(shop: Terminal) -> None:
    result = shop.run("user", "add", "ilze", "--role", "pickr")

    assert result.exit_code == 0
    assert "No process here has a role pickr; did you mean picker?" in result.stderr


def test_before_the_first_process_every_role_is_good(terminal: Terminal) -> None:
    terminal.done("db", "init")

    assert terminal.run("user", "add", "ilze", "--role", "picker").stderr == ""


def test_a_version_that_is_not_there_names_those_that_are(shop: Terminal) -> None:
    result = shop.run("process", "show", "shop", "--version", "9")

    assert "shop version 9 in the database, but it has version 1" in result.stderr


def test_a_process_without_a_calendar_tells_time_as_its_callers_do(
    shop: Terminal,
) -> None:
    shop.opened("A-1")
    shop.write("plain.yaml", PLAIN)
    opened = ("order", "open", "plain.yaml", "--set", "number=P-1", "--as", "anna")
    shop.done(*opened)

    lines = shop.done("order", "list").splitlines()[1:]
    hours = {line.split(" 20")[1].split()[1][:2] for line in lines}
    assert len(lines) == 2
    assert len(hours) == 1


def test_an_order_is_listed_by_the_titles_of_its_own_version(shop: Terminal) -> None:
    shop.opened("A-1")
    newer = PROCESS.replace("version: 1", "version: 2").replace("Check credit", "Look")
    shop.write("newer.yaml", newer)
    shop.done("process", "add", "newer.yaml")

    assert "Check credit" in shop.done("order", "list")


PLAIN = """\
process: plain
version: 1
for: order
number: order.number
data: {order: {number: text}}
departments: {shop: {}}
roles: {clerk: {department: shop, people: 1}}
steps:
  enter: {role: clerk, next: done}
  done: {end: success}
"""
