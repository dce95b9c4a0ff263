"""`flowengine report`: what was measured, in a table."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from flowengine.cli.diagram import day
from flowengine.cli.output import print_json, print_table
from flowengine.cli.session import Session, pass_session, reading

if TYPE_CHECKING:
    from flowengine.analysis import Findings, Table
    from flowengine.net import Net


@click.group()
def report() -> None:
    """What was measured."""


@report.command()
@click.argument("process", metavar="NAME")
@click.option("--since", metavar="DAY", help="Only orders closed from this day on.")
@click.option("--until", metavar="DAY", help="Only orders closed before this day.")
@reading
@pass_session
def bottlenecks(
    session: Session, process: str, since: str | None, until: str | None
) -> None:
    """Tell where the time of closed orders goes, the biggest delays first."""
    from flowengine.analysis import analyse, as_json

    with session.engine() as engine:
        net = engine.net(process)
        log = engine.event_log(process, since=day(since), until=day(until))
        found = analyse(net, log, engine.now())
    if session.json:
        print_json(as_json(found))
    else:
        print_findings(net, found, session.lang)


def print_findings(net: Net, found: Findings, lang: str) -> None:
    """Print the biggest delays under what is true of all orders."""
    from flowengine.analysis import bottleneck_table

    table = bottleneck_table(found, net, lang)
    click.echo(click.style(table.title, bold=True))
    for note in table.notes:
        click.echo(note)
    if table.rows:
        _print_rows(table)


def _print_rows(table: Table) -> None:
    """A drawn table on a terminal, plain columns elsewhere."""
    if not sys.stdout.isatty():
        print_table(table.headers, table.rows, right=table.numeric)
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as Drawn

    drawn = Drawn(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for place, title in enumerate(table.headers):
        drawn.add_column(title, justify="right" if place in table.numeric else "left")
    for row in table.rows:
        drawn.add_row(*row)
    Console().print(drawn)
