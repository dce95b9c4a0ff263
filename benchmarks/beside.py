"""The peers beside flowengine: started one by one in their own environment.

What is counted of a peer: the processor time of its program with everything that runs
in it, and apart that of a PostgreSQL server (`server_cpu_us`); forced writes by strace,
or as the server counts those of its log; bytes of the database. A peer that takes too
long for five rounds of 1,000 orders does fewer orders, or one round; both are said.
"""

import json
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.forced import REPOSITORY, forced_each
from benchmarks.servers import Server
from benchmarks.standard_work import STEPS

PYTHON = REPOSITORY / ".venv-peers" / "bin" / "python"
#: A round that takes longer, in seconds, is not repeated.
LONG = 30.0
PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Kind:
    """A peer: its module, its database, and the part of the orders that it does."""

    name: str
    module: str
    postgres: bool
    #: One order of so many.
    part: int = 1
    #: What its figure leaves out.
    left_out: str = ""


STORED_BY_US = "storing is ours: a row of state, a row of history"
NO_ROLES = "no roles, no times, no facts"
KINDS = (
    Kind("transitions", "transitions", False, left_out=STORED_BY_US),
    Kind("python_statemachine", "python_statemachine", False, left_out=STORED_BY_US),
    Kind("spiffworkflow", "spiffworkflow", False, 2, STORED_BY_US),
    Kind("dbos_sqlite", "dbos", False, 5, NO_ROLES),
    Kind("viewflow_sqlite", "viewflow", False, 5, "its web pages"),
    Kind("dbos_postgres", "dbos", True, 5, NO_ROLES),
    Kind("viewflow_postgres", "viewflow", True, 5, "its web pages"),
    Kind("procrastinate_postgres", "procrastinate", True, 2, "no process, no tasks"),
)


@dataclass(slots=True)
class Found:
    """What the rounds of one peer gave, a step."""

    version: str = ""
    orders: int = 0
    cpu_us: list[float] = field(default_factory=list)
    server_cpu_us: list[float] = field(default_factory=list)
    steps_per_s: list[float] = field(default_factory=list)
    kib_per_order: float = 0.0
    fsync: float | None = None
    seconds: float = 0.0


class Refused(Exception):  # noqa: N818 - the peer said no, which is shown
    """A peer could not do it here; the text says why."""


def one_round(kind: Kind, orders: int, server: Server | None, found: Found) -> None:
    """Let a peer do the standard work once. Raises Refused."""
    begun = time.perf_counter()
    found.orders = max(10, orders // kind.part)
    if kind.postgres and server is not None:
        _on_server(kind, server, found)
    else:
        _on_file(kind, found)
    found.seconds = time.perf_counter() - begun


def _on_file(kind: Kind, found: Found) -> None:
    steps = found.orders * STEPS
    for synchronous in ("OFF", "FULL"):
        said = _said(kind, found.orders, ["--synchronous", synchronous])
        if synchronous == "OFF":
            found.cpu_us.append(said["cpu_s"] / steps * 1e6)
        else:
            found.steps_per_s.append(steps / said["wall_s"])
            found.kib_per_order = said["kib_per_order"]
    found.version = str(said["version"])


def _on_server(kind: Kind, server: Server, found: Found) -> None:
    steps = found.orders * STEPS
    opened = server.empty()
    before = server.forced(), opened.server_seconds()
    _said(kind, found.orders, ["--address", opened.address, "--only-open"])
    between = server.forced(), opened.server_seconds()
    place = server.empty()
    forced, seconds = server.forced(), place.server_seconds()
    said = _said(kind, found.orders, ["--address", place.address])
    # What opening alone took, with making the tables, is taken off.
    forced = server.forced() - forced - (between[0] - before[0])
    seconds = place.server_seconds() - seconds - (between[1] - before[1])
    found.version = str(said["version"])
    found.cpu_us.append(said["cpu_s"] / steps * 1e6)
    found.server_cpu_us.append(seconds / steps * 1e6)
    found.steps_per_s.append(steps / said["wall_s"])
    found.fsync = round(forced / steps, 3)
    found.kib_per_order = said["kib_per_order"]
    server.drop(opened)
    server.drop(place)


def count_forced(kind: Kind, found: Found) -> None:
    """Count forced writes of a peer on SQLite, with few orders."""
    if kind.postgres:
        return
    orders = max(10, found.orders // 5)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        found.fsync = forced_each(
            [*_command(kind, orders, Path(one)), "--only-open"],
            _command(kind, orders, Path(other)),
            orders * STEPS,
        )


def _said(kind: Kind, orders: int, options: list[str]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(  # noqa: S603 - a script of ours
            [*_command(kind, orders, Path(folder)), *options],
            capture_output=True,
            text=True,
            cwd=REPOSITORY,
            check=False,
            timeout=PATIENCE,
        )
    if run.returncode != 0:
        last = run.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        raise Refused(last[0])
    found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


def _command(kind: Kind, orders: int, folder: Path) -> list[str]:
    script = ["-m", f"benchmarks.peers.{kind.module}"]
    return [str(PYTHON), *script, "--folder", str(folder), "--orders", str(orders)]
