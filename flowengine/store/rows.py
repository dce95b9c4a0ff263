"""What a case looks like in the derived tables: pure functions from case to rows.

The same functions write the tables beside the events, rebuild them, and check them.
"""

from collections.abc import Iterable

from flowengine.calendars import working_time
from flowengine.eventlog import EntryKind
from flowengine.kernel.case import Case, CaseState, Task
from flowengine.kernel.events import CaseClosed, StepEnded
from flowengine.net.net import Net
from flowengine.quantities import HOUR, Instant
from flowengine.store.codec import case_body
from flowengine.store.json_text import to_json
from flowengine.store.link import Row

#: Kinds of timers: one ends the instance, the other only tells somebody.
TIMEOUT, ESCALATION = "timeout", "escalation"


def key_of(case: Case) -> bytes:
    """The case's id as it is stored."""
    return bytes.fromhex(case.id)


def case_values(case: Case, last_hash: bytes) -> Row:
    """The row of `case_row`, in the table's order."""
    return (
        key_of(case),
        case.number,
        case.process,
        case.state.value,
        case.version,
        case.opened,
        case.closed,
        case.outcome,
        case.priority,
        case.promised,
        to_json(case.data),
        case_body(case),
        last_hash,
    )


def task_values(net: Net, case: Case, tasks: Iterable[Task]) -> dict[str, Row]:
    """The rows of `task_row` for open instances, by step, in the table's order."""
    rows: dict[str, Row] = {}
    for task in tasks:
        if task.kind is not EntryKind.TASK:
            continue
        step = net.steps[task.step].step
        rows[task.id] = (
            key_of(case),
            task.step,
            task.element or "",
            task.visit,
            net.process.name,
            case.number,
            step.role,
            step.department,
            task.state.value,
            _is_held(case, task),
            task.owner,
            task.enabled,
            task.due,
            case.priority,
            task.batch,
            task.group,
        )
    return rows


def _is_held(case: Case, task: Task) -> int:
    """Whether a task has left the worklist: its step stands still, or the order does.

    What was started before the order was held may be finished.
    """
    if task.step in case.incidents:
        return 1
    return int(case.state is CaseState.HELD and task.started is None)


def timer_values(net: Net, case: Case, tasks: Iterable[Task]) -> dict[str, Row]:
    """The rows of `timer` for open instances: when each ends, and the next alarm."""
    rows: dict[str, Row] = {}
    held = int(case.state is CaseState.HELD)
    for task in tasks:
        if task.timer is not None:
            rows[f"{task.id} {TIMEOUT}"] = _timer(case, task, TIMEOUT, task.timer, held)
        if task.alarms:
            name = f"{task.id} {ESCALATION}"
            rows[name] = _timer(case, task, ESCALATION, task.alarms[0], held)
    return rows


def _timer(case: Case, task: Task, kind: str, at: Instant, held: int) -> Row:
    return key_of(case), task.step, task.element or "", kind, task.visit, at, held


def wait_values(net: Net, case: Case, tasks: Iterable[Task]) -> dict[str, Row]:
    """The rows of `message_wait` for open instances, by step and message."""
    return {
        f"{task.step} {message}": (key_of(case), task.step, message)
        for task in tasks
        for message in net.steps[task.step].step.messages
    }


def incident_values(net: Net, case: Case, tasks: Iterable[Task]) -> dict[str, Row]:
    """The rows of `incident` by step."""
    return {
        step: (key_of(case), step, reason) for step, reason in case.incidents.items()
    }


def child_values(net: Net, case: Case, tasks: Iterable[Task]) -> dict[str, Row]:
    """The rows of `child` for open calls."""
    return {
        task.id: (
            key_of(case),
            task.step,
            task.element or "",
            task.visit,
            bytes.fromhex(task.child),
        )
        for task in tasks
        if task.child is not None
    }


def match_values(net: Net, case: Case, tasks: Iterable[Task]) -> dict[str, Row]:
    """The rows of `case_key`: by which values, beside its number, messages find it."""
    rows: dict[str, Row] = {}
    if case.state is CaseState.CLOSED:
        return rows
    for message in net.process.messages.values():
        if message.match == net.process.number:
            continue
        value = value_at(case, message.match)
        if value is not None:
            rows[message.name] = (message.name, str(value), key_of(case))
    return rows


def value_at(case: Case, path: Iterable[str]) -> object:
    """A field of the case's data, None where it is missing."""
    value: object = case.data
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def fact_values(net: Net, case_id: bytes, seq: int, event: StepEnded) -> Row:
    """The row of `step_fact`, in the table's order without its running id."""
    working = paused = 0
    cost = None
    if event.started < event.at and event.kind is EntryKind.TASK:
        calendar = net.steps[event.step].calendar
        working = working_time(calendar, event.started, event.at)
        for since, until in event.pauses:
            end = event.at if until is None else until
            paused += end - since
            working -= working_time(calendar, since, end)
    role = net.process.roles.get(event.role) if event.role is not None else None
    if role is not None and role.cost is not None:
        cost = (role.cost * working + HOUR // 2) // HOUR
    return (
        case_id,
        seq,
        event.step,
        event.visit,
        event.kind.value,
        event.pred,
        event.enabled,
        event.claimed,
        event.started,
        event.at,
        paused,
        working,
        cost,
        event.role,
        event.department,
        event.who,
        event.outcome,
        event.due,
        event.element or "",
        event.cost,
    )


def closed_values(net: Net, case: Case, closed: CaseClosed) -> Row:
    """The row of `case_fact`, in the table's order without its running id."""
    return (
        key_of(case),
        case.number,
        net.process.name,
        net.process.version,
        case.opened,
        closed.at,
        closed.outcome,
        case.promised,
        case.priority,
        closed.last,
        to_json(case.measures),
    )
