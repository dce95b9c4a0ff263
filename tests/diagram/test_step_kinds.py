"""Every kind of step has its own outline, its words, and a legend where it occurs."""

import re
from pathlib import Path

import pytest

from flowengine.diagram.outline import outline
from flowengine.diagram.picture import Form, Node, Shape
from flowengine.diagram.plan import plan_picture
from flowengine.language.process import Process, StepKind
from tests.builders import net_of, process_of
from tests.diagram.builders import plan_svg

#: A process with one step of every kind.
WHOLE = (
    (Path(__file__).parent / "every-kind.yaml")
    .read_text(encoding="utf-8")
    .partition("\n\n")[2]
)


def whole() -> Process:
    return process_of(WHOLE)


def boxes(lang: str = "en") -> dict[str, Node]:
    picture = plan_picture(net_of(WHOLE), lang)
    return {node.id.removeprefix("step-"): node for node in picture.nodes}


def box_text(node: Node) -> str:
    return " ".join((*node.name, *node.lines, *(" ".join(g) for g in node.goods)))


def test_the_sample_has_every_kind_of_step() -> None:
    assert {step.kind for step in whole().steps.values()} == set(StepKind)


def test_each_kind_of_work_has_its_own_outline() -> None:
    found = boxes()

    assert found["enter"].form is Form.PLAIN
    assert found["reserve"].form is Form.MACHINE
    assert found["credit-check"].form is Form.CALL
    assert found["release"].form is Form.VALVE
    assert len({found[name].form for name in ("enter", "reserve", "release")}) == 3


def test_what_is_done_once_for_each_is_a_stack() -> None:
    found = boxes()

    assert found["pack"].is_stacked
    assert found["ask-each"].is_stacked
    assert not found["pick"].is_stacked


def test_a_stack_is_drawn_as_boxes_behind_the_first() -> None:
    svg = plan_svg(WHOLE)

    ids = re.findall(r'<g id="([^"]+)" class="node"', svg)
    behind = [ids.index(f"step-pack-behind-{number}") for number in (2, 1)]
    assert behind == sorted(behind)
    assert max(behind) < ids.index("step-pack")


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("credit-check", "calls credit-check@2"),
        ("release", "at most 60 in Pick, Pack and weigh"),
        ("release", "12 at a time · until 14:00"),
        ("release", "first by priority, promised_at"),
        ("reserve", "reserve lines"),
        ("pick", "up to 12 at once, alike in zone"),
        ("pick", "at 80 % of the SLA tell Shift lead"),
        ("pick", "pick lines"),
        ("pack", "for each parcel if not parcel.damaged"),
        ("pack", "not by who did Pick"),
        ("tell", "tell Clerk"),
        ("dispatch", "ship lines from STAGE"),
    ],
)
def test_a_box_says_in_words_what_its_keys_do(step: str, words: str) -> None:
    assert words in box_text(boxes()[step])


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("credit-check", "izsauc credit-check@2"),
        ("pick", "pie 80 % no SLA ziņot: Maiņas vadītājs"),
        ("pack", "ne tas, kurš veica: Komplektēt"),
        ("reserve", "rezervēt lines"),
    ],
)
def test_the_words_are_latvian_in_a_latvian_picture(step: str, words: str) -> None:
    assert words in box_text(boxes("lv")[step])


def test_goods_stand_with_a_carton() -> None:
    found = boxes()

    assert found["pick"].goods == (("pick lines",),)
    assert found["enter"].goods == ()


def test_the_branches_that_hold_leave_and_meet_at_hollow_bars() -> None:
    shape = outline(net_of(WHOLE))

    hollow = {stop.id for stop in shape.stops if stop.is_hollow}
    arrows = {(way.source, way.target) for way in shape.ways}
    assert hollow == {"open-parts", "step-ready"}
    assert ("step-parts", "open-parts") in arrows
    assert ("open-parts", "step-wrap") in arrows
    assert ("open-parts", "step-ready") in arrows


def test_what_cancelling_decides_is_decided_at_the_cancel_mark() -> None:
    picture = plan_picture(net_of(WHOLE), "en")

    labels = {
        line.target: line.label
        for line in picture.connectors
        if line.source == "cancel"
    }
    assert labels == {"step-put-back": ("gift",), "step-gone": ("else",)}
    assert not any(node.id == "step-on_cancel" for node in picture.nodes)


def test_the_tooltip_has_what_the_box_has_no_room_for() -> None:
    found = boxes()

    assert "scans sku, location" in found["pick"].tooltip
    assert "costs 2.00 EUR" in found["insure"].tooltip
    assert "undone by: release lines" in found["reserve"].tooltip
    assert "sets priority to 90" in found["tell"].tooltip


def test_the_legend_explains_only_what_occurs() -> None:
    plain = plan_picture(net_of("receive > pack"), "en")
    whole_legend = plan_picture(net_of(WHOLE), "en").legend

    assert [row.text for row in plain.legend] == ["task"]
    assert {row.text for row in whole_legend} >= {
        "done by a machine",
        "another process",
        "lets orders through",
        "once for each",
        "what happens to the goods",
    }


def test_every_outline_of_the_legend_is_one_that_is_drawn() -> None:
    picture = plan_picture(net_of(WHOLE), "en")

    drawn = {node.form for node in picture.nodes if node.shape is Shape.BOX}
    told = {row.sample.form for row in picture.legend if row.sample is not None}
    assert told == drawn


def test_a_route_that_moves_goods_says_so() -> None:
    path = Path(__file__).parents[2] / "processes" / "express.yaml"
    text = path.read_text(encoding="utf-8")
    picture = plan_picture(net_of(text[text.index("process:") :]), "en")

    picked = next(node for node in picture.nodes if node.id == "step-picked")
    assert picked.shape is Shape.DECISION
    assert picked.goods == (("pick lines",),)
