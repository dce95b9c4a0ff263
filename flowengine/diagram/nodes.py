"""The look of nodes, as DOT attributes."""

from flowengine.diagram.boxes import box_label, sign_label
from flowengine.diagram.picture import INK, PAPER, Node, Shape

#: The typeface of everything; `fonts` brings it.
FONT = "Roboto"
_CANCEL_FILL = "#F3D9D9"
_BAR = {
    "fixedsize": "true",
    "height": "0.08",
    "label": "",
    "shape": "box",
    "style": "filled",
    "width": "1.7",
}
_START = {
    "fillcolor": INK,
    "fixedsize": "true",
    "height": "0.25",
    "label": "",
    "shape": "circle",
    "style": "filled",
    "width": "0.25",
}


def look(node: Node) -> dict[str, str]:
    """Shape, label and colours of a node."""
    match node.shape:
        case Shape.BOX:
            return {"label": box_label(node), "margin": "0", "shape": "plain"}
        case Shape.BAR:
            fill = PAPER if node.is_hollow or node.is_dashed else node.ink
            style = "filled,dashed" if node.is_dashed else "filled"
            return _BAR | {"color": node.ink, "fillcolor": fill, "style": style}
        case Shape.START:
            return dict(_START)
        case Shape.END:
            return _sign(node, "box", "rounded,filled", node.fill) | {
                "peripheries": "2"
            }
        case Shape.DECISION:
            return _sign(node, "hexagon", "filled", node.fill)
        case Shape.CANCEL:
            fill = _CANCEL_FILL if node.ink == INK else node.fill
            return _sign(node, "octagon", "filled", fill)


def _sign(node: Node, shape: str, style: str, fill: str) -> dict[str, str]:
    return {
        "color": node.ink,
        "fillcolor": fill,
        "height": "0.3",
        "label": sign_label(node),
        "margin": "0.05,0.03",
        "penwidth": "3" if node.is_thick else "1",
        "shape": shape,
        "style": f"{style},dashed" if node.is_dashed else style,
        "width": "0.5",
    }
