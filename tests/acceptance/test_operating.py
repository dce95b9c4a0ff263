"""What the pages for operators show can be run: on PostgreSQL, and by systemd."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flowengine.engine import Engine
from flowengine.engine.database import create_database
from tests import servers
from tests.acceptance.documents import REPOSITORY, differences

HOWTO = REPOSITORY / "docs" / "howto"
INSTALLED = "/opt/flowengine/bin/flowengine"


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a PostgreSQL database without tables."""
    address = servers.new_address()
    servers.make(address)
    yield address
    servers.drop(address)


def test_what_the_page_about_postgresql_shows_is_what_happens(
    empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOP", empty_database)
    monkeypatch.setenv("PATH", servers.programs())

    assert differences(HOWTO / "operate-on-postgresql.md", tmp_path) == []


def units(folder: Path) -> dict[str, Path]:
    """The units of the page, with this flowengine and for whoever runs the tests."""
    page = (HOWTO / "operate.md").read_text(encoding="utf-8")
    found = re.findall(r"<!-- file: (\S+) -->\n```ini\n(.*?)^```$", page, re.M | re.S)
    program = Path(sys.executable).with_name("flowengine")
    made = {}
    for name, shown in found:
        ours = shown.replace(INSTALLED, str(program)).replace("/srv/flowengine/", "")
        ours = ours.replace("/srv/flowengine", str(folder))
        made[name] = folder / name
        made[name].write_text(re.sub(r"^User=.*\n", "", ours, flags=re.M))
    return made


def setting(unit: Path, name: str) -> str:
    (value,) = re.findall(rf"^{name}=(.*)$", unit.read_text(), re.M)
    return str(value)


def test_systemd_reads_the_units_without_complaint(tmp_path: Path) -> None:
    made = units(tmp_path)
    assert sorted(made) == [
        "flowengine-backup.service",
        "flowengine-backup.timer",
        "flowengine-worker.service",
    ]

    analyze = shutil.which("systemd-analyze")
    if analyze is not None:
        done = subprocess.run(
            [analyze, "verify", *map(str, made.values())],
            capture_output=True,
            text=True,
            check=False,
        )
        told = [line for line in done.stderr.splitlines() if "flowengine-" in line]
        assert (done.returncode, told) == (0, [])
    for unit in made.values():
        lines = unit.read_text().splitlines()
        assert all(re.match(r"\[\w+\]$|\w+=|#|$", line) for line in lines)


def test_what_the_units_run_works_and_stops_when_told(tmp_path: Path) -> None:
    create_database(str(tmp_path / "flowengine.db"))
    (tmp_path / "backups").mkdir()
    made = units(tmp_path)
    service = made["flowengine-worker.service"]
    name, _, address = setting(service, "Environment").partition("=")
    environment = os.environ | {name: address}

    worker = subprocess.Popen(
        setting(service, "ExecStart").split(),
        cwd=tmp_path,
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with Engine(str(tmp_path / "flowengine.db")) as engine:
        end = time.monotonic() + 60
        while not engine.machines.health().workers and time.monotonic() < end:
            time.sleep(0.05)
        assert engine.machines.health().workers
    worker.send_signal(signal.SIGTERM)
    worker.communicate(timeout=90)
    backup = setting(made["flowengine-backup.service"], "ExecStart")
    script = re.fullmatch(r"/bin/sh -c '(.*)'", backup)
    assert script is not None
    saved = subprocess.run(
        ["/bin/sh", "-c", script[1].replace("%%", "%")],
        cwd=tmp_path,
        env=environment,
        check=False,
    )

    assert worker.returncode == 0
    assert saved.returncode == 0
    assert len(list((tmp_path / "backups").glob("*.db"))) == 1
