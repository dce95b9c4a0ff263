"""Where everything on the page stands, in points, y upwards.

`place` lets Graphviz's `dot` arrange the nodes of each department in a cluster that
begins with its head, and then makes straight lanes of the clusters. An arrow's label
is a node of that arrangement, so that no label lies on a box or on another label; the
arrow goes up to it and on behind it. Whatever places better later only has to give a
`Placement`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import graphviz

from flowengine.diagram.backend import run_graphviz
from flowengine.diagram.lane_order import lane_order
from flowengine.diagram.levels import upward
from flowengine.diagram.markup import (
    STRIP,
    head_label,
    legend_label,
    passing_label,
    table_label,
    title_label,
)
from flowengine.diagram.nodes import FONT, look
from flowengine.diagram.picture import Connector, Picture
from flowengine.diagram.splines import Path, path_of

#: Space around the page's parts, and between a lane's edge and what is in it.
_GAP = 10.0
_LANE_MARGIN = 7.0
_INCH = 72.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def middle(self) -> tuple[float, float]:
        """The centre, x and y."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Placement:
    """Coordinates for everything in a picture, by id."""

    #: Centres of nodes.
    nodes: Mapping[str, tuple[float, float]]
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
    turned = upward(picture)
    arranged = _Arranged(_sketch(picture, turned), turned)
    heads = {lane.id: arranged.size(_head(lane.id)) for lane in picture.lanes}
    tall = max((height for _, height in heads.values()), default=0.0)
    frames = _lanes(picture, arranged, tall)
    top = max((frame.top for frame in frames.values()), default=arranged.top)
    middle = (arranged.left + arranged.right) / 2
    return Placement(
        nodes={node.id: arranged.centre(node.id) for node in picture.nodes},
        paths={c.id: arranged.path(c) for c in picture.connectors},
        labels={c.id: arranged.label(c) for c in picture.connectors if c.label},
        lanes=frames,
        heads={
            name: Frame(frame.left, frame.top - tall, frame.right, frame.top)
            for name, frame in frames.items()
        },
        page=_page(picture, middle, top + _GAP),
    )


def _lanes(picture: Picture, arranged: "_Arranged", tall: float) -> dict[str, Frame]:
    """The clusters as lanes side by side: one top, one bottom, no gaps."""
    clusters = sorted(
        (arranged.cluster(lane.id).left, arranged.cluster(lane.id), lane.id)
        for lane in picture.lanes
    )
    if not clusters:
        return {}
    low = min(frame.bottom for _, frame, _ in clusters)
    high = max(arranged.centre(_head(name))[1] for *_, name in clusters) + tall / 2
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


class _Arranged:
    """What `dot` made of a sketch."""

    def __init__(self, sketch: str, turned: frozenset[str] = frozenset()) -> None:
        self._upward = turned
        told = json.loads(run_graphviz(sketch, "dot", "json0"))
        self._objects = {part["name"]: part for part in told.get("objects", ())}
        self._edges = {
            part["id"]: part["pos"] for part in told.get("edges", ()) if "id" in part
        }
        self.left, _, self.right, self.top = _numbers(told["bb"])

    def centre(self, name: str) -> tuple[float, float]:
        """Where the middle of a node is."""
        x, y = _numbers(self._objects[name]["pos"])
        return x, y

    def label(self, connector: Connector) -> tuple[float, float]:
        """Where the middle of a label is, without the strip on its left."""
        x, y = self.centre(_label(connector.id))
        return x + STRIP / 2, y

    def size(self, name: str) -> tuple[float, float]:
        """Width and height of a node."""
        part = self._objects[name]
        return float(part["width"]) * _INCH, float(part["height"]) * _INCH

    def cluster(self, lane: str) -> Frame:
        """The rectangle around a lane's nodes."""
        return Frame(*_numbers(self._objects[_cluster(lane)]["bb"]))

    def path(self, connector: Connector) -> Path:
        """The course of an arrow, past its label if it has one."""
        pieces = [path_of(self._edges[name]) for name in _pieces(connector)]
        path = pieces[0] if len(pieces) == 1 else pieces[0].then(pieces[1])
        return path.reversed() if connector.id in self._upward else path


