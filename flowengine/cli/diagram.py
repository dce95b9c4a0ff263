"""`flowengine diagram`: draw a process and what is measured on it."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowengine.cli.fields import STDIN
from flowengine.cli.nets import find_net
from flowengine.cli.output import instant, say
from flowengine.cli.session import (
    Session,
    database_option,
    language_option,
    pass_session,
)
from flowengine.errors import CommandRejected, NotFound

if TYPE_CHECKING:
    from flowengine.diagram import Drawing
    from flowengine.quantities import Instant

LAYERS = ("plan", "work-in-progress", "bottlenecks")
FORMATS = ("svg", "png", "pdf", "dot")


@click.group()
def diagram() -> None:
    """Pictures of a process, with what is measured on it."""


@diagram.command()
@click.argument("file", metavar="[FILE.yaml]", required=False)
@click.option("--process", "name", metavar="NAME", help="A process in the database.")
@click.option(
    "--show",
    "layer",
    type=click.Choice(LAYERS),
    default="plan",
    show_default=True,
    help="What is drawn on it; all but the plan need --process.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="[default: by the ending of --out, svg]",
)
@click.option(
    "--out", metavar="FILE", help="Where to write; - is stdout. [default: NAME.svg]"
)
@click.option(
    "--problem",
    metavar="CODE",
    help="Paint a problem of the flow, such as F403: the shortest run, in red.",
)
@click.option(
    "--number",
    type=click.IntRange(min=1),
    help="Which problem of that code, where there are several. [default: 1]",
)
@click.option("--since", metavar="DAY", help="Only orders closed from this day on.")
@click.option("--until", metavar="DAY", help="Only orders closed before this day.")
@database_option
@language_option
@pass_session
def draw(
    session: Session,
    file: str | None,
    name: str | None,
    layer: str,
    form: str | None,
    out: str | None,
    problem: str | None,
    number: int | None,
    since: str | None,
    until: str | None,
) -> None:
    """Draw a process file, or a process of the database with what is measured."""
    from flowengine.diagram import Format, render

    if (file is None) == (name is None):
        raise click.UsageError("Expected FILE.yaml or --process NAME, one of them.")
    if name is None and layer != "plan":
        raise click.UsageError(
            f"Expected --process NAME with --show {layer}, but a file has no orders."
        )
    if layer != "plan" and problem is not None:
        raise click.UsageError("Expected --problem with the plan, not with --show.")
    form = form or (format_of(out) if out and out != STDIN else "svg")
    source = name or str(file)
    stem = Path(source).stem if file else source
    target = out or f"{stem if source != STDIN else 'process'}.{form}"
    if problem is None:
        drawing = _drawing(session, source, layer, day(since), day(until))
    else:
        drawing = _problem(session, source, problem.upper(), number or 1)
    content = render(drawing, Format(form))
    if target == STDIN:
        sys.stdout.buffer.write(content)
        return
    write_file(Path(target), content)
    say(f"{target} is drawn.")


def _drawing(
    session: Session,
    source: str,
    layer: str,
    since: Instant | None,
    until: Instant | None,
) -> Drawing:
    from flowengine.diagram import Layer, draw

    if layer == "plan":
        net = find_net(session, source)
        return draw(net, show=Layer.PLAN, findings=None, work=None, lang=session.lang)
    from flowengine.analysis import analyse, work_in_progress

    with session.engine() as engine:
        net = engine.net(source)
        log = engine.event_log(source, since=since, until=until)
        now = engine.now()
    bottlenecks = layer == "bottlenecks"
    return draw(
        net,
        show=Layer(layer),
        findings=analyse(net, log, now) if bottlenecks else None,
        work=None if bottlenecks else work_in_progress(net, log, now),
        lang=session.lang,
    )


def _problem(session: Session, source: str, code: str, number: int) -> Drawing:
    """A fault of the flow, painted on the plan.

    Raises:
        NotFound: The process has no such fault.
    """
    from flowengine.diagram import draw_problem
    from flowengine.net.flow_check import find_faults
    from flowengine.net.reservations import stock_faults

    net = find_net(session, source, checked=False)
    faults = (*find_faults(net), *stock_faults(net))
    alike = [fault for fault in faults if fault.code == code]
    if number <= len(alike):
        return draw_problem(net, alike[number - 1], session.lang)
    counts = Counter(fault.code for fault in faults)
    found = ", ".join(f"{each} ({counts[each]})" for each in sorted(counts))
    wanted = code if not alike else f"{code} number {number}"
    raise NotFound(
        f"Expected a problem {wanted} in the flow of {source}, but it has "
        f"{found or 'none'}: see `flowengine process check`."
    )


def format_of(out: str) -> str:
    """The format that the ending of a file says.

    Raises:
        click.UsageError: It is none that pictures have.
    """
    ending = Path(out).suffix.removeprefix(".").lower()
    if ending not in FORMATS:
        raise click.UsageError(
            f"Expected {out} to end in {', '.join('.' + each for each in FORMATS)},"
            f" but it ends in {ending or 'nothing'!r}."
        )
    return ending


def day(text: str | None) -> Instant | None:
    """The moment that an ISO day or time says; UTC where it names no zone.

    Raises:
        click.UsageError: It is neither.
    """
    if text is None:
        return None
    from datetime import UTC

    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.UsageError(
            f"Expected a day such as 2026-06-19, but got {text!r}."
        ) from error
    return instant(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def write_file(path: Path, content: bytes) -> None:
    """Write a file, making its folder.

    Raises:
        CommandRejected: It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise CommandRejected(
            f"Expected to write {path}, but it cannot be written: {reason}."
        ) from error
