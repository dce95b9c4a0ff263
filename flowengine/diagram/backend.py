"""Graphviz itself: inside pygraphviz in this process, else the `dot` program.

Graphviz is not thread-safe: one lock.
"""

import logging
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock

from flowengine.diagram.fonts import prepare_fonts
from flowengine.errors import FlowError

try:
    import pygraphviz
except ImportError:  # its library may not fit this machine
    pygraphviz = None

_LOG = logging.getLogger(__name__)
_GRAPHVIZ = Lock()
#: Seconds after which the `dot` program is given up.
_PATIENCE = 120


def run_graphviz(
    dot: str, engine: str, output: str, page: Mapping[str, str] | None = None
) -> bytes:
    """Lay DOT text out with `engine` and write it as `output`.

    `page` are graph attributes that come on top of the text's own.

    Raises:
        FlowError: Graphviz is missing, or cannot draw it.
    """
    with _GRAPHVIZ:
        prepare_fonts()
        if pygraphviz is not None:
            return _run_in_process(dot, engine, output, page or {})
        return run_program(dot, engine, output, page or {})


def _run_in_process(
    dot: str, engine: str, output: str, page: Mapping[str, str]
) -> bytes:
    graph = pygraphviz.AGraph(string=dot)
    try:
        graph.graph_attr.update(page)
        with _heard() as complaints:
            drawn = graph.draw(format=output, prog=engine)
    except (ValueError, OSError) as error:
        raise FlowError(
            f"Expected Graphviz to draw the picture as {output}, but it said: {error}"
        ) from error
    finally:
        graph.close()
    if any(line.startswith("Error") for line in complaints):
        raise FlowError(
            f"Expected Graphviz to draw the picture as {output}, but it said: "
            f"{' '.join(complaints)}"
        )
    return bytes(drawn)


def run_program(dot: str, engine: str, output: str, page: Mapping[str, str]) -> bytes:
    """The same by the `dot` program on PATH, which the log is told.

    Raises:
        FlowError: There is no such program, or it cannot draw it.
    """
    program = shutil.which("dot")
    if program is None:
        raise FlowError(
            "Expected Graphviz, but neither the package pygraphviz nor the program "
            "`dot` is usable here. Install one of them."
        )
    _LOG.warning("Drawing with %s, as pygraphviz is not usable here.", program)
    options = [f"-G{name}={value}" for name, value in page.items()]
    done = subprocess.run(  # noqa: S603 - a fixed program, no shell; the text is stdin
        [program, f"-K{engine}", f"-T{output}", *options],
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
def _heard() -> Iterator[list[str]]:
    """Collect what Graphviz complains about, straight from file descriptor 2.

    Fontconfig prints a warning there for every template of the machine that is newer
    than itself, though our configuration uses none of them: that is left out.
    """
    complaints: list[str] = []
    kept = os.dup(2)
    with tempfile.TemporaryFile() as heard:
        try:
            os.dup2(heard.fileno(), 2)
            yield complaints
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            heard.seek(0)
            complaints += [
                line
                for line in heard.read().decode(errors="replace").splitlines()
                if line and not line.startswith("Fontconfig")
            ]
