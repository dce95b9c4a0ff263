"""`flowengine process diff`: what changed between two versions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowengine.cli.diagram import format_of, write_file
from flowengine.cli.nets import find_net
from flowengine.cli.output import print_json, say
from flowengine.cli.session import (
    Session,
    database_option,
    json_option,
    language_option,
    pass_session,
)

if TYPE_CHECKING:
    from flowengine.language.difference import Difference


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the difference is told.",
)
@click.option(
    "--out",
    metavar="FILE",
    help="Draw both on one plan too, into FILE.svg, .png, .pdf or .dot.",
)
@database_option
@language_option
@json_option
@pass_session
def diff(session: Session, old: str, new: str, form: str, out: str | None) -> None:
    """Say what changed from OLD to NEW: steps, roles, rules, times, and the heads.

    Each is a file or a version in the database, such as order-to-delivery@3. Comments
    and the order of keys mean nothing.
    """
    from flowengine.language.difference import (
        difference,
        difference_json,
        difference_text,
    )

    picture_form = None if out is None else format_of(out)
    before = find_net(session, old, checked=False).process
    found = difference(before, find_net(session, new, checked=False).process)
    if session.json or form == "json":
        print_json(difference_json(found))
    else:
        click.echo(difference_text(found, session.lang))
    if out is not None and picture_form is not None:
        _draw(found, out, picture_form, session.lang)


def _draw(found: Difference, out: str, form: str, lang: str) -> None:
    from flowengine.diagram import Format, draw_difference, render

    write_file(Path(out), render(draw_difference(found, lang), Format(form)))
    say(f"{out} is drawn.")
