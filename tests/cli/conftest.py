"""A terminal in a folder of its own."""

from pathlib import Path

import pytest

from tests.cli.terminal import PROCESS, Terminal


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """An empty folder."""
    monkeypatch.chdir(tmp_path)
    return Terminal(tmp_path)


@pytest.fixture
def shop(terminal: Terminal) -> Terminal:
    """A folder with the process `shop`, a database, and two people."""
    terminal.write("shop.yaml", PROCESS)
    terminal.done("db", "init")
    terminal.done("process", "add", "shop.yaml")
    terminal.done("user", "add", "anna", "--role", "credit")
    terminal.done("user", "add", "juris", "--role", "picker")
    return terminal
