"""Who may do what now: open tasks, waiting messages, orders."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import (
    Connection,
    Row,
    Select,
    func,
    or_,
    select,
    text,
)

from flowengine.store.offered import IS_OFFERED, MOST_URGENT
from flowengine.store.tables import (
    NEVER,
    case_number,
    case_row,
    task_row,
)


class StoredTask(NamedTuple):
    """An open task."""

    case_id: bytes
    step: str
    element: str
    visit: int
    process: str
    number: str
    role: str
    department: str | None
    state: str
    held: int
    owner: str | None
    enabled: int
    due: int | None
    priority: int
    batch: str | None
    group_id: str | None
    digest: str


_URGENT_FIRST = (
    *MOST_URGENT,
    task_row.c.number,
    task_row.c.step,
    # Elements are numbered: 10 comes after 9.
    func.length(task_row.c.element),
    task_row.c.element,
)

#: The roles that anything is offered to: one step down the index for each.
_OFFERED_ROLES = text(
    "WITH RECURSIVE found(role) AS ("
    "SELECT min(role) FROM task_row WHERE state = 'offered' AND held = 0 UNION ALL "
    "SELECT (SELECT min(role) FROM task_row WHERE state = 'offered' AND held = 0 "
    "AND role > found.role) FROM found WHERE found.role IS NOT NULL) "
    "SELECT role FROM found WHERE role IS NOT NULL"
)

_Tasks = Select[tuple[object, ...]]


def tasks(
    connection: Connection,
    *,
    roles: Sequence[str] | None = None,
    owner: str | None = None,
    department: str | None = None,
    number: str | None = None,
    limit: int = 50,
) -> list[StoredTask]:
    """Open tasks, the most urgent first: priority, due time, age.

    With `roles`, what those roles may take and what `owner` has, or all that is
    theirs where there is no `owner`; without, all. However many are open, no more
    than `limit` of each role are read.
    """
    query = select(task_row).order_by(*_URGENT_FIRST).limit(limit)
    if department is not None:
        query = query.where(task_row.c.department == department)
    if number is not None:
        queries = [_of_order(query, number, roles, owner)]
    else:
        queries = _of_roles(connection, query, roles, owner)
    found = [row for each in queries for row in connection.execute(each)]
    first = sorted(found, key=_urgency)[:limit]
    digests = _versions(connection, [row.case_id for row in first])
    return [StoredTask._make((*row, digests[row.case_id])) for row in first]


def _of_order(
    query: _Tasks, number: str, roles: Sequence[str] | None, owner: str | None
) -> _Tasks:
    case_id = select(case_number.c.case_id).where(case_number.c.number == number)
    query = query.where(
        task_row.c.case_id == case_id.scalar_subquery(), task_row.c.held == 0
    )
    if roles is None:
        return query
    may_take = task_row.c.role.in_(roles)
    if owner is None:
        return query.where(may_take)
    return query.where(or_(may_take & IS_OFFERED, task_row.c.owner == owner))


def _of_roles(
    connection: Connection,
    query: _Tasks,
    roles: Sequence[str] | None,
    owner: str | None,
) -> list[_Tasks]:
    """What is offered, role by role, and what somebody has: people have few."""
    taken = query.where(task_row.c.owner.is_not(None), task_row.c.held == 0)
    if owner is not None:
        taken = query.where(task_row.c.owner == owner, task_row.c.held == 0)
    elif roles is not None:
        taken = taken.where(task_row.c.role.in_(roles))
    if roles is None:
        roles = list(connection.execute(_OFFERED_ROLES).scalars())
    offered = [query.where(task_row.c.role == role, IS_OFFERED) for role in roles]
    return [*offered, taken]


def _urgency(row: Row[tuple[object, ...]]) -> tuple[object, ...]:
    """As `_URGENT_FIRST`."""
    due = NEVER if row.due is None else row.due
    place = (row.step, len(row.element), row.element)
    return -row.priority, due, row.enabled, row.number, *place


def _versions(connection: Connection, case_ids: Sequence[bytes]) -> dict[bytes, str]:
    """By which version each case goes."""
    query = select(case_row.c.case_id, case_row.c.process)
    return {
        case_id: digest
        for start in range(0, len(case_ids), 500)
        for case_id, digest in connection.execute(
            query.where(case_row.c.case_id.in_(case_ids[start : start + 500]))
        )
    }
