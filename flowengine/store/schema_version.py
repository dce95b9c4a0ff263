"""Which version of the tables a database has, and which one this program needs."""

import sqlite3

from flowengine.errors import StoreMissing, StoreOutdated, StoreTooNew
from flowengine.store.link import Link
from flowengine.store.refusals import missing, shown_address

#: The newest revision this program knows; a test compares it with the migrations.
HEAD = "0003"


def check_version(link: Link, address: str) -> None:
    """Refuse a database that this program must not touch.

    Raises:
        StoreMissing: There are no tables of ours yet.
        StoreOutdated: It must be upgraded first.
        StoreTooNew: A newer flowengine wrote it.
    """
    try:
        found = link.rows("SELECT version_num FROM alembic_version")
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        found = []
    except StoreMissing:
        found = []
    if not found:
        raise missing(address)
    revision = str(found[0][0])
    shown = shown_address(address)
    if revision < HEAD:
        raise StoreOutdated(
            f"Expected {shown} at revision {HEAD}, but it is at {revision}: "
            "bring it up with `flowengine db upgrade`."
        )
    if revision > HEAD:
        raise StoreTooNew(
            f"Expected {shown} at revision {HEAD} or before, but it is at {revision}: "
            "it was written by a newer flowengine, install that one."
        )
