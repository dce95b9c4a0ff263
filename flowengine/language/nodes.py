"""The nodes of a file: texts, lists and maps that know where they stand."""

from dataclasses import dataclass

from flowengine.language.position import Position


@dataclass(frozen=True, slots=True)
class TextNode:
    """A value written as text, whatever it looks like."""

    value: str
    line: int
    column: int
    width: int
    #: The characters of the file it was read from, quotes and block header included.
    start: int
    end: int
    #: "'", '"', "|", ">" or None for text without quotes.
    style: str | None = None

    @property
    def at(self) -> Position:
        """Where it stands."""
        return Position(self.line, self.column, self.width)

    @property
    def is_empty(self) -> bool:
        """Nothing was written."""
        return not self.value and self.style is None


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list, written with dashes or in `[ ]`."""

    items: "tuple[Node, ...]"
    at: Position


@dataclass(frozen=True, slots=True)
class MapNode:
    """Keys and values in the order of the file, each key once."""

    entries: "tuple[tuple[TextNode, Node], ...]"
    at: Position


Node = TextNode | ListNode | MapNode
