"""YAML text to a tree of nodes that know their line, column and width.

Nothing is resolved: `NO`, `3` and `yes` stay text until a reader asks for a type.
What YAML would lose in silence is a problem here: duplicate keys, a comma that splits
a value inside `{ }`, a `#` inside quotes, a key without the space after its colon.
Anchors, aliases, tags, merge keys and second documents are refused, and so are files
past a size, so no file can grow when it is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn, Protocol, cast

import yaml

from flowengine.language.flow_style import over_several_lines
from flowengine.language.nodes import ListNode, MapNode, Node, TextNode
from flowengine.language.position import Position
from flowengine.language.problems import Problem, problem_at, source_lines
from flowengine.language.yaml_errors import retold

#: More than any process needs; what has more is refused before it is read.
MOST_CHARACTERS = 500_000
MOST_LINES = 20_000
#: Texts, lists and maps, counted as they are read.
MOST_NODES = 50_000
#: Characters of one value.
LONGEST_VALUE = 10_000
#: After so many problems reading stops.
MOST_PROBLEMS = 100
#: Lists and maps inside each other, deeper than any process needs.
MOST_LEVELS = 24

_UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
#: What Python decodes bytes to that are not UTF-8 (`surrogateescape`).
_BYTES = (0xDC80, 0xDCFF)
_COMMENT = re.compile("[ \t]+#")
#: Single words with dashes between them.
_DASHED = re.compile(r"\S+(?: - \S+)+")
#: The C parser is libyaml's; the pure one gives the same events about 15 times slower.
_PARSER = getattr(yaml, "CLoader", yaml.Loader)


@dataclass(frozen=True, slots=True)
class Source:
    """A file read as YAML; `root` is None where nothing sensible can be read."""

    root: Node | None
    problems: tuple[Problem, ...] = ()


def read_source(text: str, path: str) -> Source:
    """Read the whole text of a file (see `normal_text`); never raises on it."""
    refused = _refused_text(text, path)
    if refused:
        return Source(None, (refused,))
    composer = _Composer(text, path)
    try:
        root = composer.document()
    except yaml.MarkedYAMLError as error:
        return Source(None, (retold(error, text, path),))
    except _RefusedError as refusal:
        return Source(None, (*composer.problems, refusal.problem))
    return Source(root, tuple(composer.problems))


def normal_text(text: str) -> str:
    """The text without a byte order mark, with every line end as one character."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _refused_text(text: str, path: str) -> Problem | None:
    lines = text.count("\n") + 1
    if len(text) > MOST_CHARACTERS or lines > MOST_LINES:
        message = (
            f"expected a file of at most {MOST_CHARACTERS:,} characters in "
            f"{MOST_LINES:,} lines, but this one has {len(text):,} in {lines:,}"
        )
        help_text = "Split it: one process calls another with `call`."
        return problem_at(path, Position(1, 1), "F110", message, help_text)
    if found := _UNPRINTABLE.search(text):
        before = source_lines(text[: found.start()])
        at = Position(len(before), len(before[-1]) + 1)
        number = ord(found.group())
        message = f"a character that cannot be printed: U+{number:04X}"
        help_text = "Delete it, and save as UTF-8."
        if _BYTES[0] <= number <= _BYTES[1]:
            message = f"a byte that is not UTF-8: 0x{number - 0xDC00:02x}"
            help_text = "Save the file as UTF-8."
        return problem_at(path, at, "F115", message, help_text)
    return None


