"""YAML with places, with nothing resolved, lost or blown up."""

from time import perf_counter

import pytest

from flowengine.language.nodes import ListNode, MapNode, Node, TextNode
from flowengine.language.source import normal_text, read_source


def _root(text: str) -> Node | None:
    source = read_source(text, "file.yaml")
    assert source.problems == ()
    return source.root


def _codes(text: str) -> list[str]:
    return [problem.code for problem in read_source(text, "file.yaml").problems]


def _value(text: str) -> TextNode:
    root = _root(text)
    assert isinstance(root, MapNode)
    value = root.entries[0][1]
    assert isinstance(value, TextNode)
    return value


@pytest.mark.parametrize("written", ["NO", "yes", "3", "0x10", "1.5", "~", "2026-1-1"])
def test_nothing_is_anything_but_text(written: str) -> None:
    assert _value(f"country: {written}").value == written


def test_a_value_knows_its_line_column_and_width() -> None:
    node = _value("# a comment\n\ntitle:   Picking and packing  # another\n")

    assert (node.line, node.column, node.width) == (3, 10, 19)


def test_a_key_knows_its_place() -> None:
    root = _root("a: {b: 1, c: [x, yy]}\n")

    assert isinstance(root, MapNode)
    inner = root.entries[0][1]
    assert isinstance(inner, MapNode)
    key, value = inner.entries[1]
    assert isinstance(value, ListNode)
    assert (key.at.column, value.at.column, value.items[1].at.column) == (11, 14, 18)


def test_letters_with_accents_count_as_one_column() -> None:
    root = _root("a: {ā: Pārdošana, b: Noliktava}\n")

    assert isinstance(root, MapNode)
    inner = root.entries[0][1]
    assert isinstance(inner, MapNode)
    assert inner.entries[1][0].column == 19


def test_both_places_of_a_key_written_twice_are_told() -> None:
    source = read_source("a: 1\nb: 2\na: 3\n", "file.yaml")

    (problem,) = source.problems
    assert (problem.code, problem.line) == ("F106", 3)
    assert "line 1, column 1" in problem.help


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x 1\n", "F107"),
        ("a: *x\n", "F107"),
        ("a: {<<: {b: 1}}\n", "F107"),
        ("a: !t 1\n", "F108"),
        ("a: !!python/object:os.system ls\n", "F108"),
        ("a: 1\n---\nb: 2\n", "F109"),
        ("%YAML 1.1\n---\na: 1\n", "F109"),
    ],
)
def test_what_a_process_does_without_is_refused(text: str, code: str) -> None:
    assert _codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 500_000,
        "{a: " * 200_000,
        "- " * 400_000,
        "? " * 300_000,
        "a: " + "x" * 1_000_001,
        "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(30)),
    ],
    ids=["lists", "maps", "dashes", "keys", "long", "references"],
)
def test_a_file_made_to_exhaust_is_refused_at_once(text: str) -> None:
    before = perf_counter()

    codes = _codes(text)

    assert codes in (["F110"], ["F107"])
    assert perf_counter() - before < 1


def test_a_hash_in_a_quoted_value_is_no_comment() -> None:
    assert _value('a: "gate #4"').value == "gate #4"


def test_an_apostrophe_before_a_comment_is_no_open_quote() -> None:
    assert _value("about: the customer's door # don't knock").value == (
        "the customer's door"
    )


def test_a_byte_order_mark_and_windows_line_ends_are_passed_over() -> None:
    root = _root(normal_text("\ufeffa: 1\r\nb:\r\n  c: 2\r\n"))

    assert isinstance(root, MapNode)
    assert [key.line for key, _ in root.entries] == [1, 2]


def test_a_colon_without_its_space_in_a_key_is_told() -> None:
    assert _codes("a: {next:pick}\n") == ["F113"]


def test_half_a_surrogate_pair_is_told_and_not_raised() -> None:
    assert _codes("a: \udc80\n") == ["F115"]


def test_positions_of_eight_thousand_lines_take_a_fraction_of_a_second() -> None:
    step = "s{}:\n  role: clerk\n  work: 3m to 8m mostly 5m\n  next: s{}\n"
    text = "".join(step.format(number, number + 1) for number in range(2_000))

    before = perf_counter()
    _root(text)

    assert perf_counter() - before < 1
