"""Orders as lists show them: found by where they stand, what they are, how late."""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    case,
    func,
    or_,
    select,
    union,
)

from flowengine.store.tables import (
    case_row,
    child,
    gate_wait,
    message_wait,
    outbox,
    process_version,
    task_row,
    timer,
)

#: Where each step at which a case stands has a row.
_PLACES = (task_row, message_wait, timer, child, gate_wait, outbox)


class StoredOrder(NamedTuple):
    """A case as lists show it."""

    case_id: bytes
    number: str
    process: str
    version: int
    state: str
    priority: int
    opened: int
    promised: int | None
    closed: int | None
    outcome: str | None


class Wanted(NamedTuple):
    """Which orders; None asks for nothing."""

    process: str | None = None
    state: str | None = None
    #: Where they stand.
    step: str | None = None
    #: Whose task is open.
    department: str | None = None
    #: Promised, or with a task that is due, before this moment.
    late_at: int | None = None
    #: A further condition on `case_row`.
    asked: ColumnElement[bool] | None = None

    @property
    def is_of_open_ones(self) -> bool:
        """Whether it is a question about open orders.

        No such question gets slower with every order that is over.
        """
        about = (self.asked, self.step, self.department, self.late_at)
        return self.state is None and any(each is not None for each in about)


_Orders = Select[tuple[object, ...]]


def orders(
    connection: Connection,
    wanted: Wanted,
    confirmed: Callable[[str, str], bool] | None = None,
    limit: int | None = 50,
) -> list[StoredOrder]:
    """Cases, open ones first by priority and age, then closed ones, newest first.

    Those that are asked for by `late_at` come in the order in which they are due. Each
    case found is `confirmed` by the digest of its version and its data, where SQL alone
    cannot say.
    """
    query: _Orders = select(
        case_row.c.case_id,
        case_row.c.number,
        process_version.c.name,
        process_version.c.version,
        case_row.c.state,
        case_row.c.priority,
        case_row.c.opened,
        case_row.c.promised,
        case_row.c.closed,
        case_row.c.outcome,
        case_row.c.process,
        case_row.c.data,
    ).join(process_version, process_version.c.digest == case_row.c.process)
    query = _at_place(_of_kind(query, wanted), wanted)
    first = () if wanted.late_at is None else (_due_first(),)
    query = query.order_by(
        *first,
        case_row.c.closed.is_not(None),
        case_row.c.closed.desc(),
        case_row.c.priority.desc(),
        case_row.c.opened,
        case_row.c.number,
    )
    if confirmed is None:
        query = query.limit(limit)
    found = (
        StoredOrder._make(row[:-2])
        for row in connection.execute(query)
        if confirmed is None or confirmed(row.process, row.data)
    )
    return list(islice(found, limit))


def _of_kind(query: _Orders, wanted: Wanted) -> _Orders:
    if wanted.process is not None:
        query = query.where(process_version.c.name == wanted.process)
    if wanted.state is not None:
        query = query.where(case_row.c.state == wanted.state)
    if wanted.asked is not None:
        query = query.where(wanted.asked)
    if wanted.is_of_open_ones:
        query = query.where(case_row.c.closed.is_(None))
    return query


def _at_place(query: _Orders, wanted: Wanted) -> _Orders:
    """Narrow a query to orders that stand somewhere, or are late there."""
    tasks = select(task_row.c.case_id)
    if wanted.step is not None:
        step = wanted.step
        places = [select(t.c.case_id).where(t.c.step == step) for t in _PLACES]
        query = query.where(case_row.c.case_id.in_(union(*places)))
        tasks = tasks.where(task_row.c.step == step)
    if wanted.department is not None:
        tasks = tasks.where(task_row.c.department == wanted.department)
        query = query.where(case_row.c.case_id.in_(tasks))
    if wanted.late_at is not None:
        is_late = tasks.where(task_row.c.due < wanted.late_at)
        query = query.where(
            or_(case_row.c.promised < wanted.late_at, case_row.c.case_id.in_(is_late))
        )
    return query


def _due_first() -> ColumnElement[int]:
    """The earlier of an order's promise and the first due time of its tasks."""
    due = (
        select(func.min(task_row.c.due))
        .where(task_row.c.case_id == case_row.c.case_id)
        .scalar_subquery()
    )
    promised = case_row.c.promised
    return case((promised.is_(None), due), (due < promised, due), else_=promised)


def first_due(connection: Connection, case_ids: Sequence[bytes]) -> dict[bytes, int]:
    """When the first open task of some cases is due; those with none are left out."""
    query = select(task_row.c.case_id, func.min(task_row.c.due)).group_by(
        task_row.c.case_id
    )
    return {
        case_id: due
        for start in range(0, len(case_ids), 500)
        for case_id, due in connection.execute(
            query.where(task_row.c.case_id.in_(case_ids[start : start + 500]))
        )
        if due is not None
    }


def open_steps(
    connection: Connection, case_ids: Sequence[bytes]
) -> dict[bytes, list[str]]:
    """Steps that stand open in some cases, by case, sorted."""
    found: dict[bytes, set[str]] = {}
    for table in _PLACES:
        for start in range(0, len(case_ids), 500):
            query = select(table.c.case_id, table.c.step).where(
                table.c.case_id.in_(case_ids[start : start + 500]), table.c.step != ""
            )
            for case_id, step in connection.execute(query):
                found.setdefault(case_id, set()).add(step)
    return {case_id: sorted(steps) for case_id, steps in found.items()}


def numbers(connection: Connection, case_ids: Sequence[bytes]) -> dict[bytes, str]:
    """Numbers of cases."""
    query = select(case_row.c.case_id, case_row.c.number)
    return {
        case_id: number
        for start in range(0, len(case_ids), 500)
        for case_id, number in connection.execute(
            query.where(case_row.c.case_id.in_(case_ids[start : start + 500]))
        )
    }
