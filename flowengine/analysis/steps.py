"""What closed orders met at each step, and how much of it each department holds."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from flowengine.analysis.findings import (
    Cause,
    DepartmentFinding,
    RoleFinding,
    StepFinding,
)
from flowengine.eventlog import WITHDRAWN, Entry, Trace
from flowengine.language.process import StepId
from flowengine.net.net import Net
from flowengine.quantities import Duration, Instant


class Walked(NamedTuple):
    """A closed order, its critical path, and the causes of each wait on it."""

    trace: Trace
    path: tuple[Entry, ...]
    causes: tuple[Mapping[Cause, Duration], ...]


def step_findings(
    net: Net, walked: Sequence[Walked], open_traces: Iterable[Trace], now: Instant
) -> tuple[StepFinding, ...]:
    """Every step of the process in file order, then steps only the log knows."""
    totals = _Totals()
    for order in walked:
        totals.add_order(order)
    for trace in open_traces:
        totals.add_open(trace, now)
    lead = sum((totals.waiting + totals.paused + totals.service).values())
    return tuple(
        totals.finding(step, department_of(net, step, totals.departments[step]), lead)
        for step in step_names(net, totals.seen)
    )


def step_names(net: Net, seen: AbstractSet[str]) -> tuple[str, ...]:
    """The steps of the process in file order, then those seen that it does not have."""
    written = [str(step) for step in net.process.steps]
    return (*written, *sorted(seen - set(written)))


def department_of(net: Net, step: str, seen: Collection[str]) -> str | None:
    """The department of a step by the process, else the first that the log names."""
    written = net.process.steps.get(StepId(step))
    if written is not None and written.department is not None:
        return written.department
    return min(seen, default=None)


def department_findings(
    net: Net, steps: Sequence[StepFinding], roles: Sequence[RoleFinding]
) -> tuple[DepartmentFinding, ...]:
    """The sum of the steps and roles of each department, in file order.

    Departments that only the log knows follow; None, the steps that belong to no
    department, comes last and only where they hold time.
    """
    lead = sum(step.waiting + step.paused + step.service for step in steps)
    names: list[str | None] = list(net.process.departments)
    names += sorted({step.department for step in steps if step.department} - set(names))
    findings = [_department(name, steps, roles, lead) for name in names]
    without = _department(None, steps, (), lead)
    return (*findings, without) if without.share else tuple(findings)


def _department(
    name: str | None,
    steps: Sequence[StepFinding],
    roles: Sequence[RoleFinding],
    lead: int,
) -> DepartmentFinding:
    own = [step for step in steps if step.department == name]
    people = [role for role in roles if role.department == name]
    waiting = sum(step.waiting for step in own)
    paused = sum(step.paused for step in own)
    service = sum(step.service for step in own)
    return DepartmentFinding(
        department=name,
        people=sum(role.people for role in people),
        waiting=Duration(waiting),
        paused=Duration(paused),
        service=Duration(service),
        share=(waiting + paused + service) / lead if lead else 0.0,
        open_time=Duration(sum(role.open_time for role in people)),
        busy_time=Duration(sum(role.busy_time for role in people)),
    )


class _Totals:
    """Sums by step while the orders are read."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        #: Departments that the log names, by step.
        self.departments: defaultdict[str, set[str]] = defaultdict(set)
        self.orders: Counter[str] = Counter()
        self.visits: Counter[str] = Counter()
        self.redone: Counter[str] = Counter()
        self.waiting: Counter[str] = Counter()
        self.paused: Counter[str] = Counter()
        self.service: Counter[str] = Counter()
        self.causes: Counter[tuple[str, Cause]] = Counter()
        self.with_sla: Counter[str] = Counter()
        self.late: Counter[str] = Counter()
        self.off_waiting: Counter[str] = Counter()
        self.off_service: Counter[str] = Counter()
        self.open_orders: Counter[str] = Counter()
        self.open_waiting: Counter[str] = Counter()

    def add_order(self, order: Walked) -> None:
        """Count a closed order in."""
        visits = Counter(entry.step for entry in order.trace.entries)
        self.seen |= visits.keys()
        self.visits += visits
        self.orders.update(visits.keys())
        self.redone.update(step for step, count in visits.items() if count > 1)
        on_path = {entry.seq for entry in order.path}
        for entry in order.trace.entries:
            self._add_entry(entry, entry.seq in on_path)
        for entry, causes in zip(order.path, order.causes, strict=True):
            for cause, amount in causes.items():
                self.causes[entry.step, cause] += amount

    def add_open(self, trace: Trace, now: Instant) -> None:
        """Count in where an open order is and how long it has waited there."""
        self.open_orders.update({entry.step for entry in trace.open_entries})
        for entry in trace.open_entries:
            self.seen.add(entry.step)
            self._place(entry.step, entry.department)
            until = now if entry.started is None else entry.started
            self.open_waiting[entry.step] += max(0, until - entry.enabled)

    def finding(self, step: str, department: str | None, lead: int) -> StepFinding:
        """What was found at a step; `lead` is the lead time of all closed orders."""
        return StepFinding(
            step=step,
            department=department,
            orders=self.orders[step],
            visits=self.visits[step],
            redone=self.redone[step],
            waiting=Duration(self.waiting[step]),
            paused=Duration(self.paused[step]),
            service=Duration(self.service[step]),
            causes={cause: Duration(self.causes[step, cause]) for cause in Cause},
            share=self.waiting[step] / lead if lead else 0.0,
            with_sla=self.with_sla[step],
            late=self.late[step],
            off_path_waiting=Duration(self.off_waiting[step]),
            off_path_service=Duration(self.off_service[step]),
            open_orders=self.open_orders[step],
            open_waiting=Duration(self.open_waiting[step]),
        )

    def _add_entry(self, entry: Entry, is_on_path: bool) -> None:
        step = entry.step
        self._place(step, entry.department)
        if entry.due is not None and entry.outcome != WITHDRAWN:
            self.with_sla[step] += 1
            self.late[step] += entry.ended > entry.due
        if is_on_path:
            self.waiting[step] += entry.waiting
            self.paused[step] += entry.paused
            self.service[step] += entry.service
        else:
            self.off_waiting[step] += entry.waiting
            self.off_service[step] += entry.service

    def _place(self, step: str, department: str | None) -> None:
        if department is not None:
            self.departments[step].add(department)
