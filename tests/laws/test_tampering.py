"""Law 2: whoever changes a derived table or an event behind the engine is found."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flowengine.store.tables import metadata
from tests.engine.world import SALE, World

#: A circle of steps that are all skipped: the order stands still, with an incident.
CIRCLE = SALE[: SALE.index("on_cancel")].replace("process: sale", "process: circle")
CIRCLE += """\
steps:
  enter: {role: clerk, next: pack}
  pack: {role: clerk, skip_when: order.priority > 0, next: check}
  check:
    role: clerk
    skip_when: order.priority > 0
    skip_as: again
    outcomes: {ok: done, again: pack}
  done: {end: success}
"""

PROVEN = (
    "case_fact",
    "case_key",
    "case_number",
    "case_row",
    "event",
    "feed",
    "incident",
    "message_wait",
    "step_fact",
    "task_row",
    "timer",
)
#: Columns that say nothing about a case: running numbers, and who wrote it.
FREE = {(table, name) for table in PROVEN for name in ("id", "tx")}
COLUMNS = [
    (table, column.name)
    for table in PROVEN
    for column in metadata.tables[table].columns
    if (table, column.name) not in FREE
]


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with rows in every table that is derived from events."""
    world = World(tmp_path_factory.mktemp("tampering") / "shop.db", SALE, CIRCLE)
    for number in ("1", "2", "3"):
        world.open(number)
    world.to_hand_over("1")
    world.engine.complete("1/hand-over", by="peter")
    world.engine.deliver("pickup", match="1")
    world.engine.complete("2/enter", by="anna", answers={"order.total": "9 EUR"})
    world.engine.claim("2/pick", by="peter")
    fields = {"number": "4", "priority": 1, "customer": "x", "reference": "ref-4"}
    world.engine.open_order("circle", fields, by="anna")
    world.engine.complete("4/enter", by="anna")
    world.close()
    return world.path


@contextmanager
def changed(lived_in: Path, folder: Path, statement: str) -> Iterator[World]:
    """A copy in which somebody has changed one row."""
    path = folder / "changed.db"
    shutil.copy(lived_in, path)
    connection = sqlite3.connect(path, isolation_level=None)
    assert connection.execute(statement).rowcount == 1
    connection.close()
    world = World(path)
    try:
        yield world
    finally:
        world.close()


def test_what_the_engine_wrote_is_clean_and_fills_every_table(
    lived_in: Path, tmp_path: Path
) -> None:
    with changed(
        lived_in, tmp_path, "UPDATE alembic_version SET version_num = version_num"
    ) as world:
        assert world.engine.upkeep.check() == ()

    connection = sqlite3.connect(lived_in)
    for table in PROVEN:
        (count,) = connection.execute(
            f"SELECT COUNT(*) FROM {table}"  # noqa: S608 - a table of ours
        ).fetchone()
        assert count, table
    connection.close()


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_value_is_found(
    lived_in: Path, tmp_path: Path, table: str, column: str
) -> None:
    keys = ", ".join(key.name for key in metadata.tables[table].primary_key)
    row = f"({keys}) = (SELECT {keys} FROM {table} ORDER BY {keys} LIMIT 1)"  # noqa: S608 - a table of ours
    value = (
        "randomblob(16)"
        if column in ("case_id", "hash")
        else f'ifnull("{column}" + 1000, 1)'
        if metadata.tables[table].columns[column].type.python_type is int
        else f"ifnull(\"{column}\", '') || '1'"
    )
    statement = f'UPDATE {table} SET "{column}" = {value} WHERE {row}'  # noqa: S608 - a table of ours

    with changed(lived_in, tmp_path, statement) as world:
        assert world.engine.upkeep.check() != ()


@pytest.mark.parametrize("table", PROVEN)
def test_a_lost_row_is_found(lived_in: Path, tmp_path: Path, table: str) -> None:
    keys = ", ".join(key.name for key in metadata.tables[table].primary_key)
    row = f"SELECT {keys} FROM {table} ORDER BY {keys} DESC LIMIT 1"  # noqa: S608 - a table of ours

    with changed(
        lived_in,
        tmp_path,
        f"DELETE FROM {table} WHERE ({keys}) = ({row})",  # noqa: S608 - a table of ours
    ) as world:
        assert world.engine.upkeep.check() != ()


def test_an_event_that_cannot_even_be_read_is_told_by_its_order(
    lived_in: Path, tmp_path: Path
) -> None:
    statement = (
        "UPDATE event SET kind = 'Nonsense', body = '{' WHERE seq = 2 AND case_id = "
        "(SELECT case_id FROM case_number WHERE number = '2')"
    )

    with changed(lived_in, tmp_path, statement) as world:
        (told,) = world.engine.upkeep.check()
        assert str(told) == (
            "order 2: event: its history is not the one that was recorded: "
            "event 2 is not as it was recorded"
        )
