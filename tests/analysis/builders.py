"""A small process and hand-made histories: clock times of one Monday, 1 June 2026."""

from collections.abc import Mapping
from dataclasses import replace

from flowengine.calendars import WorkCalendar
from flowengine.eventlog import Entry, EntryKind, EventLog, Hold, OpenEntry, Trace
from flowengine.language.process import (
    Arrow,
    CalendarId,
    Department,
    DepartmentId,
    Join,
    Process,
    Role,
    RoleId,
    Step,
    StepId,
    StepKind,
    Title,
)
from flowengine.net import compile_net
from flowengine.net.net import Net
from flowengine.quantities import DAY, HOUR, MINUTE, Duration, Instant

#: Monday, 1 June 2026, 00:00 UTC.
MONDAY = Instant(20_605 * DAY)


def at(clock: str, day: int = 0) -> Instant:
    """A moment, `at("09:30")`; `day` counts from that Monday."""
    hours, minutes = clock.split(":")
    return Instant(MONDAY + day * DAY + int(hours) * HOUR + int(minutes) * MINUTE)


def minutes(count: int) -> Duration:
    """So many minutes."""
    return Duration(count * MINUTE)


def plain_net(
    written: str,
    *,
    roles: Mapping[str, tuple[str, int]],
    hours: str = "08:00-17:00",
    joins: tuple[str, ...] = (),
    external: tuple[str, ...] = (),
) -> Net:
    """A net from "enter:clerk > pack:packer | check > done".

    Steps are `name:role`, `name:wait`, or `name` (a decision; the last is the end);
    `>` leads to the next, `a & b` leads to both at once and from both. `roles` gives
    each role its department and people; all work `hours` from Monday to Friday, UTC.
    """
    groups = [
        [step.strip() for step in group.split("&")] for group in written.split(">")
    ]
    steps: dict[StepId, Step] = {}
    for number, group in enumerate(groups):
        after = groups[number + 1] if number + 1 < len(groups) else []
        targets = tuple(StepId(step.split(":")[0]) for step in after)
        for text in group:
            step = _step(text, targets, roles, joins)
            steps[step.id] = step
    open_at, close_at = (_minute(clock) for clock in hours.split("-"))
    departments = dict.fromkeys(DepartmentId(name) for name, _ in roles.values())
    return compile_net(
        Process(
            name="shop",
            version=1,
            title=Title("Shop", "Veikals"),
            subject="order",
            number=("order", "number"),
            data={},
            steps=steps,
            start=next(iter(steps)),
            calendar=CalendarId("week"),
            calendars={
                CalendarId("week"): WorkCalendar(
                    days=frozenset(range(5)), hours=((open_at, close_at),)
                )
            },
            departments={
                name: Department(name, Title(name.title(), name.title()))
                for name in departments
            },
            roles={
                RoleId(role): Role(
                    id=RoleId(role),
                    title=Title(role, role),
                    department=DepartmentId(department),
                    people=people,
                    calendar=CalendarId("week"),
                    external=role in external,
                )
                for role, (department, people) in roles.items()
            },
        )
    )


def _step(
    text: str,
    targets: tuple[StepId, ...],
    roles: Mapping[str, tuple[str, int]],
    joins: tuple[str, ...],
) -> Step:
    name, _, what = text.partition(":")
    kind = StepKind.ROUTE if targets else StepKind.END
    if what:
        kind = StepKind.WAIT if what == "wait" else StepKind.TASK
    is_task = kind is StepKind.TASK
    arrow = Arrow(targets) if targets else None
    return Step(
        id=StepId(name),
        kind=kind,
        title=Title(name.title(), name.title()),
        department=DepartmentId(roles[what][0]) if is_task else None,
        role=RoleId(what) if is_task else None,
        join=Join.ALL if name in joins else None,
        next=None if kind is StepKind.WAIT else arrow,
        messages={"came": arrow} if kind is StepKind.WAIT and arrow else {},
        end="success" if kind is StepKind.END else None,
    )


def _minute(clock: str) -> int:
    hours, minute = clock.split(":")
    return int(hours) * 60 + int(minute)


class History:
    """Writes one order's history, step after step."""

    def __init__(
        self, net: Net, number: str, opened: Instant, *, promised: Instant | None = None
    ) -> None:
        self._net = net
        self._trace = Trace(
            case=f"case-{number}",
            number=number,
            opened=opened,
            closed=None,
            outcome=None,
            entries=(),
            promised=promised,
        )

    def do(
        self,
        step: str,
        started: Instant,
        ended: Instant,
        *,
        who: str | None = None,
        claimed: Instant | None = None,
        after: int | None = None,
        paused: Duration = Duration(0),
        due: Instant | None = None,
        outcome: str | None = None,
    ) -> int:
        """Do a step after an entry (the last one, if not said); gives its seq."""
        entries = self._trace.entries
        if after is None and entries:
            after = entries[-1].seq
        before = next((entry for entry in entries if entry.seq == after), None)
        written = self._net.process.steps[StepId(step)]
        seq = len(entries) + 1
        entry = Entry(
            seq=seq,
            step=step,
            visit=1 + sum(entry.step == step for entry in entries),
            kind=_kind(written),
            pred=after,
            enabled=self._trace.opened if before is None else before.ended,
            claimed=claimed,
            started=started,
            ended=ended,
            role=written.role,
            department=written.department,
            who=who,
            outcome=outcome,
            paused=paused,
            due=due,
        )
        self._trace = replace(self._trace, entries=(*entries, entry))
        return seq

    def hold(self, started: Instant, ended: Instant | None) -> None:
        """Hold the order."""
        hold = Hold(started, ended, "address unclear")
        self._trace = replace(self._trace, holds=(*self._trace.holds, hold))

    def closed(self, outcome: str = "success") -> Trace:
        """The order, closed by its last entry."""
        last = self._trace.entries[-1]
        return replace(self._trace, closed=last.ended, outcome=outcome, last=last.seq)

    def open_at(self, step: str, started: Instant | None = None) -> Trace:
        """The order, open at a step that the last entry enabled."""
        written = self._net.process.steps[StepId(step)]
        entries = self._trace.entries
        entry = OpenEntry(
            step=step,
            visit=1 + sum(entry.step == step for entry in entries),
            kind=_kind(written),
            pred=entries[-1].seq if entries else None,
            enabled=entries[-1].ended if entries else self._trace.opened,
            started=started,
            role=written.role,
            department=written.department,
            who=None if started is None else "ann",
        )
        return replace(self._trace, open_entries=(entry,))


def log_of(*traces: Trace) -> EventLog:
    """A log in the order given."""
    return EventLog("shop", traces)


def _kind(step: Step) -> EntryKind:
    kinds = {StepKind.TASK: EntryKind.TASK, StepKind.WAIT: EntryKind.WAIT}
    return kinds.get(step.kind, EntryKind.PASS)
