"""A drawing as a file: SVG, PNG, PDF or DOT, the same bytes every time.

Graphviz comes inside pygraphviz and runs in this process; where it cannot, the `dot`
program on PATH is used and the log says so. Graphviz is not thread-safe: one lock.
"""

import logging
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from threading import Lock

from flowengine.diagram.dot import PAGE, Drawing
from flowengine.diagram.fonts import prepare_fonts
from flowengine.diagram.svg import finished_svg
from flowengine.errors import FlowError

try:
    import pygraphviz
except ImportError:  # its library may not fit this machine
    pygraphviz = None


class Format(StrEnum):
    """What a drawing can be written as."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"
    DOT = "dot"


#: Dots per inch of a PNG.
RESOLUTION = "150"
_LOG = logging.getLogger(__name__)
_GRAPHVIZ = Lock()
#: Seconds after which the `dot` program is given up.
_PATIENCE = 120


def render(drawing: Drawing, file_format: Format) -> bytes:
    """The bytes of a drawing.

    PNG and PDF are fitted to A4 portrait, never enlarged; SVG keeps its own size.

    Raises:
        FlowError: Graphviz is missing, or cannot draw it.
    """
    match file_format:
        case Format.DOT:
            return drawing.dot.encode()
        case Format.SVG:
            raw = _drawn(drawing.dot, {}, "svg")
            return finished_svg(raw.decode(), drawing).encode()
        case Format.PNG:
            return _drawn(drawing.dot, {"size": PAGE, "dpi": RESOLUTION}, "png")
        case Format.PDF:
            return _without_dates(_drawn(drawing.dot, {"size": PAGE}, "pdf"))


def _drawn(dot: str, page: dict[str, str], output: str) -> bytes:
    with _GRAPHVIZ:
        prepare_fonts()
        if pygraphviz is not None:
            return _drawn_in_process(dot, page, output)
        return _drawn_by_program(dot, page, output)


def _drawn_in_process(dot: str, page: dict[str, str], output: str) -> bytes:
    graph = pygraphviz.AGraph(string=dot)
    try:
        graph.graph_attr.update(page)
        with _quiet_start():
            drawn = graph.draw(format=output, prog="dot")
    except (ValueError, OSError) as error:
        raise FlowError(
            f"Expected Graphviz to draw the picture as {output}, but it said: {error}"
        ) from error
    finally:
        graph.close()
    return bytes(drawn)


def _drawn_by_program(dot: str, page: dict[str, str], output: str) -> bytes:
    program = shutil.which("dot")
    if program is None:
        raise FlowError(
            "Expected Graphviz, but neither the package pygraphviz nor the program "
            "`dot` is usable here. Install one of them."
        )
    _LOG.warning("Drawing with %s, as pygraphviz is not usable here.", program)
    options = [f"-G{name}={value}" for name, value in page.items()]
    done = subprocess.run(  # noqa: S603 - a fixed program, no shell; the text is stdin
        [program, f"-T{output}", *options],
        input=dot.encode(),
        capture_output=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "0"},
        timeout=_PATIENCE,
        check=False,
    )
    if done.returncode:
        raise FlowError(
            f"Expected {program} to draw the picture as {output}, but it said: "
            f"{done.stderr.decode(errors='replace').strip()}"
        )
    return done.stdout


@contextmanager
def _quiet_start() -> Iterator[None]:
    """Keep what fontconfig says about the machine's own templates off the terminal.

    Its library prints a warning for every template newer than itself, from C and
    straight to file descriptor 2, though our configuration uses none of them.
    """
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _without_dates(pdf: bytes) -> bytes:
    """A PDF whose creation date is always the same, at the same length."""
    return re.sub(rb"\(D:\d{14}", b"(D:20000101000000", pdf)
