"""From a place inside a value to its place in the file."""

from flowengine.language.nodes import TextNode
from flowengine.language.position import Position


def place_in(node: TextNode, text: str, offset: int, width: int) -> Position:
    """Where `width` characters of the node's value, from `offset`, stand in `text`.

    `text` is the file the node was read from. Right also for values in quotes, after
    `>-` and over several lines.
    """
    if node.style is None and "\n" not in text[node.start : node.end]:
        return Position(node.line, node.column + offset, max(1, width))
    places = _places(node, text)
    first = places[min(offset, len(places) - 1)]
    last = places[min(offset + max(width, 1) - 1, len(places) - 1)]
    line_start = text.rfind("\n", 0, first) + 1
    line_end = text.find("\n", first)
    line_end = len(text) if line_end < 0 else line_end
    line = node.line + text.count("\n", node.start, first)
    return Position(
        line, first - line_start + 1, max(1, min(last + 1, line_end) - first)
    )


def piece_of(node: TextNode, text: str, offset: int, width: int) -> TextNode:
    """A part of a value as a node of its own, to be read and pointed at alone."""
    at = place_in(node, text, offset, width)
    value = node.value[offset : offset + width]
    return TextNode(value, at.line, at.column, at.width, node.start, node.start)


def _places(node: TextNode, text: str) -> list[int]:
    """The index in `text` of each character of the value, and of the place behind it.

    Both are walked together: a blank of the value stands for any run of blanks and
    line ends, and an escape for the one character it means.
    """
    here = _content_start(node, text)
    places: list[int] = []
    for letter in node.value:
        if letter.isspace():
            if here < node.end and not text[here].isspace() and text[here] != "\\":
                places.append(here - 1)
                continue
            places.append(here)
            here += 1
            continue
        while here < node.end and text[here].isspace():
            here += 1
        places.append(here)
        here += _written_length(text[here : here + 2], letter, node.style)
    places.append(min(here, node.end))
    return places


def _content_start(node: TextNode, text: str) -> int:
    if node.style in ("|", ">"):
        return text.find("\n", node.start) + 1
    return node.start + (1 if node.style else 0)


def _written_length(written: str, letter: str, style: str | None) -> int:
    """How many characters of the file stand for one of the value."""
    if (style == '"' and written.startswith("\\")) or (style == "'" and letter == "'"):
        return 2
    return 1
