"""Damaged files: never an exception, and never neither a process nor an error."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from flowengine.cli.program import program
from flowengine.net.check import Checked, check_text

PROCESSES = sorted((Path(__file__).parents[2] / "processes").glob("*.yaml"))
#: Damaged files of each process and each kind of damage.
_COUNT = 25

Damage = Callable[[str, random.Random], str]

_KEY = re.compile(r"[\w-]+(?=: )|[\w-]+(?=:$)", re.MULTILINE)
_VALUE = re.compile(r"(?<=: )[^,{}\[\]\n]+")
_PIECES = (
    *"{}[]:,#&*!|>'\"%@`?-\t\n ",
    ": ",
    " #",
    "- ",
    "\n  ",
    "<<: ",
    "null",
    "9" * 40,
    "0",
    "-1",
    "\u00a0",
    "\ufeff",
    "ā",
    "🚚",
    "\x00",
    "cancel",
    "end",
)


def _by_byte(text: str, chance: random.Random) -> str:
    """A few characters cut out, put in or doubled anywhere."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text))
        piece = chance.choice((*_PIECES, text[at : at + chance.randint(1, 30)]))
        text = text[:at] + piece + text[at + chance.choice((0, 0, 1, 5, 40)) :]
    return text


def _by_key(text: str, chance: random.Random) -> str:
    """Keys and values put in each other's places."""
    for _ in range(chance.randint(1, 3)):
        keys, values = list(_KEY.finditer(text)), list(_VALUE.finditer(text))
        one = chance.choice(chance.choice((keys, values)))
        other = chance.choice(chance.choice((keys, values)))
        piece = chance.choice((other[0], other[0], "", *_PIECES))
        text = text[: one.start()] + piece + text[one.end() :]
    return text


def _by_line(text: str, chance: random.Random) -> str:
    """Lines taken out, doubled, moved, or set further in."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        line = lines[at]
        match chance.randrange(4):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, line)
            case 2:
                lines.insert(chance.randrange(len(lines)), lines.pop(at))
            case _:
                lines[at] = " " * chance.randint(1, 4) + line
    return "\n".join(lines)


@pytest.mark.parametrize("damage", [_by_byte, _by_key, _by_line])
@pytest.mark.parametrize("file", PROCESSES, ids=lambda file: file.stem)
def test_a_damaged_file_gives_a_process_or_an_error(file: Path, damage: Damage) -> None:
    text = file.read_text("utf-8")

    for seed in range(_COUNT):
        damaged = damage(text, random.Random(f"{file.stem} {seed}"))  # noqa: S311 -- not for secrets
        checked = check_text(damaged, file.name)

        assert (checked.process is not None) or checked.has_errors, seed
        assert _is_placed(checked, damaged), seed


@pytest.mark.parametrize("damage", [_by_byte, _by_key, _by_line])
def test_check_of_a_damaged_file_exits_clean_or_with_errors(
    tmp_path: Path, damage: Damage
) -> None:
    text = PROCESSES[0].read_text("utf-8")
    file = tmp_path / "damaged.yaml"

    for seed in range(4):
        damaged = damage(text, random.Random(seed))  # noqa: S311 -- not for secrets
        file.write_bytes(damaged.encode("utf-8", "replace"))
        result = CliRunner().invoke(program, ["process", "check", str(file)])

        assert result.exit_code in (0, 6), result.output
        assert "Traceback" not in result.output


def test_check_of_any_bytes_exits_with_errors(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 -- not for secrets
    text = PROCESSES[0].read_bytes()
    file = tmp_path / "bytes.yaml"

    for size in (1, 3, 4_000):
        at = chance.randrange(len(text))
        file.write_bytes(text[:at] + b"\xff" + chance.randbytes(size) + text[at:])
        result = CliRunner().invoke(program, ["process", "check", str(file)])

        assert result.exit_code == 6
        assert "F115" in result.output


def _is_placed(checked: Checked, text: str) -> bool:
    """Whether every problem stands at a line of the file."""
    lines = text.count("\n") + text.count("\r") + 1
    return all(1 <= problem.line <= lines for problem in checked.problems)
