"""An open database: connections to read by, and the one that writes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from flowengine.store.dialect import (
    database_file,
    missing,
    open_engine,
    speaking_to,
    writing,
)
from flowengine.store.schema_version import check_version


class Database:
    """A flowengine database of this version. Close it.

    Raises:
        StoreMissing: There is no flowengine database there.
        StoreOutdated: It must be upgraded first.
        StoreTooNew: A newer flowengine wrote it.
        StoreRefused: It cannot be opened, or is not one of ours.
    """

    def __init__(self, address: str, synchronous: str = "FULL") -> None:
        """Open the database at a file or an SQLAlchemy SQLite address.

        `synchronous` is SQLite's pragma: FULL survives a power cut, NORMAL a crash of
        the program only.
        """
        self.address = address
        path = database_file(address)
        if path is not None and not path.exists():
            raise missing(address)
        self.sql = open_engine(address, synchronous)
        with speaking_to(address):
            self._pooled = self.sql.raw_connection()
            connection = self._pooled.driver_connection
            if connection is None:
                raise missing(address)
            #: The driver's connection that all commands are written on.
            self.writer: sqlite3.Connection = connection
            try:
                check_version(connection, address)
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Give everything back."""
        self._pooled.close()
        self.sql.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database."""
        with speaking_to(self.address), self.sql.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction of its own, committed on leaving."""
        with speaking_to(self.address), writing(self.sql) as connection:
            yield connection
