"""The wheel holds what it needs, and works in an empty environment and folder."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent.parent

#: What the build reads; nothing else of the checkout reaches the wheel.
BUILT_FROM = ("pyproject.toml", "README.md", "LICENSE", "flowengine", "processes")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network."""
    source = tmp_path_factory.mktemp("source")
    for name in BUILT_FROM:
        if (REPOSITORY / name).is_dir():
            shutil.copytree(REPOSITORY / name, source / name)
        else:
            shutil.copy(REPOSITORY / name, source)
    built = tmp_path_factory.mktemp("wheel")
    options = ["--no-index", "--no-build-isolation", "--no-deps", "--quiet"]
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, "-w", str(built), str(source)],
        check=True,
    )
    (only,) = built.glob("*.whl")
    return only


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`flowengine` of an empty environment that has the wheel.

    Its dependencies are those of this environment, through a path file, which does not
    bring the checkout along.
    """
    place = tmp_path_factory.mktemp("empty") / "venv"
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(place)], check=True
    )
    python = place / "bin" / "python"
    (packages,) = place.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    options = ["--no-index", "--no-deps", "--ignore-installed", "--quiet"]
    subprocess.run([*pip, "install", *options, str(wheel)], check=True)
    return place / "bin" / "flowengine"


def run(program: Path, folder: Path, *arguments: str) -> str:
    """What the command prints in a folder."""
    environment = {"PATH": os.environ["PATH"], "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [program, *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_everything_that_is_read_at_run_time(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()

    def has(start: str, end: str) -> bool:
        return any(
            n.startswith(f"flowengine{start}") and n.endswith(end) for n in names
        )

    assert "flowengine/py.typed" in names
    assert has("/demo/", "orders.csv")
    assert has("/demo/processes/", "order-to-delivery.yaml")
    assert has("/language/", ".lark")
    assert has("/locale/lv/", ".mo")
    assert has("/store/migrations/versions/", ".py")
    assert has("-", "licenses/LICENSE")


def test_the_wheel_holds_nothing_of_the_tests_or_the_checkout(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0].split("-")[0] for name in archive.namelist()}
        cached = [name for name in archive.namelist() if name.endswith(".pyc")]

    assert tops == {"flowengine"}
    assert cached == []


def test_a_new_process_is_clean_and_drawn_from_an_empty_folder(
    program: Path, tmp_path: Path
) -> None:
    run(program, tmp_path, "process", "new", "first")

    run(program, tmp_path, "process", "check", "first.yaml")
    run(program, tmp_path, "diagram", "draw", "first.yaml", "--out", "first.svg")

    assert (tmp_path / "first.svg").read_text().rstrip().endswith("</svg>")


@pytest.mark.timeout(240)
def test_the_demo_runs_from_an_empty_folder(program: Path, tmp_path: Path) -> None:
    printed = run(program, tmp_path, "demo")

    assert "bottleneck" in printed.lower()
    assert len(list(tmp_path.rglob("*.svg"))) >= 3
