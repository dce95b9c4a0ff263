"""`flowengine user`: people, their roles, and who is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from flowengine.locale import instant_text, translator
from flowengine.quantities import iso_time

if TYPE_CHECKING:
    from flowengine.engine import User


@click.group()
def user() -> None:
    """People, their roles, and who is away."""


@user.command()
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, help="May be repeated.")
@click.option(
    "--email",
    metavar="ADDRESS",
    help="Where they are told what concerns their roles; an empty one forgets it. "
    "[default: as it was]",
)
@database_option
@json_option
@pass_session
def add(session: Session, name: str, roles: tuple[str, ...], email: str | None) -> None:
    """Add a person, or give somebody these roles instead of the former ones."""
    if email and "@" not in email:
        raise click.UsageError(f"Expected an e-mail address, but got {email!r}.")
    with session.engine() as engine:
        engine.people.add(name, roles, email=email)
        known = roles_of(engine)
        kept = next(each.email for each in engine.people.all() if each.name == name)
    for role in sorted(set(roles) - known) if known else ():
        say(f"No process here has a role {role}; {otherwise(role, known)}")
    if session.json:
        print_json({"name": name, "roles": sorted(roles), "email": kept})
    else:
        click.echo(f"{name}: {', '.join(sorted(roles))}")


@user.command("list")
@reading
@pass_session
def list_(session: Session) -> None:
    """List people, their roles, and until when somebody is away."""
    from flowengine.cli.zones import usual_zone

    with session.engine() as engine:
        people = engine.people.all()
        zone = usual_zone(engine)
    if session.json:
        print_json([_json(each) for each in people])
        return
    _ = translator(session.lang)
    rows = [
        (
            each.name,
            ", ".join(sorted(each.roles)),
            each.email or "",
            _away_text(each, zone, session.lang),
        )
        for each in people
    ]
    print_table((_("Person"), _("Roles"), _("E-mail"), _("Away")), rows)


def _json(each: User) -> dict[str, object]:
    planned = each.away_next or (None, None)
    return {
        "name": each.name,
        "roles": sorted(each.roles),
        "email": each.email,
        "away_until": iso_time(each.away_until),
        "away_next": {"from": iso_time(planned[0]), "until": iso_time(planned[1])}
        if each.away_next
        else None,
    }


def _away_text(each: User, zone: str, lang: str) -> str:
    _ = translator(lang)
    if each.away_until is not None:
        return _("until {time}").format(time=instant_text(each.away_until, zone, lang))
    if each.away_next is not None:
        since, until = (instant_text(at, zone, lang) for at in each.away_next)
        return _("from {start} until {end}").format(start=since, end=until)
    return ""


@user.command()
@click.argument("name")
@click.option("--from", "since", metavar="DAY", help="From when. [default: now]")
@click.option("--until", metavar="DAY", help="The moment from which they are here.")
@click.option("--back", is_flag=True, help="They are here again, from now on.")
@reading
@pass_session
def away(
    session: Session, name: str, since: str | None, until: str | None, back: bool
) -> None:
    """Say that somebody is away: no task is given to them, nobody counts on them.

    DAY is 2026-06-19 or 2026-06-19T13:00, as the clock shows at the company.
    """
    from flowengine.cli.zones import local_moment, usual_zone

    if back == bool(until):
        raise click.UsageError("Expected --until DAY or --back, one of them.")
    _ = translator(session.lang)
    with session.engine() as engine:
        zone = usual_zone(engine)
        if until is None:
            engine.people.back(name)
        else:
            start = engine.now() if since is None else local_moment(since, zone)
            engine.people.away(name, start, local_moment(until, zone))
        found = next(each for each in engine.people.all() if each.name == name)
    if session.json:
        print_json(_json(found))
        return
    told = _away_text(found, zone, session.lang)
    if told:
        click.echo(_("{person} is away {when}.").format(person=name, when=told))
    else:
        click.echo(_("{person} is here.").format(person=name))
