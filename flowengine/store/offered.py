"""The most urgent task of a role that nobody has taken: what claiming walks.

`task_row_offered` lies in the order of urgency, so that the first row is the answer
however many are open. Its condition and its expressions must stand here word for word.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, cast

from sqlalchemy import bindparam, func, literal_column, select, text

from flowengine.store.link import Link
from flowengine.store.statements import text_of
from flowengine.store.tables import NEVER, case_row, task_row

#: How many are looked at, if those before may not be done by whoever asks.
PAGES = (1, 16, 256, 4096)

#: The condition and the order of the index; with bound values it would not be used.
IS_OFFERED = text("task_row.state = 'offered' AND task_row.held = 0")
MOST_URGENT = (
    task_row.c.priority.desc(),
    func.coalesce(task_row.c.due, literal_column(str(NEVER))),
    task_row.c.enabled,
)


class Offered(NamedTuple):
    """A task that nobody has taken."""

    case_id: bytes
    number: str
    step: str
    element: str
    visit: int
    role: str
    priority: int
    due: int | None
    enabled: int

    def urgency(self) -> tuple[int, int, int]:
        """What sorts the most urgent first: priority, due time, age."""
        return -self.priority, NEVER if self.due is None else self.due, self.enabled


@cache
def select_offered(limit: int) -> str:
    """The statement; its value is the role."""
    query = (
        select(*(task_row.c[name] for name in Offered._fields))
        .join(case_row, case_row.c.case_id == task_row.c.case_id)
        .where(IS_OFFERED, task_row.c.role == bindparam("the_role"))
        .order_by(*MOST_URGENT)
    )
    return f"{text_of(query)} LIMIT {limit}"


def free_tasks(link: Link, roles: Sequence[str], limit: int) -> list[Offered]:
    """Up to `limit` offered tasks of each role, the most urgent first.

    Their orders stay as they are until the end of the transaction; orders that
    somebody else is at work on are left out.
    """
    text = select_offered(limit)
    found = [row for role in roles for row in link.rows_free(text, (role,))]
    return sorted(map(_task, found), key=Offered.urgency)


def is_any_offered(link: Link, roles: Sequence[str], besides: set[Offered]) -> bool:
    """Whether something is offered to some roles, free or not, `besides` left out."""
    text = select_offered(len(besides) + 1)
    found = link.together([(text, (role,)) for role in roles])
    return any(_task(row) not in besides for rows in found for row in rows)


def _task(row: Sequence[object]) -> Offered:
    return Offered._make(cast("Offered", row))
