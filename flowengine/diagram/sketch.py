"""The sketch that `dot` arranges, and what it made of it.

The nodes of each department stand in a cluster that begins with its head. An arrow's
label is a node of the sketch, so that room is kept for it and for the arrow on its
left; the course of the arrow is found later, by `routes`. Arrows that lead upwards are
turned round, as `dot` wants everything to flow down.
"""

import json
from dataclasses import dataclass

import graphviz

from flowengine.diagram.backend import run_graphviz
from flowengine.diagram.geometry import Frame, Point
from flowengine.diagram.levels import levels
from flowengine.diagram.markup import STRIP, head_label, passing_label
from flowengine.diagram.nodes import FONT, look
from flowengine.diagram.outline import CANCEL_NODE, safe_id
from flowengine.diagram.picture import Connector, Picture, Shape

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
    spacing: float = 0.2
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
            "ranksep": "0.2",
            "splines": "none",
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

    def __init__(self, dot: str) -> None:
        told = json.loads(run_graphviz(dot, "dot", "json0"))
        self._objects = {part["name"]: part for part in told.get("objects", ())}
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

    def is_upward(self, connector: Connector) -> bool:
        """Whether an arrow leads from a lower node to a higher one."""
        return self.centre(connector.source)[1] < self.centre(connector.target)[1]

    def passing(self, connector: Connector) -> Point:
        """Where an arrow passes beside its label."""
        frame = self.label_frame(connector)
        side = frame.right if self._is_mirrored else frame.left
        return side + self.strip / 2, frame.middle[1]

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
            above = _above_cancelling(picture) if node.shape is Shape.CANCEL else ""
            top = above or head_node(node.lane)
            graph.edge(top, node.id, style="invis", weight="0")


def _above_cancelling(picture: Picture) -> str:
    """What the cancel mark stands below where no arrow leads to it: "" is nothing.

    It and all that follows it then end where the rest ends, away from the beginning.
    """
    level, after = levels(picture), {CANCEL_NODE}
    found = [CANCEL_NODE]
    while found:
        last = found.pop()
        targets = {c.target for c in picture.connectors if c.source == last} - after
        after |= targets
        found += sorted(targets)
    deepest = max(level.values()) - max(level[node] for node in after)
    others = [
        (level[node.id], node.id)
        for node in picture.nodes
        if node.id not in after and level[node.id] < deepest
    ]
    return max(others, default=(0, ""))[1]


def _sketch_connector(
    graph: graphviz.Digraph, connector: Connector, is_turned: bool
) -> None:
    """One edge, or one to the label and one from it; an upward one turned round."""
    weight = "1" if connector.is_handover or is_turned else "3"
    top, bottom = connector.source, connector.target
    if is_turned:
        top, bottom = bottom, top
    if not _has_strip(connector):
        graph.edge(top, bottom, weight=weight)
        return
    line = f"{_label(connector.id)}:line"
    graph.edge(top, f"{line}:n", weight=weight)
    graph.edge(f"{line}:s", bottom, weight=weight)


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
