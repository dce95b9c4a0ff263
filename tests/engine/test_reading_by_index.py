"""Worklists and the board read indexes, however much is open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, event

from flowengine.engine import Engine
from tests.engine.world import World

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)

#: What somebody looks at, and the tables that it may not read row by row.
LOOKS: dict[str, Callable[[Engine], object]] = {
    "all tasks": lambda engine: engine.tasks(),
    "tasks of a role": lambda engine: engine.tasks(role="clerk"),
    "tasks of somebody": lambda engine: engine.tasks(user="olga"),
    "tasks of a department": lambda engine: engine.tasks(department="sales"),
    "tasks of an order": lambda engine: engine.tasks(number="1"),
    "the board": lambda engine: engine.board(),
}


@contextmanager
def plans(engine: Engine) -> Iterator[list[str]]:
    """How SQLite does each statement that reads."""
    found: list[str] = []

    def explain(
        connection: Connection, _cursor: object, text: str, values: object, *_: object
    ) -> None:
        if text.startswith(("SELECT", "WITH")):
            driver = connection.connection.driver_connection
            assert driver is not None
            rows = driver.execute(f"EXPLAIN QUERY PLAN {text}", values).fetchall()
            found.extend(row[3] for row in rows)

    sql = engine._database.sql
    event.listen(sql, "before_cursor_execute", explain)
    yield found
    event.remove(sql, "before_cursor_execute", explain)


@pytest.mark.parametrize("look", LOOKS)
def test_open_tasks_are_read_by_an_index(world: World, look: str) -> None:
    world.open("1")

    with plans(world.engine) as found:
        LOOKS[look](world.engine)

    assert any("task_row" in step for step in found)
    assert [
        step
        for step in found
        if step.startswith("SCAN task_row") and "INDEX" not in step
    ] == []
