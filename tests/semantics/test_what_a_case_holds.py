"""What a case holds beside its marking, and which tables hold what."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from flowengine.errors import Conflict
from flowengine.kernel.case import KeptMessage
from flowengine.language.process import StepId
from tests.builders import GOODS, Run
from tests.engine.world import World, refusal_of

WORK = (
    GOODS
    + """\
start: enter
steps:
  enter: {role: clerk, next: [pick, papers]}
  pick:
    role: clerk
    each: line in order.lines
    asks: [line.picked]
    choose:
      - {when: order.paid, next: ready}
      - {else: pick, at_most: 1, then: ready}
  papers: {role: clerk, not_same_person_as: enter, next: ready}
  ready: {join: all, role: boss, next: done}
  done: {end: success}
"""
)
LINES = {"lines": [{"sku": "a", "quantity": 1}, {"sku": "b", "quantity": 1}]}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The sale process, and nothing open."""
    made = World(tmp_path / "shop.db")
    yield made
    made.close()


def test_each_marked_place_knows_the_entry_and_the_time_of_its_token() -> None:
    run = Run(WORK, LINES)
    run.complete("enter")
    run.complete("papers", by="berta")
    papers = run.ended("papers")[0]

    place = run.net.places.index("papers>ready")

    arrival = run.case.arrivals[place]
    assert (arrival.seq, arrival.at) == (run.events.index(papers) + 1, papers.at)


def test_visits_doers_uses_and_the_elements_done_are_counted() -> None:
    run = Run(WORK, LINES)
    run.complete("enter", by="anna")
    for name in ("pick#1", "pick#2", "pick#2"):
        run.complete(name, answers={"line.picked": True})

    assert run.case.visits == {"enter": 1, "papers": 1, "pick": 2}
    assert run.case.doers == {"enter": "anna"}
    assert run.case.uses == {"pick/choice:1": 1}
    assert run.open_steps == {"papers", "pick#1"}


def test_a_hold_and_the_messages_that_came_are_part_of_the_case() -> None:
    run = Run(WORK, LINES)
    run.hold("address")
    held_at = run.at

    run.deliver("paid", key="bank/1")

    assert (run.case.held_since, run.case.hold_reason) == (held_at, "address")
    assert run.case.kept == (KeptMessage("paid", "bank/1", run.at, {}),)


def test_bits_are_those_of_the_stored_net_whatever_a_compiler_would_give(
    tmp_path: Path,
) -> None:
    path = tmp_path / "shop.db"
    World(path).close()
    with sqlite3.connect(path) as connection:
        (text,) = connection.execute("SELECT places FROM process_version").fetchone()
        turned = json.loads(text)[::-1]
        connection.execute(
            "UPDATE process_version SET places = ?", [json.dumps(turned)]
        )
    connection.close()
    world = World(path)

    world.open("1")
    world.engine.complete("1/enter", by="anna", answers={"order.total": "9 EUR"})

    case = world.engine.order("1").case
    marked = {name for bit, name in enumerate(turned) if case.marking >> bit & 1}
    assert marked == {"await-payment", "pick"}
    assert {world.engine.net("sale").step_of_place[bit] for bit in case.arrivals} == {
        StepId("await-payment"),
        StepId("pick"),
    }
    assert world.engine.upkeep.check() == ()
    world.close()


def test_two_sources_may_open_orders_with_the_same_key(world: World) -> None:
    fields = {"number": "1", "priority": 0, "customer": "Jānis"}
    first = world.engine.open_order("sale", fields, by="shop-a", key="1")
    other = {**fields, "number": "2"}

    second = world.engine.open_order("sale", other, by="shop-b", key="1")
    again = world.engine.open_order("sale", fields, by="shop-a", key="1")
    foreign = refusal_of(
        lambda: world.engine.open_order("sale", fields, by="shop-b", key="1")
    )

    assert not first.repeated
    assert not second.repeated
    assert again.repeated
    assert isinstance(foreign, Conflict)


def test_an_order_is_found_by_its_number_and_by_what_messages_match(
    world: World,
) -> None:
    world.open("1")

    keys = {
        name: [
            column
            for _, column, _, _, _, place in sorted(
                _rows(world, f"PRAGMA table_info({name})"), key=lambda row: str(row[5])
            )
            if place
        ]
        for name in ("case_number", "case_key")
    }

    assert keys == {
        "case_number": ["number"],
        "case_key": ["message", "value", "case_id"],
    }
    assert [row[:2] for row in _rows(world, "SELECT * FROM case_key")] == [
        ("payment", "ref-1")
    ]


@pytest.mark.parametrize(
    ("table", "once"),
    [
        ("step_fact", "UNIQUE (case_id, seq)"),
        ("case_fact", "UNIQUE (case_id)"),
        ("outbox", "UNIQUE ("),
    ],
)
def test_facts_and_what_is_to_be_told_have_running_numbers_and_stand_once(
    world: World, table: str, once: str
) -> None:
    rows = _rows(world, "SELECT name, sql FROM sqlite_master")
    made = str({str(name): made for name, made in rows}[table])

    assert "AUTOINCREMENT" in made
    assert "WITHOUT ROWID" not in made
    assert once in made


def _rows(world: World, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(world.path) as connection:
        rows = connection.execute(query).fetchall()
    connection.close()
    return rows
