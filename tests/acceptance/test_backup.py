"""A backup is taken while others write, and holds all that was acknowledged before."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flowengine.engine import Engine
from flowengine.engine.database import create_database
from flowengine.errors import NotFound
from tests.acceptance.documents import REPOSITORY
from tests.engine.world import PEOPLE, SALE

FLOWENGINE = "from flowengine.cli import main; main()"
NO_FILE_OVER_A_PAGE = (
    "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); "
)
#: Opens and enters orders as fast as it can, and says each one that was acknowledged.
WRITER = """\
import sys
from flowengine.engine import Engine

engine = Engine("shop.db", synchronous="OFF")
number = 0
while True:
    number += 1
    name = f"{sys.argv[1]}-{number}"
    fields = {"number": name, "priority": 0, "customer": "Ilze", "reference": name}
    engine.open_order("sale", fields, by="anna")
    engine.complete(f"{name}/enter", by="anna", answers={"order.total": "9 EUR"})
    print(name, flush=True)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a database, the sale process and its people."""
    create_database(str(tmp_path / "shop.db"))
    with Engine(str(tmp_path / "shop.db"), synchronous="OFF") as engine:
        engine.add_process(SALE, "sale.yaml")
        for name, roles in PEOPLE.items():
            engine.people.add(name, roles)
    return tmp_path


#: As somebody who may not write, nor read any more modules.
AS_NOBODY = (
    "import os\n"
    "import flowengine.cli.db, flowengine.cli.program, flowengine.engine.database\n"
    "import flowengine.engine, sqlalchemy.dialects.sqlite, click._termui_impl\n"
    "if os.getuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
)
FROZEN = REPOSITORY / "tests" / "databases"


def run(folder: Path, *words: str, first: str = "") -> tuple[int, str, str]:
    """Exit code, output and what went to stderr."""
    done = subprocess.run(
        [sys.executable, "-c", first + FLOWENGINE, "--db", "shop.db", *words],
        cwd=folder,
        env=os.environ | {"FLOWENGINE_USER": "anna", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    return done.returncode, done.stdout, done.stderr


def in_folder(folder: Path) -> list[str]:
    """Files, without the log that SQLite could not move into its database."""
    names = (path.name for path in folder.iterdir())
    return sorted(name for name in names if not name.endswith(("-wal", "-shm")))


@contextmanager
def writing(folder: Path, count: int) -> Iterator[list[Path]]:
    """Programs that write all the time; gives the files of what was acknowledged."""
    said = [folder / f"said-{number}" for number in range(count)]
    writers = []
    for number, path in enumerate(said):
        with path.open("w") as output:
            writers.append(
                subprocess.Popen(
                    [sys.executable, "-c", WRITER, str(number)],
                    cwd=folder,
                    stdout=output,
                    stderr=subprocess.PIPE,
                )
            )
    try:
        yield said
    finally:
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            writer.communicate(timeout=60)


def acknowledged(said: list[Path]) -> set[str]:
    """Whole lines only: the last one may be half written."""
    return {
        line.strip()
        for path in said
        for line in path.read_text().splitlines(keepends=True)
        if line.endswith("\n")
    }


def wait_for(said: list[Path], count: int) -> set[str]:
    end = time.monotonic() + 60
    while len(acknowledged(said)) < count and time.monotonic() < end:
        time.sleep(0.02)
    return acknowledged(said)


def test_a_backup_under_load_holds_every_command_acknowledged_before_it(
    folder: Path,
) -> None:
    promised: dict[str, set[str]] = {}
    with writing(folder, 2) as said:
        for number in range(2):
            wait_for(said, (number + 1) * 30)
            before = acknowledged(said)
            code, _, errors = run(folder, "db", "backup", f"{number}.db")
            assert (code, errors) == (0, "")
            promised[f"{number}.db"] = before
        last = wait_for(said, len(acknowledged(said)) + 20)

    for name, numbers in promised.items():
        assert run(folder, "db", "restore", name, "--force")[0] == 0
        assert run(folder, "db", "check")[0] == 0
        with Engine(str(folder / "shop.db")) as engine:
            for order in numbers:
                assert "pick" in engine.order(order).case.tasks
            with pytest.raises(NotFound):
                engine.order(max(last - numbers, key=lambda text: int(text[2:])))


def test_the_old_database_is_kept_when_a_backup_takes_its_place(folder: Path) -> None:
    code, output, _ = run(folder, "db", "backup", "kept.db")
    assert code == 0
    assert "kept.db, whole: 0 orders" in output
    assert run(folder, "db", "backup", "kept.db")[0] == 1
    assert run(folder, "db", "restore", "kept.db")[0] == 1

    code, output, _ = run(folder, "db", "restore", "kept.db", "--force")

    assert code == 0
    (aside,) = folder.glob("shop.before-restore-*.db")
    assert aside.name in output
    assert run(folder, "db", "check")[1] == "shop.db is clean.\n"


@pytest.mark.parametrize("words", [("backup", "new.db"), ("rebuild",)])
def test_what_has_no_room_is_told_in_a_line_and_changes_nothing(
    folder: Path, words: tuple[str, ...]
) -> None:
    with Engine(str(folder / "shop.db")) as engine:
        for number in ("1", "2", "3"):
            fields = {"number": number, "priority": 0, "customer": "Ilze"}
            engine.open_order("sale", fields, by="anna")
        with engine._opened.database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM task_row")
    assert in_folder(folder) == ["shop.db"]

    code, output, errors = run(folder, "db", *words, first=NO_FILE_OVER_A_PAGE)

    assert (code, output) == (1, "")
    assert errors.startswith("Expected ")
    assert errors.count("\n") == 1
    assert in_folder(folder) == ["shop.db"]
    assert run(folder, "db", "check")[0] == 1
    assert run(folder, "db", *words)[0] == 0
    assert run(folder, "db", "rebuild")[0] == 0
    assert run(folder, "db", "check")[0] == 0


def test_an_upgrade_that_has_no_room_for_its_backup_changes_nothing(
    tmp_path: Path,
) -> None:
    shutil.copy(FROZEN / "0002.db", tmp_path / "shop.db")
    before = (tmp_path / "shop.db").read_bytes()

    code, output, errors = run(tmp_path, "db", "upgrade", first=NO_FILE_OVER_A_PAGE)

    assert (code, output) == (1, "")
    assert errors.startswith("Expected ")
    assert "--no-backup" in errors
    assert errors.count("\n") == 1
    assert in_folder(tmp_path) == ["shop.db"]
    assert (tmp_path / "shop.db").read_bytes() == before
    assert run(tmp_path, "db", "upgrade")[0] == 0
    assert run(tmp_path, "db", "check")[0] == 0
    assert len(in_folder(tmp_path)) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("rebuild",),
        ("backup", "kept.db"),
        ("restore", "other.db", "--force"),
        ("upgrade",),
    ],
)
def test_what_may_not_be_written_is_told_in_a_line_and_stays_as_it_is(
    folder: Path, words: tuple[str, ...]
) -> None:
    # Not in the folder of the test: it is closed to others.
    shelf = Path(tempfile.mkdtemp(prefix="flowengine-tests-"))
    old = FROZEN / "0002.db" if words == ("upgrade",) else folder / "shop.db"
    shutil.copy(old, shelf / "shop.db")
    shutil.copy(folder / "shop.db", shelf / "other.db")
    before = (shelf / "shop.db").read_bytes()
    try:
        for path in shelf.iterdir():
            path.chmod(0o444)
        shelf.chmod(0o555)

        code, output, errors = run(shelf, "db", *words, first=AS_NOBODY)

        assert (code, output) == (1, ""), errors
        assert errors.startswith("Expected ")
        assert errors.count("\n") == 1
        assert (shelf / "shop.db").read_bytes() == before
        assert in_folder(shelf) == ["other.db", "shop.db"]
    finally:
        shelf.chmod(0o755)
        shutil.rmtree(shelf)


def test_a_damaged_file_is_told_in_a_line_by_all_that_reads_it(folder: Path) -> None:
    with Engine(str(folder / "shop.db")) as engine:
        for number in range(60):
            fields = {"number": str(number), "priority": 0, "customer": "Ilze"}
            engine.open_order("sale", fields, by="anna")
    assert run(folder, "db", "backup", "kept.db")[0] == 0
    size = (folder / "shop.db").stat().st_size
    with (folder / "shop.db").open("r+b") as file:
        for place in range(8192, size, 4096):
            file.seek(place)
            file.write(b"\xff" * 3000)

    told = [run(folder, "db", *words) for words in READING]

    assert [code for code, _, _ in told] == [1] * len(READING)
    assert [errors.count("\n") for _, _, errors in told] == [1] * len(READING)
    assert all("damaged" in errors for _, _, errors in told)
    assert run(folder, "db", "restore", "kept.db", "--force")[0] == 0
    assert run(folder, "db", "check")[0] == 0


READING = (("check",), ("rebuild",), ("backup", "new.db"))
