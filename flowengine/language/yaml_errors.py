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
#: Spaces of other kinds, which YAML takes for letters; they come from web pages.
_STRANGE_SPACE = re.compile("(?:^ *|:)([\u00a0\u2000-\u200b\u202f\u205f\u3000])")
_LOOK_AROUND = (
    "Look at this line and the one before it: a colon, a quote or a bracket is "
    "missing, or one is too many."
)


def retold(error: yaml.MarkedYAMLError, text: str, path: str) -> Problem:
    """The problem that stands for a YAML error."""
    scene = _Scene(error, text, path)
    for pattern, tell in _TELLERS:
        if re.search(pattern, scene.said):
            found = tell(scene)
            if found:
                return found
    message = f"YAML cannot read this: {error.problem}"
    return scene.problem("F101", message, _LOOK_AROUND)


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
        self, code: str, message: str, help_text: str, at: Position | None = None
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


def _strange_space(scene: _Scene) -> Problem | None:
    for row in (scene.row, scene.row - 1):
        line = scene.lines[row] if 0 <= row < len(scene.lines) else ""
        if found := _STRANGE_SPACE.search(line):
            return scene.problem(
                "F115",
                f"a space of another kind (U+{ord(found[1]):04X}), which YAML takes "
                "for a letter",
                "Delete it and type a plain space.",
                Position(row + 1, found.start(1) + 1),
            )
    return None


def _second_colon(scene: _Scene) -> Problem | None:
    previous = scene.lines[scene.row - 1] if 0 < scene.row <= len(scene.lines) else ""
    if missing := _NO_SPACE.match(previous):
        return _missing_space(scene, previous, missing, scene.row)
    if previous.strip() and not re.search(r":(\s|$)|^\s*#", previous):
        return _colon_missing(scene, previous, scene.row - 1)
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


def _colon_missing(scene: _Scene, line: str, row: int) -> Problem:
    """Tell of a line that is no `key: value`."""
    written = line.strip()
    key, sign, value = written.partition("=")
    help_text = (
        "Add the colon and a space, or indent it if it belongs to the line above."
    )
    if sign and re.fullmatch(r"[\w-]+", key.strip()):
        help_text = f"Write `{key.strip()}: {value.strip()}`."
    column = len(line) - len(line.lstrip()) + 1
    return scene.problem(
        "F101",
        f"expected `key: value`, but `{written}` has no colon",
        help_text,
        Position(row + 1, column, max(1, len(written))),
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
    if scene.character == ":":
        help_text = "Write the name of the key before it."
        return scene.problem("F101", "there is no key before this colon", help_text)
    closed = scene.before.rstrip()[-1:]
    if closed in ("]", "}"):
        return _after_bracket(scene, closed)
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


def _after_bracket(scene: _Scene, closed: str) -> Problem:
    if scene.character in ("]", "}"):
        message = f"this `{scene.character}` closes nothing"
        return scene.problem("F105", message, "Take it out, or open it before.")
    opening = {"]": "[", "}": "{"}[closed]
    return scene.problem(
        "F105",
        f"text after the closing `{closed}`",
        f"A value that starts with `{opening}` ends at its `{closed}`. Write a text "
        f"after `>-` on its own line:\n{_folded(scene.line)}",
    )


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
    if scene.row + 1 == opened.line and scene.before.rstrip().endswith(('"', "'")):
        return scene.problem(
            "F105",
            "text after the closing quote",
            "A value that starts with a quote ends at the next one.\n"
            f"{over_several_lines(scene.text, scene.context.index)}\n"
            "and put this value on a line of its own after `>-`",
        )
    if scene.row + 1 == opened.line and scene.character in ("[", "{", ":", '"', "'"):
        help_text = over_several_lines(scene.text, scene.context.index)
        last_word = re.search(r"[^\s:,]\s+([\w-]+)$", scene.before[-200:])
        if scene.character == ":" and last_word:
            help_text = f"Is a comma missing before `{last_word[1]}`?\n{help_text}"
        return scene.problem(
            "F114",
            f"`{scene.character}` splits a value inside the {bracket} {closing}",
            help_text,
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
    return _colon_missing(scene, line, opened.line - 1)


def _bad_start(scene: _Scene) -> Problem | None:
    if scene.character == "\t":
        return scene.problem("F102", "a tab where a space belongs", "Use spaces.")
    if scene.character == "%" and not scene.before.strip():
        return scene.problem("F109", "a line that starts with `%`", "Delete it.")
    sign = "a backtick" if scene.character == "`" else f"`{scene.character}`"
    message = f"a value cannot start with {sign}"
    return scene.problem("F101", message, "Put the value in quotes.")


def _directive(scene: _Scene) -> Problem | None:
    if scene.line.startswith("%"):
        at = Position(scene.row + 1, 1)
        return scene.problem("F109", "a line that starts with `%`", "Delete it.", at)
    help_text = "Nothing can stand behind it: take the line with `...` out."
    return scene.problem("F109", "the file ended above", help_text)


def _text_begins(scene: _Scene) -> Problem | None:
    """Text on the line of a `|` or `>`, which begin a text of several lines."""
    return scene.problem(
        "F101",
        "text behind `>` or `|`, which begin a text on the lines below",
        f"Write it after `>-` on its own line:\n{_folded(scene.line)}",
    )


def _open_quote(scene: _Scene) -> Problem | None:
    message = "this quote is not closed"
    return scene.problem("F105", message, "Add the closing quote.", scene.opened_at)


def _no_content(scene: _Scene) -> Problem | None:
    if scene.character in ("]", "}"):
        return _after_bracket(scene, scene.character)
    message = f"`{scene.character}` stands here with nothing before it"
    return scene.problem("F105", message, "Take it out, or write what is missing.")


def _escape(scene: _Scene) -> Problem | None:
    return scene.problem(
        "F101",
        "a backslash inside double quotes has a meaning of its own",
        "Use single quotes, or write the backslash twice.",
    )


def _lone_colon(scene: _Scene) -> Problem | None:
    """A colon with nothing but a comma or a bracket behind it, inside `{ }`."""
    key = re.search(r"[\w-]+$", scene.before)
    if key is None:
        return None
    at = Position(scene.row + 1, key.start() + 1, len(key[0]))
    message = f"`{key[0]}` has no value inside the {{ }}"
    return scene.problem("F112", message, f"Write its value: `{key[0]}: …`.", at)


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
    ("", _strange_space),
    ("while scanning a directive|document start", _directive),
    ("expected comment or line break", _text_begins),
    ("mapping values are not allowed", _second_colon),
    ("block (mapping|collection|sequence)", _block_ended),
    ("flow (mapping|sequence)", _flow),
    ("could not find expected ':'", _no_colon),
    ("found unexpected ':'", _lone_colon),
    ("cannot start any token", _bad_start),
    ("unexpected end of stream|found unexpected document", _open_quote),
    ("node content", _no_content),
    ("unknown escape|Unicode character escape", _escape),
    ("sequence entries are not allowed", _inline_dash),
    ("scanning an? (alias|anchor)", _reference),
)
