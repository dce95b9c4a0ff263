"""Databases of every version so far are upgraded, are clean, and go on."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flowengine.engine.database import restore, upgrade_database
from flowengine.errors import StoreRefused
from flowengine.kernel import CaseState
from flowengine.kernel.case import TaskState
from flowengine.store.schema_version import HEAD
from tests import servers
from tests.engine.shop import PACKED, Shop
from tests.engine.world import World

FROZEN = sorted(Path(__file__).parent.glob("*.db"))
#: Those with orders of the shop, which uses the whole language.
WITH_SHOP = [path for path in FROZEN if path.stem >= "0002"]
#: PostgreSQL databases, as the statements that make them.
DUMPS = sorted(Path(__file__).parent.glob("*.postgresql.sql"))
#: Those with orders that people have put aside, given away and put right.
WITH_COUNTER = [path for path in FROZEN if path.stem >= "0003"] + DUMPS


@pytest.fixture(params=FROZEN, ids=lambda path: path.stem)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A copy of a frozen database, brought to this version."""
    path = Path(shutil.copy(request.param, tmp_path / "old.db"))
    upgrade_database(str(path))
    made = World(path)
    yield made
    made.close()


def contents_of(path: Path) -> list[str]:
    """Everything that a database holds."""
    connection = sqlite3.connect(path)
    found = list(connection.iterdump())
    connection.close()
    return found


def test_each_version_of_the_tables_has_a_frozen_database() -> None:
    assert [path.stem for path in FROZEN][-1] == HEAD
    assert DUMPS[-1].name == f"{HEAD}.postgresql.sql"


def test_an_old_database_is_clean_after_its_upgrade(world: World) -> None:
    assert world.engine.upkeep.check() == ()

    assert {row.number: row.state for row in world.engine.orders(process="sale")} == {
        "closed": CaseState.CLOSED,
        "open": CaseState.OPEN,
        "held": CaseState.HELD,
        "waiting": CaseState.OPEN,
        "cancelled": CaseState.OPEN,
        "dear": CaseState.OPEN,
    }


def test_an_open_order_of_an_old_database_can_be_finished(world: World) -> None:
    engine = world.engine
    world.wait(120)

    engine.complete("open/enter", by="anna", answers={"order.total": "9 EUR"})
    engine.complete("open/pick", by="peter", outcome="ok")
    engine.deliver("payment", match="ref-open", body={"order.paid": True})
    engine.complete("open/book", by="berta", answers={"order.phone": "+371 29 000"})
    engine.complete("open/hand-over", by="paul")
    receipt = engine.deliver("pickup", match="open")

    assert receipt is not None
    assert engine.order("open").case.outcome == "success"
    assert engine.upkeep.check() == ()


def test_what_an_old_database_remembers_is_still_known(world: World) -> None:
    engine = world.engine

    assert engine.claim("open/enter", by="anna", key="claim-1").repeated
    assert engine.order("open").private == {"order.customer": "Customer of open"}
    assert engine.order("held").case.hold_reason == "address unclear"
    assert engine.order("cancelled").case.tasks.keys() == {"put-back"}
    world.open("later")
    assert [kept.name for kept in engine.order("later").case.kept] == ["payment"]
    assert engine.upkeep.check() == ()


def test_the_history_of_an_old_database_can_be_analysed(world: World) -> None:
    traces = {trace.number: trace for trace in world.engine.event_log("sale")}

    assert traces["closed"].outcome == "success"
    assert traces["held"].holds[0].ended is None
    assert [entry.step for entry in traces["waiting"].open_entries] == [
        "await-payment",
        "recount",
    ]


def test_a_timer_of_an_old_database_fires(world: World) -> None:
    world.wait(4 * 24 * 60)

    assert world.engine.machines.fire_timers() >= 1

    assert "book" in world.engine.order("waiting").case.tasks
    assert world.engine.upkeep.check() == ()


@pytest.mark.parametrize("old", FROZEN, ids=lambda path: path.stem)
def test_an_old_database_is_kept_as_it_was_beside_the_upgraded_one(
    old: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(old, tmp_path / "shop.db"))

    done = upgrade_database(str(path), lambda: datetime(2026, 11, 22, tzinfo=UTC))

    if old.stem == HEAD:
        assert done == (HEAD, HEAD, None)
        return
    assert done == (old.stem, HEAD, tmp_path / f"shop.{old.stem}-2026-11-22.db")
    assert contents_of(tmp_path / f"shop.{old.stem}-2026-11-22.db") == contents_of(old)
    restore(tmp_path / f"shop.{old.stem}-2026-11-22.db", str(path), force=True)
    assert upgrade_database(str(path), backup=False).before == old.stem


def test_an_upgrade_that_cannot_keep_the_old_database_changes_nothing(
    tmp_path: Path,
) -> None:
    path = Path(shutil.copy(FROZEN[0], tmp_path / "shop.db"))
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xff" * 20_000)
    before = path.read_bytes()

    with pytest.raises(StoreRefused, match="damaged"):
        upgrade_database(str(path))

    assert path.read_bytes() == before


@pytest.fixture(params=WITH_SHOP, ids=lambda path: path.stem)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    """A copy of a frozen database that has a shop, brought to this version."""
    path = Path(shutil.copy(request.param, tmp_path / "old.db"))
    upgrade_database(str(path))
    made = Shop(path)
    yield made
    made.close()


