"""What is broken off in the middle, or has no room, leaves nothing half done."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

FLOWENGINE = "from flowengine.cli import main; main()"
NO_FILE_OVER_A_PAGE = (
    "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); "
)


def start(folder: Path, *words: str, first: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", first + FLOWENGINE, *words],
        cwd=folder,
        env=os.environ | {"FLOWENGINE_USER": "anna", "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(folder: Path, *words: str, first: str = "") -> tuple[int, str, str]:
    """Exit code, output and what went to stderr."""
    process = start(folder, *words, first=first)
    output, errors = process.communicate(timeout=100)
    return process.returncode, output, errors


def rows(database: Path, table: str) -> int:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - our own table names
    except sqlite3.OperationalError:
        return 0  # not made yet
    finally:
        connection.close()
    return int(count)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with a database, a process and one order."""
    for words in (
        ("process", "new", "first"),
        ("db", "init"),
        ("process", "add", "first.yaml"),
        ("user", "add", "anna", "--role", "clerk"),
        open_words("A-1"),
    ):
        code, _, errors = run(tmp_path, *words)
        assert code == 0, errors
    return tmp_path


def open_words(number: str, customer: str = "Ilze") -> tuple[str, ...]:
    values = (f"number={number}", f"customer={customer}", "total=12 EUR")
    return ("order", "open", "first", *(f"--set={value}" for value in values))


def test_a_demo_that_is_killed_loses_nothing_and_plays_again(tmp_path: Path) -> None:
    database = tmp_path / "demo.db"
    demo = start(tmp_path, "demo", "--out", ".")
    while demo.poll() is None and (
        not database.exists() or rows(database, "case_row") < 100
    ):
        time.sleep(0.05)

    demo.send_signal(signal.SIGKILL)
    demo.communicate(timeout=60)

    assert demo.returncode == -signal.SIGKILL
    assert rows(database, "case_row") >= 100
    assert run(tmp_path, "--db", "demo.db", "db", "check")[0] == 0
    assert run(tmp_path, "demo", "--out", ".")[0] == 0
    assert run(tmp_path, "--db", "demo.db", "db", "check")[0] == 0


def test_a_file_that_may_not_grow_is_told_in_a_line_and_nothing_is_lost(
    shop: Path,
) -> None:
    large = open_words("A-2", "x" * 9000)

    code, output, errors = run(shop, *large, first=NO_FILE_OVER_A_PAGE)

    assert (code, output) == (1, "")
    assert errors.startswith("Expected ")
    assert errors.count("\n") == 1
    assert rows(shop / "flowengine.db", "case_row") == 1
    assert run(shop, "db", "check")[0] == 0
    assert run(shop, *open_words("A-2"))[0] == 0
