"""Where everything on the page stands, in points, y upwards.

`place` lets `dot` arrange a few sketches, takes the one with the largest type on A4
and the fewest arrows through boxes, and makes straight lanes of its clusters. Whatever
places better later only has to give a `Placement`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import NamedTuple

import graphviz

from flowengine.diagram.geometry import Frame, Path
from flowengine.diagram.labels import settled
from flowengine.diagram.legend import legend_label
from flowengine.diagram.levels import upward
from flowengine.diagram.markup import table_label, title_label
from flowengine.diagram.nodes import FONT
from flowengine.diagram.picture import Picture, Shape
from flowengine.diagram.sketch import Arranged, Manner, head_node, sketch

#: Space between the page's parts.
_GAP = 10.0
#: A4 portrait within its margins, in points.
PAGE_WIDTH, PAGE_HEIGHT = 569.0, 814.0
#: What an arrow through a box or a label costs, as a part of the size of type.
_FAULT = 0.06
#: A box on a box, which `dot` makes of some clusters, counts as so many of them.
_SEVERE = 10
#: An arrow may touch a box by so much.
_TOUCH = 3.0


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
    found = [
        _placed(picture, manner) for manner in _manners(picture, (1,), (0.12, 0.2))
    ]
    if max(found, key=_worth).faults:
        found += [
            _placed(picture, manner) for manner in _manners(picture, (1,), (0.3,))
        ]
        closer = _manners(picture, (5,), (0.12, 0.2, 0.3))
        found += [_placed(picture, manner) for manner in closer]
    return max(found, key=_worth).placement


class _Tried(NamedTuple):
    """A placement, the scale of its type on A4, and what lies on what."""

    placement: Placement
    scale: float
    faults: int


def _worth(tried: _Tried) -> float:
    return tried.scale * (1 - _FAULT * tried.faults)


def _manners(
    picture: Picture, efforts: Iterable[int], spacings: Iterable[float]
) -> Iterator[Manner]:
    """What is tried: which arrows lead up, and where labels of hand-overs stand."""
    back = frozenset(c.id for c in picture.connectors if c.is_back)
    turns = tuple(dict.fromkeys((back, upward(picture))))
    tried = product(efforts, turns, (False, True), spacings)
    for effort, turned, is_at_source, spacing in tried:
        yield Manner(turned, is_at_source, spacing, effort)


def _placed(picture: Picture, manner: Manner) -> _Tried:
    """A picture arranged in one manner."""
    arranged = Arranged(sketch(picture, manner), manner.upward)
    if _starts_right(picture, arranged):
        arranged.mirror()
    tall = max(
        (arranged.size(head_node(lane.id))[1] for lane in picture.lanes), default=0.0
    )
    frames = _lanes(picture, arranged, tall)
    top = max((frame.top for frame in frames.values()), default=arranged.top)
    page, (width, height) = _page(
        picture, (arranged.left + arranged.right) / 2, top + _GAP
    )
    paths = {c.id: arranged.path(c) for c in picture.connectors}
    labels = settled(
        {c.id: arranged.label_frame(c) for c in picture.connectors if c.label},
        arranged.strip,
        paths,
        [arranged.frame(node.id) for node in picture.nodes],
    )
    placed = Placement(
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
    width = max(width, arranged.right - arranged.left)
    scale = min(PAGE_WIDTH / width, PAGE_HEIGHT / height)
    boxes = [(node.id, arranged.frame(node.id)) for node in picture.nodes]
    faults = _faults(picture, paths, [*boxes, *labels.items()])
    return _Tried(placed, scale, faults)


def _starts_right(picture: Picture, arranged: Arranged) -> bool:
    """Whether the start stands in the right half."""
    return any(
        arranged.centre(node.id)[0] > (arranged.left + arranged.right) / 2
        for node in picture.nodes
        if node.shape is Shape.START
    )


def _faults(
    picture: Picture, paths: Mapping[str, Path], boxes: list[tuple[str, Frame]]
) -> int:
    """How often something lies on something else.

    An arrow on a box or a label that is not its own, or a box or label on another.
    """
    found = _SEVERE * sum(
        one.overlaps(other) for (_, one), (_, other) in combinations(boxes, 2)
    )
    for connector in picture.connectors:
        course = tuple(paths[connector.id].samples())
        own = (connector.source, connector.target, connector.id)
        found += sum(
            any(box.holds(point, _TOUCH) for point in course)
            for name, box in boxes
            if name not in own
        )
    return found


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
) -> tuple[dict[str, tuple[float, float]], tuple[float, float]]:
    """Table and legend side by side above the lanes, the title above both.

    The second value is the width of the widest, and the height of all down to 0.
    """
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
    size = max(wide, sizes["title"][0]), under_title + sizes["title"][1]
    return found, size


def _measured(labels: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Width and height of labels, from Graphviz, which alone knows its type."""
    graph = graphviz.Digraph(node_attr={"fontname": FONT, "shape": "plain"})
    for name, label in labels.items():
        graph.node(name, label)
    arranged = Arranged(str(graph.source))
    return {name: arranged.size(name) for name in labels}
