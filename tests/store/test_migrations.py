"""Which databases are opened, made and upgraded, and which are left alone."""

import shutil
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from flowengine.engine import Engine
from flowengine.engine.database import create_database, upgrade_database
from flowengine.errors import (
    StoreError,
    StoreMissing,
    StoreOutdated,
    StoreRefused,
    StoreTooNew,
)
from flowengine.store import migrations
from flowengine.store.dialect import open_engine
from flowengine.store.schema_version import HEAD
from flowengine.store.tables import metadata
from tests import servers

MIGRATIONS = Path(migrations.__file__).parent


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as this version makes it."""
    path = tmp_path_factory.mktemp("made") / "made.db"
    create_database(str(path))
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copy(made, tmp_path / "shop.db"))


def with_revision(path: Path, revision: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()


def spoil_as_text(path: Path) -> None:
    path.write_text("number;total\n1001;12,50\n" * 100, encoding="utf-8")


def spoil_as_foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE invoice (id INTEGER PRIMARY KEY)")
    connection.close()


def spoil_as_empty(path: Path) -> None:
    path.write_bytes(b"")


def spoil_as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


#: How a database is spoiled, what opening it raises, and a word of the text.
UNFIT: dict[str, tuple[Callable[[Path], None], type[StoreError], str]] = {
    "newer": (lambda path: with_revision(path, "9999"), StoreTooNew, "newer flow"),
    "older": (lambda path: with_revision(path, "0000"), StoreOutdated, "db upgrade"),
    "foreign": (spoil_as_foreign, StoreMissing, "db init"),
    "text": (spoil_as_text, StoreRefused, "something else"),
    "empty": (spoil_as_empty, StoreMissing, "db init"),
    "missing": (Path.unlink, StoreMissing, "db init"),
    "folder": (spoil_as_folder, StoreRefused, "open"),
}


@pytest.mark.parametrize("name", UNFIT)
def test_an_unfit_database_is_refused_in_one_clear_line_and_left_as_it_is(
    path: Path, name: str
) -> None:
    spoil, expected, word = UNFIT[name]
    spoil(path)
    before = path.read_bytes() if path.is_file() else None

    with pytest.raises(expected) as refused:
        Engine(str(path))

    text = str(refused.value)
    assert type(refused.value) is expected
    assert text.startswith("Expected")
    assert str(path) in text
    assert word in text
    assert "\n" not in text
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize("name", ["newer", "foreign", "text", "folder"])
def test_making_a_database_never_touches_what_is_not_ours(
    path: Path, name: str
) -> None:
    spoil, _, _ = UNFIT[name]
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    expected = StoreTooNew if name == "newer" else StoreRefused

    with pytest.raises(expected, match="Expected"):
        create_database(str(path))

    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_made_database_has_exactly_the_tables_of_the_metadata(made: Path) -> None:
    engine = open_engine(str(made))

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        with warnings.catch_warnings():
            # The next test compares indexes: over expressions it says it cannot.
            warnings.filterwarnings("ignore", ".*expression-based index")
            found = compare_metadata(context, metadata)
        tables = set(inspect(connection).get_table_names())
    engine.dispose()

    assert [change for change in found if "index" not in change[0]] == []
    assert tables == {*metadata.tables, "alembic_version"}


def test_a_made_database_has_every_index_and_key_of_the_metadata(
    made: Path, tmp_path: Path
) -> None:
    engine = open_engine(str(tmp_path / "straight.db"))
    metadata.create_all(engine)
    engine.dispose()

    assert _schema(made) == _schema(tmp_path / "straight.db")


def test_postgresql_has_the_same_columns_indexes_and_keys() -> None:
    made, straight = servers.new_address(), servers.new_address()
    for address in (made, straight):
        servers.make(address)
    create_database(made)
    engine = open_engine(straight)
    metadata.create_all(engine)
    engine.dispose()

    catalogs = [_catalog(made), _catalog(straight)]
    for address in (made, straight):
        servers.drop(address)

    assert catalogs[0] == catalogs[1]
    assert len(catalogs[0]) > 200


def test_head_is_the_newest_migration() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))

    assert scripts.get_heads() == [HEAD]
    assert scripts.get_base() == "0001"


def test_making_a_database_twice_changes_nothing(path: Path) -> None:
    before = path.read_bytes()

    create_database(str(path))

    assert path.read_bytes() == before


MAKE = """\
import sys
from flowengine.engine.database import create_database

print("ready", flush=True)
sys.stdin.readline()
create_database(sys.argv[1])
"""


def test_several_programs_may_make_one_database_at_once(tmp_path: Path) -> None:
    path = str(tmp_path / "shop.db")
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"

    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    said = [program.communicate(timeout=60) for program in programs]

    assert said == [("", "")] * len(programs)
    with Engine(path) as engine:
        assert engine.upkeep.check() == ()


def test_upgrading_says_where_it_stands(path: Path, tmp_path: Path) -> None:
    assert upgrade_database(str(path)) == (HEAD, HEAD, None)

    with pytest.raises(StoreMissing, match="db init"):
        upgrade_database(str(tmp_path / "nothing.db"))
    assert not (tmp_path / "nothing.db").exists()


def test_a_database_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused, match="see whether its folder"):
        create_database(str(tmp_path / "no" / "such" / "folder.db"))


@pytest.mark.parametrize("written", ["mysql://db/shop", "::://"])
def test_an_address_of_another_database_is_refused(written: str) -> None:
    with pytest.raises(StoreRefused, match="Expected"):
        Engine(written)


def test_without_the_driver_for_a_server_it_is_said_how_to_get_it() -> None:
    text = """\
import sys
sys.modules["psycopg"] = None
from flowengine.engine import Engine
from flowengine.errors import StoreRefused
try:
    Engine("postgresql://shop:geheim@db/shop")
except StoreRefused as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", text], capture_output=True, text=True, check=True
    )

    assert "pip install 'flowengine[postgres]'" in done.stdout
    assert "geheim" not in done.stdout


def test_a_database_is_kept_in_wal_mode_with_forced_writes(path: Path) -> None:
    engine = open_engine(str(path))
    with engine.connect() as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    engine.dispose()

    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def _catalog(address: str) -> set[tuple[object, ...]]:
    """Columns, indexes and constraints as PostgreSQL states them."""
    with psycopg.connect(address) as connection:
        columns = connection.execute(
            "SELECT table_name, column_name, data_type, is_nullable, column_default, "
            "collation_name FROM information_schema.columns "
            "WHERE table_schema = 'public'"
        ).fetchall()
        indexes = connection.execute(
            "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        ).fetchall()
        constraints = connection.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) "
            "FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
        ).fetchall()
    found: list[tuple[object, ...]] = [*columns, *indexes, *constraints]
    return {row for row in found if row[0] != "alembic_version"}


def _schema(path: Path) -> set[tuple[str, str, str]]:
    """Tables and indexes as the database itself states them, white space apart."""
    connection = sqlite3.connect(path)
    found = {
        (kind, name, "".join((text or "").split()))
        for kind, name, text in connection.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
        )
        if name != "alembic_version"
    }
    connection.close()
    return found
