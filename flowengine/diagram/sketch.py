"""The sketch that `dot` arranges, and what it made of it.

The nodes of each department stand in a cluster that begins with its head. An arrow's
label is a node of the sketch, so that no label lies on a box or on another label; the
arrow passes on its left. Arrows that lead upwards are turned round, as `dot` wants
everything to flow down.
"""

import json
from dataclasses import dataclass

import graphviz

from flowengine.diagram.backend import run_graphviz
from flowengine.diagram.geometry import Frame, Path, path_of
from flowengine.diagram.markup import STRIP, head_label, passing_label
from flowengine.diagram.nodes import FONT, look
from flowengine.diagram.outline import safe_id
from flowengine.diagram.picture import Connector, Picture

_LANE_MARGIN = 7.0
_INCH = 72.0


@dataclass(frozen=True, slots=True)
class Manner:
    """One way to arrange a picture."""

    #: Connectors that lead upwards.
    upward: frozenset[str]
    #: Whether the label of a hand-over stands in the lane it leaves.
    is_label_at_source: bool = False
    #: Least space between nodes of one row, in inches.
    spacing: float = 0.12
    #: How many times as long `dot` seeks an order with few crossings.
    effort: int = 1


def sketch(picture: Picture, manner: Manner) -> str:
    """DOT text for `dot` to arrange: sizes and order matter, looks do not."""
    graph = graphviz.Digraph(
        graph_attr={
            "mclimit": f"{manner.effort}",
            "newrank": "true",
            "nodesep": f"{manner.spacing}",
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
            cluster.node(head_node(lane.id), head_label(lane, 120), shape="plain")
            _sketch_nodes(cluster, picture, lane.id)
            for connector in picture.connectors:
                at = connector.source if manner.is_label_at_source else connector.target
                if lane_of[at] == lane.id and _has_strip(connector):
                    _sketch_label(cluster, connector)
    _sketch_order(graph, picture, manner)
    for connector in picture.connectors:
        _sketch_connector(graph, connector, connector.id in manner.upward)
    return str(graph.source)


class Arranged:
    """What `dot` made of a sketch.

    Raises:
        FlowError: Graphviz is missing.
    """

    def __init__(self, dot: str, upward: frozenset[str] = frozenset()) -> None:
        self._upward = upward
        told = json.loads(run_graphviz(dot, "dot", "json0"))
        self._objects = {part["name"]: part for part in told.get("objects", ())}
        self._edges = {
            part["id"]: part["pos"] for part in told.get("edges", ()) if "id" in part
        }
        self.left, _, self.right, self.top = _numbers(told["bb"])
        self._is_mirrored = False

    def mirror(self) -> None:
        """Swap left and right, for whoever begins to read on the left."""
        self._is_mirrored = not self._is_mirrored

    def _seen(self, x: float) -> float:
        return self.left + self.right - x if self._is_mirrored else x

    def centre(self, name: str) -> tuple[float, float]:
        """Where the middle of a node is."""
        x, y = _numbers(self._objects[name]["pos"])
        return self._seen(x), y

    @property
    def strip(self) -> float:
        """Width of the strip beside a label; negative where it is on its left."""
        return STRIP if self._is_mirrored else -STRIP

    def label(self, connector: Connector) -> tuple[float, float]:
        """Where the middle of a label is, without the strip beside it."""
        x, y = self.centre(_label(connector.id))
        return (x - STRIP / 2 if self._is_mirrored else x + STRIP / 2), y

    def label_frame(self, connector: Connector) -> Frame:
        """The rectangle that a label fills, without the strip beside it."""
        (x, y) = self.label(connector)
        width, height = self.size(_label(connector.id))
        half = (width - STRIP) / 2
        return Frame(x - half, y - height / 2, x + half, y + height / 2)

    def frame(self, name: str) -> Frame:
        """The rectangle that a node fills."""
        (x, y), (width, height) = self.centre(name), self.size(name)
        return Frame(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def size(self, name: str) -> tuple[float, float]:
        """Width and height of a node."""
        part = self._objects[name]
        return float(part["width"]) * _INCH, float(part["height"]) * _INCH

    def cluster(self, lane: str) -> Frame:
        """The rectangle around a lane's nodes."""
        left, bottom, right, top = _numbers(self._objects[_cluster(lane)]["bb"])
        seen = sorted((self._seen(left), self._seen(right)))
        return Frame(seen[0], bottom, seen[1], top)

    def path(self, connector: Connector) -> Path:
        """The course of an arrow, past its label if it has one."""
        pieces = [path_of(self._edges[name]) for name in _pieces(connector)]
        path = pieces[0] if len(pieces) == 1 else pieces[0].then(pieces[1])
        if self._is_mirrored:
            path = path.mirrored(self.left + self.right)
        return path.reversed() if connector.id in self._upward else path


def _sketch_nodes(graph: graphviz.Digraph, picture: Picture, lane: str) -> None:
    for node in picture.nodes:
        if node.lane == lane:
            graph.node(node.id, **look(node))


def _sketch_label(graph: graphviz.Digraph, connector: Connector) -> None:
    graph.node(_label(connector.id), passing_label(connector.label), shape="plain")


def _sketch_order(graph: graphviz.Digraph, picture: Picture, manner: Manner) -> None:
    """Heads in one row, above everything else."""
    with graph.subgraph() as row:
        row.attr(rank="min")
        for lane in picture.lanes:
            row.node(head_node(lane.id))
    led_to = {
        connector.source if connector.id in manner.upward else connector.target
        for connector in picture.connectors
    }
    for node in picture.nodes:
        if node.id not in led_to:
            graph.edge(head_node(node.lane), node.id, style="invis", weight="0")


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


def _numbers(text: str) -> list[float]:
    return [float(part) for part in text.split(",")]


def head_node(lane: str) -> str:
    """The name of a lane's head in the sketch."""
    return f"head-{safe_id(lane)}"


def _cluster(lane: str) -> str:
    return f"cluster-{safe_id(lane)}"


def _label(connector: str) -> str:
    return f"label-{connector}"


def _has_strip(connector: Connector) -> bool:
    """Whether room is kept for the arrow and its label between its two rows."""
    return bool(connector.label) or not connector.is_short


def _pieces(connector: Connector) -> tuple[str, ...]:
    """The ids of the sketch's edges that an arrow is made of, from top to bottom."""
    if not _has_strip(connector):
        return (connector.id,)
    return (f"{connector.id}-1", f"{connector.id}-2")
