"""Whole copies of a PostgreSQL database, by the programs that come with it."""

import os
import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from flowengine.errors import NotFound, StoreRefused
from flowengine.store.backup import Copy, Restored, beside
from flowengine.store.dialect import database_url
from flowengine.store.refusals import shown_address

#: So much of what a program says is told.
_SAID = 300


def dump(address: str, target: Path, revision: str, *, force: bool = False) -> Copy:
    """Dump a database as it stands at one moment, while others write.

    Raises:
        StoreRefused: `pg_dump` is not here or cannot do it, or there is something at
            the target.
    """
    if target.exists() and not force:
        raise StoreRefused(
            f"Expected nothing at {target}, but there is something: name another file, "
            "or overwrite it with --force."
        )
    part = target.with_name(f"{target.name}.part")
    try:
        _run(address, ["pg_dump", "--format=custom", f"--file={part}"], target)
        _check(part, address)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return Copy(target, target.stat().st_size, revision, None)


def restore_dump(
    source: Path,
    address: str,
    at: datetime,
    before: str | None,
    *,
    force: bool = False,
) -> Restored:
    """Put a dump in the place of a database; what is there is dumped beside it first.

    `before` is the revision of the tables there now; None where there are none.

    Raises:
        NotFound: There is no such dump.
        StoreRefused: There are tables already, or `pg_restore` is not here or cannot
            do it; then nothing is changed.
    """
    if not source.exists():
        raise NotFound(f"Expected a backup at {source}, but there is no such file.")
    _check(source, address)
    aside = None
    if before is not None:
        if not force:
            raise StoreRefused(
                f"Expected no tables in {shown_address(address)}, but they are there: "
                "--force dumps them into a file and puts the backup in their place."
            )
        words = f"before-restore-{at:%Y-%m-%d-%H%M%S}"
        aside = beside(dump_name(address), words)
        dump(address, aside, before)
    command = ["pg_restore", "--single-transaction", "--clean", "--if-exists"]
    options = ["--no-owner", "--no-privileges"]
    _run(address, [*command, *options, str(source)], source)
    return Restored(Copy(source, source.stat().st_size, "", None), aside)


def dump_name(address: str) -> Path:
    """The file that dumps of a database are called after, in the present folder."""
    return Path(f"{make_url(database_url(address)).database}.dump")


def _check(path: Path, address: str) -> None:
    """Refuse a dump that is not whole, or not of a flowengine database."""
    listed = _run(address, ["pg_restore", "--list", str(path)], path, connects=False)
    if not re.search(r" TABLE DATA \S+ event ", listed):
        raise StoreRefused(
            f"Expected a dump of a flowengine database at {path}, but it holds none."
        )


def _run(address: str, command: list[str], path: Path, *, connects: bool = True) -> str:
    """Run a program of PostgreSQL; what it prints.

    Raises:
        StoreRefused: It is not here, or cannot do it.
    """
    url = make_url(database_url(address)).set(drivername="postgresql")
    name = url._replace(password=None).render_as_string()
    program = shutil.which(command[0])
    whole = [*command, f"--dbname={name}"] if connects else command
    if program is None:
        raise StoreRefused(
            f"Expected {command[0]} on PATH for {name}, but it is not there: install "
            f"PostgreSQL's client programs, or run `{' '.join(whole)}` where they are."
        )
    secret = {} if url.password is None else {"PGPASSWORD": str(url.password)}
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, no shell
        [program, *whole[1:]],
        env=os.environ | secret,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = " ".join(done.stderr.split())[:_SAID]
        raise StoreRefused(
            f"Expected {command[0]} to read or write {path}, but it said: {said}"
        )
    return done.stdout
