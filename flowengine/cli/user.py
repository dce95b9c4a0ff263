"""`flowengine user`: people and their roles."""

import click

from flowengine.cli.known_names import otherwise, roles_of
from flowengine.cli.output import print_json, print_table, say
from flowengine.cli.session import (
    Session,
    database_option,
    json_option,
    pass_session,
    reading,
)
from flowengine.locale import translator


@click.group()
def user() -> None:
    """People and their roles."""


@user.command()
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, help="May be repeated.")
@database_option
@json_option
@pass_session
def add(session: Session, name: str, roles: tuple[str, ...]) -> None:
    """Add a person, or give somebody these roles instead of the former ones."""
    with session.engine() as engine:
        engine.people.add(name, roles)
        known = roles_of(engine)
    for role in sorted(set(roles) - known) if known else ():
        say(f"No process here has a role {role}; {otherwise(role, known)}")
    if session.json:
        print_json({"name": name, "roles": sorted(roles)})
    else:
        click.echo(f"{name}: {', '.join(sorted(roles))}")


@user.command("list")
@reading
@pass_session
def list_(session: Session) -> None:
    """List people and their roles."""
    with session.engine() as engine:
        people = [(each.name, sorted(each.roles)) for each in engine.people.all()]
    if session.json:
        print_json([{"name": name, "roles": roles} for name, roles in people])
    else:
        _ = translator(session.lang)
        rows = [(name, ", ".join(roles)) for name, roles in people]
        print_table((_("Person"), _("Roles")), rows)
