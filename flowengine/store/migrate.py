"""Make a database, or bring an older one up to this version's tables."""

from importlib.resources import files
from typing import NamedTuple

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from flowengine.errors import StoreRefused, StoreTooNew
from flowengine.store.dialect import database_file, missing, open_engine, speaking_to
from flowengine.store.schema_version import HEAD


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
        # Of several who make it at once, one does and the others wait for it.
        waiting = engine.execution_options(writes=True)
        with speaking_to(address), waiting.connect() as connection:
            before = MigrationContext.configure(connection).get_current_revision()
            if before is not None and before > HEAD:
                raise StoreTooNew(
                    f"Expected {address} at revision {HEAD} or before, but it is at "
                    f"{before}: it was written by a newer flowengine, install that one."
                )
            _refuse_foreign(connection, address, before)
            connection.rollback()
            # Readers and the writer do not wait for each other; kept in the file.
            driver = connection.connection.driver_connection
            if driver is not None:
                driver.execute("PRAGMA journal_mode=WAL")
            if before != HEAD:
                _run(connection)
            return before
    finally:
        engine.dispose()


def _refuse_foreign(connection: Connection, address: str, before: str | None) -> None:
    """Never lay our tables into somebody else's database."""
    if before is not None:
        return
    tables = inspect(connection).get_table_names()
    if tables:
        raise StoreRefused(
            f"Expected {address} to be empty or a flowengine database, but it holds "
            f"other tables ({', '.join(tables[:3])}): name another file."
        )


def _run(connection: Connection) -> None:
    config = Config()
    config.set_main_option(
        "script_location", str(files("flowengine.store") / "migrations")
    )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()
