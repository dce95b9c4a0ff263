"""Which open orders run by which version."""

from sqlalchemy import Connection, func, select

from flowengine.store.tables import case_row


def open_cases(connection: Connection, digest: str) -> list[tuple[bytes, str]]:
    """Ids and numbers of the open orders of a version, the oldest first."""
    query = (
        select(case_row.c.case_id, case_row.c.number)
        .where(case_row.c.closed.is_(None), case_row.c.process == digest)
        .order_by(case_row.c.opened, case_row.c.case_id)
    )
    return [(row.case_id, row.number) for row in connection.execute(query)]


def open_counts(connection: Connection) -> dict[str, int]:
    """How many open orders each version has; those without any are left out."""
    query = (
        select(case_row.c.process, func.count())
        .where(case_row.c.closed.is_(None))
        .group_by(case_row.c.process)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
