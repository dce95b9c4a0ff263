"""The virtual staff: who works in which role, when, and how promptly."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from flowengine.calendars import ALWAYS, WorkCalendar, next_opening, working_time
from flowengine.kernel.case import UserId
from flowengine.language.process import Process, Role, RoleId, people_in
from flowengine.quantities import MINUTE, SECOND, Duration, Instant

_NAMES = (
    *("aija", "bruno", "citra", "daina", "egils", "fricis", "gunta", "haralds"),
    *("ieva", "juris", "karina", "laima", "modris", "nora", "ojars", "paula"),
    *("ralfs", "sanita", "toms", "una", "valdis", "zelma", "aldis", "baiba"),
)
#: The credit desk works through its list without looking up; there are too few of it.
_PROMPT_ROLES = frozenset({RoleId("credit")})
#: Nobody begins something new so shortly before going home.
_LAST_MINUTES = Duration(5 * MINUTE)


class Doing(Enum):
    """What a person is at."""

    NOTHING = auto()
    #: About to look at the worklist.
    COMING = auto()
    WORKING = auto()


@dataclass(slots=True)
class Person:
    """One of the virtual staff; only `doing` changes while the demo is played."""

    name: UserId
    role: RoleId
    calendar: WorkCalendar
    chance: random.Random
    doing: Doing = Doing.NOTHING

    def moment_to_look(self, at: Instant) -> Instant:
        """When this person, who has nothing to do, sees that something has come."""
        if self._is_late():
            return self._on_shift(at, self.chance.randint(15 * 60, 50 * 60))
        return self._on_shift(at, self.chance.randint(15, 150))

    def moment_of_next(self, at: Instant) -> Instant:
        """When this person looks again after finishing something."""
        if self._is_late():
            return self._on_shift(at, self.chance.randint(8 * 60, 25 * 60))
        return self._on_shift(at, self.chance.randint(5, 45))

    def delay_of_start(self) -> Duration:
        """Between taking a task and beginning it: mostly nothing."""
        if self._is_late():
            return Duration(self.chance.randint(5 * 60, 25 * 60) * SECOND)
        return Duration(0)

    def _is_late(self) -> bool:
        share = 0.01 if self.role in _PROMPT_ROLES else 0.07
        return self.chance.random() < share

    def _on_shift(self, at: Instant, seconds: int) -> Instant:
        moment = Instant(at + seconds * SECOND)
        ahead = Instant(moment + _LAST_MINUTES)
        if working_time(self.calendar, moment, ahead) == _LAST_MINUTES:
            return moment
        opening = next_opening(self.calendar, ahead)
        return Instant(opening + self.chance.randint(0, 180) * SECOND)


def staff_of(processes: Sequence[Process], seed: int, month: int) -> tuple[Person, ...]:
    """As many people as each role has in a month (1 is January).

    A role of two processes is the same people.
    """
    named = iter(_NAMES)
    return tuple(
        Person(
            name=(name := UserId(next(named))),
            role=role.id,
            calendar=calendar,
            chance=random.Random(f"{seed}/{name}"),  # noqa: S311 (play, no secret)
        )
        for role, calendar in _roles(processes)
        for _ in range(people_in(role, month))
    )


def _roles(processes: Sequence[Process]) -> Iterator[tuple[Role, WorkCalendar]]:
    known = set()
    for process in processes:
        for role in process.roles.values():
            if role.id not in known:
                known.add(role.id)
                named = role.calendar or process.calendar
                yield role, ALWAYS if named is None else process.calendars[named]
