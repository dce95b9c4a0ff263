"""What a shift lead and an administrator put right, in a terminal."""

import json

import pytest

from tests.cli.terminal import Terminal


def history(shop: Terminal, number: str, lang: str = "en") -> str:
    shown = shop.done("order", "show", number, "--lang", lang)
    return shown.partition("History" if lang == "en" else "Vēsture")[2]


def test_a_started_task_is_put_aside_and_goes_on(shop: Terminal) -> None:
    shop.opened("A-1")
    shop.done("task", "start", "A-1/check", "--as", "anna")

    paused = shop.done(
        "task", "pause", "A-1/check", "--reason", "no papers", "--as", "anna"
    )
    listed = shop.done("task", "list", "--as", "anna")
    resumed = shop.done("task", "resume", "A-1/check", "--as", "anna")

    assert paused == "A-1/check is put aside: no papers\n"
    assert "put aside" in listed
    assert resumed == "A-1/check goes on.\n"
    assert "Check credit: put aside: no papers" in history(shop, "A-1")
    assert "Pārbaudīt kredītu: atlikts: no papers" in history(shop, "A-1", "lv")


def test_pausing_wants_a_reason_and_a_started_task(shop: Terminal) -> None:
    shop.opened("A-1")
    pause = ("task", "pause", "A-1/check")

    silent = shop.refused(2, *pause, "--as", "anna")
    early = shop.refused(4, *pause, "--reason", "tired", "--as", "anna")

    assert "--reason" in silent
    assert "started" in early


def test_a_task_is_given_to_somebody_who_may_do_it(shop: Terminal) -> None:
    shop.opened("A-1")
    shop.done("user", "add", "berta", "--role", "credit")
    shop.done("task", "start", "A-1/check", "--as", "anna")

    given = shop.done("task", "assign", "A-1/check", "berta", "--as", "juris")
    refused = shop.refused(4, "task", "assign", "A-1/check", "juris", "--as", "juris")
    unknown = shop.refused(3, "task", "assign", "A-1/check", "zelma", "--as", "juris")
    (row,) = json.loads(shop.done("task", "list", "--as", "berta", "--json"))

    assert given == "A-1/check is given to berta.\n"
    assert "role credit" in refused
    assert "flowengine user add zelma" in unknown
    assert (row["owner"], row["state"]) == ("berta", "paused")
    assert "given to berta" in history(shop, "A-1")


def test_an_order_is_moved_past_its_arrows_with_a_reason(shop: Terminal) -> None:
    shop.opened("A-1")
    move = ("order", "move", "A-1", "--from", "check", "--to", "pick")

    shop.refused(2, *move, "--as", "anna")
    moved = shop.done(*move, "--reason", "paid in cash", "--as", "anna")
    nowhere = shop.refused(3, *move[:-1], "packk", "--reason", "x", "--as", "anna")
    again = shop.refused(5, *move, "--reason", "again", "--as", "anna")

    assert moved == "Order A-1 is moved: paid in cash\nNext: Pick, Warehouse\n"
    assert "has no packk" in nowhere
    assert "a token of order A-1 at check" in again
    told = history(shop, "A-1")
    assert "Check credit: withdrawn" in told
    assert "Moved from Check credit to Pick: paid in cash" in told
    assert "Pārcelts no „Pārbaudīt kredītu” uz „Komplektēt”" in history(
        shop, "A-1", "lv"
    )


def test_fields_of_an_open_order_are_corrected(shop: Terminal) -> None:
    shop.opened("A-1")

    told = shop.done(
        *("order", "change", "A-1", "total=20,00", "customer=Zelma", "priority=9"),
        *("--reason", "a slip", "--as", "anna"),
    )
    data = json.loads(shop.done("order", "show", "A-1", "--personal", "--json"))
    shown = history(shop, "A-1")

    assert told == "Order A-1 is changed: a slip\n"
    assert data["data"]["total"] == "20.00 EUR"
    assert data["data"]["customer"] == "Zelma"
    assert data["priority"] == 9
    assert "Changed total = 20.00 EUR, customer = ***, priority = 9: a slip" in shown
    assert data["history"][-1]["fields"] == [
        "order.customer",
        "order.priority",
        "order.total",
    ]
    assert "Zelma" not in shop.done("order", "show", "A-1", "--json")


def test_a_field_of_an_element_is_corrected_by_its_number(shop: Terminal) -> None:
    shop.opened("A-1")
    lines = '[{"sku": "A", "quantity": 1}, {"sku": "B", "quantity": 2}]'
    shop.done(
        "order", "change", "A-1", f"lines={lines}", "--reason", "x", "--as", "anna"
    )

    shop.done(
        *("order", "change", "A-1", "lines#2.quantity=7"),
        *("--reason", "counted again", "--as", "anna"),
    )
    data = json.loads(shop.done("order", "show", "A-1", "--json"))["data"]

    assert [line["quantity"] for line in data["lines"]] == [1, 7]
    assert "Changed lines#2.quantity = 7: counted again" in history(shop, "A-1")


@pytest.mark.parametrize(
    ("code", "field", "told"),
    [
        (4, "total=much", "order.total"),
        (4, "colour=red", "no order.colour"),
        (4, "number=B-1", "known by it"),
        (4, "total=", "order.total"),
        (2, "total", "FIELD=VALUE"),
    ],
)
def test_a_wrong_correction_changes_nothing(
    shop: Terminal, code: int, field: str, told: str
) -> None:
    shop.opened("A-1")
    before = shop.done("order", "show", "A-1", "--json")

    refused = shop.refused(
        code, "order", "change", "A-1", field, "--reason", "x", "--as", "anna"
    )

    assert told in refused
    assert shop.done("order", "show", "A-1", "--json") == before


def test_a_step_stands_still_until_somebody_resolves_it(shop: Terminal) -> None:
    shop.opened("A-1")
    report = ("incident", "report", "A-1/check", "--reason", "the bank is down")
    resolve = ("incident", "resolve", "A-1/check", "--reason", "it is up again")

    reported = shop.done(*report, "--as", "anna")
    twice = shop.refused(5, *report, "--as", "anna")
    (row,) = json.loads(shop.done("incident", "list", "--json"))
    drawn = shop.done("incident", "list", "--lang", "lv")
    hidden = shop.done("task", "list", "--json")
    resolved = shop.done(*resolve, "--once", "--as", "anna")
    gone = shop.refused(5, *resolve, "--as", "anna")

    assert reported == "A-1/check stands still: the bank is down\n"
    assert "stands still already" in twice
    assert (row["step"], row["reason"], row["by"]) == (
        "A-1/check",
        "the bank is down",
        "anna",
    )
    assert drawn.splitlines()[0].split() == [
        "Solis",
        "Nosaukums",
        "Kopš",
        "Ziņoja",
        "Kāpēc",
    ]
    assert "Pārbaudīt kredītu" in drawn
    assert hidden == "[]\n"
    assert resolved == "A-1/check goes on.\n"
    assert "there is no incident" in gone
    assert json.loads(shop.done("incident", "list", "--json")) == []
    assert json.loads(shop.done("task", "list", "--json"))[0]["task"] == "A-1/check"
    told = history(shop, "A-1")
    assert "Check credit: stands still: the bank is down" in told
    assert "Check credit: goes on: it is up again" in told
    assert "turpinās: it is up again" in history(shop, "A-1", "lv")
