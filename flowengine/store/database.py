"""An open database: connections to read by, and the one that writes."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection

from flowengine.store.dialect import (
    database_file,
    missing,
    open_engine,
    speaking_to,
    writing,
)
from flowengine.store.link import Link, Links, OneLink, SqliteLink
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
            self._links: Links = OneLink(SqliteLink(connection))
            try:
                check_version(connection, address)
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Give everything back."""
        self._pooled.close()
        self.sql.dispose()

    @property
    def has_one_writer(self) -> bool:
        """Whether commands are written one after the other, on the same link."""
        return isinstance(self._links, OneLink)

    def linked(self) -> AbstractContextManager[Link]:
        """What commands are written on, for one caller; waits until it is free."""
        return self._links.linked()

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
