"""What strace counts of a program: forced writes, and trips to a server and back."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.contest import readable
from benchmarks.ours import open_all
from benchmarks.servers import Server
from benchmarks.standard_work import STEPS
from flowengine.engine.database import create_database

#: Where the benchmarks are started from.
REPOSITORY = Path(__file__).parents[1]
PATIENCE = 600
OURS = (sys.executable, "-m", "benchmarks.ours")
CALLERS = (sys.executable, "-m", "benchmarks.callers")


def forced_on_file(orders: int, batch: int) -> float | None:
    """Forced writes a step of ours on SQLite."""
    words = ["--orders", str(orders), "--batch", str(batch)]
    with tempfile.TemporaryDirectory() as folder:
        addresses = [f"{folder}/{name}.db" for name in ("opened", "whole")]
        for address in addresses:
            create_database(address)
        opened, whole = ([*OURS, address, *words] for address in addresses)
        return forced_each([*opened, "--open-only"], whole, orders * STEPS)


def forced_by_callers(orders: int) -> float | None:
    """Forced writes a step of many threads of ours on SQLite."""
    words = ["--orders", str(orders)]
    with tempfile.TemporaryDirectory() as folder:
        addresses = [f"{folder}/{name}.db" for name in ("opened", "whole")]
        for address in addresses:
            create_database(address)
        opened = [*OURS, addresses[0], *words, "--open-only"]
        whole = [*CALLERS, addresses[1], *words]
        return forced_each(opened, whole, orders * STEPS)


def forced_each(
    opening: Sequence[str], whole: Sequence[str], steps: int
) -> float | None:
    """Forced writes a step: those of a whole run less those of opening alone."""
    counts = [
        _traced(command, "fsync,fdatasync").count("sync(")
        for command in (opening, whole)
        if shutil.which("strace")
    ]
    return readable((counts[1] - counts[0]) / steps) if counts else None


def round_trips(server: Server, orders: int) -> float | None:
    """Trips a step of ours to PostgreSQL: something is sent after something came.

    What connecting and compiling take is taken off by a run with twice the orders.
    """
    if shutil.which("strace") is None:
        return None
    trips = [_trips(server, count) for count in (orders, 2 * orders)]
    return readable((trips[1] - trips[0]) / (orders * STEPS))


def _trips(server: Server, orders: int) -> int:
    place = server.place()
    open_all(place.address, orders)
    words = ["--orders", str(orders), "--complete-only"]
    calls = _traced([*OURS, place.address, *words], "sendto,recvfrom")
    server.drop(place)
    trips, came = 0, True
    for line in calls.splitlines():
        if "EAGAIN" in line:
            continue
        trips += came and "sendto(" in line
        came = "recvfrom(" in line
    return trips


def _traced(command: Sequence[str], calls: str) -> str:
    """The lines that strace writes of a program's calls."""
    with tempfile.NamedTemporaryFile("r") as report:
        tracing = ["-f", "-qq", "-s", "1", "-e", f"trace={calls}", "-o", report.name]
        subprocess.run(  # noqa: S603 - our own programs
            [str(shutil.which("strace")), *tracing, *command],
            check=True,
            capture_output=True,
            cwd=REPOSITORY,
            timeout=PATIENCE,
        )
        return report.read()
