"""An open database: connections to read by, and links that commands are written on."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection, Engine

from flowengine.store.dialect import (
    database_file,
    is_postgres,
    open_engine,
    reading,
    server_settings,
    speaking_to,
    writing,
)
from flowengine.store.link import Link, Links, OneLink
from flowengine.store.refusals import closed, missing
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
        """Open the database at a file or an SQLAlchemy address.

        `synchronous` is SQLite's pragma: FULL survives a power cut, NORMAL a crash of
        the program only. PostgreSQL, with anything but FULL, does not wait for the
        disk when it commits.
        """
        self.address = address
        self._is_closed = False
        path = database_file(address)
        if path is not None and not path.exists():
            raise missing(address)
        self.sql = open_engine(address, synchronous)
        with speaking_to(address):
            try:
                self._links = _links(self.sql, address, synchronous)
            except BaseException:
                self.sql.dispose()
                raise
            try:
                with self.linked() as link:
                    check_version(link, address)
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Give everything back: what was begun is done, what comes is refused."""
        self._is_closed = True
        self._links.close()
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
        self._refuse_closed()
        with speaking_to(self.address), reading(self.sql) as connection:
            yield connection

    @contextmanager
    def writing(self, *alone: str) -> Iterator[Connection]:
        """A connection in a transaction of its own, committed on leaving.

        Nobody else writes the tables that it wants `alone` meanwhile.
        """
        self._refuse_closed()
        with speaking_to(self.address), writing(self.sql, *alone) as connection:
            yield connection

    def _refuse_closed(self) -> None:
        if self._is_closed:
            raise closed(self.address)


def _links(engine: Engine, address: str, synchronous: str) -> Links:
    if not is_postgres(address):
        return OneLink(engine.raw_connection())
    # The driver is loaded only where it is needed, and need not be installed else.
    from flowengine.store.postgres import links_of  # noqa: PLC0415 - see above

    return links_of(engine, address, server_settings(synchronous))
