"""YAML's own errors, retold in the words of somebody who writes a process.

libyaml and the pure parser differ in their texts; both are known here. What is not
recognised keeps YAML's text under F101.
"""

import re

import yaml

from flowengine.language.flow_style import over_several_lines
from flowengine.language.position import Position
from flowengine.language.problems import Problem, problem_at, source_lines

_NO_SPACE = re.compile(r"\s*(?:- )?[\w-]+(:)(?=[^\s:])")


def retold(error: yaml.MarkedYAMLError, text: str, path: str) -> Problem:
    """The problem that stands for a YAML error."""
    scene = _Scene(error, text, path)
    for pattern, tell in _TELLERS:
        if re.search(pattern, scene.said):
            found = tell(scene)
            if found:
                return found
    return scene.problem("F101", f"YAML cannot read this: {error.problem}")


class _Scene:
    """An error with the lines around it."""

    def __init__(self, error: yaml.MarkedYAMLError, text: str, path: str) -> None:
        mark = error.problem_mark or error.context_mark
        self.said = f"{error.context or ''}: {error.problem or ''}"
        self.text = text
        self.path = path
        self.lines = source_lines(text)
        self.row, self.column = (mark.line, mark.column) if mark else (0, 0)
        self.context = error.context_mark
        self.line = self.lines[self.row] if self.row < len(self.lines) else ""
        self.before = self.line[: self.column]
        self.character = self.line[self.column : self.column + 1]

    def problem(
        self, code: str, message: str, help_text: str = "", at: Position | None = None
    ) -> Problem:
        """A problem at `at`, or where YAML stopped reading."""
        if at is None:
            row, column = self.row, self.column
            if row and row >= len(self.lines) - 1 and not self.line.strip():
                row -= 1  # past the end: the last line that says something
                column = max(0, len(self.lines[row]) - 1)
            at = Position(row + 1, column + 1)
        return problem_at(self.path, at, code, message, help_text)

    @property
    def opened_at(self) -> Position | None:
        """Where the thing began that YAML was reading."""
        mark = self.context
        return Position(mark.line + 1, mark.column + 1) if mark else None


def _tab(scene: _Scene) -> Problem | None:
    for row in {scene.row, max(0, scene.row - 1)}:
        line = scene.lines[row] if row < len(scene.lines) else ""
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            return scene.problem(
                "F102",
                "a tab at the start of a line",
                "Indent with spaces: two for each level.",
                Position(row + 1, indent.index("\t") + 1),
            )
    return None


def _second_colon(scene: _Scene) -> Problem | None:
    previous = scene.lines[scene.row - 1] if scene.row else ""
    if missing := _NO_SPACE.match(previous):
        return _missing_space(scene, previous, missing, scene.row)
    if re.search(r":\s", scene.before):
        return scene.problem(
            "F104",
            "a second colon in this value",
            f"Write the value after `>-` on its own line:\n{_folded(scene.line)}",
        )
    column = len(scene.line) - len(scene.line.lstrip()) + 1
    return scene.problem(
        "F103",
        "this line stands further right than the one before it, "
        "which already has a value",
        "Start it in the column of the key above.",
        Position(scene.row + 1, column),
    )


def _missing_space(
    scene: _Scene, line: str, missing: re.Match[str], row: int
) -> Problem:
    fixed = f"{line[: missing.end(1)]} {line[missing.end(1) :]}".strip()
    return scene.problem(
        "F113",
        f"the space after the colon is missing in `{line.strip()}`",
        f"Write `{fixed}`.",
        Position(row, missing.start(1) + 1),
    )


def _block_ended(scene: _Scene) -> Problem | None:
    if not scene.before.strip():
        return scene.problem(
            "F103",
            "this line is indented unlike its neighbours",
            "Start it in the same column as the keys it belongs to.",
        )
    if scene.before.rstrip().endswith(('"', "'")):
        return scene.problem(
            "F105",
            "text after the closing quote",
            "A value that starts with a quote ends at the next one. Write it after "
            f"`>-` on its own line:\n{_folded(scene.line)}",
        )
    return None


def _folded(line: str) -> str:
    """A line with its value on a line of its own, where nothing splits it."""
    key, _, value = line.strip().partition(": ")
    indent = "    " if key.startswith("- ") else "  "
    return f"{key}: >-\n{indent}{value}"


def _flow(scene: _Scene) -> Problem | None:
    opened = scene.opened_at
    if opened is None or scene.context is None:
        return None
    bracket = scene.text[scene.context.index : scene.context.index + 1]
    closing = {"{": "}", "[": "]"}.get(bracket, "}")
    if scene.row + 1 == opened.line and scene.character in ("[", "{", ":", '"', "'"):
        return scene.problem(
            "F114",
            f"`{scene.character}` splits a value inside the {bracket} {closing}",
            over_several_lines(scene.text, scene.context.index),
        )
    return scene.problem(
        "F105", f"this `{bracket}` is not closed", f"Add `{closing}`.", opened
    )


def _no_colon(scene: _Scene) -> Problem | None:
    opened = scene.opened_at
    if opened is None:
        return None
    line = scene.lines[opened.line - 1]
    if missing := _NO_SPACE.match(line):
        return _missing_space(scene, line, missing, opened.line)
    at = Position(opened.line, opened.column, max(1, len(line) - opened.column + 1))
    return scene.problem(
        "F101",
        f"expected `key: value`, but `{line.strip()}` has no colon",
        "Add the colon and a space, or indent it if it belongs to the line above.",
        at,
    )


def _bad_start(scene: _Scene) -> Problem | None:
    if scene.character == "\t":
        return scene.problem("F102", "a tab where a space belongs", "Use spaces.")
    return scene.problem(
        "F101",
        f"a value cannot start with `{scene.character}`",
        "Put the value in quotes.",
    )


def _open_quote(scene: _Scene) -> Problem | None:
    message = "this quote is not closed"
    return scene.problem("F105", message, "Add the closing quote.", scene.opened_at)


def _escape(scene: _Scene) -> Problem | None:
    return scene.problem(
        "F101",
        "a backslash inside double quotes has a meaning of its own",
        "Use single quotes, or write the backslash twice.",
    )


def _inline_dash(scene: _Scene) -> Problem | None:
    return scene.problem(
        "F103",
        "a list with dashes starts on the line after its key",
        "Put each dash on a line of its own, or write `[a, b]`.",
    )


def _reference(scene: _Scene) -> Problem | None:
    return scene.problem(
        "F107",
        "a value cannot start with `&` or `*`, which means a reference in YAML",
        "Put the value in quotes if it is meant as text.",
    )


_TELLERS = (
    ("", _tab),
    ("mapping values are not allowed", _second_colon),
    ("block (mapping|collection|sequence)", _block_ended),
    ("flow (mapping|sequence)", _flow),
    ("could not find expected ':'", _no_colon),
    ("cannot start any token", _bad_start),
    ("unexpected end of stream|found unexpected document", _open_quote),
    ("unknown escape", _escape),
    ("sequence entries are not allowed", _inline_dash),
    ("scanning an? (alias|anchor)", _reference),
)
