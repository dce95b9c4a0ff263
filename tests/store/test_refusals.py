"""Read-only, full and busy databases: one clear line, and nothing lost."""

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from flowengine.engine import Engine
from flowengine.errors import StoreRefused
from flowengine.store import dialect
from tests.engine.world import World, refusal_of
from tests.shape.sources import REPOSITORY

#: Somebody without rights on every Linux.
NOBODY = 65534


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "shop.db")
    made.open("1")
    yield made
    made.close()


def child(script: str, *arguments: object) -> list[str]:
    """What a program of its own prints."""
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_database_opened_read_only_can_be_read_but_not_written(
    world: World,
) -> None:
    url = f"sqlite:///file:{world.path}?mode=ro&uri=true"

    with Engine(url) as reader:
        refused = refusal_of(lambda: reader.claim("1/enter", by="anna"))
        assert [row.ref for row in reader.tasks()] == ["1/enter"]
        assert reader.order("1").case == world.engine.order("1").case
        assert reader.upkeep.check() == ()

    assert isinstance(refused, StoreRefused)
    assert "read-only; nothing was changed" in str(refused)
    assert "\n" not in str(refused)


READ_AS_NOBODY = """\
import os, sys
from flowengine.engine import Engine, transact, working
from flowengine.language import reader
from flowengine.net import check, compile
from flowengine.engine.database import upgrade_database
from flowengine.errors import FlowError

if os.getuid() == 0:
    os.setgroups([])
    os.setgid(int(sys.argv[2]))
    os.setuid(int(sys.argv[2]))

def tell(deed):
    try:
        print("done", deed())
    except FlowError as error:
        print(type(error).__name__, error)

def write():
    with Engine(sys.argv[1]) as engine:
        return engine.claim("1/enter", by="anna").version

tell(write)
tell(lambda: upgrade_database(sys.argv[1]))
"""


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_somebody_without_rights_is_told_in_a_line_and_changes_nothing(
    world: World, mode: str
) -> None:
    # Not in tmp_path: its folders are closed to others.
    folder = Path(tempfile.mkdtemp(prefix="flowengine-tests-"))
    try:
        path = folder / "shop.db"
        world.close()
        shutil.copy(world.path, path)
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute(f"PRAGMA journal_mode={mode}")
        connection.close()
        before = path.read_bytes()
        path.chmod(0o444)
        folder.chmod(0o555)

        wrote, upgraded = child(READ_AS_NOBODY, path, NOBODY)

        assert wrote.startswith("StoreRefused Expected to")
        assert str(path) in wrote
        assert upgraded.startswith("StoreRefused Expected to")
        assert path.read_bytes() == before
        assert [found.name for found in folder.iterdir()] == ["shop.db"]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_full_database_says_so_loses_nothing_and_goes_on_when_there_is_room(
    world: World,
) -> None:
    database = world.engine._opened.database
    with database.linked() as link:
        ((pages,),) = link.rows("PRAGMA page_count")
        link.rows(f"PRAGMA max_page_count={pages}")
    before = world.events("1")

    refused = refusal_of(lambda: world.engine.note("1", "x" * 100_000, by="anna"))

    assert isinstance(refused, StoreRefused)
    assert "the disk is full; nothing was changed" in str(refused)
    assert world.events("1") == before
    with database.linked() as link:
        link.rows("PRAGMA max_page_count=1000000")
    world.engine.note("1", "x" * 100_000, by="anna")
    world.engine.claim("1/enter", by="anna")
    assert len(world.events("1")) == len(before) + 2
    assert world.engine.upkeep.check() == ()


FILL = """\
import resource, sys
from pathlib import Path
from flowengine.engine import Engine
from flowengine.errors import FlowError

path = Path(sys.argv[1])
engine = Engine(str(path))
largest = max(path.stat().st_size, Path(sys.argv[1] + "-wal").stat().st_size)
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 40_000, hard))
noted, refused = 0, None
for number in range(200):
    try:
        engine.note("1", "x" * 2000, by="anna")
        noted += 1
    except FlowError as error:
        refused = refused or error
print(noted)
print(type(refused).__name__, refused)
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
engine.note("1", "room again", by="anna")
print(engine.upkeep.check())
engine.close()
"""


def test_a_file_that_may_not_grow_says_so_and_loses_nothing(world: World) -> None:
    before = len(world.events("1"))

    noted, refused, found = child(FILL, world.path)

    assert 0 < int(noted) < 200
    assert refused.startswith("StoreRefused Expected")
    assert "nothing was changed" in refused
    assert found == "()"
    assert len(world.events("1")) == before + int(noted) + 1
    assert world.engine.upkeep.check() == ()


def test_a_database_that_another_program_holds_is_refused_after_a_while(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(world.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with world.another() as late:
        refused = refusal_of(lambda: late.claim("1/enter", by="anna"))
        other.execute("ROLLBACK")
        receipt = late.claim("1/enter", by="anna")
    other.close()

    assert isinstance(refused, StoreRefused)
    assert "another process holds it; nothing was changed" in str(refused)
    assert receipt.events
    assert world.engine.upkeep.check() == ()


def test_readers_go_on_while_somebody_writes(world: World) -> None:
    other = sqlite3.connect(world.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE task_row SET priority = 99")

    rows = world.engine.tasks()

    other.execute("ROLLBACK")
    other.close()
    assert [(row.ref, row.priority) for row in rows] == [("1/enter", 0)]
