"""How it stands with workers and errands, for people and for machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from flowengine.cli.output import print_table
from flowengine.locale import duration_text, translator
from flowengine.quantities import Duration, iso_time

if TYPE_CHECKING:
    from flowengine.engine import Errand, Health
    from flowengine.store.workers import Overdue


def health_json(health: Health, failed: Sequence[Errand]) -> object:
    """Everything for machines."""
    return {
        "good": health.is_good,
        "workers": [
            {
                "name": each.name,
                "host": each.host,
                "pid": each.pid,
                "started": iso_time(each.started),
                "seen": iso_time(each.seen),
                "there": health.is_there(each),
                "doing": each.doing,
            }
            for each in health.workers
        ],
        "overdue": _overdue_json(health.overdue),
        "left": _overdue_json(health.left),
        "failed": [
            {
                "key": each.key,
                "kind": each.kind,
                "step": each.body.get("step"),
                "attempts": each.attempts,
                "due": iso_time(each.due),
                "reason": each.failed,
            }
            for each in failed
        ],
    }


def _overdue_json(overdue: Sequence[Overdue]) -> list[dict[str, object]]:
    return [
        {"kind": each.kind, "count": each.rows, "since": iso_time(each.since)}
        for each in overdue
    ]


def print_health(health: Health, failed: Sequence[Errand], lang: str) -> None:
    """Everything for people."""
    _ = translator(lang)
    if health.workers:
        rows = [
            (
                each.name,
                each.host,
                _ago(health.at - each.seen, lang),
                _("there") if health.is_there(each) else _("not seen"),
                each.doing,
            )
            for each in health.workers
        ]
        titles = (_("Worker"), _("Host"), _("Seen"), _("State"), _("Doing"))
        print_table(titles, rows)
    else:
        click.echo(_("No worker runs: start one with `flowengine worker run`."))
    for overdue, text in (
        (health.overdue, _("Late: {count} of kind {kind}, for {time}.")),
        (health.left, _("Left to others: {count} of kind {kind}, for {time}.")),
    ):
        for each in overdue:
            time = _ago(health.at - each.since, lang)
            click.echo(text.format(count=each.rows, kind=each.kind, time=time))
    if failed:
        rows = [
            (
                each.key,
                each.kind,
                str(each.attempts),
                _("given up") if each.due is None else _("again"),
                each.failed or "",
            )
            for each in failed
        ]
        titles = (_("Key"), _("Kind"), _("Attempts"), _("State"), _("Why"))
        print_table(titles, rows, right=(2,))
    if health.is_good:
        click.echo(_("All is well."))


def _ago(length: int, lang: str) -> str:
    return duration_text(Duration(max(0, length)), lang)
