"""Copies are whole or not there; a database gives way only when one says so."""

import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flowengine.engine import Engine
from flowengine.engine.database import back_up, restore
from flowengine.errors import (
    FlowError,
    NotFound,
    StoreMissing,
    StoreRefused,
    StoreTooNew,
)
from flowengine.store.schema_version import HEAD
from tests.engine.world import World, refusal_of
from tests.shape.sources import REPOSITORY


def at() -> datetime:
    return datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A database that is open, with a write that no checkpoint has moved yet."""
    made = World(tmp_path / "shop.db")
    made.open("1")
    made.engine.claim("1/enter", by="anna", key="claim-1")
    return made


def numbers(path: Path) -> list[str]:
    with Engine(str(path)) as engine:
        assert engine.upkeep.check() == ()
        return sorted(row.number for row in engine.orders())


def in_folder(path: Path) -> list[str]:
    return sorted(found.name for found in path.iterdir())


def test_a_copy_is_one_file_that_holds_everything_and_is_clean(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "kept").mkdir()

    copy = back_up(str(world.path), tmp_path / "kept" / "shop.db")

    assert in_folder(tmp_path / "kept") == ["shop.db"]
    assert (copy.orders, copy.revision) == (1, HEAD)
    assert copy.size == copy.path.stat().st_size
    assert numbers(copy.path) == ["1"]
    world.close()


def test_what_is_written_during_a_copy_is_not_in_it_and_holds_nothing_up(
    world: World, tmp_path: Path
) -> None:
    for number in range(2, 300):
        world.open(str(number))
    opened: list[str] = []

    def meanwhile(done: int, total: int) -> None:
        if done < total and not opened:
            opened.append("late")
            world.open("late")

    monkey = pytest.MonkeyPatch()
    monkey.setattr("flowengine.store.backup._PAGES", 5)
    copy = back_up(str(world.path), tmp_path / "copy.db", meanwhile)
    monkey.undo()

    assert opened == ["late"]
    assert copy.orders == 299
    with Engine(str(copy.path)) as engine:
        assert engine.upkeep.check() == ()
        with pytest.raises(NotFound):
            engine.order("late")
    assert world.engine.order("late").case.number == "late"
    world.close()


def test_a_file_that_is_there_is_kept_unless_one_says_so(
    world: World, tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"
    target.write_text("something of mine")

    with pytest.raises(StoreRefused, match="--force"):
        back_up(str(world.path), target)
    assert target.read_text() == "something of mine"

    assert back_up(str(world.path), target, force=True).orders == 1
    world.close()


def test_a_database_is_no_backup_of_itself(world: World) -> None:
    with pytest.raises(StoreRefused, match="the database itself"):
        back_up(str(world.path), world.path, force=True)


def test_the_file_that_is_no_database_is_the_one_that_is_named(tmp_path: Path) -> None:
    source = tmp_path / "text.db"
    source.write_text("no database at all, but a letter\n" * 40)

    with pytest.raises(StoreRefused, match=r"text\.db, but the file is something else"):
        back_up(str(source), tmp_path / "copy.db")


def test_a_copy_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        back_up(str(tmp_path / "none.db"), tmp_path / "copy.db")
    assert in_folder(tmp_path) == []


def spoil(path: Path) -> None:
    """Write over pages in the middle of a file."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        for place in range(size // 2, size, 4096):
            file.seek(place)
            file.write(b"\xff" * 2000)


def test_a_damaged_database_is_not_taken_for_a_backup(
    world: World, tmp_path: Path
) -> None:
    for number in range(2, 60):
        world.open(str(number))
    world.close()
    spoil(world.path)
    before = in_folder(tmp_path)

    with pytest.raises(StoreRefused, match="damaged"):
        back_up(str(world.path), tmp_path / "copy.db")

    assert in_folder(tmp_path) == before


def test_a_backup_is_put_where_nothing_is(world: World, tmp_path: Path) -> None:
    copy = back_up(str(world.path), tmp_path / "copy.db")
    world.close()

    done = restore(copy.path, str(tmp_path / "again.db"), at)

    assert done.aside is None
    assert done.copy.orders == 1
    assert numbers(tmp_path / "again.db") == ["1"]
    with Engine(str(tmp_path / "again.db")) as engine:
        assert engine.claim("1/enter", by="anna", key="claim-1").repeated


