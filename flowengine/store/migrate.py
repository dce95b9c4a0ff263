"""Make a database, or bring an older one up to this version's tables."""

from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from flowengine.clock import Clock, system_clock
from flowengine.errors import StoreRefused, StoreTooNew
from flowengine.quantities import instant_of
from flowengine.store.backup import (
    Copy,
    Progress,
    Restored,
    beside,
    copy_file,
    restore_file,
)
from flowengine.store.dialect import (
    POSTGRESQL,
    database_file,
    open_engine,
    speaking_to,
)
from flowengine.store.dumping import dump, dump_name, restore_dump
from flowengine.store.feed import begin_anew
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
    #: The copy of it as it was before; None where none was made.
    backup: Path | None = None


def upgrade_database(
    address: str, clock: Clock = system_clock, *, backup: bool = True
) -> Upgrade:
    """Bring a database to this version's tables; one that changes is copied before.

    The copy stands beside the file, that of PostgreSQL in the present folder, named by
    the revision and the day.

    Raises:
        StoreMissing: There is no such database.
        StoreRefused: The file cannot be written or is not a database, or the copy
            cannot be made: then nothing was changed.
        StoreTooNew: A newer flowengine wrote it.
    """
    path = database_file(address)
    if path is not None and not path.exists():
        raise missing(address)
    before = revision_of(address)
    copy = None
    if backup and before is not None and before < HEAD:
        words = f"{before}-{clock():%Y-%m-%d}"
        target = beside(dump_name(address) if path is None else path, words)
        try:
            copy = back_up(address, target).path
        except StoreRefused as error:
            raise StoreRefused(
                f"{error} Nothing was upgraded; --no-backup does it without a copy."
            ) from error
    return Upgrade(_upgrade(address), HEAD, copy)


def back_up(
    address: str,
    target: Path,
    progress: Progress | None = None,
    *,
    force: bool = False,
) -> Copy:
    """Copy a database as it stands at one moment, while others write, and check it.

    Raises:
        StoreMissing: There is no such database.
        StoreRefused: There is something at the target, or no room for it, the database
            is damaged, or `pg_dump` is not here.
    """
    if database_file(address) is not None:
        return copy_file(address, target, progress, force=force)
    revision = revision_of(address)
    if revision is None:
        raise missing(address)
    return dump(address, target, revision, force=force)


def restore(
    source: Path,
    address: str,
    clock: Clock = system_clock,
    progress: Progress | None = None,
    *,
    force: bool = False,
) -> Restored:
    """Put a copy in the place of a database; with `force` the one there is kept aside.

    Raises:
        NotFound: There is no such copy.
        StoreRefused: It is no whole copy, there is a database already, somebody has it
            open, or `pg_restore` is not here.
        StoreTooNew: A newer flowengine wrote it.
    """
    now = clock()
    if database_file(address) is not None:
        done = restore_file(source, address, now, progress, force=force)
        begin_anew(address, instant_of(now))
        return done
    before = revision_of(address)
    done = restore_dump(source, address, now, before, force=force)
    begin_anew(address, instant_of(now))
    copy = done.copy._replace(revision=revision_of(address) or "")
    return done._replace(copy=copy)


def revision_of(address: str) -> str | None:
    """The revision of a database's tables; None where there are none."""
    engine = open_engine(address)
    try:
        with speaking_to(address), engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


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
