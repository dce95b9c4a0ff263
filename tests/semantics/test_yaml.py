"""YAML: what other readers lose in silence is told, and what to write instead."""

import pytest

from flowengine.language import read_process
from tests.builders import HEAD

STEPS = """\
steps:
  enter:
    role: clerk
    choose:
      - when: order.paid
        next: pack
      - else: done
  pack: {role: boss, outcomes: {ok: [left, right], no: done}}
  left: {role: clerk, next: ready}
  right: {role: clerk, next: ready}
  ready: {join: all, next: done}
  done: {end: success}
"""
RIGHT = HEAD + STEPS


def codes(old: str, new: str) -> list[str]:
    """What is told of the text with one thing changed."""
    assert RIGHT.count(old) == 1
    problems = read_process(RIGHT.replace(old, new), "sample.yaml").problems
    return [problem.code for problem in problems]


def helps(old: str, new: str) -> str:
    problems = read_process(RIGHT.replace(old, new), "sample.yaml").problems
    return problems[0].help


def test_lists_and_maps_of_plain_ids_may_nest() -> None:
    reading = read_process(RIGHT, "sample.yaml")

    assert reading.problems == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("when: order.paid", 'when: order.note == "gate #4"', "F111"),
        ("left: {role: clerk,", "left: {role: clerk, about: ,", "F112"),
        ("left: {role: clerk,", "left: {role: clerk, about,", "F112"),
        ("left: {role: clerk,", "left: {role:clerk,", "F113"),
        ("version: 1", "version: !!int 1", "F108"),
        ("version: 1", "version: &one 1", "F107"),
        ("left: {role: clerk,", "left: {<<: {role: clerk},", "F107"),
        ("  done: {end: success}\n", "  done: {end: success}\n---\na: 1\n", "F109"),
    ],
    ids=[
        "hash behind an open quote",
        "key with nothing behind it",
        "key alone",
        "key with a colon",
        "tag",
        "anchor",
        "merge key",
        "second document",
    ],
)
def test_what_would_be_lost_in_silence_has_a_code(
    old: str, new: str, code: str
) -> None:
    assert codes(old, new)[0] == code


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "    note: optional text",
            "    note: optional text\n    sizes: {x: one of [a, b]}",
        ),
        ("left: {role: clerk,", "left: {role: clerk, skip_when: order.note in ['a'],"),
    ],
    ids=["type", "rule"],
)
def test_a_text_with_brackets_stands_on_its_own_line(old: str, new: str) -> None:
    (first, *_) = codes(old, new)

    assert first in {"F103", "F112", "F114"}
    assert "over several lines" in helps(old, new)


@pytest.mark.parametrize(
    "rule", ["'by: card' == order.note", "order.note == 'by: card'"]
)
def test_a_rule_with_a_quote_first_or_a_colon_inside_is_written_folded(
    rule: str,
) -> None:
    told = helps("when: order.paid", f"when: {rule}")
    folded = codes("when: order.paid", f"when: >-\n          {rule}")

    assert ">-" in told
    assert [code for code in folded if code != "F310"] == []
