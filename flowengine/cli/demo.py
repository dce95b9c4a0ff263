"""`flowengine demo`: three weeks of orders in less than a minute."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowengine.cli.output import print_json, print_table, say
from flowengine.cli.session import Session, json_option, language_option, pass_session
from flowengine.language.process import department_title
from flowengine.locale import translator
from flowengine.quantities import iso_time

if TYPE_CHECKING:
    from flowengine.demo import DemoResult, Played
    from flowengine.diagram import Drawing, Layer


@click.command()
@click.option(
    "--out",
    metavar="FOLDER",
    default="diagrams/demo",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the database and the pictures go.",
)
@click.option("--seed", default=1, show_default=True, help="Another seed, other weeks.")
@click.option(
    "--every",
    default=1,
    type=click.IntRange(min=1),
    metavar="N",
    help="Only each N-th order, for a quick look. [default: all]",
)
@language_option
@json_option
@pass_session
def demo(session: Session, out: Path, seed: int, every: int) -> None:
    """Play three busy weeks of a small company, then show where the time went.

    400 orders come from a sheet; virtual staff work them on a virtual clock, through
    the same engine. It tells where things are and the five biggest delays, and draws
    the process, the work in progress and the bottlenecks. It takes under a minute.
    """
    from flowengine.demo import run_demo

    with _progress(translator(session.lang)("Three weeks of orders")) as told:
        result = run_demo(out, seed=seed, progress=told, every=every)
    pictures = _pictures(result, out, session.lang)
    if session.json:
        print_json(demo_json(result, pictures))
        return
    _print_work(result.orders, session.lang)
    _print_delays(result, session.lang)
    _print_places(result, pictures, session.lang)


@contextmanager
def _progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr where that is a terminal; elsewhere one line."""
    if not sys.stderr.isatty():
        say(f"{title}…")
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _pictures(result: DemoResult, out: Path, lang: str) -> list[Path]:
    """Draw the orders' process with each layer."""
    from flowengine.cli.diagram import write_file
    from flowengine.diagram import Format, Layer, render

    written = []
    for layer in Layer:
        path = out / f"{layer.value}.svg"
        drawing = _drawing(result.orders, layer, lang)
        write_file(path, render(drawing, Format.SVG))
        written.append(path)
    return written


def _drawing(played: Played, layer: Layer, lang: str) -> Drawing:
    from flowengine.diagram import draw

    return draw(
        played.net,
        show=layer,
        findings=played.findings,
        work=played.work,
        lang=lang,
    )


def demo_json(result: DemoResult, pictures: list[Path]) -> dict[str, object]:
    """What the demo has left behind, for machines."""
    from flowengine.analysis import as_json

    return {
        "database": str(result.database),
        "now": iso_time(result.now),
        "refused": result.refused,
        "pictures": [str(path) for path in pictures],
        "open_orders": result.orders.work.orders,
        "findings": [
            as_json(played.findings) for played in (result.orders, result.returns)
        ],
    }


def _print_work(played: Played, lang: str) -> None:
    """Print where the open orders are, by department."""
    from flowengine.cli.words import moment

    _ = translator(lang)
    work, process = played.work, played.net.process
    when = moment(work.at, process, lang)
    title = _("{count} open orders on {time}")
    click.echo(click.style(title.format(count=work.orders, time=when), bold=True))
    names = (
        _("Department"),
        _("Waiting"),
        _("Working"),
        _("Awaiting"),
        _("Held"),
        _("Late"),
    )
    rows = [
        (
            department_title(process, lane.department, lang) or _("none"),
            *(
                str(count or "")
                for count in (
                    lane.waiting,
                    lane.working,
                    lane.awaiting,
                    lane.held,
                    lane.late,
                )
            ),
        )
        for lane in work.departments
    ]
    print_table(names, rows, right=(1, 2, 3, 4, 5))


def _print_delays(result: DemoResult, lang: str) -> None:
    """Print the five biggest delays of orders and of returns."""
    from flowengine.cli.report import print_findings

    for played in (result.orders, result.returns):
        click.echo()
        print_findings(played.net, played.findings, lang)


def _print_places(result: DemoResult, pictures: list[Path], lang: str) -> None:
    """Print where the pictures and the database are, and what to do with them."""
    _ = translator(lang)
    click.echo()
    for path in pictures:
        click.echo(_("Picture: {path}").format(path=path))
    click.echo(_("Database: {path}").format(path=result.database))
    db = f"flowengine --db {result.database}"
    say(_("Look around: {command}").format(command=f"{db} order list"))
    say(f"{' ' * 13}{db} task list")
