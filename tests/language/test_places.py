"""A place inside a value is found in the file, however the value is written."""

import pytest

from flowengine.language.nodes import MapNode, TextNode
from flowengine.language.position import Position
from flowengine.language.reader.places import place_in
from flowengine.language.source import read_source


def _place(text: str, word: str) -> Position:
    """The place of a word inside the first value of a file."""
    root = read_source(text, "file.yaml").root
    assert isinstance(root, MapNode)
    node = root.entries[0][1]
    assert isinstance(node, TextNode)
    return place_in(node, text, node.value.index(word), len(word))


@pytest.mark.parametrize(
    "text",
    [
        "when: order.total > here\n",
        'when: "order.total > here"\n',
        "when: 'it''s > here'\n",
        'when: "say \\"no\\" > here"\n',
        "when: >-\n  order.total\n  > here\n",
        "when: >\n    order.total >\n\n    here and more\n",
        "when: |\n  order.total\n    > here\n",
        "when: order.total\n  > here\n",
        "when: 'order.total\n\n  > here'\n",
        "when: ā ē ī here ū\n",
    ],
)
def test_a_word_is_found_where_it_stands(text: str) -> None:
    place = _place(text, "here")

    line = text.split("\n")[place.line - 1]
    assert line[place.column - 1 : place.column - 1 + place.width] == "here"


def test_what_reaches_over_a_line_end_stops_there() -> None:
    text = "when: >-\n  order.total\n  > 5\n"

    assert _place(text, "total > 5") == Position(2, 9, 5)


def test_the_place_behind_the_last_letter_is_in_the_value() -> None:
    text = "when: 'order.total >'\n"
    root = read_source(text, "file.yaml").root
    assert isinstance(root, MapNode)
    node = root.entries[0][1]
    assert isinstance(node, TextNode)

    assert place_in(node, text, len(node.value), 1) == Position(1, 21, 1)
