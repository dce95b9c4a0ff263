"""Reads the commands and files of a Markdown page, and runs them as a reader would.

A block fenced as `console` is run in order: lines after `$ ` are commands, the others
what they print; `…` stands for anything, alone in a line for any lines. A block after
`<!-- file: NAME -->` is written to that file. Everything on a page happens in one shell
and one empty folder.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent

FENCE = re.compile(
    r"(?:^<!-- file: (?P<file>\S+) -->\n)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
MARK = "=== ended"


@dataclass(frozen=True, slots=True)
class Action:
    """A command of a page with what it says it prints, or a file it shows."""

    command: str
    expected: str = ""
    #: Set where the page goes on with `echo $?`: the command is meant to fail.
    may_fail: bool = False


def actions_of(page: Path) -> tuple[Action, ...]:
    """What a reader of the page types and writes, in order."""
    actions: list[Action] = []
    for fence in FENCE.finditer(page.read_text(encoding="utf-8")):
        if fence["file"]:
            actions.append(Action(f"cat > {fence['file']} <<'END'\n{fence['body']}END"))
        elif fence["kind"] == "console":
            actions.extend(_commands(fence["body"]))
    return tuple(actions)


def differences(page: Path, folder: Path) -> list[str]:
    """Run a page in a folder; tell where it does not do what it says."""
    actions = actions_of(page)
    outputs = _run(actions, folder)
    told: list[str] = []
    for number, action in enumerate(actions):
        printed, code = outputs.get(number, ("it was not reached", 1))
        if code and not action.may_fail:
            told.append(f"$ {action.command}\nended with {code}:\n{printed}")
        elif not _matches(action.expected, printed):
            told.append(
                f"$ {action.command}\nsays:\n{action.expected}\nprints:\n{printed}"
            )
    return told


def _commands(body: str) -> Iterator[Action]:
    parts = re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]
    for number, part in enumerate(parts):
        command, _, expected = part.partition("\n")
        following = parts[number + 1] if number + 1 < len(parts) else ""
        yield Action(command, expected.strip("\n"), following.startswith("echo $?"))


def _run(actions: tuple[Action, ...], folder: Path) -> dict[int, tuple[str, int]]:
    """What each action printed, and its exit code."""
    script = "".join(
        f"{action.command}\nstatus=$?\necho\necho '{MARK}' {number} $status\n"
        "(exit $status)\n"
        for number, action in enumerate(actions)
    )
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=os.environ
        | {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "NO_COLOR": "1",
            "COLUMNS": "88",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    ).stdout
    pieces = re.split(rf"^{MARK} (\d+) (\d+)\n", done, flags=re.MULTILINE)
    return {
        int(pieces[at + 1]): (pieces[at].strip("\n"), int(pieces[at + 2]))
        for at in range(0, len(pieces) - 2, 3)
    }


def _matches(expected: str, printed: str) -> bool:
    """Whether a text is what the page says; `…` stands for anything."""
    if not expected:
        return True
    lines = [re.escape(line.rstrip()) for line in expected.splitlines()]
    pattern = "\n".join(
        r"(?:.*\n?)*?.*" if line == "…" else line.replace("…", ".*") for line in lines
    )
    shown = "\n".join(line.rstrip() for line in printed.splitlines())
    return re.fullmatch(pattern, shown) is not None
