"""Make a database, or bring an older one up to this version's tables."""

from importlib.resources import files
from typing import NamedTuple

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from flowengine.errors import StoreRefused, StoreTooNew
from flowengine.store.dialect import (
    POSTGRESQL,
    database_file,
    open_engine,
    speaking_to,
)
from flowengine.store.refusals import missing, shown_address
from flowengine.store.schema_version import HEAD

#: What is locked while the tables are made.
_MIGRATING = 4_675_119_338_271


def create_database(address: str) -> None:
    """Make the tables; a database that is there already is left as it is.

    Raises:
        StoreRefused: The file cannot be written or is not a database.
        StoreTooNew: A newer flowengine wrote it.
    """
    _upgrade(address)


class Upgrade(NamedTuple):
    """From which revision of the tables to which; equal where nothing was to do."""

    #: None for a database that had no tables yet.
    before: str | None
    after: str


def upgrade_database(address: str) -> Upgrade:
    """Bring a database to this version's tables.

    Raises:
        StoreMissing: There is no such database.
        StoreRefused: The file cannot be written or is not a database.
        StoreTooNew: A newer flowengine wrote it.
    """
    path = database_file(address)
    if path is not None and not path.exists():
        raise missing(address)
    return Upgrade(_upgrade(address), HEAD)


def _upgrade(address: str) -> str | None:
    """Run what is missing; gives the revision the database had before."""
    engine = open_engine(address)
    try:
        waiting = engine.execution_options(writes=True)
        with speaking_to(address), waiting.connect() as connection:
            _wait_for_others(connection)
            before = MigrationContext.configure(connection).get_current_revision()
            if before is not None and before > HEAD:
                raise StoreTooNew(
                    f"Expected {shown_address(address)} at revision {HEAD} or before, "
                    f"but it is at {before}: it was written by a newer flowengine, "
                    "install that one."
                )
            _refuse_foreign(connection, address, before)
            _keep_log(connection)
            if before != HEAD:
                _run(connection)
            return before
    finally:
        engine.dispose()


def _wait_for_others(connection: Connection) -> None:
    """Of several who make a database at once, one does and the others wait for it."""
    if connection.dialect.name == POSTGRESQL:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")


def _keep_log(connection: Connection) -> None:
    """In SQLite readers and the writer do not wait for each other; kept in the file."""
    if connection.dialect.name == POSTGRESQL:
        return
    connection.rollback()
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute("PRAGMA journal_mode=WAL")


def _refuse_foreign(connection: Connection, address: str, before: str | None) -> None:
    """Never lay our tables into somebody else's database."""
    if before is not None:
        return
    tables = inspect(connection).get_table_names()
    if tables:
        raise StoreRefused(
            f"Expected {shown_address(address)} to be empty or a flowengine database, "
            f"but it holds other tables ({', '.join(tables[:3])}): name another one."
        )


def _run(connection: Connection) -> None:
    config = Config()
    config.set_main_option(
        "script_location", str(files("flowengine.store") / "migrations")
    )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()
