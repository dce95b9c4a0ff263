"""A picture as DOT text. Graphviz's own `dot` places it.

Everything is in the picture's order and ids come from step names, so the same picture
gives the same text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

import graphviz

from flowengine.diagram.markup import (
    box_label,
    connector_label,
    head_label,
    name_label,
    page_label,
)
from flowengine.diagram.picture import INK, Connector, Exact, Lane, Node, Picture, Shape

#: The typeface of everything; `fonts` brings it.
FONT = "Roboto"
#: What fits on A4 portrait with its margins, in inches.
PAGE = "7.75,11.15"
_INSIDE = "#7A7A7A"
_LANE_FILLS = ("#F4F5F6", "#FBFBF8")
_LANE_EDGE = "#C4C9CE"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that is ready to be rendered."""

    #: The DOT source.
    dot: str
    lang: str
    title: str
    description: str
    #: What a screen reader says of a node or an arrow, by id.
    texts: Mapping[str, str] = field(default_factory=dict)
    #: The exact numbers of a node, by id.
    exact: Mapping[str, Exact] = field(default_factory=dict)
    #: Numbers that belong to the whole picture, by the name of an attribute.
    facts: Mapping[str, int] = field(default_factory=dict)


def drawing_of(picture: Picture) -> Drawing:
    """The DOT text of a picture, with what SVG says beyond it."""
    graph = graphviz.Digraph(
        picture.name,
        graph_attr=_page(picture),
        node_attr={"fontname": FONT, "fontcolor": INK, "margin": "0.06,0.03"},
        edge_attr={"fontname": FONT, "fontcolor": INK, "arrowsize": "0.8"},
    )
    for number, lane in enumerate(picture.lanes):
        with graph.subgraph(name=f"cluster-{lane.id}") as cluster:
            cluster.attr(**_lane(lane, number))
            _add_nodes(cluster, picture, lane.id)
    _add_nodes(graph, picture, None)
    for connector in picture.connectors:
        graph.edge(
            f"{connector.source}", f"{connector.target}", **_connector(connector)
        )
    return Drawing(
        dot=graph.source,
        lang=picture.lang,
        title=picture.title,
        description=picture.description,
        texts={part.id: part.tooltip for part in (*picture.nodes, *picture.connectors)},
        exact={node.id: node.exact for node in picture.nodes if node.exact is not None},
        facts=picture.facts,
    )


def _page(picture: Picture) -> dict[str, str]:
    return {
        "bgcolor": "#FFFFFF",
        "compound": "true",
        "fontname": FONT,
        "label": page_label(picture),
        "labelloc": "t",
        "newrank": "true",
        "nodesep": "0.22",
        "pad": "0.15",
        "rankdir": "TB",
        "ranksep": "0.22",
        "splines": "spline",
        "tooltip": " ",
    }


def _lane(lane: Lane, number: int) -> dict[str, str]:
    return {
        "bgcolor": _LANE_FILLS[number % 2],
        "id": f"lane-{lane.id}",
        "label": head_label(lane, 150),
        "margin": "10",
        "pencolor": _LANE_EDGE,
        "tooltip": _said(lane.title),
    }


def _add_nodes(graph: graphviz.Digraph, picture: Picture, lane: str | None) -> None:
    for node in picture.nodes:
        if node.lane == lane:
            graph.node(node.id, **_node(node))


def _node(node: Node) -> dict[str, str]:
    return {"id": node.id, "tooltip": _said(node.tooltip), **_look(node)}


def _look(node: Node) -> dict[str, str]:
    match node.shape:
        case Shape.BOX:
            return {"label": box_label(node), "margin": "0", "shape": "plain"}
        case Shape.BAR:
            bar = {"height": "0.08", "label": "", "shape": "box", "width": "1.9"}
            return {**bar, "fillcolor": INK, "fixedsize": "true", "style": "filled"}
        case Shape.START:
            circle = {"height": "0.25", "label": "", "shape": "circle"}
            return {**circle, "fillcolor": INK, "style": "filled", "width": "0.25"}
        case Shape.END:
            pill = {"label": name_label(node), "peripheries": "2", "shape": "box"}
            return {**pill, "fillcolor": node.fill, "style": "rounded,filled"}
        case Shape.DECISION:
            sign = {"label": name_label(node), "shape": "hexagon", "style": "filled"}
            return {**sign, "fillcolor": node.fill}
        case Shape.CANCEL:
            mark = {"label": name_label(node), "shape": "octagon", "style": "filled"}
            return {**mark, "fillcolor": "#F3D9D9"}


def _connector(connector: Connector) -> dict[str, str]:
    look = {
        "color": INK if connector.is_handover else _INSIDE,
        "id": connector.id,
        "penwidth": f"{connector.width:.2f}",
        "tooltip": _said(connector.tooltip),
    }
    if connector.label:
        look["label"] = connector_label(connector.label)
    if connector.is_back:
        look |= {"constraint": "false", "style": "dashed"}
    return look


def _said(text: str) -> str:
    """Text for a tooltip: Graphviz passes entities on, and reads backslashes."""
    return graphviz.escape(escape(text) or " ")
