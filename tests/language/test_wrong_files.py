"""Every file of `tests/wrong` gets the problems that stand beside it."""

import json
from pathlib import Path

import pytest

from flowengine.language import problem_text
from flowengine.language.codes import CODES
from flowengine.language.codes.calls import CALL_CODES
from flowengine.net.check import check_text

WRONG = Path(__file__).parents[1] / "wrong"
FILES = sorted(WRONG.glob("*.yaml"))


#: Told when a process is added that calls another: it takes two files to show them
#: (`tests/engine/test_pinned_calls.py`).
OF_TWO_FILES = {code.code for code in CALL_CODES}


def _expected(file: Path) -> list[dict[str, object]]:
    written: list[dict[str, object]] = json.loads(
        file.with_suffix(".json").read_text("utf-8")
    )
    return written


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_wrong_file_gets_its_problems(file: Path) -> None:
    checked = check_text(file.read_text("utf-8"), file.name)

    assert [
        {
            "code": problem.code,
            "line": problem.line,
            "column": problem.column,
            "help": problem.help,
        }
        for problem in checked.problems
    ] == _expected(file)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_caret_stands_under_the_place(file: Path) -> None:
    text = file.read_text("utf-8")

    for problem in check_text(text, file.name).problems:
        lines = problem_text(problem, text).splitlines()
        assert lines[4].index("^") == lines[3].index("|") + 1 + problem.column


def test_every_problem_of_a_wrong_file_says_how_to_mend_it() -> None:
    without = {
        f"{file.stem}: {expected['code']}"
        for file in FILES
        for expected in _expected(file)
        if not expected["help"]
    }

    assert without == set()


def test_every_code_has_a_wrong_file() -> None:
    shown = {expected["code"] for file in FILES for expected in _expected(file)}

    assert set(CODES) - shown - OF_TWO_FILES == set()