def test_a_database_that_is_there_stays_unless_one_says_so_and_is_kept_aside(
    world: World, tmp_path: Path
) -> None:
    copy = back_up(str(world.path), tmp_path / "copy.db")
    world.open("2")
    world.close()

    with pytest.raises(StoreRefused, match="--force"):
        restore(copy.path, str(world.path), at)
    assert numbers(world.path) == ["1", "2"]

    done = restore(copy.path, str(world.path), at, force=True)

    assert done.aside == tmp_path / "shop.before-restore-2026-06-01-093000.db"
    assert numbers(done.aside) == ["1", "2"]
    assert numbers(world.path) == ["1"]


def test_a_database_that_somebody_has_open_is_not_replaced(
    world: World, tmp_path: Path
) -> None:
    copy = back_up(str(world.path), tmp_path / "copy.db")
    before = in_folder(tmp_path)

    refused = refusal_of(lambda: restore(copy.path, str(world.path), at, force=True))

    assert isinstance(refused, StoreRefused)
    assert "stop workers" in str(refused)
    assert in_folder(tmp_path) == before
    world.open("2")
    world.close()
    assert numbers(world.path) == ["1", "2"]


def test_a_damaged_database_gives_way_to_its_backup(
    world: World, tmp_path: Path
) -> None:
    copy = back_up(str(world.path), tmp_path / "copy.db")
    world.close()
    world.path.write_bytes(b"\xff" * 20_000)

    done = restore(copy.path, str(world.path), at, force=True)

    assert done.aside is not None
    assert done.aside.read_bytes() == b"\xff" * 20_000
    assert numbers(world.path) == ["1"]


def as_text(path: Path) -> None:
    path.write_text("number;total\n1001;12,50\n" * 100, encoding="utf-8")


def as_foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE invoice (id INTEGER PRIMARY KEY)")
    connection.close()


def as_newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def as_cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize(
    ("deed", "kind", "word"),
    [
        (as_text, StoreRefused, "something else"),
        (as_foreign, StoreRefused, "holds none"),
        (as_newer, StoreTooNew, "newer flowengine"),
        (as_cut, StoreRefused, "damaged"),
        (Path.unlink, NotFound, "no such file"),
    ],
)
def test_what_is_no_whole_backup_is_refused_and_nothing_is_replaced(
    world: World, tmp_path: Path, deed: object, kind: type[FlowError], word: str
) -> None:
    copy = back_up(str(world.path), tmp_path / "copy.db")
    world.close()
    assert callable(deed)
    deed(copy.path)
    before = world.path.read_bytes()

    refused = refusal_of(lambda: restore(copy.path, str(world.path), at, force=True))

    assert type(refused) is kind
    assert word in str(refused)
    assert world.path.read_bytes() == before
    assert numbers(world.path) == ["1"]


FULL = """\
import resource, sys
from pathlib import Path
from flowengine.engine.database import back_up, restore
from flowengine.errors import FlowError

source, target, word = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
try:
    if word == "backup":
        back_up(source, Path(target))
    else:
        restore(Path(source), target, force=True)
except FlowError as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize("word", ["backup", "restore"])
def test_a_full_disk_leaves_everything_as_it_was(
    world: World, tmp_path: Path, word: str
) -> None:
    source = back_up(str(world.path), tmp_path / "copy.db").path
    world.close()
    target = world.path if word == "restore" else tmp_path / "new.db"
    before = in_folder(tmp_path)

    done = subprocess.run(
        [sys.executable, "-c", FULL, str(source), str(target), word],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.stdout.startswith("StoreRefused Expected"), done.stderr
    assert str(target) in done.stdout
    assert in_folder(tmp_path) == before
    assert numbers(world.path) == ["1"]


def test_a_copy_of_a_copy_is_the_same_database(world: World, tmp_path: Path) -> None:
    first = back_up(str(world.path), tmp_path / "first.db").path
    world.close()
    shutil.copy(first, tmp_path / "second.db")

    third = back_up(str(tmp_path / "second.db"), tmp_path / "third.db").path

    assert numbers(third) == numbers(first)
