"""The tables that hold what a case's state implies: one entry each.

The same functions from a case to its rows write them beside the events and check them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flowengine.eventlog import EntryKind
from flowengine.kernel.case import Case, Task
from flowengine.net.net import Net
from flowengine.store import gates, rows, stock, tables
from flowengine.store import statements as sql
from flowengine.store.link import Row


@dataclass(frozen=True, slots=True)
class Derived:
    """A table that holds what a case's state implies."""

    name: str
    insert: str
    delete: str
    #: Positions of the key columns in a row, in the order that `delete` takes them.
    key: tuple[int, ...]
    #: The rows of a case, of the given open instances where it is made of those.
    rows: Callable[[Net, Case, Iterable[Task]], dict[str, Row]]
    #: A quick look: can the rows differ between two states of a case?
    has_changed: Callable[[Case, Case], bool]


def _tasks_changed(before: Case, after: Case) -> bool:
    return (
        before.tasks is not after.tasks
        or before.state is not after.state
        or before.priority != after.priority
        or before.incidents is not after.incidents
    )


def _waits_changed(before: Case, after: Case) -> bool:
    """Whether anything but people is, or was, awaited: most cases wait for people."""
    if before.tasks is after.tasks and before.data is after.data:
        return before.state is not after.state
    for case in (before, after):
        for task in case.tasks.values():
            if task.kind is not EntryKind.TASK:
                return True
    return False


DERIVED = (
    Derived(
        name="task_row",
        insert=sql.insert_text(tables.task_row),
        delete=sql.delete_text(tables.task_row, "case_id", "step", "element"),
        key=(0, 1, 2),
        rows=rows.task_values,
        has_changed=_tasks_changed,
    ),
    Derived(
        name="timer",
        insert=sql.insert_text(tables.timer),
        delete=sql.delete_text(tables.timer, "case_id", "step", "element", "kind"),
        key=(0, 1, 2, 3),
        rows=rows.timer_values,
        has_changed=_tasks_changed,
    ),
    Derived(
        name="message_wait",
        insert=sql.insert_text(tables.message_wait),
        delete=sql.delete_text(tables.message_wait, "case_id", "step", "message"),
        key=(0, 1, 2),
        rows=rows.wait_values,
        has_changed=_tasks_changed,
    ),
    Derived(
        name="incident",
        insert=sql.insert_text(tables.incident),
        delete=sql.delete_text(tables.incident, "case_id", "step"),
        key=(0, 1),
        rows=rows.incident_values,
        has_changed=lambda before, after: before.incidents is not after.incidents,
    ),
    Derived(
        name="case_key",
        insert=sql.insert_text(tables.case_key),
        delete=sql.delete_text(tables.case_key, "message", "value", "case_id"),
        key=(0, 1, 2),
        rows=rows.match_values,
        has_changed=lambda before, after: (
            before.data is not after.data or before.state is not after.state
        ),
    ),
    Derived(
        name="child",
        insert=sql.insert_text(tables.child),
        delete=sql.delete_text(tables.child, "case_id", "step", "element"),
        key=(0, 1, 2),
        rows=rows.child_values,
        has_changed=_waits_changed,
    ),
    Derived(
        name="gate_wait",
        insert=sql.insert_text(tables.gate_wait),
        delete=sql.delete_text(tables.gate_wait, "case_id", "step"),
        key=(0, 1),
        rows=gates.gate_values,
        has_changed=_waits_changed,
    ),
    Derived(
        name="reserved",
        insert=sql.insert_text(tables.reserved),
        delete=sql.delete_text(tables.reserved, "case_id", "line"),
        key=(0, 1),
        rows=stock.reserved_values,
        has_changed=lambda before, after: (
            before.reserved is not after.reserved or before.state is not after.state
        ),
    ),
)
