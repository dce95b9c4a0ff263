"""A PostgreSQL database is dumped while others write, and put back whole or not."""

import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flowengine.engine import Engine
from flowengine.engine.database import back_up, restore, upgrade_database
from flowengine.errors import NotFound, StoreMissing, StoreRefused
from flowengine.store.schema_version import HEAD
from tests import servers
from tests.engine.world import World, refusal_of

pytestmark = pytest.mark.parametrize("address", ["postgresql"], indirect=True)


def at() -> datetime:
    return datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that we are in, with PostgreSQL's programs at hand."""
    monkeypatch.setenv("PATH", servers.programs())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def world(address: str) -> World:
    made = World(address)
    made.open("1")
    made.engine.claim("1/enter", by="anna", key="claim-1")
    return made


def numbers(address: str) -> list[str]:
    with Engine(address) as engine:
        assert engine.upkeep.check() == ()
        return sorted(row.number for row in engine.orders())


def test_a_dump_is_put_into_an_empty_database(world: World, folder: Path) -> None:
    copy = back_up(world.address, folder / "shop.dump")
    assert (copy.revision, copy.size) == (HEAD, copy.path.stat().st_size)
    world.open("2")
    other = servers.new_address()
    servers.make(other)

    try:
        done = restore(copy.path, other, at)

        assert (done.aside, done.copy.revision) == (None, HEAD)
        assert numbers(other) == ["1"]
        with Engine(other) as engine:
            assert engine.claim("1/enter", by="anna", key="claim-1").repeated
            engine.complete("1/enter", by="anna", answers={"order.total": "9 EUR"})
            assert engine.upkeep.check() == ()
    finally:
        servers.drop(other)
    world.close()


def test_a_dump_under_load_holds_everything_acknowledged_before_it(
    world: World, folder: Path
) -> None:
    stopped = threading.Event()
    done: list[str] = []

    def write() -> None:
        with world.another() as engine:
            while not stopped.is_set():
                number = f"n{len(done)}"
                fields = {"number": number, "priority": 0, "customer": "Ilze"}
                engine.open_order("sale", fields, by="anna")
                done.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(done) < 20 and writer.is_alive():
            time.sleep(0.01)
        before = set(done)
        copy = back_up(world.address, folder / "shop.dump")
        after = len(done)
    finally:
        stopped.set()
        writer.join(timeout=60)
    world.close()

    restore(copy.path, world.address, at, force=True)

    with Engine(world.address) as engine:
        there = {row.number for row in engine.orders(limit=None)}
        assert engine.upkeep.check() == ()
    assert len(before) >= 20
    assert before <= there
    assert after > len(before)


def test_tables_that_are_there_stay_unless_one_says_so_and_are_dumped_first(
    world: World, folder: Path
) -> None:
    copy = back_up(world.address, folder / "shop.dump")
    world.open("2")
    world.close()

    with pytest.raises(StoreRefused, match="--force"):
        restore(copy.path, world.address, at)
    assert numbers(world.address) == ["1", "2"]

    done = restore(copy.path, world.address, at, force=True)

    assert numbers(world.address) == ["1"]
    assert done.aside is not None
    assert done.aside.name.endswith(".before-restore-2026-06-01-093000.dump")
    restore(done.aside, world.address, at, force=True)
    assert numbers(world.address) == ["1", "2"]


@pytest.mark.parametrize("content", ["", "number;total\n", "PGDMP and no more"])
def test_what_is_no_whole_dump_is_refused_and_nothing_is_replaced(
    world: World, folder: Path, content: str
) -> None:
    (folder / "shop.dump").write_text(content)

    refused = refusal_of(
        lambda: restore(folder / "shop.dump", world.address, at, force=True)
    )

    assert isinstance(refused, StoreRefused)
    assert [path.name for path in folder.iterdir()] == ["shop.dump"]
    world.close()
    assert numbers(world.address) == ["1"]


def test_a_cut_dump_changes_nothing(world: World, folder: Path) -> None:
    for number in range(2, 40):
        world.open(str(number))
    copy = back_up(world.address, folder / "shop.dump")
    copy.path.write_bytes(copy.path.read_bytes()[: copy.size * 2 // 3])
    world.close()
    before = numbers(world.address)

    refused = refusal_of(lambda: restore(copy.path, world.address, at, force=True))

    assert isinstance(refused, StoreRefused)
    assert numbers(world.address) == before


def test_a_file_that_is_there_is_kept_unless_one_says_so(
    world: World, folder: Path
) -> None:
    (folder / "shop.dump").write_text("something of mine")

    with pytest.raises(StoreRefused, match="--force"):
        back_up(world.address, folder / "shop.dump")
    assert (folder / "shop.dump").read_text() == "something of mine"

    back_up(world.address, folder / "shop.dump", force=True)
    assert (folder / "shop.dump").read_bytes().startswith(b"PGDMP")
    world.close()


def test_without_the_programs_one_is_told_what_to_run(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder))

    refused = refusal_of(lambda: back_up(world.address, folder / "shop.dump"))

    assert isinstance(refused, StoreRefused)
    assert "run `pg_dump --format=custom" in str(refused)
    assert list(folder.iterdir()) == []
    world.close()


def test_an_upgrade_without_the_programs_changes_nothing_and_says_what_to_do(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.close()
    world.change("UPDATE alembic_version SET version_num = '0002'")
    monkeypatch.setenv("PATH", str(folder))

    refused = refusal_of(lambda: upgrade_database(world.address))

    assert isinstance(refused, StoreRefused)
    assert "pg_dump" in str(refused)
    assert "--no-backup" in str(refused)
    assert world.rows("SELECT version_num FROM alembic_version") == [("0002",)]


def test_what_is_not_there_is_told(address: str, folder: Path) -> None:
    servers.make(address)

    with pytest.raises(StoreMissing, match="db init"):
        back_up(address, folder / "shop.dump")
    with pytest.raises(NotFound, match="no such file"):
        restore(folder / "none.dump", address, at)
    assert list(folder.iterdir()) == []
