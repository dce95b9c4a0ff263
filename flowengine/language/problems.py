"""What is wrong in a process file, as values, and how people and machines read it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from flowengine.language.position import Position

#: Characters that a message and its help have at most.
MOST_OF_A_MESSAGE = 600
MOST_OF_HELP = 3_000
#: Columns of a line that are shown.
LONGEST_LINE = 400

#: Signs that would move the caret or the terminal, and what no encoding can write.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Severity(StrEnum):
    """Whether orders may run despite a problem."""

    ERROR = "error"  #: the process is refused
    WARNING = "warning"  #: it runs, but somebody should look


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, at its place; sorts by place in the file."""

    path: str
    #: Line and column count from 1.
    line: int
    column: int
    #: `F` and three digits; `flowengine.language.codes` explains each.
    code: str
    severity: Severity
    message: str
    help: str = ""
    #: How many characters of the line are meant.
    width: int = 1


def problem_at(
    path: str,
    at: Position,
    code: str,
    message: str,
    help_text: str = "",
    severity: Severity = Severity.ERROR,
) -> Problem:
    """A problem at a position of a file; what it quotes of it is cut to a length."""
    told = _cut(" ".join(message.split()), MOST_OF_A_MESSAGE)
    help_text = _cut(help_text, MOST_OF_HELP)
    return Problem(path, at.line, at.column, code, severity, told, help_text, at.width)


def problem_text(problem: Problem, source_text: str) -> str:
    """The problem for a terminal: the line it stands on, and a caret under the place.

    `source_text` is the whole file. Several lines of help stand under each other.
    """
    gutter = " " * len(str(problem.line))
    lines = [
        f"{problem.severity}[{problem.code}]: {problem.message}",
        f"{gutter}--> {problem.path}:{problem.line}:{problem.column}",
    ]
    written = source_lines(source_text)
    if problem.line <= len(written) and problem.column <= LONGEST_LINE:
        line = _UNPRINTABLE.sub("\ufffd", written[problem.line - 1]).rstrip()[
            :LONGEST_LINE
        ]
        line = line.replace("\t", " ")
        carets = "^" * _visible_width(problem, line)
        lines += [
            f"{gutter} |",
            f"{problem.line} | {line}".rstrip(),
            f"{gutter} | {' ' * (problem.column - 1)}{carets}",
        ]
    for number, text in enumerate(problem.help.splitlines()):
        lines.append(
            f"{gutter} = help: {text}" if number == 0 else f"{gutter}   {text}"
        )
    return "\n".join(lines)


def problem_json(problem: Problem) -> dict[str, object]:
    """The problem for a machine: an element of the array of `--format json`."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "help": problem.help,
    }


def problem_github(problem: Problem) -> str:
    """The problem as a workflow command, which GitHub shows beside the line."""
    text = f"{problem.message}\n{problem.help}" if problem.help else problem.message
    path = _escaped(problem.path).replace(":", "%3A").replace(",", "%2C")
    return (
        f"::{problem.severity} file={path},line={problem.line},"
        f"col={problem.column},endColumn={problem.column + problem.width},"
        f"title={problem.code}::{_escaped(text)}"
    )


def source_lines(text: str) -> list[str]:
    """The lines of a file as YAML counts them, without their line ends.

    `str.splitlines` would also split at form feeds and other separators.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return lines.split("\n")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _visible_width(problem: Problem, line: str) -> int:
    """Carets stay on the line, and there is always one."""
    return max(1, min(problem.width, len(line) - problem.column + 1))


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
