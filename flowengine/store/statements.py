"""Statement texts of the hot path, compiled once from the tables.

Running them on the driver's connection costs about 3 microseconds; building and
running the same statement through SQLAlchemy Core costs about 24.
"""

from functools import cache

from sqlalchemy import Table, and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.sql import ClauseElement

from flowengine.store import tables

_DIALECT = sqlite.dialect(paramstyle="qmark")


def text_of(statement: ClauseElement, columns: list[str] | None = None) -> str:
    """The text of a statement, its parameters as question marks in order."""
    return str(statement.compile(dialect=_DIALECT, column_keys=columns))


def insert_text(table: Table, *without: str) -> str:
    """Insert a row, values in the table's order; the database fills in the others."""
    columns = [column.name for column in table.columns if column.name not in without]
    return text_of(insert(table), columns)


def delete_text(table: Table, *keys: str) -> str:
    """Delete by key columns, values in the given order."""
    statement = delete(table)
    for key in keys:
        statement = statement.where(table.c[key] == bindparam(f"the_{key}"))
    return text_of(statement)


INSERT_CASE = insert_text(tables.case_row)
#: Values: everything but case_id in the table's order, then case_id, old version.
UPDATE_CASE = text_of(
    update(tables.case_row)
    .where(tables.case_row.c.case_id == bindparam("the_case"))
    .where(tables.case_row.c.version == bindparam("the_version")),
    [column.name for column in tables.case_row.columns if column.name != "case_id"],
)
INSERT_NUMBER = insert_text(tables.case_number)
INSERT_EVENT = insert_text(tables.event)
INSERT_KEY = insert_text(tables.idempotency)
INSERT_STEP_FACT = insert_text(tables.step_fact, "id", "tx")
INSERT_CASE_FACT = insert_text(tables.case_fact, "id", "tx")
INSERT_FEED = insert_text(tables.feed, "id", "tx")
#: A field that is answered again: the last value counts.
_private = upsert(tables.case_private)
INSERT_PRIVATE = text_of(
    _private.on_conflict_do_update(
        index_elements=["case_id", "field"],
        set_={"salt": _private.excluded.salt, "value": _private.excluded.value},
    ),
    [column.name for column in tables.case_private.columns],
)

_case_columns = (
    "case_id",
    "number",
    "process",
    "state",
    "version",
    "opened",
    "closed",
    "outcome",
    "priority",
    "promised",
    "data",
    "body",
    "hash",
)
SELECT_CASE = text_of(
    select(*(tables.case_row.c[name] for name in _case_columns)).where(
        tables.case_row.c.case_id == bindparam("the_case")
    )
)
#: The key that it was opened with, and the case.
SELECT_CASE_OF_NUMBER = text_of(
    select(
        tables.case_number.c.key, *(tables.case_row.c[name] for name in _case_columns)
    )
    .join(tables.case_row, tables.case_row.c.case_id == tables.case_number.c.case_id)
    .where(tables.case_number.c.number == bindparam("the_number"))
)


@cache
def select_cases(count: int) -> str:
    """Read `count` cases by their ids."""
    wanted = tables.case_row.c.case_id.in_([b""] * count)
    columns = (tables.case_row.c[name] for name in _case_columns)
    statement = select(*columns).where(wanted)
    compiled = statement.compile(
        dialect=_DIALECT, compile_kwargs={"render_postcompile": True}
    )
    return str(compiled)


SELECT_KEY = text_of(
    select(tables.idempotency.c.first, tables.idempotency.c.last)
    .where(tables.idempotency.c.case_id == bindparam("the_case"))
    .where(tables.idempotency.c.key == bindparam("the_key"))
)


@cache
def select_keys(count: int) -> str:
    """Read the answers that `count` keys were given, by case and key."""
    table = tables.idempotency
    pairs = (
        and_(table.c.case_id == bindparam(None), table.c.key == bindparam(None))
        for _ in range(count)
    )
    columns = (table.c.case_id, table.c.key, table.c.first, table.c.last)
    return text_of(select(*columns).where(or_(*pairs)))


#: The key of a command for the case of a number.
SELECT_KEY_OF_NUMBER = text_of(
    select(tables.idempotency.c.first, tables.idempotency.c.last)
    .join(
        tables.case_number,
        tables.case_number.c.case_id == tables.idempotency.c.case_id,
    )
    .where(tables.case_number.c.number == bindparam("the_number"))
    .where(tables.idempotency.c.key == bindparam("the_key"))
)
SELECT_EVENTS = text_of(
    select(
        tables.event.c.seq,
        tables.event.c.at,
        tables.event.c.kind,
        tables.event.c.by,
        tables.event.c.body,
        tables.event.c.hash,
    )
    .where(tables.event.c.case_id == bindparam("the_case"))
    .where(tables.event.c.seq.between(bindparam("the_first"), bindparam("the_last")))
    .order_by(tables.event.c.seq)
)
SELECT_NUMBER = text_of(
    select(tables.case_number.c.case_id, tables.case_number.c.key).where(
        tables.case_number.c.number == bindparam("the_number")
    )
)
SELECT_ROLES = text_of(
    select(tables.account.c.name, tables.role_of.c.role)
    .join_from(
        tables.account,
        tables.role_of,
        tables.account.c.name == tables.role_of.c.name,
        isouter=True,
    )
    .where(tables.account.c.name == bindparam("the_name"))
)
SELECT_MATCHES = text_of(
    select(tables.case_key.c.case_id)
    .where(tables.case_key.c.message == bindparam("the_message"))
    .where(tables.case_key.c.value == bindparam("the_value"))
    .order_by(tables.case_key.c.case_id)
)
