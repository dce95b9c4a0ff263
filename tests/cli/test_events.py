"""Following what happens from a terminal."""

import json
import signal
import subprocess
import sys

import pytest

from tests.cli.terminal import Terminal


def told(text: str) -> list[dict[str, object]]:
    """The events of JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


def test_every_event_is_one_line_with_where_to_go_on(shop: Terminal) -> None:
    shop.opened("1")
    shop.opened("2")

    first = told(shop.done("events", "--json", "--limit", "3"))
    rest = told(shop.done("events", "--json", "--after", str(first[-1]["cursor"])))

    assert len(first) == 3
    places = [(event["number"], event["seq"]) for event in (*first, *rest)]
    assert places == [("1", 1), ("1", 2), ("2", 1), ("2", 2)]
    assert first[0]["event"] == "CaseOpened"
    assert "Jānis" not in json.dumps([*first, *rest], ensure_ascii=False)


def test_people_are_told_in_their_language(shop: Terminal) -> None:
    shop.opened("1")
    shop.done("task", "done", "1/check", "--answer", "credit=ok", "--as", "anna")

    english = shop.run("events")
    latvian = shop.run("events", "--lang", "lv")

    assert "1  Check credit: done  anna" in english.stdout
    assert "Pārbaudīt kredītu" in latvian.stdout
    assert "Go on with --after" in english.stderr
    assert "Turpināt ar --after" in latvian.stderr


def test_behind_the_last_event_there_is_nothing(shop: Terminal) -> None:
    shop.opened("1")
    last = told(shop.done("events", "--json"))[-1]["cursor"]

    assert shop.done("events", "--json", "--after", str(last)) == ""


def test_what_is_no_cursor_is_refused(shop: Terminal) -> None:
    said = shop.refused(4, "events", "--after", "yesterday")

    assert "Expected the cursor of an event or a page, but got 'yesterday'" in said


def test_an_order_that_goes_by_another_version_says_which(shop: Terminal) -> None:
    shop.opened("1")
    text = (shop.folder / "shop.yaml").read_text("utf-8")
    shop.write("shop-2.yaml", text.replace("version: 1", "version: 2"))
    shop.done("process", "add", "shop-2.yaml")
    shop.done(
        *("process", "migrate", "shop", "--from", "1", "--to", "2", "--as", "anna")
    )

    (moved,) = [
        event
        for event in told(shop.done("events", "--json"))
        if event["event"] == "CaseMigrated"
    ]

    assert moved["process_version"] == 2


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_followed_events_come_as_they_happen_until_it_is_stopped(
    shop: Terminal, stop: signal.Signals
) -> None:
    shop.opened("1")
    command = "from flowengine.cli import main; main()"
    following = subprocess.Popen(
        [sys.executable, "-c", command, "events", "--follow", "--json"],
        cwd=shop.folder,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert following.stdout is not None

    before = [following.stdout.readline() for _ in range(2)]
    shop.done("order", "note", "1", "fragile", "--as", "anna")
    after = following.stdout.readline()
    following.send_signal(stop)
    rest, _ = following.communicate(timeout=20)

    assert [event["event"] for event in told("".join(before))] == [
        "CaseOpened",
        "StepOpened",
    ]
    assert told(after)[0]["event"] == "NoteAdded"
    assert rest == ""
    assert following.returncode == 0
