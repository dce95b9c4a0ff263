"""Connecting: addresses, pragmas, and the database's own errors in our words."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

from flowengine.errors import StoreError, StoreMissing, StoreRefused

#: How long a statement waits for another process's write, in seconds.
BUSY_SECONDS = 30


class _Xid8(UserDefinedType[int]):
    """PostgreSQL's number of a transaction."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "xid8"


class TransactionNumber(TypeDecorator[int]):
    """By which transaction a row came; SQLite, with one writer, needs none: NULL."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[int]:
        """The type that the database has for it."""
        is_postgres = dialect.name == "postgresql"
        return dialect.type_descriptor(_Xid8() if is_postgres else BigInteger())


class current_transaction(FunctionElement[int]):  # noqa: N801 - reads as SQL does
    """The number of the transaction that writes a row."""

    inherit_cache = True


@compiles(current_transaction)
def _no_number(element: object, compiler: SQLCompiler, **_: object) -> str:
    return "NULL"


@compiles(current_transaction, "postgresql")
def _number(element: object, compiler: SQLCompiler, **_: object) -> str:
    return "pg_current_xact_id()"


class is_past(FunctionElement[bool]):  # noqa: N801 - reads as SQL does
    """Whether nothing still at work can come before a row of this transaction.

    It speaks of the moment that the statement sees, so it must stand in the one that
    reads the rows.
    """

    inherit_cache = True


@compiles(is_past)
def _always(element: object, compiler: SQLCompiler, **_: object) -> str:
    return "1 = 1"


@compiles(is_past, "postgresql")
def _before_all_at_work(element: is_past, compiler: SQLCompiler, **_: object) -> str:
    number = compiler.process(element.clauses)
    return f"{number} < pg_snapshot_xmin(pg_current_snapshot())"


def in_order_of_commits(
    connection: Connection,
    transaction: ColumnElement[int],
    row: ColumnElement[int],
) -> tuple[ColumnElement[int], ...]:
    """What rows are sorted by, so that new ones only come behind those seen.

    With one writer at a time, ids are given in the order of commits already.
    """
    is_postgres = connection.dialect.name == "postgresql"
    return (transaction, row) if is_postgres else (row,)


def database_url(address: str) -> str:
    """An address as SQLAlchemy's URL: a plain path is an SQLite file.

    Raises:
        StoreRefused: The address names no database that this version speaks to.
    """
    if "://" not in address:
        return f"sqlite:///{address}"
    try:
        name = make_url(address).get_backend_name()
    except ArgumentError as error:
        raise StoreRefused(
            f"Expected a database address such as flowengine.db, but got {address!r}."
        ) from error
    if name != "sqlite":
        raise StoreRefused(
            f"Expected an SQLite database, but got {address!r}: "
            "this version speaks to SQLite only."
        )
    return address


def database_file(address: str) -> Path | None:
    """The file of an address; None for one in memory."""
    name = make_url(database_url(address)).database
    if not name or name == ":memory:":
        return None
    return Path(name.removeprefix("file:").partition("?")[0])


def open_engine(address: str, synchronous: str = "FULL") -> Engine:
    """An SQLAlchemy engine whose connections are set up as the store needs them."""
    engine = create_engine(
        database_url(address),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        # The driver begins nothing by itself: the store says when.
        connection.isolation_level = None
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def writing(engine: Engine) -> AbstractContextManager[Connection]:
    """A connection in a transaction that writes, committed on leaving.

    It waits for another writer at its beginning: one that reads first, and then finds
    that somebody else has written, would be refused at once.
    """
    return engine.execution_options(writes=True).begin()


@contextmanager
def speaking_to(address: str) -> Iterator[None]:
    """Say the database's refusals in our words.

    Raises:
        StoreRefused: Read-only, full, locked, damaged, or not a database.
    """
    try:
        yield
    except StoreError:
        raise
    except DBAPIError as error:
        raise refusal(address, error.orig or error) from error
    except sqlite3.IntegrityError:
        raise
    except sqlite3.Error as error:
        raise refusal(address, error) from error


def refusal(address: str, error: BaseException) -> StoreError:
    """Our error for one of the database's."""
    said = str(error)
    for sign, text in _REFUSALS:
        if sign in said:
            return StoreRefused(text.format(address=address))
    if "no such table" in said:
        return StoreMissing(
            f"Expected a flowengine database at {address}, but its tables are not "
            "there: make it with `flowengine db init`."
        )
    return StoreRefused(f"Expected database {address} to answer, but it said: {said}.")


def missing(address: str) -> StoreMissing:
    """The error for an address where no database is."""
    return StoreMissing(
        f"Expected a flowengine database at {address}, but there is none: "
        "make it with `flowengine db init`."
    )


_REFUSALS = (
    (
        "readonly database",
        "Expected to write to {address}, but it is read-only; nothing was changed: "
        "allow writing to the file and its folder.",
    ),
    (
        "disk is full",
        "Expected room for {address}, but the disk is full; nothing was changed: "
        "make room, then say it again.",
    ),
    (
        "disk I/O error",
        "Expected to write to {address}, but the disk refused; nothing was changed: "
        "see whether there is room and the file may grow.",
    ),
    (
        "database is locked",
        "Expected {address} to be free within half a minute, but another process "
        "holds it; nothing was changed: say it again.",
    ),
    (
        "unable to open",
        "Expected to open {address}, but that is not possible: see whether its folder "
        "is there and may be read.",
    ),
    (
        "not a database",
        "Expected a flowengine database at {address}, but the file is something else.",
    ),
    (
        "malformed",
        "Expected a whole database at {address}, but the file is damaged: "
        "take the last backup.",
    ),
)
