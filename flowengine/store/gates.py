"""Gates: who waits before them, in which order, and how many places are taken.

One counter for each gate of a process, whatever its version. It is moved in the
transaction of the case that takes or gives back a place, and never past the limit.
"""

from collections.abc import Iterable
from typing import NamedTuple, cast

from sqlalchemy import Connection, bindparam, select, text

from flowengine.errors import ConcurrentChange
from flowengine.kernel.case import Case, CaseState, Task
from flowengine.kernel.elements import value_at
from flowengine.language.data import field_type
from flowengine.language.process import Process, StepId
from flowengine.language.types import Kind
from flowengine.net.net import Net
from flowengine.store.link import Link
from flowengine.store.statements import text_of
from flowengine.store.tables import gate_count, gate_wait

#: What stands first in a gate's queue where it is large; all else where it is small.
_LARGEST_FIRST = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.MONEY})
_GIVEN, _MISSING = b"\x01", b"\x02"

#: One place more, unless the gate is full: then no row changes.
_TAKE = (
    "INSERT INTO gate_count (process, step, count) VALUES (?, ?, 1) "
    "ON CONFLICT (process, step) DO UPDATE SET count = gate_count.count + 1 "
    "WHERE gate_count.count < ? RETURNING count"
)
_GIVE_BACK = "UPDATE gate_count SET count = count - 1 WHERE process = ? AND step = ?"
_SELECT_COUNT = text_of(
    select(gate_count.c.count)
    .where(gate_count.c.process == bindparam("the_process"))
    .where(gate_count.c.step == bindparam("the_step"))
)
_SELECT_QUEUE = (
    "SELECT case_id, number, visit, enabled FROM gate_wait "
    "WHERE held = 0 AND process = ? AND step = ? "
    "ORDER BY rank, enabled, number LIMIT ?"
)


class Waiting(NamedTuple):
    """A case before a gate."""

    case_id: bytes
    number: str
    visit: int
    enabled: int


def gate_values(
    net: Net, case: Case, tasks: Iterable[Task]
) -> dict[str, tuple[object, ...]]:
    """The rows of `gate_wait` for open instances."""
    rows: dict[str, tuple[object, ...]] = {}
    for task in tasks:
        if not is_at_gate(net, task):
            continue
        rows[task.id] = (
            bytes.fromhex(case.id),
            task.step,
            task.visit,
            net.process.name,
            case.number,
            rank(net.process, case, task.step),
            task.enabled,
            int(case.state is CaseState.HELD),
        )
    return rows


def is_at_gate(net: Net, task: Task) -> bool:
    """Whether an open instance waits before a gate."""
    found = net.steps.get(task.step)
    return found is not None and found.step.gate is not None


def rank(process: Process, case: Case, step: StepId) -> bytes:
    """The gate's `first` for a case, as bytes that sort as the cases should leave."""
    gate = process.steps[step].gate
    paths = gate.first if gate is not None else ()
    parts = []
    for path in paths:
        value = value_at(case.data, path)
        is_largest_first = field_type(process, path).kind in _LARGEST_FIRST
        parts.append(_sorting(value, is_largest_first))
    return b"".join(parts)


def places_of(case: Case | None) -> frozenset[StepId]:
    """Gates whose place a case holds; a closed one holds none."""
    if case is None or case.state is CaseState.CLOSED or not case.gates:
        return frozenset()
    return frozenset(case.gates)


def move_places(link: Link, process: Process, before: Case | None, after: Case) -> None:
    """Count what a case has taken and given back.

    Raises:
        ConcurrentChange: A gate has no place left: somebody else was faster.
    """
    held, holds = places_of(before), places_of(after)
    for step in sorted(held - holds):
        link.run(_GIVE_BACK, (process.name, step))
    for step in sorted(holds - held):
        gate = process.steps[step].gate
        limit = gate.limit if gate is not None else 0
        link.lock(gate_name(process.name, step))
        if not link.rows(_TAKE, (process.name, step, limit)):
            raise ConcurrentChange(
                f"Expected a place behind {process.name}/{step}, but all {limit} are "
                "taken: the order waits for its turn."
            )


def gate_name(process: str, step: str) -> str:
    """What is locked while places of a gate are taken."""
    return f"gate {process}/{step}"


def places_taken(link: Link, process: str, step: str) -> int:
    """How many cases hold a place of a gate."""
    found = link.rows(_SELECT_COUNT, (process, step))
    return cast("int", found[0][0]) if found else 0


def gates_with_queues(connection: Connection) -> list[tuple[str, str]]:
    """Process and step of each gate before which somebody waits."""
    query = (
        select(gate_wait.c.process, gate_wait.c.step)
        .where(text("held = 0"))
        .distinct()
        .order_by(gate_wait.c.process, gate_wait.c.step)
    )
    return [(row.process, row.step) for row in connection.execute(query)]


def queue(link: Link, process: str, step: str, limit: int) -> list[Waiting]:
    """Who waits before a gate, in the order in which they should leave."""
    found = link.rows(_SELECT_QUEUE, (process, step, limit))
    return [Waiting._make(row) for row in found]


def _sorting(value: object, is_largest_first: bool) -> bytes:
    if value is None:
        return _MISSING
    if isinstance(value, int):
        number = min(max(value + 2**63, 0), 2**64 - 1)
        if is_largest_first:
            number = 2**64 - 1 - number
        return _GIVEN + number.to_bytes(8, "big")
    return _GIVEN + str(value).encode() + b"\0"
