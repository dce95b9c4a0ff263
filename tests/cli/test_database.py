"""The database, timers, messages, pictures and reports in a terminal."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest

from flowengine.cli.session import Session
from flowengine.store.schema_version import HEAD
from tests.cli.terminal import Terminal


def test_a_database_that_is_missing_is_told_with_what_to_do(terminal: Terminal) -> None:
    told = terminal.refused(1, "task", "list")

    assert told.startswith("Expected a flowengine database at flowengine.db")
    assert "flowengine db init" in told
    assert list(terminal.folder.iterdir()) == []


def test_a_database_may_be_anywhere(terminal: Terminal) -> None:
    terminal.done("db", "init", "--db", "other.db")

    assert terminal.done("--db", "other.db", "user", "list").startswith("Person")
    assert terminal.done("db", "check", "--db", "other.db") == "other.db is clean.\n"
    assert (terminal.folder / "other.db").exists()


def test_a_database_is_made_once_and_upgraded_when_it_is_new(shop: Terminal) -> None:
    shop.opened("A-1")

    shop.done("db", "init")
    told = shop.done("db", "upgrade")

    assert told == f"flowengine.db is at revision {HEAD} already.\n"
    assert "A-1" in shop.done("order", "list")


def test_a_file_that_is_no_database_is_refused(terminal: Terminal) -> None:
    terminal.write("flowengine.db", "not a database, but long enough to be read as one")

    told = terminal.refused(1, "task", "list")

    assert told.startswith("Expected ")
    assert told.count("\n") == 1


def test_a_clean_database_says_so(shop: Terminal) -> None:
    shop.opened("A-1")

    machine = json.loads(shop.done("db", "check", "--json"))

    assert machine == {"database": "flowengine.db", "differences": []}
    assert shop.done("db", "check") == "flowengine.db is clean.\n"


def to_payment(shop: Terminal) -> None:
    """Bring A-1 to where it waits a second for its payment."""
    shop.opened("A-1")
    shop.done("task", "done", "A-1/check", "--answer", "credit=ok", "--as", "anna")
    shop.done("task", "done", "A-1/pick", "short", "--as", "juris")


def test_a_worker_fires_what_is_due_and_stops(shop: Terminal) -> None:
    early = shop.done("worker", "run", "--once")
    to_payment(shop)

    time.sleep(1.1)
    due = shop.done("worker", "run", "--once", "--json")

    assert early == "Timers fired: 0.\n"
    assert json.loads(due) == {
        "fired": 1,
        "children": 0,
        "gates": 0,
        "machines": 0,
        "skipped": 0,
    }
    assert json.loads(shop.done("order", "list", "--json"))[0]["outcome"] == "failure"


def test_a_message_goes_to_the_order_it_matches_and_sets_its_fields(
    shop: Terminal,
) -> None:
    to_payment(shop)
    paid_at = ("--set", "order.paid_at=2026-06-19T13:30")

    told = shop.done("message", "deliver", "paid", "--match", "A-1", *paid_at)

    assert told == (
        "Message paid has reached order A-1.\nOrder A-1 is closed: success.\n"
    )
    data = json.loads(shop.done("order", "show", "A-1", "--json"))["data"]
    assert data["paid_at"] == "2026-06-19T10:30:00Z"


def test_a_message_without_its_order_is_kept_for_it(shop: Terminal) -> None:
    told = shop.done("message", "deliver", "delivered", "--match", "A-1")

    assert told == "Message delivered is kept: no order matches A-1 yet.\n"


@pytest.mark.parametrize(
    ("words", "given"),
    [
        (("--set", "order.total=1"), None),
        (("--from", "-"), "[1]"),
        (("--set", "order.paid_at=soon"), None),
    ],
)
def test_a_message_that_says_what_it_may_not_is_refused(
    shop: Terminal, words: tuple[str, ...], given: str | None
) -> None:
    to_payment(shop)

    told = shop.refused(
        4, "message", "deliver", "paid", "--match", "A-1", *words, given=given
    )

    assert "Expected " in told


@pytest.mark.parametrize(
    ("form", "start"),
    [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("dot", b"digraph")],
)
def test_a_process_is_drawn_in_every_format(
    shop: Terminal, form: str, start: bytes
) -> None:
    shop.done("diagram", "draw", "shop.yaml", "--out", f"pictures/shop.{form}")

    assert (shop.folder / f"pictures/shop.{form}").read_bytes().startswith(start)


@pytest.mark.parametrize("layer", ["plan", "work-in-progress", "bottlenecks"])
def test_a_process_is_drawn_with_what_is_measured(shop: Terminal, layer: str) -> None:
    shop.opened("A-1")
    shop.opened("A-2")
    shop.done("order", "cancel", "A-2", "not wanted", "--as", "anna")
    command = ("diagram", "draw", "--process", "shop", "--show", layer, "--lang", "lv")

    shop.done(*command)
    piped = shop.done(*command, "--out", "-", "--format", "dot")

    assert "Komplektēt" in (shop.folder / "shop.svg").read_text("utf-8")
    assert piped.startswith("digraph")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), "Expected FILE.yaml or --process NAME"),
        (("shop.yaml", "--process", "shop"), "Expected FILE.yaml or --process NAME"),
        (("shop.yaml", "--show", "bottlenecks"), "a file has no orders"),
        (("shop.yaml", "--out", "shop.gif"), "it ends in 'gif'"),
        (("--process", "shop", "--since", "soon"), "Expected a day such as 2026-06-19"),
    ],
)
def test_a_picture_that_makes_no_sense_is_a_matter_of_usage(
    shop: Terminal, words: tuple[str, ...], expected: str
) -> None:
    assert expected in shop.refused(2, "diagram", "draw", *words)


def test_a_picture_that_cannot_be_written_is_told(shop: Terminal) -> None:
    shop.write("taken", "a file, no folder")

    told = shop.refused(4, "diagram", "draw", "shop.yaml", "--out", "taken/shop.svg")

    assert told.startswith("Expected to write taken/shop.svg")


def test_a_report_tells_where_the_time_went(shop: Terminal) -> None:
    shop.opened("A-1")
    shop.done("task", "done", "A-1/check", "--answer", "credit=refused", "--as", "anna")

    table = shop.done("report", "bottlenecks", "shop", "--lang", "lv")
    machine = json.loads(shop.done("report", "bottlenecks", "shop", "--json"))

    assert "Pārbaudīt kredītu" in table
    assert machine["orders"] == 1
    assert machine["ranked"][0]["step"] == "check"
    assert machine["lead_us"] == machine["waiting_us"] + machine["service_us"]


def test_a_report_without_orders_says_so(shop: Terminal) -> None:
    shop.opened("A-1")
    shop.done("order", "cancel", "A-1", "not wanted", "--as", "anna")
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()

    told = shop.done("report", "bottlenecks", "shop", "--since", tomorrow)

    assert told.startswith("Shop order: no order has closed yet")


def test_a_password_in_an_address_is_never_printed(terminal: Terminal) -> None:
    address = "postgresql://anna:secret@127.0.0.1:1/shop"

    for words in (("db", "init"), ("db", "check"), ("db", "upgrade"), ("task", "list")):
        result = terminal.run("--db", address, *words)
        assert result.exit_code == 1
        assert "secret" not in result.output
        assert "anna:***@127.0.0.1" in result.output


def test_what_a_database_is_called_hides_its_password() -> None:
    session = Session(database="postgresql://anna:secret@localhost/shop")

    assert session.shown_database == "postgresql://anna:***@localhost/shop"
