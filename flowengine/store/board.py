"""What is open at each step, counted: what a shift lead looks at.

Counts of tasks come from the index `task_row_step` alone, in its order; who has what
from `task_row_owner`, which holds what people have taken, however much is open.
"""

from typing import NamedTuple

from sqlalchemy import Case, Connection, case, func, null, select

from flowengine.store.tables import (
    case_row,
    gate_wait,
    incident,
    process_version,
    task_row,
)


class StepCounts(NamedTuple):
    """Open tasks of a step, over all versions of its process."""

    process: str
    step: str
    department: str | None
    #: Since when the oldest is open.
    oldest: int
    #: Offered and not taken; taken and not started; being worked on; put aside.
    waiting: int
    claimed: int
    working: int
    paused: int
    #: Not to be done now: the order is held, or the step stands still.
    held: int
    #: Past their due time, held ones too; and due before a moment, the late left out.
    late: int
    soon: int


class OldestTask(NamedTuple):
    """The task of a step that is open for longest."""

    number: str
    step: str
    element: str
    visit: int


class Taken(NamedTuple):
    """How many tasks of a step somebody has."""

    process: str
    step: str
    department: str | None
    owner: str
    state: str
    amount: int


class Standing(NamedTuple):
    """How many orders stand still at a step, or wait at a gate for their turn."""

    process: str
    step: str
    amount: int
    #: Since when the first of them waits; None where that is not counted.
    oldest: int | None = None


def step_counts(
    connection: Connection, at: int, soon: int, department: str | None = None
) -> list[StepCounts]:
    """Open tasks by process and step; late at `at`, soon late before `soon`."""
    state, is_held, due = task_row.c.state, task_row.c.held, task_row.c.due

    def of_state(name: str) -> Case[int]:
        return case(((state == name) & (is_held == 0), 1))

    query = select(
        task_row.c.process,
        task_row.c.step,
        func.max(task_row.c.department),
        func.min(task_row.c.enabled),
        func.count(of_state("offered")),
        func.count(of_state("claimed")),
        func.count(of_state("started")),
        func.count(of_state("paused")),
        func.count(case((is_held == 1, 1))),
        func.count(case((due < at, 1))),
        func.count(case(((due >= at) & (due < soon), 1))),
    ).group_by(task_row.c.process, task_row.c.step)
    if department is not None:
        query = query.where(task_row.c.department == department)
    query = query.order_by(task_row.c.process, task_row.c.step)
    return [StepCounts._make(row) for row in connection.execute(query)]


def oldest_task(connection: Connection, process: str, step: str) -> OldestTask | None:
    """The task of a step that is open for longest."""
    query = (
        select(*(task_row.c[name] for name in OldestTask._fields))
        .where(task_row.c.process == process, task_row.c.step == step)
        .order_by(task_row.c.enabled)
        .limit(1)
    )
    found = connection.execute(query).first()
    return None if found is None else OldestTask._make(found)


def taken(connection: Connection) -> list[Taken]:
    """What people have, by person and step."""
    columns = (
        task_row.c.process,
        task_row.c.step,
        task_row.c.department,
        task_row.c.owner,
        task_row.c.state,
    )
    query = (
        select(*columns, func.count())
        .where(task_row.c.owner.is_not(None))
        .group_by(*columns)
        .order_by(task_row.c.owner, task_row.c.process, task_row.c.step)
    )
    return [Taken._make(row) for row in connection.execute(query)]


def standing_still(connection: Connection) -> list[Standing]:
    """Orders with an incident, by process and step; there are few."""
    query = (
        select(process_version.c.name, incident.c.step, func.count(), null())
        .select_from(incident)
        .join(case_row, case_row.c.case_id == incident.c.case_id)
        .join(process_version, process_version.c.digest == case_row.c.process)
        .group_by(process_version.c.name, incident.c.step)
    )
    return [Standing._make(row) for row in connection.execute(query)]


def at_gates(connection: Connection) -> list[Standing]:
    """Orders that wait for their turn at a gate, by process and step."""
    query = select(
        gate_wait.c.process,
        gate_wait.c.step,
        func.count(),
        func.min(gate_wait.c.enabled),
    ).group_by(gate_wait.c.process, gate_wait.c.step)
    return [Standing._make(row) for row in connection.execute(query)]
