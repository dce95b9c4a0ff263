"""Orders in a terminal: opened, shown, tracked, held, cancelled."""

import json
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

HEADER = "number;customer;total;priority;sku;quantity"


def test_an_order_is_opened_from_arguments_and_names_the_next_step(
    shop: Terminal,
) -> None:
    told = shop.done(
        *("order", "open", "shop", "--as", "anna"),
        *("--set", "number=A-1", "--set", "order.customer=Anna"),
        *("--set", "order.total=1 200,50 EUR", "--set", "priority=3"),
        *("--set", 'lines=[{"sku": "S-1", "quantity": 2}]'),
    )

    assert told == "Order A-1 is open.\nNext: Check credit, Finance\n"


def test_an_order_is_opened_from_a_process_file_that_is_new(terminal: Terminal) -> None:
    terminal.done("process", "new", "first")
    terminal.done("db", "init")

    told = terminal.done(
        *("order", "open", "first.yaml", "--as", "anna"),
        *("--set", "number=A-1", "--set", "customer=Anna", "--set", "total=12"),
    )

    assert told.startswith("Order A-1 is open.\n")
    assert "first" in terminal.done("process", "list")


@pytest.mark.parametrize("wrapped", [False, True])
def test_an_order_is_opened_from_json_on_stdin(shop: Terminal, wrapped: bool) -> None:
    fields = {"number": "A-1", "customer": "Anna", "total": "12 EUR", "priority": 1}
    order: dict[str, object] = {**fields, "lines": [{"sku": "S", "quantity": 1}]}
    given = json.dumps({"order": order} if wrapped else order)

    told = shop.done(
        "order", "open", "shop", "--from", "-", "--as", "anna", given=given
    )

    assert told.startswith("Order A-1 is open.")


def test_what_order_show_prints_as_json_opens_an_order_again(shop: Terminal) -> None:
    shop.opened("A-1")
    shown = json.loads(shop.done("order", "show", "A-1", "--json", "--personal"))
    again = json.dumps({**shown["data"], "number": "A-2"})

    shop.done("order", "open", "shop", "--from", "-", "--as", "anna", given=again)

    copy = json.loads(shop.done("order", "show", "A-2", "--json", "--personal"))
    assert copy["data"] == {**shown["data"], "number": "A-2"}


def test_orders_are_opened_from_a_sheet(shop: Terminal) -> None:
    sheet = f"{HEADER}\nA-1;Jānis;12,5;1;S-1;2\nA-1;;;;S-2;1\nA-2;Anna;7;2;;\n"
    (shop.folder / "orders.csv").write_bytes(sheet.encode("cp1257"))

    told = shop.done("order", "open", "shop", "--csv", "orders.csv", "--as", "anna")

    assert told == "Opened: 2 orders.\n"
    lines = json.loads(shop.done("order", "show", "A-1", "--json"))["data"]["lines"]
    assert lines == [{"sku": "S-1", "quantity": 2}, {"sku": "S-2", "quantity": 1}]


def test_a_sheet_opened_twice_opens_nothing_new(shop: Terminal) -> None:
    shop.write("orders.csv", f"{HEADER}\nA-1;Anna;12,5;1;S-1;2\n")
    command = ("order", "open", "shop", "--csv", "orders.csv", "--as", "anna")
    shop.done(*command)

    again = shop.run(*command)

    assert again.exit_code == 0
    assert again.stdout == "Opened: 0 orders.\n"
    assert again.stderr == "There before: 1 order.\n"


def test_a_wrong_sheet_opens_nothing_and_names_every_cell(shop: Terminal) -> None:
    shop.write("orders.csv", f"{HEADER}\nA-1;Anna;12,5;1;S-1;2\nA-2;;abc;1;S-1;two\n")

    told = shop.refused(
        4, "order", "open", "shop", "--csv", "orders.csv", "--as", "anna"
    ).splitlines()

    assert told == [
        "orders.csv:3, column total: Expected money such as 12.50 EUR, but got 'abc'.",
        "orders.csv:3, column quantity: Expected a whole number such as 3,"
        " but got 'two'.",
        "orders.csv:3, column customer: Expected a text, but the cell is empty.",
    ]
    assert json.loads(shop.done("order", "list", "--json")) == []


def test_a_sheet_with_a_number_that_is_taken_opens_the_others(shop: Terminal) -> None:
    shop.opened("A-1")
    shop.write("orders.csv", f"{HEADER}\nA-1;Anna;1;1;S;2\nA-2;Anna;1;1;S;2\n")

    result = shop.run("order", "open", "shop", "--csv", "orders.csv", "--as", "anna")

    assert result.exit_code == 5
    assert result.stdout == "Opened: 1 order.\n"
    assert result.stderr.startswith(
        "orders.csv:2: Expected a new number, but order A-1"
    )


def test_a_list_shows_where_orders_are(shop: Terminal) -> None:
    shop.opened("A-1")
    shop.opened("A-2")

    rows = json.loads(shop.done("order", "list", "--json", "--at", "check"))
    table = shop.done("order", "list", "--lang", "lv")

    assert [row["number"] for row in rows] == ["A-1", "A-2"]
    assert rows[0]["steps"] == ["check"]
    assert "Pārbaudīt kredītu" in table
    assert "Veikala pasūtījums" in table


