"""People: those who act with their roles, and those whom orders are about."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from flowengine.store.tables import account, case_private, role_of


def add_person(connection: Connection, name: str, roles: Sequence[str]) -> None:
    """Add a person, or set the roles of one who is there already."""
    known = select(account.c.name).where(account.c.name == name)
    if connection.execute(known).first() is None:
        connection.execute(insert(account).values(name=name))
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


def private_values(connection: Connection, case_id: bytes) -> dict[str, str]:
    """Personal values of a case by dotted path; what was forgotten is not there."""
    query = select(case_private.c.field, case_private.c.value).where(
        case_private.c.case_id == case_id
    )
    return {row.field: row.value for row in connection.execute(query)}


def salted_values(connection: Connection, case_id: bytes) -> list[tuple[bytes, str]]:
    """Salt and value of each personal field of a case."""
    query = select(case_private.c.salt, case_private.c.value).where(
        case_private.c.case_id == case_id
    )
    return [(row.salt, row.value) for row in connection.execute(query)]