def _numbers(text: str) -> list[float]:
    return [float(part) for part in text.split(",")]


def _head(lane: str) -> str:
    return f"head-{lane}"


def _cluster(lane: str) -> str:
    return f"cluster-{lane}"


def _label(connector: str) -> str:
    return f"label-{connector}"


def _pieces(connector: Connector) -> tuple[str, ...]:
    """The ids of the sketch's edges that an arrow is made of, from top to bottom."""
    if not connector.label:
        return (connector.id,)
    return (f"{connector.id}-1", f"{connector.id}-2")


def _sketch(picture: Picture, turned: frozenset[str]) -> str:
    """DOT text for `dot` to arrange: sizes and order matter, looks do not."""
    graph = graphviz.Digraph(
        graph_attr={
            "newrank": "true",
            "nodesep": "0.12",
            "rankdir": "TB",
            "ranksep": "0.12",
            "splines": "spline",
        },
        node_attr={"fontname": FONT},
        edge_attr={"arrowsize": "0.8"},
    )
    lane_of = {node.id: node.lane for node in picture.nodes}
    for lane in picture.lanes:
        with graph.subgraph(name=_cluster(lane.id)) as cluster:
            cluster.attr(margin=f"{_LANE_MARGIN:g}", label="")
            cluster.node(_head(lane.id), head_label(lane, 120), shape="plain")
            _sketch_nodes(cluster, picture, lane.id)
            for connector in picture.connectors:
                if connector.label and lane_of[connector.target] == lane.id:
                    _sketch_label(cluster, connector)
    _sketch_order(graph, picture, turned)
    for connector in picture.connectors:
        _sketch_connector(graph, connector, connector.id in turned)
    return str(graph.source)


def _sketch_nodes(graph: graphviz.Digraph, picture: Picture, lane: str) -> None:
    for node in picture.nodes:
        if node.lane == lane:
            graph.node(node.id, **look(node))


def _sketch_label(graph: graphviz.Digraph, connector: Connector) -> None:
    graph.node(_label(connector.id), passing_label(connector.label), shape="plain")


def _sketch_order(
    graph: graphviz.Digraph, picture: Picture, turned: frozenset[str]
) -> None:
    """Heads in one row, in the order of lanes, above everything else."""
    order = lane_order(picture)
    with graph.subgraph() as row:
        row.attr(rank="min")
        for name in order:
            row.node(_head(name))
    for left, right in pairwise(order):
        graph.edge(_head(left), _head(right), style="invis")
    led_to = {
        connector.source if connector.id in turned else connector.target
        for connector in picture.connectors
    }
    for node in picture.nodes:
        if node.id not in led_to:
            graph.edge(_head(node.lane), node.id, style="invis", weight="0")


def _sketch_connector(
    graph: graphviz.Digraph, connector: Connector, is_turned: bool
) -> None:
    """One edge, or one to the label and one from it; an upward one turned round."""
    weight = "1" if connector.is_handover or is_turned else "3"
    top, bottom = connector.source, connector.target
    upper, lower = "none", "forward"
    if is_turned:
        top, bottom = bottom, top
        upper, lower = "back", "none"
    names = _pieces(connector)
    if len(names) == 1:
        direction = upper if is_turned else lower
        graph.edge(top, bottom, id=names[0], dir=direction, weight=weight)
        return
    line = f"{_label(connector.id)}:line"
    graph.edge(top, f"{line}:n", id=names[0], dir=upper, weight=weight)
    graph.edge(f"{line}:s", bottom, id=names[1], dir=lower, weight=weight)


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
    arranged = _Arranged(str(graph.source))
    return {name: arranged.size(name) for name in labels}
