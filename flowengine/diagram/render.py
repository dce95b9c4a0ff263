"""A drawing as a file: SVG, PNG, PDF or DOT, the same bytes every time."""

import re
from enum import StrEnum

from flowengine.diagram.backend import run_graphviz
from flowengine.diagram.dot import Drawing
from flowengine.diagram.svg import finished_svg


class Format(StrEnum):
    """What a drawing can be written as."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"
    DOT = "dot"


#: What fits on A4 portrait within its margins, in inches.
PAGE = "7.9,11.3"
#: Dots per inch of a PNG.
RESOLUTION = "200"
#: The layout engine that leaves everything where the drawing says it is.
_AS_PLACED = "nop2"


def render(drawing: Drawing, file_format: Format) -> bytes:
    """The bytes of a drawing.

    PNG and PDF are fitted to A4 portrait, never enlarged; SVG keeps its own size.

    Raises:
        FlowError: Graphviz is missing, or cannot draw it.
    """
    dot = drawing.dot
    match file_format:
        case Format.DOT:
            return dot.encode()
        case Format.SVG:
            svg = run_graphviz(dot, _AS_PLACED, "svg").decode()
            return finished_svg(svg, drawing).encode()
        case Format.PNG:
            page = {"size": PAGE, "dpi": RESOLUTION}
            return run_graphviz(dot, _AS_PLACED, "png", page)
        case Format.PDF:
            return _undated(run_graphviz(dot, _AS_PLACED, "pdf", {"size": PAGE}))


def _undated(pdf: bytes) -> bytes:
    """A PDF whose creation date is always the same, at the same length."""
    return re.sub(rb"\(D:\d{14}", b"(D:20000101000000", pdf)