class _RefusedError(Exception):
    """The file uses a part of YAML that processes do without."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Mark(Protocol):
    """A place as both parsers give it: everything counts from 0."""

    index: int
    line: int
    column: int


class _Composer:
    """Builds the tree from the parser's events, one document only."""

    def __init__(self, text: str, path: str) -> None:
        self.problems: list[Problem] = []
        self._text = text
        self._path = path
        self._nodes = 0
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_PARSER)

    def document(self) -> Node | None:
        """The root of the file, or None when nothing is written in it."""
        next(self._events)  # the start of the stream
        start = next(self._events)
        if not isinstance(start, yaml.DocumentStartEvent):
            return None
        if start.version or start.tags:
            self._refuse(start, "F109", "a line that starts with `%`", "Delete it.")
        root = self._node(next(self._events), 0)
        next(self._events)  # the end of the document
        more = next(self._events)
        if isinstance(more, yaml.DocumentStartEvent):
            help_text = (
                "One file holds one process: put the rest into a file of its own."
            )
            self._refuse(more, "F109", "a second document starts here", help_text)
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > MOST_LEVELS:
            message = f"lists and maps inside each other deeper than {MOST_LEVELS}"
            self._refuse(event, "F110", message, "Write it flatter.")
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            self._refuse_marked(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse_marked(event)
        self._nodes += 1
        if self._nodes > MOST_NODES:
            message = f"more than {MOST_NODES:,} values in one file"
            self._refuse(event, "F110", message, "Split it into several processes.")
        if isinstance(event, yaml.ScalarEvent):
            return self._text_node(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._map_node(event, depth + 1)
        return self._list_node(event, depth + 1)

    def _refuse_marked(self, event: yaml.Event) -> NoReturn:
        """Refuse an anchor, an alias or a tag."""
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            code, signs, meaning = "F107", "`&` or `*`", "a reference"
        else:
            code, signs, meaning = "F108", "`!`", "a type"
        message = f"a value cannot start with {signs}, which means {meaning} in YAML"
        help_text = "Write the value out, or put it in quotes if it is meant as text."
        self._refuse(event, code, message, help_text)

    def _text_node(self, event: yaml.ScalarEvent) -> TextNode:
        if len(event.value) > LONGEST_VALUE:
            message = f"a value of {len(event.value):,} characters"
            help_text = f"No value has more than {LONGEST_VALUE:,}: split it."
            self._refuse(event, "F110", message, help_text)
        start, end = cast(_Mark, event.start_mark), cast(_Mark, event.end_mark)
        first, last = start.index, end.index
        if start.line == end.line:
            width = last - first
        else:
            line_end = self._text.find("\n", first)
            width = (line_end if line_end >= 0 else len(self._text)) - first
        style = event.style or None
        node = TextNode(
            event.value,
            start.line + 1,
            start.column + 1,
            width or 1,
            first,
            last,
            style,
        )
        if style is None and ('"' in node.value or "'" in node.value):
            self._check_cut_off(node)
        if end.line > start.line and style is None and _DASHED.fullmatch(node.value):
            self._tell(
                node.at,
                "F103",
                "a list with dashes stands below a value, so it became a part of it",
                "Write `[a, b]`, or put every element on a line with a dash.",
            )
        return node

    def _list_node(self, event: yaml.CollectionStartEvent, depth: int) -> ListNode:
        items = []
        while not isinstance(inner := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(inner, depth))
        return ListNode(tuple(items), _start_of(event))

    def _map_node(self, event: yaml.MappingStartEvent, depth: int) -> MapNode:
        entries: list[tuple[TextNode, Node]] = []
        places: dict[str, TextNode] = {}
        while not isinstance(inner := next(self._events), yaml.MappingEndEvent):
            key = self._node(inner, depth)
            value = self._node(next(self._events), depth)
            name = self._sound_key(event, key, value, places)
            if name is not None:
                places[name.value] = name
                entries.append((name, value))
        return MapNode(tuple(entries), _start_of(event))

    def _sound_key(
        self,
        event: yaml.MappingStartEvent,
        key: Node,
        value: Node,
        places: dict[str, TextNode],
    ) -> TextNode | None:
        """The key of an entry in which nothing was lost; else tells what was."""
        if not isinstance(key, TextNode):
            message = "a key must be a name, but this is a list or a map"
            self._tell(key.at, "F116", message, "Write a name, a colon and a value.")
        elif key.value == "<<":
            self._tell(
                key.at,
                "F107",
                "`<<` merges maps in YAML, which a process cannot",
                "Write the keys out.",
            )
        elif key.style is None and ":" in key.value:
            fixed = key.value.replace(":", ": ", 1)
            self._tell(
                key.at,
                "F113",
                f"the space after the colon is missing in `{key.value}`",
                f"Write `{fixed}`.",
            )
        elif event.flow_style and isinstance(value, TextNode) and value.is_empty:
            help_text = f"Write its value: `{key.value}: …`."
            if not self._text[key.end :].lstrip().startswith(":"):
                # No key at all: what a comma has cut off from the value before it.
                start = cast(_Mark, event.start_mark).index
                help_text = over_several_lines(self._text, start)
            message = f"`{key.value}` has no value inside the {{ }}"
            self._tell(key.at, "F112", message, help_text)
        elif first := places.get(key.value):
            self._tell(
                key.at,
                "F106",
                f"`{key.value}` is written twice",
                f"It stands already in line {first.line}, column {first.column}: "
                "keep one of them.",
            )
        else:
            return key
        return None

    def _check_cut_off(self, node: TextNode) -> None:
        """Tell when a ` #` behind an open quote has made a comment of the rest."""
        if not _COMMENT.match(self._text, node.end):
            return
        line_end = self._text.find("\n", node.end)
        rest = self._text[node.end : line_end if line_end >= 0 else len(self._text)]
        for quote in "\"'":
            opened = re.search(rf"(^|[\s(\[=]){quote}[^{quote}]*$", node.value)
            if opened and quote in rest:
                at = Position(node.line, node.column + node.width + rest.index("#"))
                self._tell(
                    at,
                    "F111",
                    "everything after ` #` is a comment, also inside quotes that do "
                    "not start the value",
                    "Write the value after `>-` on its own line:\n"
                    f">-\n  {(node.value + rest).rstrip()}",
                )
                return

    def _refuse(
        self, event: yaml.Event, code: str, message: str, help_text: str
    ) -> NoReturn:
        problem = problem_at(self._path, _start_of(event), code, message, help_text)
        raise _RefusedError(problem)

    def _tell(self, at: Position, code: str, message: str, help_text: str) -> None:
        problem = problem_at(self._path, at, code, message, help_text)
        if len(self.problems) >= MOST_PROBLEMS:
            message = f"there are more than {MOST_PROBLEMS} problems"
            help_text = "Mend the first ones; what comes after them is not told yet."
            raise _RefusedError(problem_at(self._path, at, "F117", message, help_text))
        self.problems.append(problem)


def _start_of(event: yaml.Event) -> Position:
    mark = cast(_Mark, event.start_mark)
    return Position(mark.line + 1, mark.column + 1)
