"""People: those who act with their roles, and those whom orders are about."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from flowengine.store.tables import account, case_private, role_of

#: Under this name a case keeps no value, but the secret that its messages' keys are
#: made with.
MESSAGE_SECRET = "#messages"  # noqa: S105 - the name of it


def add_person(
    connection: Connection,
    name: str,
    roles: Sequence[str],
    email: str | None = None,
) -> None:
    """Add a person, or set the roles of one who is there already.

    An e-mail address that is not said stays as it was; an empty one is taken away.
    """
    known = select(account.c.name).where(account.c.name == name)
    if connection.execute(known).first() is None:
        connection.execute(insert(account).values(name=name))
    if email is not None:
        person = update(account).where(account.c.name == name)
        connection.execute(person.values(email=email or None))
    connection.execute(delete(role_of).where(role_of.c.name == name))
    rows = [{"name": name, "role": role} for role in sorted(set(roles))]
    if rows:
        connection.execute(insert(role_of), rows)


def people(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Everybody with their roles, by name."""
    names = connection.execute(select(account.c.name).order_by(account.c.name))
    found: dict[str, tuple[str, ...]] = dict.fromkeys(names.scalars(), ())
    for name, role in connection.execute(select(role_of).order_by(*role_of.c)):
        found[name] = (*found[name], role)
    return found


def emails(connection: Connection) -> dict[str, str]:
    """E-mail addresses of those who have one, by name."""
    query = select(account.c.name, account.c.email).where(account.c.email.is_not(None))
    return {row.name: row.email for row in connection.execute(query)}


def private_values(connection: Connection, case_id: bytes) -> dict[str, str]:
    """Personal values of a case by dotted path; what was forgotten is not there."""
    query = select(case_private.c.field, case_private.c.value).where(
        case_private.c.case_id == case_id, case_private.c.field != MESSAGE_SECRET
    )
    return {row.field: row.value for row in connection.execute(query)}


def salted_values(connection: Connection, case_id: bytes) -> list[tuple[bytes, str]]:
    """Salt and value of each personal field of a case."""
    query = select(case_private.c.salt, case_private.c.value).where(
        case_private.c.case_id == case_id
    )
    return [(row.salt, row.value) for row in connection.execute(query)]
