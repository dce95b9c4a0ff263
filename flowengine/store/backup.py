"""Whole copies of an SQLite database: taken while others write, checked, put back.

A copy is made beside its place and moved there when it is whole, checked and forced to
the disk: what carries the name of a backup is one. PostgreSQL is in `dumping`.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from flowengine.errors import NotFound, StoreRefused, StoreTooNew
from flowengine.store.dialect import database_file, speaking_to
from flowengine.store.refusals import missing
from flowengine.store.schema_version import HEAD

#: Told how many pages of how many are copied.
Progress = Callable[[int, int], None]

#: Pages copied between two looks at the progress.
_PAGES = 2_000
#: Files that SQLite keeps beside a database.
_BESIDE = ("-wal", "-shm")


class Copy(NamedTuple):
    """A checked copy of a database."""

    path: Path
    size: int
    #: Of its tables.
    revision: str
    #: None where the database does not tell without being restored.
    orders: int | None


class Restored(NamedTuple):
    """A database that was put back."""

    copy: Copy
    #: Where the one before it is now; None where there was none.
    aside: Path | None


def copy_file(
    address: str, target: Path, progress: Progress | None = None, *, force: bool = False
) -> Copy:
    """Copy an SQLite database as it stands at one moment, while others write.

    Raises:
        StoreMissing: There is no such database.
        StoreRefused: There is something at the target, or no room for it, or the
            database is damaged.
    """
    source = database_file(address)
    if source is None or not source.exists():
        raise missing(address)
    if target.exists() and target.samefile(source):
        raise StoreRefused(
            f"Expected another file than the database, but {target} is the database "
            "itself: name another file."
        )
    if target.exists() and not force:
        raise StoreRefused(
            f"Expected nothing at {target}, but there is something: name another file, "
            "or overwrite it with --force."
        )
    with _part(target) as part:
        copy = _copied(source, part, target, progress)
        _take_name(part, target)
    return copy


def restore_file(
    source: Path,
    address: str,
    at: datetime,
    progress: Progress | None = None,
    *,
    force: bool = False,
) -> Restored:
    """Put a copy in the place of an SQLite database; the one there is kept aside.

    Raises:
        NotFound: There is no such copy.
        StoreRefused: It is no whole copy, there is a database already, or somebody
            has that one open.
        StoreTooNew: A newer flowengine wrote it.
    """
    target = database_file(address)
    if target is None:
        raise missing(address)
    if not source.exists():
        raise NotFound(f"Expected a backup at {source}, but there is no such file.")
    if target.exists() and not force:
        raise StoreRefused(
            f"Expected no database at {target}, but there is one: --force puts it "
            "aside and restores the backup in its place."
        )
    with _part(target) as part:
        copy = _copied(source, part, target, progress)
        aside = _put_aside(target, at) if target.exists() else None
        _take_name(part, target)
    return Restored(copy, aside)


def beside(path: Path, words: str) -> Path:
    """A new name beside a file: `shop.0002-2026-11-22.db`."""
    number = 1
    while True:
        ending = words if number == 1 else f"{words}-{number}"
        found = path.with_name(f"{path.stem}.{ending}{path.suffix}")
        if not found.exists():
            return found
        number += 1


@contextmanager
def _part(target: Path) -> Iterator[Path]:
    """Where a copy is made; nothing of it is left where it does not become whole."""
    part = target.with_name(f"{target.name}.part")
    try:
        yield part
    finally:
        for ending in ("", "-journal", *_BESIDE):
            part.with_name(part.name + ending).unlink(missing_ok=True)


def _copied(source: Path, part: Path, target: Path, progress: Progress | None) -> Copy:
    """Copy what stands there at one moment, and check the copy."""
    part.unlink(missing_ok=True)
    with speaking_to(str(source)), closing(_opened(source, "rw")) as reading:
        # As long as this transaction reads, what others write is not met: nothing
        # has to be copied twice.
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        with speaking_to(str(target)), closing(_opened(part, "rwc")) as writing:
            reading.backup(
                writing,
                pages=_PAGES,
                progress=lambda _, left, total: (
                    progress(total - left, total) if progress is not None else None
                ),
            )
        reading.execute("ROLLBACK")
    with speaking_to(str(source)), closing(_opened(part, "rw")) as made:
        return _checked(made, source, target, part.stat().st_size)


def _checked(made: sqlite3.Connection, source: Path, target: Path, size: int) -> Copy:
    """What a copy is, if it is whole and ours.

    Raises:
        StoreRefused: It is damaged, or no database of ours.
        StoreTooNew: A newer flowengine wrote it.
    """
    found = made.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise StoreRefused(
            f"Expected a whole database at {source}, but it is damaged ({found}): "
            "take the last backup that is whole."
        )
    try:
        (revision,) = made.execute("SELECT version_num FROM alembic_version").fetchone()
        (orders,) = made.execute("SELECT count(*) FROM case_row").fetchone()
    except (sqlite3.OperationalError, TypeError) as error:
        raise StoreRefused(
            f"Expected a flowengine database at {source}, but it holds none."
        ) from error
    if revision > HEAD:
        raise StoreTooNew(
            f"Expected {source} at revision {HEAD} or before, but it is at {revision}: "
            "it was written by a newer flowengine, install that one."
        )
    return Copy(target, size, revision, orders)


def _put_aside(path: Path, at: datetime) -> Path:
    """Give a database another name, unless somebody has it open.

    Raises:
        StoreRefused: Somebody has it open: what they write from now on would be lost.
    """
    try:
        with closing(_opened(path, "rw")) as connection:
            # In this mode it needs the file for itself, and nobody else may have it.
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        if "locked" in str(error):
            raise StoreRefused(
                f"Expected nobody to use {path}, but somebody has it open; nothing "
                "was changed: stop workers and programs on it, then say it again."
            ) from error
        # It cannot even be opened: that is why it is replaced.
    aside = beside(path, f"before-restore-{at:%Y-%m-%d-%H%M%S}")
    for ending in ("", *_BESIDE):
        there = path.with_name(path.name + ending)
        if there.exists():
            there.rename(aside.with_name(aside.name + ending))
    return aside


def _take_name(part: Path, target: Path) -> None:
    """Force a copy to the disk, and give it its name."""
    _force(part)
    part.replace(target)
    _force(target.parent)


def _force(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    """A connection of its own; only with `rwc` a file is made."""
    name = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(name, uri=True, isolation_level=None, timeout=1)