def test_orders_in_the_middle_of_everything_stand_where_they_stood(
    shop: Shop,
) -> None:
    standing = {
        row.number: list(shop.engine.order(row.number).case.tasks)
        for row in shop.engine.orders(process="shop", limit=None)
    }

    assert standing == {
        "packing": ["pack#1"],
        "labelling": ["label"],
        "queueing": ["release"],
        "called": ["credit"],
        "ending": ["credit"],
        "calling": ["credit"],
        "entering": ["enter"],
    }
    assert shop.engine.claim("packing/pick", by="peter", key="batch-1").repeated
    assert shop.engine.order("ending").case.state is CaseState.CANCELLING
    assert shop.engine.upkeep.check() == ()


def test_orders_in_the_middle_of_everything_go_on(shop: Shop) -> None:
    engine = shop.engine
    shop.wait(10)

    engine.complete("packing/pack#1", by="peter", answers=PACKED)
    label = {"order.label": "L-1"}
    engine.machines.answer("labelling/label", outcome="ok", answers=label)
    shop.work()
    for number in ("called", "calling"):
        shop.approve(number)
    shop.work()
    shop.wait(5 * 60)
    shop.work()

    assert shop.steps("packing") == ["label"]
    assert shop.steps("labelling") == ["hand-over"]
    assert shop.steps("queueing") == ["pick"]
    assert shop.steps("ending") == ["put-back"]
    assert shop.steps("called") == shop.steps("calling") == ["release"]
    told = [errand.body.get("share") for errand in engine.machines.outbox("notify")]
    assert 50 in told
    assert engine.upkeep.check() == ()


def loaded(dump: Path) -> str:
    """The address of a PostgreSQL database that a dump has made."""
    address = servers.new_address()
    servers.make(address)
    options = ["--quiet", "--set=ON_ERROR_STOP=1", f"--file={dump}"]
    subprocess.run(
        ["psql", *options, f"--dbname={address}"],
        stdout=subprocess.DEVNULL,
        env=os.environ | {"PATH": servers.programs()},
        check=True,
    )
    return address


@pytest.fixture(params=WITH_COUNTER, ids=lambda path: path.name)
def counter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    """A frozen database of either kind, brought to this version."""
    is_dump = request.param in DUMPS
    address = (
        loaded(request.param)
        if is_dump
        else str(shutil.copy(request.param, tmp_path / "old.db"))
    )
    upgrade_database(address, backup=False)
    made = Shop(address)
    made.wait(60)
    yield made
    made.close()
    if is_dump:
        servers.drop(address)


def test_what_people_have_put_aside_given_away_and_put_right_is_still_so(
    counter: Shop,
) -> None:
    engine = counter.engine
    tasks = {
        number: {name: task.state for name, task in case.tasks.items()}
        for number, case in (
            (row.number, engine.order(row.number).case)
            for row in engine.orders(process="counter")
        )
    }

    assert tasks == {
        "paused": {"enter": TaskState.PAUSED},
        "given": {"enter": TaskState.CLAIMED},
        "stuck": {"enter": TaskState.OFFERED},
        "again": {"enter": TaskState.OFFERED},
        "moved": {"book": TaskState.OFFERED},
        "right": {"enter": TaskState.OFFERED},
        "unknown": {"enter": TaskState.OFFERED},
    }
    assert engine.order("stuck").case.incidents == {"enter": "the scanner is broken"}
    assert engine.order("right").private == {
        "order.customer": "Person who is right",
    }
    assert engine.order("unknown").private == {}
    assert [user.name for user in engine.people.all() if user.away_until] == ["paul"]
    assert engine.upkeep.check() == ()
    assert engine.upkeep.verify_all().broken == ()


def test_what_people_have_put_aside_given_away_and_put_right_goes_on(
    counter: Shop,
) -> None:
    engine = counter.engine
    engine.resume_task("paused/enter", by="anna")
    engine.repairs.resolve("stuck/enter", "a new scanner", by="anna")
    for number in ("paused", "given", "stuck", "again", "right", "unknown"):
        by = {"paused": "anna", "given": "berta"}.get(number, "olga")
        engine.complete(f"{number}/enter", by=by, answers={"order.total": "9 EUR"})
    engine.complete("moved/book", by="anna", answers={"order.phone": None})
    label = {"order.label": "L-1"}
    engine.machines.answer("labelling/label", outcome="ok", answers=label)

    (entry,) = [
        entry
        for trace in engine.event_log("counter")
        if trace.number == "paused"
        for entry in trace.entries
        if entry.step == "enter"
    ]
    assert entry.paused > 0
    assert counter.steps("given") == ["await-payment", "pick"]
    assert counter.steps("labelling") == ["hand-over"]
    assert engine.upkeep.check() == ()


def test_whoever_follows_the_feed_of_an_old_database_meets_every_event_once(
    counter: Shop,
) -> None:
    met: list[tuple[str, int]] = []
    cursor = None
    while (page := counter.engine.events(cursor, limit=37)).events:
        met += [(event.number, event.seq) for event in page.events]
        cursor = page.cursor

    orders = counter.engine.orders(limit=None)
    there = {
        (row.number, seq)
        for row in orders
        for seq, _ in counter.engine.order(row.number).history
    }
    assert len(met) == len(set(met))
    assert set(met) == there
