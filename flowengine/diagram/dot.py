"""A placed picture as DOT text, for the engine `nop2`, which moves nothing.

Everything is in the picture's order and ids come from step names, so the same picture
gives the same text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

import graphviz

from flowengine.diagram.boxes import STACK
from flowengine.diagram.geometry import Frame
from flowengine.diagram.legend import legend_label
from flowengine.diagram.markup import (
    HEAD_FILL,
    connector_label,
    head_label,
    table_label,
    title_label,
)
from flowengine.diagram.nodes import FONT, look
from flowengine.diagram.outline import safe_id
from flowengine.diagram.picture import INK, Connector, Exact, Form, Lane, Node, Picture
from flowengine.diagram.placement import Placement
from flowengine.diagram.sketch import head_node

_INSIDE = "#7A7A7A"
_LANE_FILLS = ("#F4F5F6", "#FCFCFA")
_LANE_EDGE = "#C4C9CE"
_INCH = 72.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that is ready to be rendered."""

    #: The DOT source, everything placed: `dot -Knop2 -Tsvg` draws it too.
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


def drawing_of(picture: Picture, placed: Placement) -> Drawing:
    """The DOT text of a placed picture, with what SVG says beyond it."""
    graph = graphviz.Digraph(
        picture.name,
        graph_attr={
            "bgcolor": "#FFFFFF",
            "fontname": FONT,
            "outputorder": "edgesfirst",  # no arrow strikes a text through
            "pad": "0.12",
            "tooltip": " ",
        },
        node_attr={"fontcolor": INK, "fontname": FONT, "margin": "0"},
        edge_attr={"arrowsize": "0.8", "fontcolor": INK, "fontname": FONT},
    )
    _add_page(graph, picture, placed)
    for number, lane in enumerate(picture.lanes):
        _add_lane(graph, picture, placed, lane, number)
    for connector in picture.connectors:
        graph.edge(connector.source, connector.target, **_connector(connector, placed))
    return Drawing(
        dot=str(graph.source),
        lang=picture.lang,
        title=picture.title,
        description=picture.description,
        texts={
            **{node.id: node.tooltip for node in picture.nodes},
            **{line.id: line.tooltip for line in picture.connectors},
        },
        exact={node.id: node.exact for node in picture.nodes if node.exact is not None},
        facts=picture.facts,
    )


def _add_page(graph: graphviz.Digraph, picture: Picture, placed: Placement) -> None:
    labels = {"title": title_label(picture)}
    if picture.table is not None:
        labels["table"] = table_label(picture.table)
    if picture.legend:
        labels["legend"] = legend_label(picture.legend)
    for name, label in labels.items():
        graph.node(
            f"page-{name}",
            label,
            id=f"page-{name}",
            pos=_at(placed.page[name]),
            shape="plain",
            tooltip=" ",
        )


def _add_lane(
    graph: graphviz.Digraph,
    picture: Picture,
    placed: Placement,
    lane: Lane,
    number: int,
) -> None:
    frame = placed.lanes[lane.id]
    with graph.subgraph(name=f"cluster-{safe_id(lane.id)}") as cluster:
        cluster.attr(
            bb=f"{frame.left:.2f},{frame.bottom:.2f},{frame.right:.2f},{frame.top:.2f}",
            bgcolor=_LANE_FILLS[number % 2],
            id=f"lane-{safe_id(lane.id)}",
            pencolor=_LANE_EDGE,
            tooltip=_said(lane.title),
        )
        cluster.node(head_node(lane.id), **_head(lane, placed.heads[lane.id]))
        _add_nodes(cluster, picture, placed, lane.id)


def _head(lane: Lane, frame: Frame) -> dict[str, str]:
    return {
        "color": "#FFFFFF",
        "fillcolor": HEAD_FILL if lane.title else "#FFFFFF",
        "fixedsize": "true",
        "height": f"{(frame.top - frame.bottom) / _INCH:.4f}",
        "id": f"head-{safe_id(lane.id)}",
        "label": head_label(lane, 0),
        "pos": _at(frame.middle),
        "shape": "box",
        "style": "filled",
        "tooltip": _said("\n".join((lane.title, *lane.lines))),
        "width": f"{frame.width / _INCH:.4f}",
    }


def _add_nodes(
    graph: graphviz.Digraph, picture: Picture, placed: Placement, lane: str
) -> None:
    for node in picture.nodes:
        if node.lane != lane:
            continue
        if node.id in placed.stacks:
            _add_stack(graph, node, placed.stacks[node.id])
        graph.node(node.id, **_node(node, placed))


def _add_stack(graph: graphviz.Digraph, node: Node, whole: Frame) -> None:
    """The boxes behind a node that stands for several, the last one first."""
    width, height = whole.width - STACK, whole.height - STACK
    for number, shift in ((2, STACK), (1, STACK / 2)):
        name = f"{node.id}-behind-{number}"
        graph.node(
            name,
            "",
            color=node.ink,
            fillcolor=node.fill,
            fixedsize="true",
            height=f"{height / _INCH:.4f}",
            id=name,
            pos=_at((whole.left + width / 2 + shift, whole.top - height / 2 - shift)),
            shape="box",
            style="rounded,filled" if node.form is Form.PLAIN else "filled",
            tooltip=" ",
            width=f"{width / _INCH:.4f}",
        )


def _node(node: Node, placed: Placement) -> dict[str, str]:
    return {
        "id": node.id,
        "pos": _at(placed.nodes[node.id]),
        "tooltip": _said(node.tooltip),
        **look(node),
    }


def _connector(connector: Connector, placed: Placement) -> dict[str, str]:
    drawn = {
        "color": connector.ink or (INK if connector.is_handover else _INSIDE),
        "id": connector.id,
        "penwidth": f"{connector.width:.2f}",
        "pos": placed.paths[connector.id].text(),
        "tooltip": _said(connector.tooltip),
    }
    if connector.label:
        drawn["label"] = connector_label(connector.label)
        drawn["lp"] = _at(placed.labels[connector.id])
    if connector.is_back or connector.is_dashed:
        drawn |= {"constraint": "false", "style": "dashed"}
    return drawn


def _at(point: tuple[float, float]) -> str:
    return f"{point[0]:.2f},{point[1]:.2f}"


def _said(text: str) -> str:
    """Text for a tooltip: Graphviz passes entities on, and reads backslashes."""
    return escape(text).replace("\\", "\\\\") or " "
