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
_DATE = b"(D:20000101000000Z)"
#: The white edge of a PDF, in inches; with `PAGE` it makes A4.
_EDGE = "0.18"
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
            page = {"size": PAGE, "margin": _EDGE}
            return _undated(run_graphviz(dot, _AS_PLACED, "pdf", page))


def _undated(pdf: bytes) -> bytes:
    """A PDF whose creation date is always the same.

    Cairo writes the local time with its zone, whose length differs; so the offsets of
    what stands behind it are moved too (ISO 32000-1, 7.5.4 and 7.5.5).
    """
    found = re.search(rb"\(D:\d{14}[^)]*\)", pdf)
    if found is None:
        return pdf
    place, shift = found.start(), len(_DATE) - len(found[0])

    def moved(offset: bytes) -> int:
        return int(offset) + (shift if int(offset) > place else 0)

    table = pdf.rindex(b"\nxref\n")
    entries = re.sub(
        rb"(?m)^(\d{10}) (?=\d{5} n)",
        lambda entry: b"%010d " % moved(entry[1]),
        pdf[table:],
    )
    entries = re.sub(
        rb"(?<=startxref\n)(\d+)", lambda start: b"%d" % moved(start[1]), entries
    )
    return pdf[:place] + _DATE + pdf[found.end() : table] + entries
