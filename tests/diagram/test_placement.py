"""Where things stand: in their lanes, below their heads, off each other."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from flowengine.diagram.boxes import BAR_WIDTH, bar_widths
from flowengine.diagram.dot import drawing_of
from flowengine.diagram.geometry import Frame, path_of
from flowengine.diagram.geometry import Path as Course
from flowengine.diagram.labels import settled
from flowengine.diagram.levels import upward
from flowengine.diagram.picture import Picture, Segment, Shape
from flowengine.diagram.placement import Placement, place
from flowengine.diagram.plan import plan_picture
from flowengine.diagram.sums import parts_of_mean
from tests.builders import net_of
from tests.diagram.builders import lanes_text, svg_of

BRANCHED = (
    "start: enter\n"
    "steps:\n"
    "  enter: {role: clerk, outcomes: {fine: send, odd: ask}}\n"
    "  ask: {role: boss, outcomes: {again: enter, go_on: send, stop: cancel}}\n"
    "  send: {role: clerk, next: [pack, label]}\n"
    "  pack: {role: boss, next: close}\n"
    "  label: {role: clerk, next: close}\n"
    "  close: {join: all, role: boss, next: done}\n"
    "  done: {end: success}\n"
)


def box_in(svg: str, name: str) -> Frame:
    """The rectangle around what the SVG draws for a node."""
    start = re.search(f'<g id="{name}" class="node"', svg)
    assert start is not None
    drawn = svg[start.end() :].split('class="')[0]
    round_one = re.search(r'cx="(\S+)" cy="(\S+)" rx="(\S+)" ry="(\S+)"', drawn)
    if round_one is not None:
        x, y, rx, ry = map(float, round_one.groups())
        return Frame(x - rx, y - ry, x + rx, y + ry)
    courses = re.findall(r' (?:points|d)="([^"]+)"', drawn)
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", " ".join(courses))]
    xs, ys = numbers[::2], numbers[1::2]
    return Frame(min(xs), min(ys), max(xs), max(ys))


def placed(text: str) -> tuple[Picture, Placement]:
    picture = plan_picture(net_of(text), "en")
    return picture, place(picture)


@pytest.mark.parametrize("text", [BRANCHED, lanes_text(4)])
def test_every_node_stands_in_its_lane_below_the_head(text: str) -> None:
    picture, placement = placed(text)

    for node in picture.nodes:
        lane, head = placement.lanes[node.lane], placement.heads[node.lane]
        x, y = placement.nodes[node.id]
        assert lane.left < x < lane.right
        assert lane.bottom < y < head.bottom


def test_lanes_stand_side_by_side_without_gaps() -> None:
    _, placement = placed(lanes_text(5))

    lanes = sorted(placement.lanes.values(), key=lambda lane: lane.left)
    assert len({(lane.bottom, lane.top) for lane in lanes}) == 1
    for left, right in pairwise(lanes):
        assert left.right == right.left


@pytest.mark.parametrize("lang", ["en", "lv"])
@pytest.mark.parametrize("name", ["order-to-delivery", "return"])
def test_no_box_lies_on_another(name: str, lang: str) -> None:
    path = Path(__file__).parents[2] / "processes" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    picture = plan_picture(net_of(text[text.index("process:") :]), lang)

    svg = svg_of(drawing_of(picture, place(picture)))

    boxes = [box_in(svg, node.id) for node in picture.nodes]
    assert len(boxes) == len(picture.nodes)
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other)


def test_every_label_has_a_place_and_every_arrow_a_course() -> None:
    picture, placement = placed(BRANCHED)

    labelled = {line.id for line in picture.connectors if line.label}
    assert labelled == set(placement.labels)
    for line in picture.connectors:
        path = placement.paths[line.id]
        assert len(path.points) % 3 == 1
        assert path.tip is not None


def test_the_start_stands_on_the_left() -> None:
    picture, placement = placed(lanes_text(5))

    lanes = sorted(placement.lanes, key=lambda name: placement.lanes[name].left)
    start = next(node for node in picture.nodes if node.shape is Shape.START)
    assert lanes.index(start.lane) < 3


def test_a_mirrored_course_runs_the_same_way() -> None:
    path = Course(((0, 9), (1, 8), (2, 7), (3, 6)), tip=(3, 5))

    assert path.mirrored(10) == Course(((10, 9), (9, 8), (8, 7), (7, 6)), tip=(7, 5))


def test_a_way_back_leads_up_and_the_main_line_down() -> None:
    picture = plan_picture(net_of(BRANCHED), "en")

    turned = upward(picture)
    assert "step-ask--step-enter" in turned
    assert "step-enter--step-send" not in turned


def test_a_course_is_read_as_it_was_written() -> None:
    text = "e,10.00,0.00 10.00,90.00 10.00,60.00 10.00,40.00 10.00,9.00"

    assert path_of(text).text() == text


def test_pieces_of_a_course_are_joined_by_a_line() -> None:
    upper = Course(((0, 90), (0, 80), (0, 70), (0, 60)))
    lower = Course(((0, 30), (0, 20), (0, 10), (0, 9)), tip=(0, 0))

    whole = upper.then(lower)

    assert whole.points[4:6] == ((0, 50), (0, 40))
    assert whole.tip == (0, 0)
    assert whole.reversed().points[0] == (0, 9)


def test_pieces_of_the_bar_fill_it_exactly() -> None:
    widths = bar_widths((Segment("a", 1), Segment("b", 0), Segment("c", 10_000)))

    assert widths == (("a", 1), ("c", BAR_WIDTH - 1))
    assert bar_widths(()) == ()


def test_means_are_rounded_so_that_they_add_up() -> None:
    assert parts_of_mean([10, 10, 10], 7, 4) == (2, 1, 1)
    assert parts_of_mean([5, 0], 0, 0) == (0, 0)


def test_a_label_that_an_arrow_strikes_through_changes_sides() -> None:
    label = Frame(20, 0, 60, 10)
    own = Course(((15, 20), (15, 10), (15, 5), (15, -10)))
    foreign = Course(((40, 20), (40, 10), (40, 5), (40, -10)))

    free = settled({"a": label}, -10, {"a": own}, [])
    struck = settled({"a": label}, -10, {"a": own, "b": foreign}, [])

    assert free["a"] == label
    assert struck["a"] == Frame(-30, 0, 10, 10)


def test_a_label_stays_where_the_other_side_is_no_better() -> None:
    label = Frame(20, 0, 60, 10)
    foreign = Course(((40, 20), (40, 10), (40, 5), (40, -10)))

    found = settled({"a": label}, -10, {"b": foreign}, [Frame(-30, -5, 15, 20)])

    assert found["a"] == label
