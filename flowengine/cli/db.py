"""`flowengine db`: the database itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flowengine.cli.exits import ERROR, OK
from flowengine.cli.output import print_json, print_pairs, say
from flowengine.cli.progress import progress_bar
from flowengine.cli.session import (
    Session,
    database_option,
    json_option,
    pass_session,
    reading,
)
from flowengine.locale import translator

if TYPE_CHECKING:
    from flowengine.engine import Difference


@click.group()
def db() -> None:
    """The database: make it, bring it up to date, check it."""


@db.command()
@database_option
@json_option
@pass_session
def init(session: Session) -> None:
    """Make a database; one that is there already stays as it is."""
    from flowengine.engine.database import create_database

    create_database(session.database)
    if session.json:
        print_json({"database": session.database})
    else:
        click.echo(f"{session.database} is ready.")


@db.command()
@database_option
@json_option
@pass_session
def upgrade(session: Session) -> None:
    """Bring a database of an older flowengine up to date."""
    from flowengine.engine.database import upgrade_database

    before, after = upgrade_database(session.database)
    if session.json:
        print_json({"database": session.database, "before": before, "after": after})
    elif before == after:
        click.echo(f"{session.database} is at revision {after} already.")
    else:
        click.echo(f"{session.database} went from revision {before} to {after}.")


@db.command()
@reading
@pass_session
def check(session: Session) -> int:
    """Replay every order and compare what the tables say with it.

    People and workers may go on meanwhile. Ends with 1 where something differs; what
    follows from the events, `flowengine db rebuild` puts right.
    """
    _ = translator(session.lang)
    with session.engine() as engine, progress_bar(_("Checking")) as tell:
        found = engine.upkeep.check(tell)
    if session.json:
        told = [_difference_json(each) for each in found]
        print_json({"database": session.database, "differences": told})
    else:
        for difference in found:
            click.echo(str(difference))
    if not found:
        if not session.json:
            click.echo(_("{database} is clean.").format(database=session.database))
        return OK
    say(
        _(
            "Expected the tables to equal the history, but {count} rows differ: "
            "`flowengine db rebuild --dry-run` tells what can be put right."
        ).format(count=len(found))
    )
    return ERROR


@db.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be put right.")
@click.option(
    "--trust-events",
    is_flag=True,
    help="Also where a history ends otherwise than its order says: what is cut off "
    "is lost.",
)
@reading
@pass_session
def rebuild(session: Session, dry_run: bool, trust_events: bool) -> int:
    """Make every derived table anew from the events, in one transaction.

    Others wait meanwhile. Ends with 1 where something is left that the events cannot
    put right: then take the last backup.
    """
    _ = translator(session.lang)
    with session.engine() as engine, progress_bar(_("Rebuilding")) as tell:
        done = engine.upkeep.rebuild(tell, dry_run=dry_run, trusting=trust_events)
    if session.json:
        print_json(
            {
                "database": session.database,
                "dry_run": dry_run,
                "rows": dict(done.rows),
                "left": [_difference_json(each) for each in done.left],
            }
        )
    else:
        said = _("Would put right") if dry_run else _("Put right")
        rows = [(table, str(count)) for table, count in done.rows.items()]
        click.echo(f"{said}: {sum(done.rows.values())}.")
        print_pairs(rows)
        for difference in done.left:
            click.echo(str(difference))
    if not done.left:
        return OK
    say(
        _(
            "Expected the events to tell everything, but {count} differences are left: "
            "take the last backup with `flowengine db restore`."
        ).format(count=len(done.left))
    )
    return ERROR


def _difference_json(difference: Difference) -> dict[str, object]:
    return {
        "order": difference.order,
        "table": difference.table,
        "difference": difference.text,
        "can_be_rebuilt": difference.can_be_rebuilt,
    }
