"""Why an order waited: every microsecond of a wait has exactly one cause.

The first that matches holds, at each moment between `enabled` and `started`:

1. held: the order was on hold.
2. outside: the step waits for a message, a time, or people who are not ours.
3. closed: nobody of the step's role was on shift, by its calendar.
4. overtaken: everybody on shift was busy, at least one of them on a task enabled
   later than this one.
5. all busy: everybody on shift was busy, on tasks enabled no later than this one.
6. not picked up: somebody on shift was free.

A person is busy from a task's start to its end, pauses included, with whatever role,
and while they are away; "everybody" is as many people as the role has. From the moment
that somebody claims the task only they can begin it, so 4 to 6 then look at that person
alone: claimed by somebody who does nothing else is not picked up.

For example, a role of one person, on shift from 8 to 17. Order A is enabled at 7 and
started at 8, done at 10. Order B is enabled at 9; at 10 the person takes C, enabled at
9:30, until 11, rests until 11:15, and begins B. B waited 2 h 15 min: 1 h all busy (on
A, enabled before B), 1 h overtaken (by C), 15 min not picked up. A waited 1 h: closed.

Not known yet are gates and batches (they come with those steps), and seasons.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from flowengine.analysis.findings import Cause
from flowengine.analysis.staffing import Staffing
from flowengine.analysis.timeline import Stretch, split
from flowengine.eventlog import Entry, EntryKind, Hold
from flowengine.quantities import Duration


class Wait(NamedTuple):
    """The wait before one step instance, and the holds of its order."""

    entry: Entry
    holds: tuple[Hold, ...] = ()


#: A role, and the one person who has claimed, or None for all its people.
_Who = tuple[str, str | None]


def causes_of(staff: Staffing, waits: Sequence[Wait]) -> list[dict[Cause, Duration]]:
    """The causes of each wait, in the same order; each adds up to its wait exactly."""
    causes = [dict.fromkeys(Cause, Duration(0)) for _ in waits]
    asked: dict[_Who, list[tuple[int, Stretch]]] = {}
    for number, wait in enumerate(waits):
        found = causes[number]
        found[Cause.HELD] = wait.entry.waiting
        for start, end in _not_held(wait):
            found[Cause.HELD] = Duration(found[Cause.HELD] - (end - start))
            if _is_outside(staff, wait.entry):
                _add(found, Cause.OUTSIDE, end - start)
            elif wait.entry.role is None:
                # A decision that stood still: an incident nobody has looked at.
                _add(found, Cause.NOT_PICKED_UP, end - start)
            else:
                for who, stretch in _by_who(wait.entry, wait.entry.role, start, end):
                    asked.setdefault(who, []).append((number, stretch))
    for who, stretches in asked.items():
        _ask(staff, who, stretches, causes)
    return causes


def main_cause(causes: Mapping[Cause, Duration]) -> Cause:
    """The cause of most waiting; of equals, the one that is matched first."""
    return max(Cause, key=lambda cause: causes.get(cause, 0))


def _is_outside(staff: Staffing, entry: Entry) -> bool:
    role = staff.written(entry.role)
    return entry.kind is EntryKind.WAIT or (role is not None and role.external)


def _not_held(wait: Wait) -> Iterator[tuple[int, int]]:
    """The stretches of a wait outside all holds, ascending."""
    reached, end = int(wait.entry.enabled), wait.entry.started
    for hold in sorted(wait.holds, key=lambda hold: hold.started):
        stop = min(hold.started, end)
        if reached < stop:
            yield reached, stop
        reached = max(reached, end if hold.ended is None else hold.ended)
    if reached < end:
        yield reached, end


def _by_who(
    entry: Entry, role: str, start: int, end: int
) -> Iterator[tuple[_Who, Stretch]]:
    """A stretch cut at the moment that somebody claimed the task."""
    claimed = end
    if entry.claimed is not None and entry.who is not None:
        claimed = min(max(entry.claimed, start), end)
    if start < claimed:
        yield (role, None), Stretch(start, claimed, entry.enabled)
    if claimed < end:
        yield (role, entry.who), Stretch(claimed, end, entry.enabled)


def _ask(
    staff: Staffing,
    who: _Who,
    asked: Sequence[tuple[int, Stretch]],
    causes: Sequence[dict[Cause, Duration]],
) -> None:
    role, person = who
    timeline = staff.of_role(role) if person is None else staff.of_person(role, person)
    splits = split(timeline, [stretch for _, stretch in asked])
    for (number, _), found in zip(asked, splits, strict=True):
        _add(causes[number], Cause.CLOSED, found.closed)
        _add(causes[number], Cause.OVERTAKEN, found.overtaken)
        _add(causes[number], Cause.ALL_BUSY, found.all_busy)
        _add(causes[number], Cause.NOT_PICKED_UP, found.free)


def _add(causes: dict[Cause, Duration], cause: Cause, amount: int) -> None:
    causes[cause] = Duration(causes[cause] + amount)
