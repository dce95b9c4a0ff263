"""Which version of the tables a database has, and which one this program needs."""

import sqlite3

from flowengine.errors import StoreOutdated, StoreTooNew
from flowengine.store.dialect import missing

#: The newest revision this program knows; a test compares it with the migrations.
HEAD = "0003"


def check_version(connection: sqlite3.Connection, address: str) -> None:
    """Refuse a database that this program must not touch.

    Raises:
        StoreMissing: There are no tables of ours yet.
        StoreOutdated: It must be upgraded first.
        StoreTooNew: A newer flowengine wrote it.
    """
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        row = None
    if row is None:
        raise missing(address)
    if row[0] < HEAD:
        raise StoreOutdated(
            f"Expected {address} at revision {HEAD}, but it is at {row[0]}: "
            "bring it up with `flowengine db upgrade`."
        )
    if row[0] > HEAD:
        raise StoreTooNew(
            f"Expected {address} at revision {HEAD} or before, but it is at {row[0]}: "
            "it was written by a newer flowengine, install that one."
        )
