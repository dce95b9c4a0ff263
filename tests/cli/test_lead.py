"""The shift lead's day: the next task, the board, late orders, who is away."""

import json

from tests.cli.terminal import Terminal


def test_the_next_task_is_taken_and_begun_in_one_go(shop: Terminal) -> None:
    shop.opened("A-1")
    shop.opened("A-2")

    first = shop.done("task", "next", "--as", "anna")
    second = json.loads(shop.done("task", "next", "--start", "--json", "--as", "anna"))
    nothing = shop.refused(3, "task", "next", "--role", "credit", "--as", "anna")
    wrong = shop.refused(4, "task", "next", "--role", "picker", "--as", "anna")

    assert first == "A-1/check is yours, anna.\n"
    assert second["task"] == "A-2/check"
    assert "nothing is offered to credit: see `flowengine task list`" in nothing
    assert "role picker, but anna has credit" in wrong
    states = {
        row["task"]: row["state"]
        for row in json.loads(shop.done("task", "list", "--json", "--as", "anna"))
    }
    assert states == {"A-1/check": "claimed", "A-2/check": "started"}


def test_the_board_counts_by_department_and_step(shop: Terminal) -> None:
    for number in ("A-1", "A-2", "A-3"):
        shop.opened(number)
    shop.done("task", "done", "A-1/check", "--answer", "credit=ok", "--as", "anna")
    shop.done("task", "start", "A-2/check", "--as", "anna")

    machine = json.loads(shop.done("board", "--json"))
    plain = shop.done("board")
    latvian = shop.done("board", "--lang", "lv", "--department", "warehouse")

    finance, warehouse = machine["departments"]
    (check,) = finance["steps"]
    assert (finance["department"], finance["waiting"], finance["working"]) == (
        "finance",
        1,
        1,
    )
    assert (check["step"], check["oldest_task"]) == ("check", "A-2/check")
    assert check["who"] == [
        {"person": "anna", "state": "started", "count": 1, "away_until": None}
    ]
    assert (warehouse["waiting"], machine["waiting"]) == (1, 2)
    head, titles, *rows = plain.splitlines()
    assert head.endswith(": 3 open tasks, late 0, late within 2 h 0")
    assert titles.split()[:4] == ["Step", "Waiting", "Taken", "Working"]
    assert rows[0].split()[:4] == ["Finance", "1", "0", "1"]
    assert rows[1].split()[-1] == "A-2/check"
    assert "anna          1      0      0  Check credit" in plain
    assert "1 atvērts uzdevums" in latvian
    assert "Komplektēt" in latvian
    assert "Finanses" not in latvian


def test_a_board_without_anything_open_says_so_and_knows_its_departments(
    shop: Terminal,
) -> None:
    assert "0 open tasks" in shop.done("board")

    refused = shop.refused(3, "board", "--department", "warehous")

    assert "did you mean warehouse?" in refused


def test_a_board_wants_a_length_of_time(shop: Terminal) -> None:
    refused = shop.refused(2, "board", "--soon", "shortly")

    assert "shortly" in refused


def test_orders_that_soon_will_be_late_are_listed(shop: Terminal) -> None:
    shop.opened("A-1")
    shop.opened("A-2")
    shop.done("task", "done", "A-1/check", "--answer", "credit=ok", "--as", "anna")

    late = json.loads(shop.done("order", "list", "--late", "--json"))
    soon = json.loads(shop.done("order", "list", "--soon", "30 days", "--json"))
    words = ("order", "list", "--soon", "30 days", "--department", "warehouse")
    shown = shop.done(*words)

    assert late == []
    assert {row["number"] for row in soon} == {"A-1", "A-2"}
    assert all(row["due"] for row in soon)
    header, row = shown.splitlines()
    assert header.split()[-1] == "Due"
    assert row.startswith("A-1")


def test_people_are_away_and_come_back(shop: Terminal) -> None:
    shop.opened("A-1")

    told = shop.done(
        *("user", "away", "anna", "--from", "2020-01-01", "--until", "2120-01-01")
    )
    listed = shop.done("user", "list")
    refused = shop.refused(4, "task", "next", "--as", "anna")
    back = shop.done("user", "away", "anna", "--back")
    here = shop.refused(4, "user", "away", "anna", "--back")

    assert told == "anna is away until 1 Jan 2120 00:00.\n"
    assert "until 1 Jan 2120" in listed
    assert "flowengine user away anna --back" in refused
    assert back == "anna is here.\n"
    assert "anna to be away" in here
    assert shop.done("task", "next", "--as", "anna") == "A-1/check is yours, anna.\n"


def test_an_absence_that_is_planned_is_told_as_the_clock_at_the_company_shows_it(
    shop: Terminal,
) -> None:
    words = ("user", "away", "anna", "--from", "2120-06-01", "--until", "2120-06-02")

    told = shop.done(*words, "--lang", "lv")
    person = json.loads(shop.done("user", "list", "--json"))[0]

    assert told == ("anna ir prombūtnē no 1.06.2120. 00:00 līdz 2.06.2120. 00:00.\n")
    assert person["away_next"]["from"] == "2120-05-31T21:00:00Z"


def test_an_absence_says_until_when_or_that_it_is_over(shop: Terminal) -> None:
    shop.refused(2, "user", "away", "anna")
    shop.refused(2, "user", "away", "anna", "--until", "2120-01-01", "--back")
    shop.refused(2, "user", "away", "anna", "--until", "soon")
    shop.refused(3, "user", "away", "zelma", "--until", "2120-01-01")
    refused = shop.refused(4, "user", "away", "anna", "--until", "2020-01-01")

    assert "ends after it begins" in refused


def test_the_address_of_somebody_is_kept(shop: Terminal) -> None:
    shop.refused(2, "user", "add", "anna", "--role", "credit", "--email", "nowhere")

    shop.done("user", "add", "anna", "--role", "credit", "--email", "anna@example.com")
    person = json.loads(shop.done("user", "list", "--json"))[0]

    assert person["email"] == "anna@example.com"
    assert "anna@example.com" in shop.done("user", "list")
