"""Rules: never an error while orders run; what is missing, money, units and names."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flowengine.errors import InvalidInput
from flowengine.language import read_process
from flowengine.net.check import check_text
from tests.builders import HEAD, Run
from tests.engine.world import World, refusal_of

DUTY = HEAD.replace(
    "    until: optional time\n",
    "    until: optional time\n    duty: optional money in SEK\n",
).replace("process: sample", "process: duty") + (
    "messages:\n  customs: {match: order.number, sets: [order.duty]}\n"
    "steps:\n"
    "  enter: {role: clerk, asks: [order.total], next: await}\n"
    "  await: {wait: {customs: done}, timeout: {after: 3 days, next: done}}\n"
    "  done: {end: success}\n"
)

DECIDES = """\
steps:
  enter:
    role: clerk
    choose:
      - when: RULE
        next: yes-way
      - else: no-way
  yes-way: {role: clerk, next: done}
  no-way: {role: boss, next: done}
  done: {end: success}
"""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A process whose duty is in Swedish crowns, and nothing open."""
    made = World(tmp_path / "duty.db", DUTY)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("rule", "way"),
    [
        ("order.total == 5 EUR", "no-way"),
        ("order.total != 5 EUR", "no-way"),
        ("not (order.total == 5 EUR)", "yes-way"),
        ("order.total / order.count > 1 EUR", "no-way"),
        ("order.count / 0 > 1", "no-way"),
        ("lowest(order.total, 1 EUR) < 9 EUR", "no-way"),
        ("order.total + 1 EUR is missing", "yes-way"),
        ("now > order.until", "no-way"),
    ],
)
def test_a_rule_about_what_is_missing_decides_and_never_fails(
    rule: str, way: str
) -> None:
    run = Run(DECIDES.replace("RULE", rule))

    run.complete("enter")

    assert run.open_steps == {way}
    assert run.case.incidents == {}


@pytest.mark.parametrize(
    "rule",
    ["order.total == 5 EUR", "not (order.total != 5 EUR)", "order.total > 5 EUR"],
)
def test_check_warns_where_a_missing_value_decides(rule: str) -> None:
    text = HEAD + DECIDES.replace("RULE", rule)

    codes = {problem.code for problem in check_text(text, "sample.yaml").problems}

    assert "F310" in codes


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("order.total != 5 EUR", {"2"}),
        ("not (order.total == 5 EUR)", {"1", "2"}),
        ("not (order.total != 5 EUR)", {"1", "3"}),
    ],
)
def test_orders_are_found_by_a_rule_as_it_decides(
    world: World, rule: str, found: set[str]
) -> None:
    for number, total in (("1", None), ("2", "6 EUR"), ("3", "5 EUR")):
        fields = {"number": number} | ({} if total is None else {"total": total})
        world.engine.open_order("duty", fields, by="anna")

    orders = world.engine.orders(where=rule, process="duty")

    assert {order.number for order in orders} == found


FOREIGN: dict[str, Callable[[World], object]] = {
    "opened": lambda w: w.engine.open_order(
        "duty", {"number": "2", "total": "5 SEK"}, by="anna"
    ),
    "answered": lambda w: w.engine.complete(
        "1/enter", by="anna", answers={"order.total": "5 SEK"}
    ),
    "told": lambda w: w.engine.deliver(
        "customs", match="1", body={"order.duty": "5 EUR"}
    ),
}


@pytest.mark.parametrize("deed", FOREIGN.values(), ids=FOREIGN)
def test_an_amount_of_another_currency_is_refused_as_it_comes_in(
    world: World, deed: Callable[[World], object]
) -> None:
    world.engine.open_order("duty", {"number": "1", "duty": "5 SEK"}, by="anna")
    before = world.events("1")

    refused = refusal_of(lambda: deed(world))

    assert isinstance(refused, InvalidInput)
    assert "Expected money such as 12.50" in str(refused)
    assert world.events("1") == before
    assert len(world.engine.orders()) == 1


def test_m_is_minutes_in_times_and_lengths_are_written_out() -> None:
    steps = "steps:\n  a: {role: clerk, SLA, next: b}\n  b: {end: success}\n"
    lengths = HEAD.replace("note: optional text", "note: optional length")

    minutes = Run(steps.replace("SLA", "timeout: {after: 15m, next: b}"))
    metres = lengths + steps.replace("SLA", "skip_when: order.note > 2 metres")
    wrong = lengths + steps.replace("SLA", "skip_when: order.note > 2 m")

    assert minutes.task("a").timer == minutes.case.opened + 15 * 60_000_000
    assert read_process(metres, "a.yaml").process is not None
    told = [problem.code for problem in read_process(wrong, "a.yaml").problems]
    assert [code for code in told if code != "F209"] == ["F302"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (DUTY, set()),
        (DUTY.replace("await", "wait-for"), set()),
        (DUTY.replace("await", "wait_for"), {"F124"}),
        (
            DUTY.replace("order.duty", "order.the-duty").replace(
                " duty:", " the-duty:"
            ),
            {"F124"},
        ),
        (DUTY.replace("note: optional text", "note: optional one of [by_card]"), set()),
        (
            DUTY.replace("note: optional text", "note: optional one of [by-card]"),
            {"F128"},
        ),
    ],
)
def test_ids_have_hyphens_and_values_underscores(text: str, codes: set[str]) -> None:
    found = {
        problem.code
        for problem in read_process(text, "duty.yaml").problems
        if problem.code != "F209"
    }

    assert (found & {"F124", "F128"}) == codes
