"""Where things stand: in their lanes, below their heads, off each other."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from flowengine.diagram.boxes import BAR_WIDTH, bar_widths
from flowengine.diagram.dot import drawing_of
from flowengine.diagram.geometry import Frame, rounded
from flowengine.diagram.labels import settled
from flowengine.diagram.levels import upward
from flowengine.diagram.picture import Picture, Segment, Shape
from flowengine.diagram.placement import Placement, place, routed
from flowengine.diagram.plan import plan_picture
from flowengine.diagram.sketch import Arranged, Manner, sketch
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

CANCELLED = (
    "on_cancel: {until: pack, next: undo}\n"
    "start: enter\n"
    "steps:\n"
    "  enter: {role: clerk, next: ask}\n"
    "  ask: {role: boss, next: send}\n"
    "  send: {role: clerk, next: pack}\n"
    "  pack: {role: boss, next: done}\n"
    "  done: {end: success}\n"
    "  undo: {role: boss, next: stopped}\n"
    "  stopped: {end: failure}\n"
)
PROCESSES = ("cross-dock", "order-to-delivery", "repackaging", "return")


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


def test_a_way_back_leads_up_and_the_main_line_down() -> None:
    picture = plan_picture(net_of(BRANCHED), "en")

    turned = upward(picture)
    assert "step-ask--step-enter" in turned
    assert "step-enter--step-send" not in turned


def test_pieces_of_the_bar_fill_it_exactly() -> None:
    widths = bar_widths((Segment("a", 1), Segment("b", 0), Segment("c", 10_000)))

    assert widths == (("a", 1), ("c", BAR_WIDTH - 1))
    assert bar_widths(()) == ()


def test_means_are_rounded_so_that_they_add_up() -> None:
    assert parts_of_mean([10, 10, 10], 7, 4) == (2, 1, 1)
    assert parts_of_mean([5, 0], 0, 0) == (0, 0)


def test_a_label_keeps_off_the_arrows_of_others() -> None:
    label = Frame(24, 40, 64, 50)
    own = rounded([(20, 100), (20, 0)])
    foreign = rounded([(40, 100), (40, 0)])

    free = settled({"a": label}, {"a": own}, [])
    struck = settled({"a": label}, {"a": own, "b": foreign}, [])

    assert free["a"].left == 24
    assert struck["a"].right == 16


def test_a_course_has_round_corners_and_a_head_at_its_end() -> None:
    path = rounded([(0, 100), (0, 50), (80, 50)])

    assert len(path.points) % 3 == 1
    assert path.tip == (80, 50)
    assert next(path.runs()) == ((0, 100), (0, 57))
    assert all(y == 50 for _, y in path.points[-3:])


@pytest.mark.parametrize("name", PROCESSES)
def test_no_arrow_runs_through_a_box(name: str) -> None:
    path = Path(__file__).parents[2] / "processes" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    picture = plan_picture(net_of(text[text.index("process:") :]), "en")
    arranged = Arranged(sketch(picture, Manner(upward(picture))))
    boxes = {node.id: arranged.frame(node.id) for node in picture.nodes}

    paths, _ = routed(picture, arranged)

    assert set(paths) == {line.id for line in picture.connectors}
    for line in picture.connectors:
        for point in paths[line.id].samples():
            inside = {name for name, box in boxes.items() if box.holds(point)}
            assert inside <= {line.source, line.target}
            for own in inside:
                assert not boxes[own].holds(point, 8)


def test_the_cancel_mark_that_nothing_leads_to_stands_away_from_the_start() -> None:
    picture, placement = placed(CANCELLED)

    low, high = placement.nodes["cancel"][1], placement.nodes["start"][1]
    assert low < placement.nodes["step-ask"][1] < high
    assert len(picture.nodes) == len(placement.nodes)
