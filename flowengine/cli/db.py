"""`flowengine db`: the database itself."""

from __future__ import annotations

from pathlib import Path
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
from flowengine.locale import counted_text, number_text, translator

if TYPE_CHECKING:
    from flowengine.engine import Difference
    from flowengine.engine.database import Copy


@click.group()
def db() -> None:
    """The database: make it, bring it up to date, check it, copy it."""


@db.command()
@database_option
@json_option
@pass_session
def init(session: Session) -> None:
    """Make a database; one that is there already stays as it is."""
    from flowengine.engine.database import create_database

    create_database(session.database)
    if session.json:
        print_json({"database": session.shown_database})
    else:
        click.echo(f"{session.shown_database} is ready.")


@db.command()
@click.option("--no-backup", is_flag=True, help="Do not copy it before.")
@reading
@pass_session
def upgrade(session: Session, no_backup: bool) -> None:
    """Bring a database of an older flowengine up to date.

    It is copied before, into a file beside it that is named by its revision and the
    day; a PostgreSQL database by pg_dump into the present folder.
    """
    from flowengine.engine.database import upgrade_database

    done = upgrade_database(session.database, backup=not no_backup)
    if session.json:
        print_json(
            {
                "database": session.shown_database,
                "before": done.before,
                "after": done.after,
                "backup": None if done.backup is None else str(done.backup),
            }
        )
        return
    _ = translator(session.lang)
    if done.backup is not None:
        text = _("As it was before, it is in {backup}.")
        click.echo(text.format(backup=done.backup))
    text = (
        _("{database} is at revision {after} already.")
        if done.before == done.after
        else _("{database} went from revision {before} to {after}.")
    )
    told = {
        "database": session.shown_database,
        "before": done.before,
        "after": done.after,
    }
    click.echo(text.format(**told))


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite FILE if it is there.")
@reading
@pass_session
def backup(session: Session, file: Path, force: bool) -> None:
    """Copy the database into FILE, while others work, and check the copy.

    It holds everything that was done when it began. An SQLite database becomes an
    SQLite file, a PostgreSQL database a dump of pg_dump, which must be on PATH.
    """
    from flowengine.engine.database import back_up

    _ = translator(session.lang)
    with progress_bar(_("Copying")) as tell:
        copy = back_up(session.database, file, tell, force=force)
    if session.json:
        print_json({"database": session.shown_database, **_copy_json(copy)})
        return
    text = _("{database} is in {file}, whole: {told}.")
    told = _copy_text(copy, session.lang)
    click.echo(text.format(database=session.shown_database, file=copy.path, told=told))


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--force", is_flag=True, help="Put aside the database that is there, if any."
)
@reading
@pass_session
def restore(session: Session, file: Path, force: bool) -> None:
    """Put the backup FILE in the place of the database.

    A database that is there stays, unless --force: then it is kept under another name.
    Stop workers and programs on it before.
    """
    from flowengine.engine.database import restore as put_back

    _ = translator(session.lang)
    with progress_bar(_("Copying")) as tell:
        done = put_back(file, session.database, progress=tell, force=force)
    aside = None if done.aside is None else str(done.aside)
    if session.json:
        told = {"database": session.shown_database, "file": str(file), "aside": aside}
        print_json(told | {"revision": done.copy.revision, "orders": done.copy.orders})
        return
    if aside is not None:
        click.echo(_("What was there before is in {aside}.").format(aside=aside))
    text = _("{database} is as in {file}: {told}.")
    told_copy = _copy_text(done.copy, session.lang)
    click.echo(text.format(database=session.shown_database, file=file, told=told_copy))


def _copy_json(copy: Copy) -> dict[str, object]:
    return {
        "file": str(copy.path),
        "bytes": copy.size,
        "revision": copy.revision,
        "orders": copy.orders,
    }


def _copy_text(copy: Copy, lang: str) -> str:
    """How much a copy holds, for people."""
    megabytes = number_text(max(copy.size / 1e6, 0.1), lang, digits=1)
    parts = (
        []
        if copy.orders is None
        else [counted_text(copy.orders, "order", "orders", lang)]
    )
    revision = translator(lang)("revision {revision}").format(revision=copy.revision)
    return ", ".join([*parts, f"{megabytes} MB", revision])


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
        print_json({"database": session.shown_database, "differences": told})
    else:
        for difference in found:
            click.echo(str(difference))
    if not found:
        if not session.json:
            click.echo(
                _("{database} is clean.").format(database=session.shown_database)
            )
        return OK
    rows = counted_text(len(found), "difference", "differences", session.lang)
    say(
        _(
            "Expected the tables to equal the history, but not so: {differences}. "
            "`flowengine db rebuild --dry-run` tells what can be put right."
        ).format(differences=rows)
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
                "database": session.shown_database,
                "dry_run": dry_run,
                "rows": dict(done.rows),
                "left": [_difference_json(each) for each in done.left],
            }
        )
    else:
        if done.rows:
            said = _("Would put right") if dry_run else _("Put right")
            click.echo(f"{said}: {sum(done.rows.values())}.")
            print_pairs([(table, str(count)) for table, count in done.rows.items()])
        elif not done.left:
            click.echo(
                _("{database} is clean.").format(database=session.shown_database)
            )
        for difference in done.left:
            click.echo(str(difference))
    if not done.left:
        return OK
    left = counted_text(len(done.left), "difference", "differences", session.lang)
    say(
        _(
            "Expected the events to tell everything, but not so: {differences}. "
            "Take the last backup with `flowengine db restore`."
        ).format(differences=left)
    )
    return ERROR


def _difference_json(difference: Difference) -> dict[str, object]:
    return {
        "order": difference.order,
        "table": difference.table,
        "difference": difference.text,
        "can_be_rebuilt": difference.can_be_rebuilt,
    }
