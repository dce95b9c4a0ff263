"""The peers beside flowengine: started one by one in their own environment.

What is counted of a peer: the processor time of its program with everything that runs
in it, and apart that of a PostgreSQL server (`server_cpu_us`); forced writes by strace,
or as the server counts those of its log; bytes of the database. A peer that is slow
does one order in so many, which `orders` says, or one round.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.contest import Contestant, Figures, Refused
from benchmarks.forced import REPOSITORY, forced_each
from benchmarks.servers import Server
from benchmarks.standard_work import STEPS

PYTHON = REPOSITORY / ".venv-peers" / "bin" / "python"
PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Kind:
    """A peer: its module, its database, and the part of the orders that it does."""

    name: str
    module: str
    postgres: bool
    #: It does one order of so many.
    part: int
    #: What its figures leave out.
    left_out: str


STORED_BY_US = "what stores it is ours: a row of state, a row of history"
NO_TASKS = "no roles, worklist or facts"
KINDS = (
    Kind("transitions", "transitions", False, 1, STORED_BY_US),
    Kind("python_statemachine", "python_statemachine", False, 2, STORED_BY_US),
    Kind("spiffworkflow", "spiffworkflow", False, 2, STORED_BY_US),
    Kind("dbos_sqlite", "dbos", False, 5, NO_TASKS),
    Kind("viewflow_sqlite", "viewflow", False, 5, "its web pages"),
    Kind("dbos_postgres", "dbos", True, 5, NO_TASKS),
    Kind("viewflow_postgres", "viewflow", True, 5, "its web pages"),
    Kind("procrastinate", "procrastinate", True, 2, "no process, " + NO_TASKS),
)
NAMES = {kind.name: kind for kind in KINDS}


def contestants(orders: int, server: Server | None) -> list[Contestant]:
    """All peers that can be asked with this server, or without one."""
    if not PYTHON.exists():
        sys.exit("Expected .venv-peers, but there is none: make bench-peers.")
    return [
        Contestant(kind.name, partial(_round, kind, orders // kind.part, server))
        for kind in KINDS
        if server is not None or not kind.postgres
    ]


def _round(kind: Kind, orders: int, server: Server | None) -> Figures:
    if kind.postgres and server is not None:
        figures = _on_server(kind, orders, server)
    else:
        figures = _on_file(kind, orders)
    return {**figures, "orders": orders, "left_out": kind.left_out}


def _on_file(kind: Kind, orders: int) -> Figures:
    off, full = (
        _said(kind, orders, ["--synchronous", synchronous])
        for synchronous in ("OFF", "FULL")
    )
    return {
        "cpu_us": off["cpu_s"] / (orders * STEPS) * 1e6,
        "steps_per_s": orders * STEPS / full["wall_s"],
        "kib_per_order": full["kib_per_order"],
        "version": full["version"],
    }


def _on_server(kind: Kind, orders: int, server: Server) -> Figures:
    opened, whole = server.empty(), server.empty()
    before = server.forced(), whole.server_seconds()
    _said(kind, orders, ["--address", opened.address, "--only-open"])
    between = server.forced(), whole.server_seconds()
    said = _said(kind, orders, ["--address", whole.address])
    after = server.forced(), whole.server_seconds()
    server.drop(opened)
    server.drop(whole)
    # What making the tables and opening took is taken off.
    forced, seconds = (
        (end - middle) - (middle - start)
        for start, middle, end in zip(before, between, after, strict=True)
    )
    steps = orders * STEPS
    return {
        "cpu_us": said["cpu_s"] / steps * 1e6,
        "server_cpu_us": seconds / steps * 1e6,
        "fsync": forced / steps,
        "steps_per_s": steps / said["wall_s"],
        "kib_per_order": said["kib_per_order"],
        "version": said["version"],
    }


def forced(orders: int) -> dict[str, Figures]:
    """Forced writes of the peers on SQLite, counted with few orders."""
    return {
        kind.name: {"fsync": _forced(kind, max(20, orders // kind.part))}
        for kind in KINDS
        if not kind.postgres
    }


def _forced(kind: Kind, orders: int) -> float | None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        return forced_each(
            [*_command(kind, orders, Path(one)), "--only-open"],
            _command(kind, orders, Path(other)),
            orders * STEPS,
        )


def _said(kind: Kind, orders: int, options: Sequence[str]) -> dict[str, float]:
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
