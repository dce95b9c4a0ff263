"""Backups, repair, proof and forgetting in a terminal."""

import json
import sqlite3

import pytest

from tests.cli.terminal import Terminal


@pytest.fixture
def open_order(shop: Terminal) -> Terminal:
    shop.opened("A-1")
    return shop


def all_said(shop: Terminal, *words: str) -> str:
    """What a command that ends with 1 says, on stdout and on stderr."""
    result = shop.run(*words)
    assert result.exit_code == 1, result.output
    return result.output


def change(shop: Terminal, statement: str) -> None:
    """Change the database behind the engine's back."""
    connection = sqlite3.connect(shop.folder / "flowengine.db", isolation_level=None)
    assert connection.execute(statement).rowcount > 0
    connection.close()


def test_a_backup_is_made_and_put_back(open_order: Terminal) -> None:
    shop = open_order

    told = shop.done("db", "backup", "kept.db")
    machine = json.loads(shop.done("db", "backup", "again.db", "--json"))
    latvian = shop.done("db", "restore", "kept.db", "--force", "--lang", "lv")

    assert told.startswith("flowengine.db is in kept.db, whole: 1 order, ")
    assert machine["orders"] == 1
    assert machine["bytes"] == (shop.folder / "again.db").stat().st_size
    assert "flowengine.db ir tāda kā kept.db: 1 pasūtījums, " in latvian
    assert shop.done("db", "check", "--lang", "lv") == "flowengine.db ir kārtībā.\n"


def test_a_backup_of_what_is_not_there_is_refused(terminal: Terminal) -> None:
    assert "flowengine db init" in terminal.refused(1, "db", "backup", "kept.db")
    assert "no such file" in terminal.refused(3, "db", "restore", "kept.db")
    assert list(terminal.folder.iterdir()) == []


def test_what_differs_is_told_and_put_right(open_order: Terminal) -> None:
    shop = open_order
    change(shop, "UPDATE task_row SET priority = 9")

    told = all_said(shop, "db", "check")
    would = json.loads(shop.done("db", "rebuild", "--dry-run", "--json"))
    done = shop.done("db", "rebuild")

    assert "order A-1: task_row: check: priority is 9 instead of 5" in told
    assert "not so: 1 difference" in told
    assert (would["rows"], would["left"]) == ({"task_row": 1}, [])
    assert done == "Put right: 1.\ntask_row  1\n"
    assert shop.done("db", "check") == "flowengine.db is clean.\n"
    assert shop.done("db", "rebuild", "--lang", "lv") == "flowengine.db ir kārtībā.\n"


def test_what_no_event_says_is_left_and_told(open_order: Terminal) -> None:
    shop = open_order
    change(shop, "UPDATE case_private SET value = 'x'")

    told = all_said(shop, "db", "rebuild", "--lang", "lv")

    assert "case_private: order.customer is not the value that was given" in told
    assert "db restore" in told


def test_a_history_is_verified(open_order: Terminal) -> None:
    shop = open_order

    one = shop.done("order", "verify", "A-1")
    every = json.loads(shop.done("order", "verify", "--all", "--json"))
    change(shop, "UPDATE event SET by = 'eve' WHERE seq = 2")
    told = all_said(shop, "order", "verify", "A-1")
    latvian = all_said(shop, "order", "verify", "--all", "--lang", "lv")

    assert one.startswith("1 order, ")
    assert one.endswith(": every link holds.\n")
    assert (every["orders"], every["broken"], every["as_sealed"]) == (1, [], None)
    assert "Order A-1, from event 2 on: event 2 is not as it was recorded" in told
    assert "Pasūtījums A-1, sākot ar notikumu 2" in latvian


def test_a_seal_proves_what_was_there_when_it_was_made(open_order: Terminal) -> None:
    shop = open_order
    seal = shop.done("order", "verify", "--all", "--seal")
    shop.write("seal.txt", seal)
    shop.opened("A-2")

    same = shop.done("order", "verify", "--all", "--against", "seal.txt")
    shop.write("other.txt", seal.replace("events=", "events=9"))
    other = shop.refused(1, "order", "verify", "--all", "--against", "other.txt")

    assert seal.startswith("flowengine-seal 1 ")
    assert seal.count("\n") == 1
    assert "Nothing that was sealed has been changed: 1 order, " in same
    assert "compare with a backup of that time" in other
    shop.write("none.txt", "nothing")
    assert "flowengine-seal" in shop.refused(
        4, "order", "verify", "--all", "--against", "none.txt"
    )


@pytest.mark.parametrize(
    "words", [(), ("A-1", "--all"), ("A-1", "--seal"), ("A-1", "--against", "x")]
)
def test_what_is_to_be_verified_must_be_clear(
    open_order: Terminal, words: tuple[str, ...]
) -> None:
    assert "Expected " in open_order.refused(2, "order", "verify", *words)


def test_an_order_is_forgotten(open_order: Terminal) -> None:
    shop = open_order
    why = ("--reason", "letter of 1 June", "--as", "anna")

    told = shop.done("order", "forget", "A-1", *why)
    machine = json.loads(shop.done("order", "forget", "A-1", *why, "--json"))

    assert told.startswith("Erased in A-1: 1 personal value.\n")
    assert machine["orders"] == ["A-1"]
    assert machine["fields"] == []
    assert "Personal values erased: letter of 1 June" in shop.done(
        "order", "show", "A-1"
    )
    latvian = shop.done("order", "show", "A-1", "--lang", "lv")
    assert "Personas dati dzēsti: letter of 1 June" in latvian
    assert shop.done("order", "verify", "A-1").endswith("every link holds.\n")


def test_forgetting_needs_a_reason_a_person_and_an_order(open_order: Terminal) -> None:
    shop = open_order

    assert "--reason" in shop.refused(2, "order", "forget", "A-1", "--as", "anna")
    assert "--as" in shop.refused(2, "order", "forget", "A-1", "--reason", "x")
    words = ("--reason", "x", "--as", "anna")
    assert "A-9" in shop.refused(3, "order", "forget", "A-9", *words)
