"""Who was there to work: the people of each role, from the process and the log.

How many are on shift and when is written in the process (`people`, `calendar`). Who
holds which role is read from the log: whoever did a task of the role. So somebody who
works for one role is busy in all roles whose tasks they ever did. Somebody who is away
is as good as busy in all their roles, and is no part of their hours.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from flowengine.analysis.findings import RoleFinding
from flowengine.analysis.timeline import NEVER, Timeline, Work, sweep
from flowengine.calendars import ALWAYS, WorkCalendar, open_spans
from flowengine.eventlog import (
    Absence,
    Entry,
    EntryKind,
    EventLog,
    OpenEntry,
    Trace,
)
from flowengine.language.process import Role, RoleId
from flowengine.net.net import Net
from flowengine.quantities import Duration, Instant


@dataclass(frozen=True, slots=True)
class Staffing:
    """All work of a log by who did it, and who holds which role."""

    net: Net
    #: From the first moment of the log to the last.
    start: Instant
    end: Instant
    work: Mapping[str, tuple[Work, ...]]
    people_of: Mapping[str, frozenset[str]]
    #: By person: nothing can be overtaken by it.
    away: Mapping[str, tuple[Work, ...]]

    def of_role(self, role: str) -> Timeline:
        """When the people of a role were on shift and busy, or away."""
        people = self.people_of.get(role, frozenset())
        work = chain(_all_of(self.work, people), _all_of(self.away, people))
        written = self.written(role)
        # A role that the process does not know has the people who were seen in it.
        count = written.people if written is not None else max(1, len(people))
        return sweep(work, count, self._spans(role))

    def of_person(self, role: str, person: str) -> Timeline:
        """When one person was busy with anything, or away, in the hours of a role."""
        work = (*self.work.get(person, ()), *self.away.get(person, ()))
        return sweep(work, 1, self._spans(role))

    def hours(self, role: Role, start: int, end: int) -> tuple[Duration, Duration]:
        """Open and busy time of the people of a role, without those who were away."""
        people = self.people_of.get(role.id, frozenset())
        worked = sweep(_all_of(self.work, people), role.people, self._spans(role.id))
        away = sweep(_all_of(self.away, people), role.people, self._spans(role.id))
        all_open = role.people * worked.open_time(start, end)
        here = max(0, all_open - away.busy_time(start, end))
        return Duration(here), worked.busy_time(start, end)

    def written(self, role: str | None) -> Role | None:
        """A role as the process says; None where it does not know it."""
        return None if role is None else self.net.process.roles.get(RoleId(role))

    def _spans(self, role: str) -> Iterator[tuple[Instant, Instant]]:
        return open_spans(role_calendar(self.net, role), self.start, self.end)


def role_calendar(net: Net, role: str) -> WorkCalendar:
    """The working time of a role; one that the process does not know is always open."""
    for net_step in net.steps.values():
        if net_step.step.role == role:
            return net_step.calendar
    return ALWAYS


def staffing(net: Net, log: EventLog, now: Instant) -> Staffing:
    """Read who worked when from a log; tasks not finished yet are worked on until now.

    The order of the traces makes no difference.
    """
    work: dict[str, list[Work]] = {}
    people: dict[str, set[str]] = {}
    moments = [now]
    for trace in log:
        moments.append(trace.opened)
        for entry in _tasks(trace):
            start, end = _worked(entry, now)
            moments.append(end)
            if entry.who is None and start == end:
                continue
            # Work by nobody known is by somebody who does nothing else.
            name = entry.who or f"{trace.case}/{entry.step}/{entry.visit}"
            people.setdefault(entry.role or "", set()).add(name)
            if start < end:
                piece = Work(start, end, entry.enabled, name)
                work.setdefault(name, []).append(piece)
    for absence in log.absences:
        for role in absence.roles:
            people.setdefault(role, set()).add(absence.person)
    return Staffing(
        net=net,
        start=min(moments),
        end=max(moments),
        work={name: tuple(sorted(pieces)) for name, pieces in work.items()},
        people_of={role: frozenset(names) for role, names in people.items()},
        away=_away(log.absences),
    )


def role_findings(
    staff: Staffing, period: tuple[Instant, Instant] | None
) -> tuple[RoleFinding, ...]:
    """How busy our own roles of the process were in a period, in file order."""
    start, end = period if period is not None else (staff.start, staff.start)
    findings = []
    for role in staff.net.process.roles.values():
        if role.external:
            continue
        open_time, busy_time = staff.hours(role, start, end)
        findings.append(
            RoleFinding(
                role=role.id,
                department=role.department,
                people=role.people,
                open_time=open_time,
                busy_time=busy_time,
            )
        )
    return tuple(findings)


def _away(absences: Sequence[Absence]) -> Mapping[str, tuple[Work, ...]]:
    found: dict[str, list[Work]] = {}
    for absence in absences:
        piece = Work(absence.since, absence.until, NEVER, absence.person)
        found.setdefault(absence.person, []).append(piece)
    return {name: tuple(sorted(pieces)) for name, pieces in found.items()}


def _all_of(
    work: Mapping[str, tuple[Work, ...]], people: Iterable[str]
) -> Iterator[Work]:
    return chain.from_iterable(work.get(name, ()) for name in sorted(people))


def _tasks(trace: Trace) -> Iterator[Entry | OpenEntry]:
    for entry in trace.entries:
        if entry.kind is EntryKind.TASK:
            yield entry
    for open_entry in trace.open_entries:
        if open_entry.kind is EntryKind.TASK:
            yield open_entry


def _worked(entry: Entry | OpenEntry, now: Instant) -> tuple[Instant, Instant]:
    if isinstance(entry, Entry):
        return entry.started, entry.ended
    if entry.started is None:
        return now, now
    return entry.started, now if entry.rests_since is None else entry.rests_since