def test_personal_values_are_shown_only_when_asked_for(shop: Terminal) -> None:
    shop.opened("A-1")

    assert "Jānis" not in shop.done("order", "show", "A-1")
    assert "Jānis" not in shop.done("order", "show", "A-1", "--json")
    assert "Jānis" in shop.done("order", "show", "A-1", "--personal")


def test_an_order_shows_open_steps_and_history_in_the_language_asked_for(
    shop: Terminal,
) -> None:
    shop.opened("A-1")
    shop.done("task", "claim", "A-1/check", "--as", "anna")

    page = shop.done("order", "show", "A-1", "--lang", "lv")

    assert "Pārbaudīt kredītu  Finanses, paņemts, anna, līdz" in page
    assert "Pārbaudīt kredītu: paņemts" in page
    assert "12,50 EUR" in page


def test_a_customer_is_told_the_last_status(shop: Terminal) -> None:
    shop.opened("A-1")

    def told(*words: str) -> str:
        return shop.done("order", "track", "A-1", *words).partition(".")[0]

    assert told() == "We have received your order"
    shop.done("task", "done", "A-1/check", "--answer", "credit=ok", "--as", "anna")
    assert told() == "Your order is confirmed"
    shop.done("task", "done", "A-1/pick", "ok", "--as", "juris")
    shop.done("task", "done", "A-1/pack", "--as", "juris")
    shop.done("task", "done", "A-1/papers", "--as", "anna")
    assert told("--lang", "lv") == "Jūsu pasūtījums ir apstiprināts"
    shop.done("task", "done", "A-1/hand-over", "--as", "juris")
    assert told() == "Your order is on its way"
    shop.done("message", "deliver", "delivered", "--match", "A-1")
    assert told() == "Your order has been delivered"


def test_a_held_order_leaves_the_list_until_it_is_resumed(shop: Terminal) -> None:
    shop.opened("A-1")

    shop.done("order", "hold", "A-1", "address is unclear", "--as", "anna")
    held = json.loads(shop.done("task", "list", "--json"))
    tracked = shop.done("order", "track", "A-1")
    shop.done("order", "resume", "A-1", "--as", "anna")
    resumed = json.loads(shop.done("task", "list", "--json"))

    assert held == []
    assert "It rests at the moment." in tracked
    assert [row["task"] for row in resumed] == ["A-1/check"]


def test_cancelling_says_what_follows(shop: Terminal) -> None:
    shop.opened("A-1")

    told = shop.done("order", "cancel", "A-1", "not wanted", "--as", "anna")

    assert told.splitlines() == [
        "Order A-1 is cancelled: not wanted",
        "Order A-1 is closed: failure.",
    ]
    assert shop.done("order", "track", "A-1") == "Your order has been cancelled.\n"


def test_a_note_stands_in_the_history(shop: Terminal) -> None:
    shop.opened("A-1")

    shop.done("order", "note", "A-1", "called", "--as", "anna")

    assert "Note: called" in shop.done("order", "show", "A-1")


@pytest.mark.parametrize(
    ("words", "given", "expected"),
    [
        (("--set", "number"), None, "Expected --set FIELD=VALUE, but got 'number'."),
        (("--set", "a=1", "--set", "a=2"), None, "Expected --set a once"),
        (("--csv", "x.csv", "--key", "k"), None, "Expected --csv alone"),
        (("--from", "missing.json"), None, "Expected a file missing.json"),
    ],
)
def test_wrong_arguments_are_a_matter_of_usage(
    shop: Terminal, words: tuple[str, ...], given: str | None, expected: str
) -> None:
    told = shop.refused(2, "order", "open", "shop", "--as", "anna", *words, given=given)

    assert expected in told
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("{", "-:1: Expected JSON, but"),
        ("3", "-: Expected the fields of an order in { }, but got 3."),
        ("[1]", "-, order 1: Expected the fields of an order in { }, but got 1."),
        ('{"numbr": "A-1"}', "did you mean number?"),
    ],
)
def test_wrong_json_is_located(shop: Terminal, given: str, expected: str) -> None:
    told = shop.refused(
        4, "order", "open", "shop", "--from", "-", "--as", "anna", given=given
    )

    assert expected in told


def test_nobody_can_act_without_saying_who(shop: Terminal) -> None:
    told = shop.refused(2, "order", "open", "shop", "--set", "number=A-1")

    assert "neither --as nor FLOWENGINE_USER says it" in told


def test_the_environment_says_who_where_and_in_which_language(
    shop: Terminal, tmp_path: Path
) -> None:
    shop.opened("A-1")
    shop.environment = {
        "FLOWENGINE_DB": str(tmp_path / "flowengine.db"),
        "FLOWENGINE_USER": "anna",
        "FLOWENGINE_LANG": "lv",
    }

    assert shop.done("task", "claim", "A-1/check") == "A-1/check ir jūsu, anna.\n"
    assert "Check credit" in shop.done("task", "list", "--lang", "en")
    shop.environment["FLOWENGINE_LANG"] = "de"
    assert "FLOWENGINE_LANG" in shop.refused(2, "task", "list")
