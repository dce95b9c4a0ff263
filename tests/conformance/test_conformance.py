"""The control-flow patterns, each run through the engine as its file says."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NotRequired, TypedDict, cast

import pytest
import yaml

from flowengine.engine import Engine
from flowengine.engine.database import create_database
from flowengine.errors import CommandRejected, Conflict, NotFound
from flowengine.language import Severity
from flowengine.net.check import check_text
from flowengine.quantities import parse_duration

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.yaml"))
TABLE = HERE.parents[1] / "docs" / "reference" / "patterns.md"
WHO = "anna"


class Command(TypedDict):
    """One command of a run, with what must hold after it."""

    order: NotRequired[Mapping[str, object]]
    done: NotRequired[str]
    outcome: NotRequired[str]
    start: NotRequired[str]
    message: NotRequired[str]
    after: NotRequired[str]
    cancel: NotRequired[str]
    refused: NotRequired[bool]
    open: NotRequired[list[str]]
    closed: NotRequired[str]


class Pattern(TypedDict):
    """A file of this folder."""

    pattern: int
    name: str
    process: str
    refused: NotRequired[str]
    runs: NotRequired[list[list[Command]]]


def _read(file: Path) -> Pattern:
    return cast("Pattern", yaml.safe_load(file.read_text("utf-8")))


class World:
    """An engine with one order and a clock that moves when told."""

    def __init__(self, path: Path, process: str) -> None:
        self.now = datetime(2026, 6, 1, 9, tzinfo=UTC)
        url = str(path / "conformance.db")
        create_database(url)
        self.engine = Engine(url, clock=lambda: self.now)
        self.process = self.engine.add_process(process, "pattern.yaml").name
        self.engine.people.add(WHO, ["clerk"])

    def do(self, command: Command) -> None:
        """Give one command to the engine."""
        match command:
            case {"done": ref}:
                outcome = command.get("outcome")
                self.engine.complete(f"1/{ref}", by=WHO, outcome=outcome)
            case {"start": ref}:
                self.engine.start(f"1/{ref}", by=WHO)
            case {"message": name}:
                self.engine.deliver(name, match="1")
            case {"after": span}:
                self.now += timedelta(microseconds=parse_duration(span))
            case {"cancel": reason}:
                self.engine.cancel("1", reason, by=WHO)
            case _:
                pass  # only to look
        self.engine.machines.fire_timers()

    def look(self, command: Command) -> None:
        """Compare the order with what must hold."""
        case = self.engine.order("1").case
        if "open" in command:
            assert sorted(case.tasks) == command["open"], command
        if "closed" in command:
            assert case.outcome == command["closed"], command


def _runs() -> Iterator[object]:
    for file in FILES:
        for number, run in enumerate(_read(file).get("runs", []), 1):
            yield pytest.param(file, run, id=f"{file.stem}-{number}")


@pytest.mark.parametrize(("file", "run"), tuple(_runs()))
def test_a_pattern_runs_as_its_file_says(
    file: Path, run: list[Command], tmp_path: Path
) -> None:
    world = World(tmp_path, _read(file)["process"])

    with world.engine as engine:
        fields = {"number": "1", **run[0].get("order", {})}
        engine.open_order(world.process, fields, by=WHO)
        for command in run:
            if command.get("refused"):
                with pytest.raises((CommandRejected, Conflict, NotFound)):
                    world.do(command)
            else:
                world.do(command)
            world.look(command)

        assert engine.upkeep.check() == ()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_only_a_process_that_may_run_is_free_of_errors(file: Path) -> None:
    pattern = _read(file)

    problems = check_text(pattern["process"], file.name).problems

    errors = {p.code for p in problems if p.severity is Severity.ERROR}
    assert errors == {pattern["refused"]} if "refused" in pattern else not errors


def test_the_table_tells_of_every_pattern_what_supports_it_or_why_nothing_does() -> (
    None
):
    rows = re.findall(
        r"^\| (\d+) \| ([^|]+) \| (yes|no) \| ([^|]+) \|$",
        TABLE.read_text("utf-8"),
        re.M,
    )

    assert [int(number) for number, *_ in rows] == list(range(1, 44))
    supported = {int(number): name for number, name, word, _ in rows if word == "yes"}
    shown = {
        pattern["pattern"]: pattern["name"]
        for pattern in map(_read, FILES)
        if "runs" in pattern
    }
    assert supported == shown
