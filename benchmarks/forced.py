"""Forced writes of a program, as strace counts its fsync and fdatasync."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

#: Where the benchmarks are started from.
REPOSITORY = Path(__file__).parents[1]
PATIENCE = 600
CALLS = {"fsync", "fdatasync"}


def forced_writes(command: Sequence[str]) -> int | None:
    """How often a program forces a write to the disk; None where strace is absent."""
    strace = shutil.which("strace")
    if strace is None:
        return None
    with tempfile.NamedTemporaryFile("r") as report:
        tracing = ["-c", "-f", "-e", "trace=fsync,fdatasync", "-o", report.name]
        subprocess.run(  # noqa: S603 - our own programs
            [strace, *tracing, *command],
            check=True,
            capture_output=True,
            cwd=REPOSITORY,
            timeout=PATIENCE,
        )
        rows = [line.split() for line in report]
    return sum(int(row[3]) for row in rows if row and row[-1] in CALLS)


def forced_each(
    opening: Sequence[str], whole: Sequence[str], steps: int
) -> float | None:
    """Forced writes a step: those of a whole run less those of opening alone."""
    before, after = forced_writes(opening), forced_writes(whole)
    if before is None or after is None:
        return None
    return round((after - before) / steps, 3)
