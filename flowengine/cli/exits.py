"""Errors to one line and an exit code: the only place where that happens."""

import errno
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click
from click.exceptions import NoArgsIsHelpError

from flowengine.errors import (
    CommandRejected,
    Conflict,
    FlowError,
    InvalidInput,
    InvalidProcess,
    NotFound,
)

OK = 0
ERROR = 1
USAGE = 2
NOT_FOUND = 3
REFUSED = 4
CONFLICT = 5
INVALID_PROCESS = 6
GATE_FAILED = 7
INTERRUPTED = 130

#: The first class that fits decides; subclasses stand before their parents.
_CODES: Sequence[tuple[type[FlowError], int]] = (
    (NotFound, NOT_FOUND),
    (Conflict, CONFLICT),
    (CommandRejected, REFUSED),
    (InvalidInput, REFUSED),
    (InvalidProcess, INVALID_PROCESS),
    (FlowError, ERROR),
)

DEBUG = "FLOWENGINE_DEBUG"


def exit_code(error: FlowError) -> int:
    """The exit code that stands for an error."""
    return next(code for kind, code in _CODES if isinstance(error, kind))


def guarded(run: Callable[[], object]) -> int:
    """Run a command; tell what went wrong on stderr; the exit code.

    `run` returns an exit code or nothing, as click's `main` does outside standalone
    mode. With FLOWENGINE_DEBUG=1 an error shows where it came from.
    """
    try:
        result = run()
        sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        _say("Interrupted; what was done stays done.")
        return INTERRUPTED
    except click.ClickException as error:
        _say(_usage_text(error))
        return error.exit_code
    except FlowError as error:
        _show_traceback()
        _say(error_text(error))
        return exit_code(error)
    except BrokenPipeError:
        return _closed_pipe()
    except Exception as error:  # the last line of defence: nobody sees a traceback
        if isinstance(error, OSError) and error.errno == errno.EPIPE:
            return _closed_pipe()
        _show_traceback()
        _say(_unexpected_text(error))
        return ERROR
    return result if isinstance(result, int) else OK


def error_text(error: FlowError) -> str:
    """What is told about an error: one line, or the located problems of a process."""
    if isinstance(error, InvalidProcess) and error.problems:
        return problems_text(error.problems)
    return str(error)


def problems_text(
    problems: Sequence[object], known: Mapping[str, str] | None = None
) -> str:
    """Problems of process files, each with its line and a caret.

    `known` holds the texts of files by path; others are read again.
    """
    from flowengine.language import Problem, problem_text

    sources = dict(known or {})
    told = []
    for problem in problems:
        if not isinstance(problem, Problem):
            told.append(str(problem))
            continue
        if problem.path not in sources:
            sources[problem.path] = _source(problem.path)
        told.append(problem_text(problem, sources[problem.path]))
    return "\n\n".join(told)


def _source(path: str) -> str:
    """The file again, for the lines to show; nothing where it cannot be read twice."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, ValueError):
        return ""


def _usage_text(error: click.ClickException) -> str:
    text = error.format_message()
    if isinstance(error, NoArgsIsHelpError):
        return text
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f"{text} See {error.ctx.command_path} --help."
    return text


def _unexpected_text(error: Exception) -> str:
    first = str(error).strip().partition("\n")[0]
    told = f"{type(error).__name__}: {first}" if first else type(error).__name__
    return f"Unexpected {told}. Nothing more was done; {DEBUG}=1 shows where it arose."


def _show_traceback() -> None:
    if os.environ.get(DEBUG):
        traceback.print_exc()


def _say(text: str) -> None:
    click.echo(text, err=True)


def _closed_pipe() -> int:
    """Whoever read our output has gone; that is no news to anybody."""
    # Python would complain again when it flushes stdout at its end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ERROR
