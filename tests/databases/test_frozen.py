"""Databases of every version so far are upgraded, are clean, and go on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from flowengine.engine.database import upgrade_database
from flowengine.kernel import CaseState
from flowengine.store.schema_version import HEAD
from tests.engine.world import World

FROZEN = sorted(Path(__file__).parent.glob("*.db"))


@pytest.fixture(params=FROZEN, ids=lambda path: path.stem)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A copy of a frozen database, brought to this version."""
    path = Path(shutil.copy(request.param, tmp_path / "old.db"))
    upgrade_database(str(path))
    made = World(path)
    yield made
    made.close()


def test_each_version_of_the_tables_has_a_frozen_database() -> None:
    assert [path.stem for path in FROZEN][-1] == HEAD


def test_an_old_database_is_clean_after_its_upgrade(world: World) -> None:
    assert world.engine.check() == ()

    assert {row.number: row.state for row in world.engine.orders()} == {
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
    assert engine.check() == ()


def test_what_an_old_database_remembers_is_still_known(world: World) -> None:
    engine = world.engine

    assert engine.claim("open/enter", by="anna", key="claim-1").repeated
    assert engine.order("open").private == {"order.customer": "Customer of open"}
    assert engine.order("held").case.hold_reason == "address unclear"
    assert engine.order("cancelled").case.tasks.keys() == {"put-back"}
    world.open("later")
    assert [kept.name for kept in engine.order("later").case.kept] == ["payment"]
    assert engine.check() == ()


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

    assert world.engine.fire_timers() == 1

    assert "book" in world.engine.order("waiting").case.tasks
    assert world.engine.check() == ()
