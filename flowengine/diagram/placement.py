"""Where everything on the page stands, in points, y upwards.

`place` lets `dot` arrange a few sketches, seeks courses for their arrows, takes the one
with the largest type on A4 whose arrows are short and straight, and makes straight
lanes of its clusters. Whatever places better later only has to give a `Placement`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

import graphviz

from flowengine.diagram.geometry import Frame, Path
from flowengine.diagram.grid import Grid
from flowengine.diagram.labels import settled
from flowengine.diagram.legend import legend_label
from flowengine.diagram.levels import upward
from flowengine.diagram.markup import table_label, title_label
from flowengine.diagram.nodes import FONT
from flowengine.diagram.picture import Picture, Shape
from flowengine.diagram.ports import Box
from flowengine.diagram.routes import Line, courses
from flowengine.diagram.sketch import Arranged, Manner, head_node, sketch

#: Space between the page's parts.
_GAP = 10.0
#: A4 portrait within its margins, in points.
PAGE_WIDTH, PAGE_HEIGHT = 569.0, 814.0
#: What a box on a box costs, as a part of the size of type, and a point of an arrow.
_FAULT, _EFFORT = 0.6, 0.002
#: Arrows are only sought where boxes alone are worth so much of the best.
_HOPE = 0.95
#: About how much the title and the legend need, and the air in heads.
_ABOVE, _AIR = 180.0, 10.0


@dataclass(frozen=True, slots=True)
class Placement:
    """Coordinates for everything in a picture, by id."""

    #: Centres of nodes.
    nodes: Mapping[str, tuple[float, float]]
    #: Rectangles of nodes that stand for several, their whole stack included.
    stacks: Mapping[str, Frame]
    #: Courses of connectors, from source to target.
    paths: Mapping[str, Path]
    #: Centres of connectors' labels.
    labels: Mapping[str, tuple[float, float]]
    #: Whole lanes, head included, and the heads alone.
    lanes: Mapping[str, Frame]
    heads: Mapping[str, Frame]
    #: Centres of "title", "table" and "legend", where there are such.
    page: Mapping[str, tuple[float, float]]


def place(picture: Picture) -> Placement:
    """Arrange a picture on a page.

    Raises:
        FlowError: Graphviz is missing.
    """
    sketched = [_arranged(picture, manner) for manner in _manners(picture)]
    least = _HOPE * max(clear for _, clear in sketched)
    tried = [
        (arranged, clear, *routed(picture, arranged))
        for arranged, clear in sketched
        if clear >= least
    ]
    lines = max(1, len(picture.connectors))
    arranged, _, paths, _ = max(
        tried, key=lambda found: found[1] / (1 + _EFFORT * found[3] / lines)
    )
    return _placed(picture, arranged, paths)


def _manners(picture: Picture) -> Iterator[Manner]:
    """What is tried: which arrows lead up, and where labels of hand-overs stand."""
    back = frozenset(c.id for c in picture.connectors if c.is_back)
    turns = tuple(dict.fromkeys((back, upward(picture))))
    for turned, is_at_source in product(turns, (False, True)):
        yield Manner(turned, is_at_source)


def _arranged(picture: Picture, manner: Manner) -> tuple[Arranged, float]:
    """A picture arranged in one manner, and its worth without its arrows.

    That is the scale of its type on A4, and less where `dot` put a box on another.
    """
    arranged = Arranged(sketch(picture, manner))
    if _starts_right(picture, arranged):
        arranged.mirror()
    width, height = arranged.right - arranged.left, arranged.top + _ABOVE
    scale = min(PAGE_WIDTH / width, PAGE_HEIGHT / height)
    boxes = [arranged.frame(node.id) for node in picture.nodes]
    faults = sum(one.overlaps(other) for one, other in combinations(boxes, 2))
    return arranged, scale / (1 + _FAULT * faults)


def _placed(
    picture: Picture, arranged: Arranged, paths: Mapping[str, Path]
) -> Placement:
    """An arrangement with its lanes, its page and the courses of its arrows."""
    tall = _AIR + max(
        (arranged.size(head_node(lane.id))[1] for lane in picture.lanes), default=0.0
    )
    frames = _lanes(picture, arranged, tall)
    top = max((frame.top for frame in frames.values()), default=arranged.top)
    page = _page(picture, (arranged.left + arranged.right) / 2, top + _GAP)
    labels = settled(
        {c.id: arranged.label_frame(c) for c in picture.connectors if c.label},
        paths,
        [arranged.frame(node.id) for node in picture.nodes],
    )
    return Placement(
        nodes={node.id: arranged.centre(node.id) for node in picture.nodes},
        stacks={
            node.id: arranged.frame(node.id)
            for node in picture.nodes
            if node.is_stacked
        },
        paths=paths,
        labels={name: frame.middle for name, frame in labels.items()},
        lanes=frames,
        heads={
            name: Frame(frame.left, frame.top - tall, frame.right, frame.top)
            for name, frame in frames.items()
        },
        page=page,
    )


def routed(picture: Picture, arranged: Arranged) -> tuple[Mapping[str, Path], float]:
    """The courses of all arrows, and what they cost."""
    heads = [arranged.frame(head_node(lane.id)) for lane in picture.lanes]
    top = min((head.bottom for head in heads), default=arranged.top)
    boxes = {
        node.id: Box(arranged.frame(node.id), node.shape) for node in picture.nodes
    }
    passing = {c.id: arranged.passing(c) for c in picture.connectors if c.label}
    grid = Grid(
        [box.frame for box in boxes.values()],
        [arranged.label_frame(c) for c in picture.connectors if c.label],
        [x for x, _ in passing.values()],
        Frame(arranged.left + 5, 3, arranged.right - 5, top - 3),
    )
    return courses(
        [
            Line(
                c.id,
                boxes[c.source],
                boxes[c.target],
                c.is_back,
                passing.get(c.id),
                arranged.is_upward(c),
            )
            for c in picture.connectors
        ],
        grid,
    )


def _starts_right(picture: Picture, arranged: Arranged) -> bool:
    """Whether the start stands in the right half."""
    return any(
        arranged.centre(node.id)[0] > (arranged.left + arranged.right) / 2
        for node in picture.nodes
        if node.shape is Shape.START
    )


def _lanes(picture: Picture, arranged: Arranged, tall: float) -> dict[str, Frame]:
    """The clusters as lanes side by side: one top, one bottom, no gaps."""
    clusters = sorted(
        (arranged.cluster(lane.id).left, arranged.cluster(lane.id), lane.id)
        for lane in picture.lanes
    )
    if not clusters:
        return {}
    low = min(frame.bottom for _, frame, _ in clusters)
    high = max(arranged.centre(head_node(name))[1] for *_, name in clusters) + tall / 2
    rights = [frame.right for _, frame, _ in clusters]
    lefts = [frame.left for _, frame, _ in clusters]
    edges = [
        lefts[0],
        *((a + b) / 2 for a, b in zip(rights, lefts[1:], strict=False)),
        rights[-1],
    ]
    return {
        name: Frame(edges[number], low, edges[number + 1], high)
        for number, (*_, name) in enumerate(clusters)
    }


def _page(
    picture: Picture, middle: float, bottom: float
) -> dict[str, tuple[float, float]]:
    """Table and legend side by side above the lanes, the title above both."""
    labels = {"title": title_label(picture)}
    if picture.table is not None:
        labels["table"] = table_label(picture.table)
    if picture.legend:
        labels["legend"] = legend_label(picture.legend)
    sizes = _measured(labels)
    beside = [name for name in ("table", "legend") if name in sizes]
    tall = max((sizes[name][1] for name in beside), default=0.0)
    wide = sum(sizes[name][0] for name in beside) + _GAP * 2 * (len(beside) - 1)
    found: dict[str, tuple[float, float]] = {}
    left = middle - wide / 2
    for name in beside:
        width, _ = sizes[name]
        found[name] = left + width / 2, bottom + tall / 2
        left += width + _GAP * 2
    under_title = bottom + tall + _GAP if beside else bottom
    found["title"] = middle, under_title + sizes["title"][1] / 2
    return found


def _measured(labels: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Width and height of labels, from Graphviz, which alone knows its type."""
    graph = graphviz.Digraph(node_attr={"fontname": FONT, "shape": "plain"})
    for name, label in labels.items():
        graph.node(name, label)
    arranged = Arranged(str(graph.source))
    return {name: arranged.size(name) for name in labels}
