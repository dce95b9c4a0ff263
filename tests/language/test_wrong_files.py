"""Every file of `tests/wrong` gets the problems that stand beside it."""

import json
from pathlib import Path

import pytest

from flowengine.language import problem_text, read_process
from flowengine.language.codes import CODES

WRONG = Path(__file__).parents[1] / "wrong"
FILES = sorted(WRONG.glob("*.yaml"))


def _expected(file: Path) -> list[tuple[str, int, int]]:
    written = json.loads(file.with_suffix(".json").read_text("utf-8"))
    return [(each["code"], each["line"], each["column"]) for each in written]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_wrong_file_gets_its_problems(file: Path) -> None:
    reading = read_process(file.read_text("utf-8"), file.name)

    assert [
        (problem.code, problem.line, problem.column) for problem in reading.problems
    ] == _expected(file)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_caret_stands_under_the_place(file: Path) -> None:
    text = file.read_text("utf-8")

    for problem in read_process(text, file.name).problems:
        lines = problem_text(problem, text).splitlines()
        assert lines[4].index("^") == lines[3].index("|") + 1 + problem.column


def test_every_code_of_a_file_and_its_rules_has_a_wrong_file() -> None:
    shown = {code for file in FILES for code, _, _ in _expected(file)}

    told_by_the_net = {code for code in CODES if code.startswith("F4")}
    assert set(CODES) - told_by_the_net - shown == set()
