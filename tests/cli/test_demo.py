"""The demo in a terminal."""

import json

from flowengine.locale import duration_text
from tests.cli.terminal import Terminal

QUICK = ("demo", "--every", "40", "--out", "out")


def test_the_demo_tells_where_things_are_and_draws_three_layers(
    terminal: Terminal,
) -> None:
    told = terminal.done(*QUICK)

    assert " open orders on 20 Nov 2026" in told
    assert "Order to delivery: where an order's " in told
    for layer in ("plan", "work-in-progress", "bottlenecks"):
        assert f"Picture: out/{layer}.svg" in told
        assert (terminal.folder / "out" / f"{layer}.svg").read_bytes()[:5] == b"<?xml"
    assert terminal.done("--db", "out/demo.db", "db", "check") == (
        "out/demo.db is clean.\n"
    )


def test_the_demo_is_the_same_for_machines_and_each_time(terminal: Terminal) -> None:
    first = json.loads(terminal.done(*QUICK, "--json"))
    picture = (terminal.folder / "out/bottlenecks.svg").read_bytes()

    again = json.loads(terminal.done(*QUICK, "--json", "--lang", "lv"))
    terminal.done(*QUICK)

    assert again == first
    assert (terminal.folder / "out/bottlenecks.svg").read_bytes() == picture
    found = first["findings"][0]
    assert found["orders"] + first["open_orders"] == 10
    assert sum(step["waiting_us"] for step in found["steps"]) == found["waiting_us"]


def test_the_report_of_the_demo_is_that_of_its_database(terminal: Terminal) -> None:
    found = json.loads(terminal.done(*QUICK, "--json"))["findings"][0]

    told = terminal.done(
        "--db", "out/demo.db", "report", "bottlenecks", "order-to-delivery"
    )

    assert duration_text(found["mean_lead_us"], "en") in told.splitlines()[0]
