"""Every error is one line and a stable exit code, and never a traceback."""

import click
import pytest

from flowengine.cli.exits import error_text, exit_code, guarded
from flowengine.errors import (
    CommandRejected,
    ConcurrentChange,
    Conflict,
    FlowError,
    InvalidInput,
    InvalidProcess,
    NotFound,
    StoreMissing,
    StoreRefused,
)
from tests.cli.terminal import Terminal

CODES = {
    FlowError: 1,
    StoreMissing: 1,
    StoreRefused: 1,
    NotFound: 3,
    CommandRejected: 4,
    InvalidInput: 4,
    Conflict: 5,
    ConcurrentChange: 5,
    InvalidProcess: 6,
}


@pytest.mark.parametrize(("kind", "code"), CODES.items())
def test_every_refusal_has_its_code(
    kind: type[FlowError], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    error = kind("Expected this, but that.")

    def refuse() -> None:
        raise error

    assert exit_code(error) == code
    assert guarded(refuse) == code
    assert capsys.readouterr() == ("", "Expected this, but that.\n")


def test_a_bug_is_told_in_one_line_that_says_how_to_see_more(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail() -> None:
        raise ValueError("something\nover lines")

    assert guarded(fail) == 1
    assert capsys.readouterr().err == (
        "Unexpected ValueError: something. Nothing more was done;"
        " FLOWENGINE_DEBUG=1 shows where it arose.\n"
    )


def test_a_bug_shows_where_it_arose_when_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOWENGINE_DEBUG", "1")

    def fail() -> None:
        raise ValueError("something")

    assert guarded(fail) == 1
    assert "Traceback" in capsys.readouterr().err


def test_an_interruption_has_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    assert guarded(interrupt) == 130
    assert capsys.readouterr().err == "Interrupted; what was done stays done.\n"


def test_an_exit_code_is_passed_on() -> None:
    assert guarded(lambda: 6) == 6
    assert guarded(lambda: None) == 0


def test_wrong_usage_is_one_line_that_says_where_help_is(terminal: Terminal) -> None:
    told = terminal.refused(2, "task", "nothing")

    assert told == "No such command 'nothing'. See flowengine task --help.\n"


def test_a_slip_in_a_command_is_told_with_what_was_meant(terminal: Terminal) -> None:
    told = terminal.refused(2, "proces", "check")

    assert told.startswith("No such command 'proces'. Did you mean 'process'?")


@pytest.mark.parametrize("words", [(), ("task",)])
def test_a_noun_alone_shows_what_it_can_do(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    told = terminal.refused(2, *words)

    assert "Commands:" in told
    assert "--help." not in told


def test_a_click_error_keeps_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise click.UsageError("Expected this, but that.")

    assert guarded(fail) == 2
    assert capsys.readouterr().err == "Expected this, but that.\n"


def test_problems_without_a_place_are_told_as_they_are() -> None:
    assert error_text(InvalidProcess("refused", ("one", "two"))) == "one\n\ntwo"


@pytest.mark.parametrize("words", [("--help",), ("task", "--help"), ("--version",)])
def test_help_and_version_are_data(terminal: Terminal, words: tuple[str, ...]) -> None:
    assert "flowengine" in terminal.done(*words)
