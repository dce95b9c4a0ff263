"""The life of an order in real terminals: processes of their own, one database."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.terminal import PROCESS, Terminal

FLOWENGINE = (
    sys.executable,
    "-c",
    "from flowengine.cli import main; main()",
)
Finished = subprocess.CompletedProcess[str]
#: What takes long to load, and a worklist does without.
SLOW = {
    "alembic",
    "flowengine.engine.worker",
    "flowengine.kernel.decide",
    "flowengine.kernel.events",
    "flowengine.language.reader",
    "flowengine.language.rules.compiling",
    "flowengine.language.rules.expressions",
    "flowengine.net.compile",
    "flowengine.store.batch",
    "graphviz",
    "holidays",
    "lark",
    "networkx",
    "numpy",
    "psycopg",
    "pydantic",
    "pygraphviz",
    "rich",
    "smtplib",
    "sqlalchemy.dialects.postgresql",
    "urllib.request",
    "yaml",
}


def start(
    folder: Path, *words: str, env: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*FLOWENGINE, *words],
        cwd=folder,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> Finished:
    output, errors = process.communicate(timeout=60)
    return subprocess.CompletedProcess(process.args, process.returncode, output, errors)


def run(folder: Path, *words: str, env: Mapping[str, str] | None = None) -> Finished:
    return finish(start(folder, *words, env=env))


def done(folder: Path, *words: str, env: Mapping[str, str] | None = None) -> str:
    result = run(folder, *words, env=env)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a process, a database, people and the order A-1."""
    monkeypatch.chdir(tmp_path)
    terminal = Terminal(tmp_path)
    terminal.write("shop.yaml", PROCESS)
    terminal.done("db", "init")
    for name in ("anna", "ilze"):
        terminal.done("user", "add", name, "--role", "credit", "--role", "picker")
    sheet = "number;customer;total;priority;sku;quantity\nA-1;Jānis;12,5;1;S-1;2\n"
    (tmp_path / "orders.csv").write_bytes(sheet.encode("utf-16"))
    terminal.done("order", "open", "shop.yaml", "--csv", "orders.csv", "--as", "anna")
    return tmp_path


def test_an_order_lives_its_whole_life_in_a_terminal(shop: Path) -> None:
    anna = {"FLOWENGINE_USER": "anna", "FLOWENGINE_LANG": "lv", "NO_COLOR": "1"}

    listed = done(shop, "task", "list", env=anna)
    checked = done(shop, "task", "done", "A-1/check", "--answer", "credit=ok", env=anna)
    picked = done(shop, "task", "done", "A-1/pick", "ok", env=anna)
    done(shop, "task", "done", "A-1/pack", env=anna)
    done(shop, "order", "hold", "A-1", "adrese", env=anna)
    held = run(shop, "task", "claim", "A-1/papers", env=anna)
    done(shop, "order", "resume", "A-1", env=anna)
    done(shop, "task", "done", "A-1/papers", env=anna)
    done(shop, "task", "done", "A-1/hand-over", env=anna)
    done(shop, "message", "deliver", "delivered", "--match", "A-1")
    late = run(shop, "order", "cancel", "A-1", "par vēlu", env=anna)

    assert "A-1/check  Pārbaudīt kredītu  Finanses" in listed
    assert checked.splitlines()[1:] == ["Tālāk: Komplektēt, Noliktava"]
    assert len(picked.splitlines()) == 3
    assert (held.returncode, late.returncode) == (4, 5)
    assert "Piegādāts" in done(shop, "order", "show", "A-1", env=anna)
    assert done(shop, "order", "track", "A-1", "--lang", "en") == (
        "Your order has been delivered.\n"
    )
    assert "Komplektēt" in done(shop, "report", "bottlenecks", "shop", env=anna)
    assert done(shop, "db", "check") == "flowengine.db is clean.\n"


def test_of_two_terminals_that_claim_one_task_one_gets_it(shop: Path) -> None:
    both = [
        start(shop, "task", "claim", "A-1/check", "--as", name)
        for name in ("anna", "ilze")
    ]

    finished = [finish(each) for each in both]

    assert sorted(each.returncode for each in finished) == [0, 5]
    refused = next(each for each in finished if each.returncode == 5)
    assert refused.stderr.startswith("Expected ")
    assert refused.stderr.count("\n") == 1
    rows = json.loads(done(shop, "task", "list", "--json"))
    assert [row["state"] for row in rows] == ["claimed"]


def test_many_terminals_at_once_lose_and_double_nothing(shop: Path) -> None:
    numbers = [f"B-{number}" for number in range(4)]
    both = [
        start(
            shop,
            *("order", "open", "shop", "--as", "anna", "--set", f"number={number}"),
            *("--set", "customer=A", "--set", "total=1"),
            *("--set", "priority=1", "--set", "lines=[]"),
        )
        for number in numbers
    ]

    finished = [finish(each) for each in both]

    assert [each.returncode for each in finished] == [0] * 4
    rows = json.loads(done(shop, "order", "list", "--json"))
    assert sorted(row["number"] for row in rows) == ["A-1", *numbers]
    assert done(shop, "db", "check") == "flowengine.db is clean.\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_fires_timers_until_it_is_told_to_stop(
    shop: Path, number: signal.Signals
) -> None:
    done(shop, "task", "done", "A-1/check", "--answer", "credit=ok", "--as", "anna")
    done(shop, "task", "done", "A-1/pick", "short", "--as", "anna")
    worker = start(shop, "worker", "run", "--every", "0.1")
    assert worker.stderr is not None

    worker.stderr.readline()  # it says that it waits
    fired = worker.stderr.readline()
    worker.send_signal(number)
    stopped = finish(worker)

    assert fired == "1 fired.\n"
    assert stopped.returncode == 0
    assert stopped.stdout == "Timers fired: 1.\n"


def test_a_reader_that_goes_away_is_no_news(shop: Path) -> None:
    process = start(shop, "process", "schema")
    assert process.stdout is not None

    process.stdout.close()
    process.stdout = None
    result = finish(process)

    assert result.stderr == ""


@pytest.mark.skipif(
    not hasattr(os, "setuid") or os.getuid() != 0 or shutil.which("setpriv") is None,
    reason="only root can give up its rights, which is what makes a file read-only",
)
def test_a_database_that_may_not_be_written_is_told_in_one_line(shop: Path) -> None:
    before = (shop / "flowengine.db").stat().st_size
    for folder in (shop, *shop.parents):
        if folder.stat().st_uid == 0 and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    words = ("task", "claim", "A-1/check", "--as", "anna")

    result = subprocess.run(
        ["setpriv", "--reuid=65534", "--clear-groups", *FLOWENGINE, *words],
        cwd=shop,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert result.returncode == 1
    assert result.stderr.startswith("Expected ")
    assert result.stderr.count("\n") == 1
    assert (shop / "flowengine.db").stat().st_size == before
    assert done(shop, "db", "check") == "flowengine.db is clean.\n"


def test_a_worklist_is_there_at_once(shop: Path) -> None:
    """Only what cannot vary is asserted: the modules that must not be loaded."""
    code = (
        "import sys; from flowengine.cli.program import program;"
        "sys.argv = ['flowengine', 'task', 'list'];\n"
        "try: program()\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )

    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=shop,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(result.stderr.split())

    assert "sqlalchemy" in loaded
    assert loaded & SLOW == set()
