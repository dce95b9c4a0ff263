"""Two versions on one plan: added, removed and changed, told three ways."""

import re
from pathlib import Path

import pytest

from flowengine.diagram import Format, draw_difference, render
from flowengine.diagram.picture import Connector, Node, Picture
from flowengine.diagram.versions import difference_picture
from flowengine.language.difference import Difference, difference
from tests.builders import process_of
from tests.diagram.builders import lanes_text, svg_of

TEXT = (Path(__file__).parent / "every-kind.yaml").read_text(encoding="utf-8")
TEXT = TEXT[TEXT.index("process:") :]
#: The next version: a step more, one less, one renamed, and some keys changed.
EDITS = (
    ("version: 3", "version: 4"),
    ("sla: 2h", "sla: 1h"),
    ("insure", "cover"),
    ("people: 8", "people: 9"),
    ("total > 5000 EUR", "total > 900 EUR"),
    ("next: tell}", "next: label}"),
    ("  tell: {title", "  label: {role: clerk, department: transport, next: tell}\n"),
    ("next: rest}", "next: dispatch}"),
)


def found() -> Difference:
    text = TEXT
    for old, new in EDITS:
        text = text.replace(old, new + old if old.startswith("  tell") else new)
    text = re.sub(r"\n  rest: .*", "", text)
    return difference(process_of(TEXT), process_of(text))


def drawn(lang: str = "en") -> Picture:
    return difference_picture(found(), lang)


def boxes() -> dict[str, Node]:
    return {node.id.removeprefix("step-"): node for node in drawn().nodes}


def arrows() -> dict[str, Connector]:
    return {line.id.replace("step-", ""): line for line in drawn().connectors}


def luminance(colour: str) -> float:
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_added_removed_and_changed_steps_have_their_signs() -> None:
    signs = {name: node.badge for name, node in boxes().items() if node.badge}

    assert signs == {
        "label": "+",
        "rest": "\N{EN DASH}",
        "pick": "~",
        "cover": "~",
        "book": "~",
        "tell": "~",
    }


def test_what_is_gone_is_dashed_and_what_is_new_is_thick() -> None:
    nodes = boxes()

    assert nodes["rest"].is_dashed
    assert not nodes["rest"].is_thick
    assert nodes["label"].is_thick
    assert not nodes["enter"].is_thick


def test_a_changed_step_says_what_changed() -> None:
    nodes = boxes()

    assert "SLA: 2 h -> 1 h" in nodes["pick"].foot
    assert "was called insure" in nodes["cover"].foot


def test_arrows_that_came_went_or_changed_are_marked() -> None:
    lines = arrows()

    assert lines["book--label"].label[0].startswith("+")
    assert lines["book--tell"].is_dashed
    assert lines["rest--dispatch"].is_dashed
    assert lines["open-parts--cover"].label[0].startswith("~")
    assert not lines["start--enter"].ink


def test_the_head_of_a_lane_says_how_its_roles_changed() -> None:
    lines = {lane.id: " ".join(lane.lines) for lane in drawn().lanes}

    assert "~ Picker: people: 8 -> 9" in lines["warehouse"]
    assert "~" not in lines["sales"]


def test_the_subtitle_counts_the_steps() -> None:
    assert drawn().subtitle[0] == (
        "steps added: 1 · removed: 1 · renamed: 1 · changed: 4"
    )
    assert drawn("lv").subtitle[0].startswith("pievienoti soļi: 1")


def test_marks_can_be_told_from_plain_arrows_in_grey() -> None:
    marked = [line for line in drawn().connectors if line.ink]

    assert marked
    for line in marked:
        assert line.width > 2
        assert line.is_short or line.label[0][0] in "+~\N{EN DASH}"
        assert luminance(line.ink) < 140


def test_a_step_that_moved_into_a_circle_can_still_be_drawn() -> None:
    old = "steps:\n  a: {role: clerk, next: b}\n  b: {role: boss, next: c}\n"
    old += "  c: {role: clerk, next: done}\n  done: {end: success}\n"
    new = "start: a\nsteps:\n  a: {role: clerk, next: c}\n  c: {role: clerk, next: b}\n"
    new += "  b: {role: boss, next: done}\n  done: {end: success}\n"

    svg = svg_of(draw_difference(difference(process_of(old), process_of(new))))

    assert 'id="step-b--step-c"' in svg


def test_a_department_that_is_gone_keeps_its_lane() -> None:
    old, new = process_of(lanes_text(3)), process_of(lanes_text(2))

    lanes = [lane.id for lane in difference_picture(difference(old, new), "en").lanes]

    assert lanes == ["d0", "d1", "d2"]


@pytest.mark.parametrize("lang", ["en", "lv"])
def test_the_same_versions_give_the_same_bytes(lang: str) -> None:
    first, second = (
        render(draw_difference(found(), lang), Format.SVG) for _ in range(2)
    )

    assert first == second
