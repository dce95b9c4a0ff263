"""What databases differ in: addresses, settings, and words of SQL."""

import select
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Table,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

from flowengine.errors import StoreError, StoreRefused
from flowengine.store.refusals import refusal, shown_address

POSTGRESQL = "postgresql"
#: How long a statement waits for another process's write, in seconds.
BUSY_SECONDS = 30


class ServerConnection(Protocol):
    """A driver's connection to a server."""

    def fileno(self) -> int:
        """The number of its socket."""


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


def last_running_number(connection: Connection, table: Table) -> int:
    """The last running number that a table has given; 0 where it gave none."""
    query = "SELECT seq FROM sqlite_sequence WHERE name = :name"
    if connection.dialect.name == POSTGRESQL:
        query = (
            "SELECT pg_sequence_last_value("
            "CAST(pg_get_serial_sequence(:name, 'id') AS regclass))"
        )
    return connection.execute(text(query), {"name": table.name}).scalar() or 0


def skip_running_number(connection: Connection, table: Table, past: int) -> None:
    """Let the next row of a table have a running number behind `past`."""
    statements = [
        "DELETE FROM sqlite_sequence WHERE name = :name",
        "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :past)",
    ]
    if connection.dialect.name == POSTGRESQL:
        statements = ["SELECT setval(pg_get_serial_sequence(:name, 'id'), :past)"]
    for statement in statements:
        connection.execute(text(statement), {"name": table.name, "past": past})


def database_url(address: str) -> str:
    """An address as SQLAlchemy's URL: a plain path is an SQLite file.

    Raises:
        StoreRefused: The address names no database that this version speaks to.
    """
    if "://" not in address:
        return f"sqlite:///{address}"
    scheme, _, rest = address.partition("://")
    # As other programs write it, too.
    scheme = {"postgres": POSTGRESQL}.get(scheme, scheme)
    try:
        url = make_url(f"{scheme}://{rest}")
    except ArgumentError as error:
        raise StoreRefused(
            f"Expected a database address such as flowengine.db, but got {address!r}."
        ) from error
    if url.get_backend_name() == POSTGRESQL:
        url = url.set(drivername=f"{POSTGRESQL}+psycopg")
    elif url.get_backend_name() != "sqlite":
        raise StoreRefused(
            f"Expected a file or a PostgreSQL database, but got {url!r}: "
            "flowengine speaks to SQLite and PostgreSQL only."
        )
    return url.render_as_string(hide_password=False)


def is_postgres(address: str) -> bool:
    """Whether an address is that of a PostgreSQL database. Raises StoreRefused."""
    return make_url(database_url(address)).get_backend_name() == POSTGRESQL


def database_file(address: str) -> Path | None:
    """The file of an address; None for one in memory, and for a server's."""
    url = make_url(database_url(address))
    if url.get_backend_name() == POSTGRESQL:
        return None
    if not url.database or url.database == ":memory:":
        return None
    return Path(url.database.removeprefix("file:").partition("?")[0])


def open_engine(address: str, synchronous: str = "FULL") -> Engine:
    """An SQLAlchemy engine whose connections are set up as the store needs them.

    Raises:
        StoreRefused: The driver for this database is not installed.
    """
    if is_postgres(address):
        return _open_postgres(address, synchronous)
    return _open_sqlite(address, synchronous)


def server_settings(synchronous: str) -> str:
    """What each connection to PostgreSQL sets first."""
    commits = "on" if synchronous == "FULL" else "off"
    return (
        f"SET lock_timeout = '{BUSY_SECONDS}s'; "
        f"SET synchronous_commit = {commits}; "
        "SET default_transaction_isolation = 'read committed'"
    )


def _open_postgres(address: str, synchronous: str) -> Engine:
    try:
        engine = create_engine(
            database_url(address), connect_args={"application_name": "flowengine"}
        )
    except ModuleNotFoundError as error:
        raise StoreRefused(
            f"Expected the driver for {shown_address(address)}, but it is not "
            "installed: `pip install 'flowengine[postgres]'`."
        ) from error

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(server_settings(synchronous))
        cursor.close()
        connection.commit()

    @event.listens_for(engine, "checkout")
    def _refuse_ended(
        connection: ServerConnection, _record: object, _proxy: object
    ) -> None:
        if has_ended(connection.fileno()):
            raise DisconnectionError("The server has ended it while it was idle.")

    return engine


def has_ended(socket: int) -> bool:
    """Whether an idle connection was closed at its other end: then it says so."""
    waiting = select.poll()
    waiting.register(socket, select.POLLIN)
    return bool(waiting.poll(0))


def _open_sqlite(address: str, synchronous: str) -> Engine:
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
        # What is deleted is written over: personal values must not stay in the file.
        connection.execute("PRAGMA secure_delete=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def reading(engine: Engine) -> Connection:
    """A connection that sees one moment of the database, and writes nothing."""
    if engine.dialect.name != POSTGRESQL:
        return engine.connect()
    return engine.execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    ).connect()


@contextmanager
def writing(engine: Engine, *alone: str) -> Iterator[Connection]:
    """A connection in a transaction that writes, committed on leaving.

    It waits for another writer at its beginning, on PostgreSQL for another writer of
    the tables that it wants `alone`: one that reads first, and then finds that somebody
    else has written, would be refused.
    """
    with engine.execution_options(writes=True).begin() as connection:
        if alone and connection.dialect.name == POSTGRESQL:
            tables = ", ".join(alone)
            connection.exec_driver_sql(
                f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE"
            )
        yield connection


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
