"""The files of this repository, as the shape tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent

#: Pure packages: no input or output, no clock, no chance.
PURE = ("calendars", "eventlog", "language", "net", "kernel", "analysis")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files() -> tuple[str, ...]:
    """Everything git knows or would add, relative to the repository, sorted."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    return tuple(
        sorted({name for name in listed if name and (REPOSITORY / name).is_file()})
    )


def python_files(*folders: str) -> tuple[str, ...]:
    """Python files under the folders, all of them without one."""
    return tuple(
        name
        for name in files()
        if name.endswith(".py") and (not folders or name.split("/")[0] in folders)
    )


@cache
def text_of(name: str) -> str:
    """A file's text."""
    return (REPOSITORY / name).read_text(encoding="utf-8")


@cache
def tree_of(name: str) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(text_of(name), filename=name)


def functions_of(name: str) -> Iterator[Function]:
    """Every function and method of a file, nested ones too."""
    for item in ast.walk(tree_of(name)):
        if isinstance(item, Function):
            yield item


def is_pure(name: str) -> bool:
    """Whether a file belongs to the pure core."""
    parts = name.removesuffix(".py").split("/")
    return parts[0] == "flowengine" and len(parts) > 1 and parts[1] in PURE
