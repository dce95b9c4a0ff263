"""`process check --watch` in a terminal of its own: each save is checked at once."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flowengine.language import new_process

GOOD = new_process("shop")


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    (tmp_path / "shop.yaml").write_text(GOOD, "utf-8")
    command = "from flowengine.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", command, "process", "check", "--watch", "shop.yaml"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def _until(process: subprocess.Popen[str], end: str) -> str:
    """What it says up to a line that holds `end`."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if end in line:
            return said
    raise AssertionError(f"Expected {end!r}, but it stopped after {said!r}.")


def test_a_file_is_checked_whenever_it_is_saved(
    watching: subprocess.Popen[str], tmp_path: Path
) -> None:
    first = _until(watching, "Watching")
    (tmp_path / "shop.yaml").write_text(GOOD.replace("next:", "nxt:", 1), "utf-8")
    second = _until(watching, "Watching")
    (tmp_path / "shop.yaml").unlink()
    (tmp_path / "new.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "new.yaml").rename(tmp_path / "shop.yaml")
    third = _until(watching, "Watching")

    assert "clean" in first
    assert "F120" in second
    assert "clean" in third


def test_ctrl_c_ends_it_with_the_code_of_the_last_check(
    watching: subprocess.Popen[str], tmp_path: Path
) -> None:
    _until(watching, "Watching")
    (tmp_path / "shop.yaml").write_bytes(b"\xff\xfe no text")
    _until(watching, "Watching")

    watching.send_signal(signal.SIGINT)

    assert watching.wait(timeout=30) == 6
