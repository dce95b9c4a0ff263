"""Who is away, and until when."""

from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from flowengine.store.link import Link
from flowengine.store.tables import away


class Absence(NamedTuple):
    """Somebody is not there from `since` until before `until`."""

    name: str
    since: int
    until: int


#: Values: name, the moment twice. The one that lasts longest is last.
_NOW = (
    "SELECT until FROM away WHERE name = ? AND since <= ? AND until > ? ORDER BY until"
)


def away_until(link: Link, name: str, at: int) -> int | None:
    """Until when somebody is away at a moment; None where they are there."""
    found = link.rows(_NOW, (name, at, at))
    return int(str(found[-1][0])) if found else None


def absences(
    connection: Connection, since: int | None = None, until: int | None = None
) -> list[Absence]:
    """Absences that touch [since, until), by name and time; all without bounds."""
    query = select(away.c.name, away.c.since, away.c.until)
    if since is not None:
        query = query.where(away.c.until > since)
    if until is not None:
        query = query.where(away.c.since < until)
    query = query.order_by(away.c.name, away.c.since)
    return [Absence._make(row) for row in connection.execute(query)]


def away_at(connection: Connection, at: int) -> dict[str, int]:
    """Who is away at a moment, and until when."""
    return {absence.name: absence.until for absence in absences(connection, at, at + 1)}


def add_absence(connection: Connection, absence: Absence) -> None:
    """Note that somebody is away; what was noted for a part of that time is replaced.

    What was noted before it, and lasts into it, ends where it begins.
    """
    of_person = away.c.name == absence.name
    overlapping = (away.c.since < absence.until) & (away.c.until > absence.since)
    connection.execute(
        update(away)
        .where(of_person, overlapping, away.c.since < absence.since)
        .values(until=absence.since)
    )
    connection.execute(
        delete(away).where(of_person, overlapping, away.c.since >= absence.since)
    )
    connection.execute(insert(away).values(absence._asdict()))


def end_absences(connection: Connection, name: str, at: int) -> int:
    """Somebody is there from a moment on; how many absences that ends or takes back."""
    of_person = away.c.name == name
    planned = connection.execute(delete(away).where(of_person, away.c.since >= at))
    running = connection.execute(
        update(away).where(of_person, away.c.until > at).values(until=at)
    )
    return planned.rowcount + running.rowcount
