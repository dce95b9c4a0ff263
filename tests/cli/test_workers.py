"""How it stands with workers and what they could not do, at the command line."""

import json

import pytest

from tests.cli.terminal import Terminal

DESK = """\
process: desk
version: 1
title: {en: Desk, lv: Galds}
for: order
number: order.number
data:
  order: {number: text}
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
roles:
  clerk: {department: sales, people: 1}
steps:
  enter: {role: clerk, next: tell}
  tell: {do: notify clerk, next: done}
  done: {end: success}
"""


@pytest.fixture
def desk(terminal: Terminal) -> Terminal:
    """An order that somebody is to be told of, and nobody has an address."""
    terminal.write("desk.yaml", DESK)
    terminal.write("flowengine.toml", '[mail]\nhost = "127.0.0.1"\n')
    terminal.done("db", "init")
    terminal.done("process", "add", "desk.yaml")
    terminal.done("user", "add", "anna", "--role", "clerk")
    terminal.done("order", "open", "desk", "--set", "number=1", "--as", "anna")
    terminal.done("task", "done", "1/enter", "--as", "anna")
    return terminal


def test_without_a_worker_the_status_is_a_gate_that_fails(desk: Terminal) -> None:
    told = desk.run("worker", "status")
    machine = desk.run("worker", "status", "--json")

    assert told.exit_code == machine.exit_code == 7
    assert "No worker runs" in told.stdout
    assert json.loads(machine.stdout)["good"] is False


def test_what_was_given_up_is_shown_with_its_reason_until_it_is_retried(
    desk: Terminal,
) -> None:
    once = desk.run("worker", "run", "--once")
    shown = desk.run("worker", "status", "--lang", "lv").stdout
    (failed,) = json.loads(desk.run("worker", "status", "--json").stdout)["failed"]
    one = desk.done("worker", "retry", failed["key"])
    none = desk.refused(3, "worker", "retry", "no-such-key")

    assert "nobody of clerk has an e-mail address" in once.stderr
    assert "atmests" in shown
    assert (failed["kind"], failed["attempts"], failed["due"]) == ("notify", 1, None)
    assert one == "Due again: 1 errand.\n"
    assert "no-such-key" in none
    assert "Not told to clerk" in desk.done("order", "show", "1")


def test_settings_are_shown_with_their_origin_and_no_password(desk: Terminal) -> None:
    shown = desk.done("config", "show", "--origin", "--lang", "lv")
    address = "postgresql://anna:s3cret@host/db"
    machine = json.loads(desk.done("config", "show", "--json", "--db", address))

    assert "flowengine.toml" in shown
    assert "noklusējums" in shown
    assert machine["db"] == {
        "value": "postgresql://anna:***@host/db",
        "origin": "--db",
    }
    assert machine["mail.host"]["value"] == "127.0.0.1"


def test_a_wrong_setting_is_told_by_every_command_with_its_place(
    terminal: Terminal,
) -> None:
    terminal.write("flowengine.toml", "[mail]\nport = 0\n")

    told = terminal.refused(2, "task", "list")

    assert "flowengine.toml: mail.port: Expected a number from 1 to 65535" in told


def test_the_file_says_which_database_is_meant(terminal: Terminal) -> None:
    terminal.write("flowengine.toml", 'db = "other.db"\n')

    told = terminal.done("db", "init")

    assert told == "other.db is ready.\n"


def test_messages_without_an_order_are_listed_and_dropped(desk: Terminal) -> None:
    desk.done("message", "deliver", "paid", "--match", "9", "--key", "k1")
    (kept,) = json.loads(desk.done("message", "list", "--json"))
    shown = desk.done("message", "list")

    assert (kept["name"], kept["match"], kept["late"]) == ("paid", "9", False)
    assert "waits for its order" in shown
    assert json.loads(desk.done("message", "list", "--review", "--json")) == []
    assert desk.done("message", "drop", kept["key"]) == f"Dropped: {kept['key']}.\n"
    assert json.loads(desk.done("message", "list", "--json")) == []
    desk.refused(3, "message", "drop", kept["key"])
