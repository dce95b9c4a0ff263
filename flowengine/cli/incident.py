"""`flowengine incident`: steps that stand still, and letting them go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flowengine.cli.output import print_json, print_table
from flowengine.cli.session import Session, acting, pass_session, reading
from flowengine.locale import translator
from flowengine.quantities import iso_time

if TYPE_CHECKING:
    from flowengine.engine import Incident
    from flowengine.quantities import Instant


@click.group()
def incident() -> None:
    """Steps that stand still because something that should not happen did."""


@incident.command("list")
@reading
@pass_session
def list_(session: Session) -> None:
    """List steps that stand still, the oldest first, with who said so and why."""
    with session.engine() as engine:
        found = engine.repairs.incidents()
        now = engine.now()
    if session.json:
        print_json([_json(each) for each in found])
        return
    _ = translator(session.lang)
    titles = (_("Step"), _("Title"), _("Since"), _("Said by"), _("Why"))
    print_table(titles, [_row(each, now, session.lang) for each in found])


def _json(found: Incident) -> dict[str, object]:
    return {
        "step": found.ref,
        "number": found.number,
        "process": found.process,
        "title": {"en": found.title.en, "lv": found.title.lv},
        "reason": found.reason,
        "at": iso_time(found.at),
        "by": found.by,
    }


def _row(found: Incident, now: Instant, lang: str) -> tuple[str, ...]:
    from flowengine.cli.words import ago_text

    title = found.title.in_language(lang)
    return found.ref, title, ago_text(found.at, now, lang), found.by, found.reason


@incident.command()
@click.argument("ref", metavar="NUMBER/STEP")
@click.option("--reason", required=True, metavar="TEXT", help="What is wrong.")
@acting
@pass_session
def report(session: Session, ref: str, reason: str, key: str | None) -> None:
    """Say that an open step cannot go on; it leaves the lists until that is resolved.

    NUMBER/STEP#ELEMENT says of which element of the step it is.
    """
    from flowengine.cli.words import print_receipt

    by = session.acting()
    with session.engine() as engine:
        receipt = engine.repairs.report(ref, reason, by=by, key=key)
        done = translator(session.lang)("{ref} stands still: {reason}")
        print_receipt(engine, receipt, done.format(ref=ref, reason=reason), session)


@incident.command()
@click.argument("ref", metavar="NUMBER/STEP")
@click.option("--reason", required=True, metavar="TEXT", help="What was done about it.")
@click.option(
    "--again/--once",
    default=True,
    show_default=True,
    help="Try the step anew, as a machine is asked again; or go on with what is open.",
)
@acting
@pass_session
def resolve(
    session: Session, ref: str, reason: str, again: bool, key: str | None
) -> None:
    """Let a step that stands still go on."""
    from flowengine.cli.words import print_receipt

    by = session.acting()
    with session.engine() as engine:
        receipt = engine.repairs.resolve(ref, reason, by=by, again=again, key=key)
        done = translator(session.lang)("{ref} goes on.")
        print_receipt(engine, receipt, done.format(ref=ref), session)
