"""`flowengine db`: the database itself."""

import click

from flowengine.cli.exits import ERROR, OK
from flowengine.cli.output import print_json, say
from flowengine.cli.session import Session, database_option, json_option, pass_session


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
@database_option
@json_option
@pass_session
def check(session: Session) -> int:
    """Replay every order and compare what the tables say with it."""
    with session.engine() as engine:
        differences = engine.upkeep.check()
    if session.json:
        print_json({"database": session.database, "differences": list(differences)})
    else:
        for difference in differences:
            click.echo(difference)
    if not differences:
        if not session.json:
            click.echo(f"{session.database} is clean.")
        return OK
    say(f"Expected the tables to equal the history, but {len(differences)} differ.")
    return ERROR
