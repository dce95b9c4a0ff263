"""Tasks in a terminal: found, taken, done, and refused."""

import json

import pytest

from tests.cli.terminal import PROCESS, Terminal


def tasks(shop: Terminal, *words: str) -> list[str]:
    rows = json.loads(shop.done("task", "list", "--json", *words))
    return [row["task"] for row in rows]


def test_a_person_sees_the_tasks_of_their_roles_the_most_urgent_first(
    shop: Terminal,
) -> None:
    shop.opened("A-1")
    shop.opened("A-2")
    shop.done("task", "done", "A-1/check", "--answer", "credit=ok", "--as", "anna")

    assert tasks(shop, "--as", "juris") == ["A-1/pick"]
    assert tasks(shop, "--as", "anna") == ["A-2/check"]
    assert set(tasks(shop, "--as", "anna", "--all")) == {"A-1/pick", "A-2/check"}
    assert tasks(shop, "--department", "warehouse") == ["A-1/pick"]
    assert tasks(shop, "--role", "credit") == ["A-2/check"]
    assert tasks(shop, "--order", "A-1") == ["A-1/pick"]
    assert len(tasks(shop, "--limit", "1")) == 1


def test_the_list_is_in_the_language_asked_for(shop: Terminal) -> None:
    shop.opened("A-1")

    header, row = shop.done("task", "list", "--lang", "lv").splitlines()

    assert header.split()[:2] == ["Uzdevums", "Nosaukums"]
    assert row.startswith("A-1/check  Pārbaudīt kredītu  Finanses")


def test_a_task_says_what_it_asks_and_how_it_may_end(shop: Terminal) -> None:
    shop.opened("A-1")

    check = shop.done("task", "show", "A-1/check")
    machine = json.loads(shop.done("task", "show", "A-1/check", "--json"))
    shop.done("task", "done", "A-1/check", "--answer", "credit=ok", "--as", "anna")
    pick = shop.done("task", "show", "A-1/pick")

    assert "order.credit: one of [ok, refused]" in check
    assert "flowengine task done A-1/check --answer order.credit=…" in check
    assert machine["asks"] == {"order.credit": "optional one of [ok, refused]"}
    assert "ok, short" in pick


def test_descriptions_are_shown_in_the_language_asked_for(terminal: Terminal) -> None:
    text = PROCESS.replace(
        "version: 1\n", "version: 1\nabout: {en: What we sell., lv: Ko pārdodam.}\n", 1
    ).replace(
        "    sla: 4h\n", "    sla: 4h\n    about: {en: Ask the bank., lv: Jautāt.}\n", 1
    )
    terminal.write("shop.yaml", text)
    terminal.done("db", "init")
    terminal.done("process", "add", "shop.yaml")
    terminal.done("user", "add", "anna", "--role", "credit")
    terminal.opened("A-1")

    head = terminal.done("process", "show", "shop", "--lang", "lv")
    step = terminal.done("task", "show", "A-1/check", "--lang", "lv")

    assert "Ko pārdodam." in head
    assert "What we sell." not in head
    assert "Jautāt." in step
    assert "Ask the bank." not in step


def test_a_task_is_claimed_given_back_started_and_done(shop: Terminal) -> None:
    shop.opened("A-1")

    assert shop.done("task", "claim", "A-1/check", "--as", "anna") == (
        "A-1/check is yours, anna.\n"
    )
    assert shop.done("task", "release", "A-1/check", "--as", "anna") == (
        "A-1/check is given back.\n"
    )
    assert shop.done("task", "start", "A-1/check", "--as", "anna") == (
        "A-1/check is started.\n"
    )
    answer = ("--answer", "order.credit=ok")
    assert shop.done("task", "done", "A-1/check", *answer, "--as", "anna") == (
        "A-1/check is done.\nNext: Pick, Warehouse\n"
    )


def test_a_split_names_every_next_step(shop: Terminal) -> None:
    shop.opened("A-1")
    shop.done("task", "done", "A-1/check", "--answer", "credit=ok", "--as", "anna")

    told = shop.done("task", "done", "A-1/pick", "ok", "--as", "juris", "--json")

    assert json.loads(told)["next"] == [
        {
            "step": "pack",
            "task": "A-1/pack/1",
            "kind": "task",
            "department": "warehouse",
        },
        {
            "step": "papers",
            "task": "A-1/papers/1",
            "kind": "task",
            "department": "finance",
        },
    ]


def test_the_same_key_again_acts_once_and_gives_the_first_answer(
    shop: Terminal,
) -> None:
    shop.opened("A-1")
    command = ("task", "done", "A-1/check", "--answer", "credit=ok", "--as", "anna")
    first = shop.run(*command, "--key", "k-1")

    again = shop.run(*command, "--key", "k-1")

    assert again.exit_code == 0
    assert again.stdout == first.stdout
    assert again.stderr == "This was done before; nothing has changed.\n"


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        (3, ("done", "B-9/check", "--as", "anna"), "Expected an order with number B-9"),
        (3, ("claim", "A-1/nothing", "--as", "anna"), "nothing"),
        (3, ("show", "A-1/pack"), "Expected an open task A-1/pack"),
        (3, ("claim", "A-1", "--as", "anna"), "Expected a task such as 1001/pick"),
        (3, ("claim", "A-1/pick", "--as", "nobody"), "nobody is called nobody"),
        (4, ("claim", "A-1/pick", "--as", "anna"), "picker"),
        (4, ("done", "A-1/pick", "lost", "--as", "juris"), "(ok, short)"),
        (4, ("done", "A-1/pick", "--as", "juris"), "(ok, short)"),
        (
            4,
            ("done", "A-1/pick", "ok", "--answer", "gift=perhaps", "--as", "juris"),
            "but got 'perhaps'",
        ),
        (
            4,
            ("done", "A-1/pick", "ok", "--answer", "gifd=yes", "--as", "juris"),
            "gifd",
        ),
        (5, ("claim", "A-1/check", "--as", "anna"), "already done"),
        (5, ("done", "A-1/check", "--as", "anna"), "already done"),
        (2, ("done", "A-1/pick", "ok", "--answer", "x", "--as", "juris"), "--answer"),
    ],
)
def test_a_refusal_is_one_line_with_its_code_and_changes_nothing(
    shop: Terminal, code: int, words: tuple[str, ...], expected: str
) -> None:
    shop.opened("A-1")
    shop.done("task", "done", "A-1/check", "--answer", "credit=ok", "--as", "anna")
    before = shop.done("order", "show", "A-1", "--json")

    told = shop.refused(code, "task", *words)

    assert expected in told
    assert told.startswith(("Expected ", "order."))
    assert told.count("\n") == 1
    assert shop.done("order", "show", "A-1", "--json") == before


def test_what_another_has_claimed_is_a_conflict(shop: Terminal) -> None:
    shop.done("user", "add", "ilze", "--role", "credit")
    shop.opened("A-1")
    shop.done("task", "claim", "A-1/check", "--as", "anna")

    told = shop.refused(5, "task", "claim", "A-1/check", "--as", "ilze")

    assert told == "Expected ilze to have A-1/check, but anna has claimed it.\n"


def test_people_and_their_roles_are_listed(shop: Terminal) -> None:
    shop.done("user", "add", "juris", "--role", "picker", "--role", "credit")

    listed = json.loads(shop.done("user", "list", "--json"))

    assert [(each["name"], each["roles"]) for each in listed] == [
        ("anna", ["credit"]),
        ("juris", ["credit", "picker"]),
    ]
    assert "anna    credit" in shop.done("user", "list")
