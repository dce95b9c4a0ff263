"""Databases of every version so far are upgraded, are clean, and go on."""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flowengine.engine.database import restore, upgrade_database
from flowengine.errors import StoreRefused
from flowengine.kernel import CaseState
from flowengine.store.schema_version import HEAD
from tests.engine.shop import PACKED, Shop
from tests.engine.world import World

FROZEN = sorted(Path(__file__).parent.glob("*.db"))
#: Those with orders of the shop, which uses the whole language.
WITH_SHOP = [path for path in FROZEN if path.stem >= "0002"]


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
