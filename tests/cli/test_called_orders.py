"""Orders that call others, wait at gates and for stock, in a terminal."""

import json
from collections.abc import Sequence

import pytest

from tests.cli.terminal import Terminal
from tests.engine.shop import CREDIT, SHOP


def order(number: str, pieces: int = 2) -> str:
    return json.dumps(
        {
            "number": number,
            "priority": 0,
            "zone": "A",
            "customer": "Jānis",
            "total": "100 EUR",
            "lines": [{"sku": "A1", "quantity": pieces}],
            "parcels": [{"receiver": "Zelma"}, {"receiver": "Ilze"}],
        }
    )


@pytest.fixture
def shop(terminal: Terminal) -> Terminal:
    """The shop that uses the whole language, its people, and five pieces."""
    terminal.write("credit.yaml", CREDIT)
    terminal.write("shop.yaml", SHOP)
    terminal.write("stock.csv", "sku,quantity\nA1,5\n")
    terminal.done("db", "init")
    terminal.done("process", "add", "credit.yaml")
    terminal.done("process", "add", "shop.yaml")
    terminal.done("user", "add", "anna", "--role", "clerk")
    terminal.done("user", "add", "peter", "--role", "picker")
    return terminal


def opened(shop: Terminal, *numbers: str, pieces: int = 2) -> None:
    for number in numbers:
        text = order(number, pieces)
        shop.done("order", "open", "shop", "--from", "-", "--as", "anna", given=text)
        shop.done("task", "done", f"{number}/enter", "--as", "anna")
    shop.done("worker", "run", "--once")


def approved(shop: Terminal, *numbers: str, worker: Sequence[str] = ()) -> str:
    for number in numbers:
        answer = ("--answer", "request.verdict=ok", "--as", "anna")
        shop.done("task", "done", f"{number}-credit/look", *answer)
    return shop.done("worker", "run", "--once", *worker)


def test_a_process_is_added_after_those_that_it_calls(terminal: Terminal) -> None:
    terminal.write("shop.yaml", SHOP)
    terminal.done("db", "init")

    told = terminal.refused(6, "process", "add", "shop.yaml")

    assert "error[F230]: `credit-check@1` is not in the database" in told
    assert "--> shop.yaml:" in told


def test_the_worker_says_what_it_did(shop: Terminal) -> None:
    opened(shop, "1", "2", "3")

    told = approved(shop, "1", "2", "3")

    assert told.splitlines() == [
        "Timers fired: 0.",
        "Told to called and calling orders: 3.",
        "Let through by gates: 2.",
    ]


def test_an_order_shows_what_it_has_called_passed_and_reserved(shop: Terminal) -> None:
    opened(shop, "1")
    waiting = shop.done("order", "show", "1")
    approved(shop, "1")

    people = shop.done("order", "show", "1")
    latvian = shop.done("order", "show", "1", "--lang", "lv")
    machine = json.loads(shop.done("order", "show", "1", "--json"))
    child = json.loads(shop.done("order", "show", "1-credit", "--json"))

    assert "credit-check@1, 1-credit, awaited" in waiting
    assert "credit-check@1, 1-credit, has answered" in people
    assert "asks the stock to reserve 2 × A1" in people  # noqa: RUF001 - a sign of times
    assert "let through" in people
    assert "izsauc credit-check@1: pasūtījums 1-credit" in latvian
    assert machine["children"][0]["number"] == "1-credit"
    assert (machine["gates"], machine["reserved"]) == (["release"], 1)
    assert child["parent"] == "1"
    assert '"#"' not in json.dumps(machine)
    assert "Zelma" not in json.dumps(machine)


