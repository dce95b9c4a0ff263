"""Where the open orders of a process are at a moment."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flowengine.analysis.findings import DepartmentWork, StepWork, WorkInProgress
from flowengine.analysis.steps import department_of, step_names
from flowengine.eventlog import EntryKind, EventLog, OpenEntry, Trace
from flowengine.net.net import Net
from flowengine.quantities import Instant


def work_in_progress(net: Net, log: EventLog, now: Instant) -> WorkInProgress:
    """Count the open step instances of a log's open orders, by step and department.

    An instance is late when its SLA is over at `now`, an order when its promise is.
    """
    orders = [trace for trace in log if trace.closed is None]
    places = list(_places(orders, now))
    seen = {place.step for place in places}
    steps = [_step_work(net, step, places) for step in step_names(net, seen)]
    return WorkInProgress(
        process=net.process.name,
        version=net.process.version,
        at=now,
        orders=len(orders),
        held=sum(_is_held(trace) for trace in orders),
        late=sum(_is_past(trace.promised, now) for trace in orders),
        nowhere=sum(not trace.open_entries for trace in orders),
        steps=tuple(steps),
        departments=tuple(_departments(net, steps)),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """One open step instance, judged."""

    step: str
    department: str | None
    #: The field of `StepWork` that counts it.
    state: str
    is_late: bool
    enabled: Instant


def _places(orders: Iterable[Trace], now: Instant) -> Iterator[_Place]:
    for trace in orders:
        is_held = _is_held(trace)
        for entry in trace.open_entries:
            yield _Place(
                step=entry.step,
                department=entry.department,
                state="held" if is_held else _state(entry),
                is_late=_is_past(entry.due, now),
                enabled=entry.enabled,
            )


def _state(entry: OpenEntry) -> str:
    if entry.kind is not EntryKind.TASK:
        return "awaiting"
    # As in the picture: a paused task waits.
    is_worked_at = entry.started is not None and entry.rests_since is None
    return "working" if is_worked_at else "waiting"


def _is_held(trace: Trace) -> bool:
    return any(hold.ended is None for hold in trace.holds)


def _is_past(due: Instant | None, now: Instant) -> bool:
    return due is not None and due < now


def _step_work(net: Net, step: str, places: Sequence[_Place]) -> StepWork:
    here = [place for place in places if place.step == step]
    named = {place.department for place in here if place.department is not None}
    return StepWork(
        step=step,
        department=department_of(net, step, named),
        waiting=_count(here, "waiting"),
        working=_count(here, "working"),
        awaiting=_count(here, "awaiting"),
        held=_count(here, "held"),
        late=sum(place.is_late for place in here),
        oldest=min((place.enabled for place in here), default=None),
    )


def _count(places: Iterable[_Place], state: str) -> int:
    return sum(place.state == state for place in places)


def _departments(net: Net, steps: Sequence[StepWork]) -> Iterator[DepartmentWork]:
    names: list[str | None] = [str(name) for name in net.process.departments]
    known = {step.department for step in steps if step.total}
    names += sorted(name for name in known if name and name not in names)
    if None in known:
        names.append(None)
    for name in names:
        own = [step for step in steps if step.department == name]
        enabled = [step.oldest for step in own if step.oldest is not None]
        yield DepartmentWork(
            department=name,
            waiting=sum(step.waiting for step in own),
            working=sum(step.working for step in own),
            awaiting=sum(step.awaiting for step in own),
            held=sum(step.held for step in own),
            late=sum(step.late for step in own),
            oldest=min(enabled, default=None),
        )
