"""Checking process files for the terminal: once, or again whenever one is saved."""

from __future__ import annotations

import signal
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowengine.cli.exits import INVALID_PROCESS, OK, problems_text
from flowengine.cli.fields import read_process_text
from flowengine.cli.output import print_json, say
from flowengine.errors import FlowError

if TYPE_CHECKING:
    from flowengine.language import Problem

#: Seconds between two looks at the files: short for a person, nothing for a machine.
LOOK_EVERY = 0.2


def check_files(files: Sequence[str], form: str) -> int:
    """Tell all problems of some files as text, json or github; the exit code."""
    from flowengine.language import Severity
    from flowengine.net.check import check_text

    problems: list[Problem] = []
    for path in files:
        text = read_process_text(path)
        found = check_text(text, path).problems
        problems.extend(found)
        if form == "text" and found:
            click.echo(problems_text(found, {path: text}) + "\n")
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    _print_problems(problems, form)
    if form == "text":
        _say_summary(len(files), errors, len(problems) - errors)
    return INVALID_PROCESS if errors else OK


def watch_files(files: Sequence[str], form: str) -> int:
    """Check some files now and after every change, until Ctrl-C or SIGTERM.

    A file that is gone for a moment, as editors do when they save, is waited for.
    Returns the exit code of the last check.
    """
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    for file in files:
        read_process_text(
            file
        )  # one that is not there at the start is a slip, not a save
    code = OK
    seen: list[tuple[int, int]] = []
    while not stopped.is_set():
        now = [state for file in files if (state := _state(file)) is not None]
        if now != seen and len(now) == len(files):
            code = _check_again(files, form)
            seen = now
        stopped.wait(LOOK_EVERY)
    return code


def _check_again(files: Sequence[str], form: str) -> int:
    click.clear()
    try:
        code = check_files(files, form)
    except (click.UsageError, FlowError) as error:
        # Gone since the look, or saved as something that is no text: wait for more.
        code = INVALID_PROCESS
        say(str(error))
    say("Watching for changes; Ctrl-C stops.")
    return code


def _state(file: str) -> tuple[int, int] | None:
    """What changes when a file is saved; None while there is none."""
    try:
        found = Path(file).stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size


def _print_problems(problems: Sequence[Problem], form: str) -> None:
    from flowengine.language import problem_github, problem_json

    if form == "json":
        print_json([problem_json(problem) for problem in problems])
    elif form == "github":
        for problem in problems:
            click.echo(problem_github(problem))


def _say_summary(files: int, errors: int, warnings: int) -> None:
    checked = "1 file" if files == 1 else f"{files} files"
    if not errors and not warnings:
        say(f"{checked} checked: clean.")
        return
    say(f"{checked} checked: errors {errors}, warnings {warnings}.")
