"""`flowengine report`: what was measured, in a table."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from flowengine.cli.diagram import day
from flowengine.cli.output import iso_time, print_json, print_table
from flowengine.cli.session import Session, pass_session, reading
from flowengine.cli.words import department_title, step_title
from flowengine.language.process import zone_of
from flowengine.locale import (
    counted_text,
    date_text,
    duration_text,
    share_text,
    translator,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowengine.analysis import Findings, RankedDelay
    from flowengine.language.process import Process


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
    from flowengine.analysis import analyse

    with session.engine() as engine:
        net = engine.net(process)
        log = engine.event_log(process, since=day(since), until=day(until))
        found = analyse(net, log, engine.now())
    if session.json:
        print_json(findings_json(found))
    else:
        print_findings(net.process, found, session.lang)


def findings_json(found: Findings) -> dict[str, object]:
    """What was found, for machines: times are exact totals in microseconds."""
    return {
        "process": found.process,
        "version": found.version,
        "from": iso_time(found.period[0]) if found.period else None,
        "to": iso_time(found.period[1]) if found.period else None,
        "orders": found.orders,
        "open_orders": found.open_orders,
        "lead_us": found.lead,
        "waiting_us": found.waiting,
        "paused_us": found.paused,
        "service_us": found.service,
        "mean_lead_us": found.mean_lead,
        "promised": found.promised,
        "on_time": found.on_time,
        "ranked": [
            {
                "rank": delay.rank,
                "step": delay.step,
                "department": delay.department,
                "waiting_us": delay.waiting,
                "low_us": delay.low,
                "high_us": delay.high,
                "share": delay.share,
                "main_cause": delay.main_cause.value,
                "cause_share": delay.cause_share,
                "busy_minus_slow_us": delay.busy_minus_slow,
            }
            for delay in found.ranked
        ],
        "steps": [
            {
                "step": step.step,
                "department": step.department,
                "orders": step.orders,
                "visits": step.visits,
                "waiting_us": step.waiting,
                "paused_us": step.paused,
                "service_us": step.service,
                "share": step.share,
                "causes_us": {cause.value: time for cause, time in step.causes.items()},
                "with_sla": step.with_sla,
                "late": step.late,
                "open_orders": step.open_orders,
            }
            for step in found.steps
        ],
        "departments": [
            {
                "department": lane.department,
                "people": lane.people,
                "waiting_us": lane.waiting,
                "service_us": lane.service,
                "share": lane.share,
                "busy_share": lane.busy_share,
            }
            for lane in found.departments
        ],
    }


def print_findings(process: Process, found: Findings, lang: str) -> None:
    """Print the biggest delays under one line about all orders."""
    _ = translator(lang)
    if found.period is None:
        click.echo(_("No order has been closed yet, so there is nothing to measure."))
        return
    click.echo(_summary(process, found, lang))
    titles = (
        "",
        _("Step"),
        _("Department"),
        _("Wait per order"),
        _("Of lead time"),
        _("Mostly"),
        _("90 % range"),
    )
    rows = [
        (str(delay.rank), *_delay_row(process, found, delay, lang))
        for delay in found.ranked
    ]
    print_delays(titles, rows)


def _summary(process: Process, found: Findings, lang: str) -> str:
    _ = translator(lang)
    first, last = found.period or (None, None)
    parts = [process.title.in_language(lang)]
    if first is not None and last is not None:
        zone = zone_of(process)
        days = (date_text(first, zone, lang), date_text(last, zone, lang))
        parts.append(" - ".join(days))
    parts.append(counted_text(found.orders, "order", "orders", lang))
    lead = _("{time} lead time").format(time=duration_text(found.mean_lead, lang))
    worked = _("{share} of it worked on").format(
        share=share_text(found.flow_efficiency, lang)
    )
    parts += [lead, worked]
    if found.on_time_share is not None:
        on_time = share_text(found.on_time_share, lang)
        parts.append(_("{share} on time").format(share=on_time))
    return ", ".join(parts)


def _delay_row(
    process: Process, found: Findings, delay: RankedDelay, lang: str
) -> tuple[str, ...]:
    def mean(total: int) -> str:
        return duration_text(found.per_order(total), lang)

    cause = translator(lang)(delay.main_cause.value)
    return (
        step_title(process, delay.step, lang),
        department_title(process, delay.department, lang),
        mean(delay.waiting),
        share_text(delay.share, lang),
        f"{cause} {share_text(delay.cause_share, lang)}",
        f"{mean(delay.low)} - {mean(delay.high)}",
    )


def print_delays(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print delays: a drawn table on a terminal, plain columns elsewhere."""
    numbers = (0, 3, 4)
    if not sys.stdout.isatty():
        print_table(titles, rows, right=numbers)
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for place, title in enumerate(titles):
        table.add_column(title, justify="right" if place in numbers else "left")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