def test_tasks_of_elements_are_shown_and_done_by_their_names(shop: Terminal) -> None:
    opened(shop, "1")
    approved(shop, "1")
    shop.done("task", "done", "1/pick", "--as", "peter")

    shown = shop.done("task", "show", "1/pack#2")
    several = shop.refused(4, "task", "done", "1/pack", "--as", "peter")
    done = shop.done(
        *("task", "done", "1/pack#2", "--as", "peter"),
        *("--answer", "parcel.weight=2,5 kg", "--answer", "parcel.damaged=no"),
        *("--answer", "parcel.receiver=Dace"),
    )
    personal = shop.done("order", "show", "1", "--personal")

    assert "parcel.weight: weight" in shown
    assert "sku" in shown
    assert "flowengine task done 1/pack#2 --answer parcel.weight=…" in shown
    assert "#1" in several
    assert done == "1/pack#2 is done.\n"
    assert "Dace" in personal
    assert "Ilze" not in personal
    assert "Dace" not in shop.done("order", "show", "1")


def test_a_claimed_batch_is_told(shop: Terminal) -> None:
    opened(shop, "1", "2")
    approved(shop, "1", "2")

    told = shop.done("task", "claim", "1/pick", "--as", "peter")
    again = json.loads(shop.done("task", "list", "--json", "--as", "peter"))

    assert told.splitlines()[:2] == ["1/pick is yours, peter.", "Together with: 2/pick"]
    assert len({task["together"] for task in again}) == 1


def test_stock_is_answered_from_the_file_that_is_named(
    shop: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(shop, "1", "2", "3", pieces=4)

    approved(shop, "1", worker=("--stock", "stock.csv"))
    monkeypatch.setenv("FLOWENGINE_STOCK", "stock.csv")
    approved(shop, "2")
    monkeypatch.delenv("FLOWENGINE_STOCK")
    approved(shop, "3")

    standing = {
        row["number"]: row["steps"]
        for row in json.loads(shop.done("order", "list", "--json"))
    }
    assert standing["1"] == ["pick"]
    assert standing["2"] == ["backorder"]
    assert standing["3"] == ["pick"]


def test_a_file_of_stock_that_is_not_there_is_told(shop: Terminal) -> None:
    told = shop.refused(4, "worker", "run", "--once", "--stock", "nothing.csv")

    assert told.startswith("Expected stock levels in nothing.csv")


def test_what_the_worker_cannot_do_is_told_and_keeps_nothing_waiting(
    shop: Terminal,
) -> None:
    fields = {"number": "1-credit", "total": "1 EUR", "customer": "x", "boxes": []}
    text = json.dumps(fields)
    words = ("order", "open", "credit-check", "--from", "-", "--as", "anna")
    shop.done(*words, given=text)
    opened(shop, "1", "2")

    again = shop.done("worker", "retry")
    machine = json.loads(shop.done("worker", "run", "--once", "--json"))

    assert again == "Due again: 1 errand.\n"
    assert (machine["children"], machine["skipped"]) == (0, 1)
    assert "not opened yet" in shop.done("order", "show", "1")
    assert "1-credit, awaited" not in shop.done("order", "show", "1")
    assert "2-credit, awaited" in shop.done("order", "show", "2")


def test_an_order_that_waits_for_its_child_is_being_cancelled(shop: Terminal) -> None:
    opened(shop, "1")

    shop.done("order", "cancel", "1", "not wanted", "--as", "anna")
    listed = shop.done("order", "list", "--state", "cancelling")
    shop.done("worker", "run", "--once")

    assert "being cancelled" in listed
    shown = shop.done("order", "show", "1")
    assert "Cancelling has begun: not wanted" in shown
    assert "Cancelled: not wanted" in shown


def test_a_single_round_of_the_worker_tells_what_it_did_once(shop: Terminal) -> None:
    opened(shop, "1")
    answer = ("--answer", "request.verdict=ok", "--as", "anna")
    shop.done("task", "done", "1-credit/look", *answer)

    result = shop.run("worker", "run", "--once")

    assert "Told to called and calling orders: 1." in result.stdout
    assert result.stderr == ""
