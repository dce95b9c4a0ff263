"""The hot path's statements: their texts, and that they fit the tables."""

from pathlib import Path

import pytest

from flowengine.store import statements
from flowengine.store.dialect import open_engine
from flowengine.store.tables import metadata
from tests.engine.world import World

TEXTS = {
    name: text
    for name, text in vars(statements).items()
    if name.isupper() and isinstance(text, str)
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    world = World(tmp_path / "shop.db")
    world.close()
    return world.path


@pytest.mark.parametrize("name", TEXTS)
def test_a_statement_is_understood_by_the_database(path: Path, name: str) -> None:
    text = TEXTS[name]
    engine = open_engine(str(path))

    with engine.connect() as connection:
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {text}", (None,) * text.count("?")
        ).fetchall()
    engine.dispose()

    assert not [row for row in plan if str(row[3]).startswith("SCAN")], plan


def test_many_cases_are_read_by_their_key(path: Path) -> None:
    text = statements.select_cases(3)

    assert text.count("?") == 3
    assert "IN (?, ?, ?)" in text
    assert statements.select_cases(3) is text


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_inserting_names_every_column_in_the_order_of_the_table(name: str) -> None:
    table = metadata.tables[name]

    text = statements.insert_text(table)

    named = text[text.index("(") + 1 : text.index(")")].replace('"', "").split(", ")
    assert named == [column.name for column in table.columns]
    assert text.count("?") == len(table.columns)


def test_a_case_is_only_changed_at_the_version_it_was_read_at() -> None:
    assert statements.UPDATE_CASE.endswith(
        "WHERE case_row.case_id = ? AND case_row.version = ?"
    )
