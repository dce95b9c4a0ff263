"""The board in a terminal of its own: drawn at any width, and drawn anew."""

import errno
import fcntl
import json
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.cli.terminal import PROCESS, Terminal

FLOWENGINE = (sys.executable, "-c", "from flowengine.cli import main; main()")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A folder with a process, a database, people and the order A-1."""
    monkeypatch.chdir(tmp_path)
    terminal = Terminal(tmp_path)
    terminal.write("shop.yaml", PROCESS)
    terminal.done("db", "init")
    terminal.done("process", "add", "shop.yaml")
    terminal.done("user", "add", "anna", "--role", "credit")
    terminal.opened("A-1")
    return terminal


def drawn(shop: Terminal, columns: int, *words: str) -> str:
    """What a terminal so wide shows of a command."""
    ours, theirs = pty.openpty()
    size = struct.pack("HHHH", 40, columns, 0, 0)
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, size)
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": str(columns)}
    process = subprocess.Popen(
        [*FLOWENGINE, *words],
        cwd=shop.folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError as error:
            if error.errno != errno.EIO:  # the other end is closed
                raise
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    assert process.wait(timeout=30) == 0
    return said.decode()


@pytest.mark.parametrize(("columns", "lang"), [(80, "en"), (80, "lv"), (120, "lv")])
def test_the_board_fits_the_terminal_that_it_is_drawn_in(
    shop: Terminal, columns: int, lang: str
) -> None:
    shop.done("task", "start", "A-1/check", "--as", "anna")
    shop.opened("A-2")
    shop.done("order", "hold", "A-2", "address", "--as", "anna")

    text = drawn(shop, columns, "board", "--lang", lang)

    plain = "".join(_without_colours(text))
    assert max(len(line.rstrip()) for line in plain.splitlines()) <= columns
    assert ("Check credit" if lang == "en" else "Pārbaudīt kredītu") in plain
    assert ("A-1/check" in plain) == (columns >= 100)
    assert "─────" in plain


def test_a_board_that_is_watched_tells_what_changed_and_ends_by_ctrl_c(
    shop: Terminal,
) -> None:
    process = subprocess.Popen(
        [*FLOWENGINE, "board", "--watch", "--every", "0.1", "--json"],
        cwd=shop.folder,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None

    first = json.loads(process.stdout.readline())
    shop.opened("A-2")
    second = json.loads(process.stdout.readline())
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)

    assert (first["waiting"], second["waiting"]) == (1, 2)
    assert (rest, process.returncode) == ("", 0)


def _without_colours(text: str) -> list[str]:
    """The pieces of a text between its escape sequences."""
    pieces = text.split("\x1b[")
    return [pieces[0], *(piece.partition("m")[2] for piece in pieces[1:])]
