"""The reference week: hours that repeat every week, without holidays.

What can be kept is judged in one week and its repetitions, so that a verdict does not
change with the date of checking. The week begins on Monday 2 February 2026, in which
no clock changes. Sums of working time are as in `flowengine.calendars`, a few times
faster, and they run backwards too.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache

from flowengine.calendars import ALWAYS, WorkCalendar, local_time
from flowengine.quantities import DAY, HOUR, MINUTE, SECOND, WEEK, Instant

#: Monday 2 February 2026, 00:00 UTC.
REFERENCE = Instant(1_769_990_400 * SECOND)


@dataclass(frozen=True, slots=True)
class Week:
    """One calendar's hours of the reference week; moments may lie in any week."""

    calendar: WorkCalendar
    #: Open spans from Monday 00:00 UTC, ascending.
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    #: Open time of the week before each span, and in all.
    before: tuple[int, ...]
    total: int
    #: Local time less UTC.
    offset: int

    def worked(self, at: int) -> int:
        """Open time between the reference and a moment; negative before it."""
        weeks, within = divmod(at - REFERENCE, WEEK)
        index = bisect_right(self.starts, within) - 1
        if index < 0:
            return weeks * self.total
        done = min(within, self.ends[index]) - self.starts[index]
        return weeks * self.total + self.before[index] + done

    def after(self, start: int, amount: int) -> int:
        """The first moment by which `amount` of open time has passed since `start`."""
        if amount <= 0:
            return start
        weeks, rest = divmod(self.worked(start) + amount, self.total)
        if not rest:
            weeks, rest = weeks - 1, self.total
        index = bisect_left(self.before, rest) - 1
        within = self.starts[index] + rest - self.before[index]
        return REFERENCE + weeks * WEEK + within

    def latest(self, end: int, amount: int) -> int:
        """The last moment after which `amount` of open time passes by `end`."""
        if amount <= 0:
            return end
        weeks, rest = divmod(self.worked(end) - amount, self.total)
        index = bisect_right(self.before, rest) - 1
        within = self.starts[index] + rest - self.before[index]
        return REFERENCE + weeks * WEEK + within

    def close_after(self, start: int, days: int) -> int:
        """The close of the `days`-th business day after the local day of `start`."""
        weeks, rest = divmod(days, len(self.calendar.days))
        day = self._day(start) + 7 * weeks
        while rest:
            day += 1
            rest -= day % 7 in self.calendar.days
        while day % 7 not in self.calendar.days:
            day -= 1
        return self._close(day)

    def latest_before_close(self, end: int, days: int) -> int:
        """The last moment of which the `days`-th business day closes by `end`."""
        day = self._day(end) + 1
        while self._close(day) > end or day % 7 not in self.calendar.days:
            day -= 1
        weeks, rest = divmod(days - 1, len(self.calendar.days))
        day -= 7 * weeks
        while rest:
            day -= 1
            rest -= day % 7 in self.calendar.days
        return self.midnight(day) - 1

    def midnight(self, day: int) -> int:
        """The beginning of a local day, counted from the reference Monday."""
        return REFERENCE + day * DAY - self.offset

    def openings(self) -> tuple[int, ...]:
        """When the calendar opens in the reference week."""
        return tuple(REFERENCE + start for start in self.starts)

    def _day(self, at: int) -> int:
        return (at + self.offset - REFERENCE) // DAY

    def _close(self, day: int) -> int:
        return self.midnight(day) + self.calendar.hours[-1][1] * MINUTE


@lru_cache(maxsize=256)
def week_of(calendar: WorkCalendar) -> Week:
    """The reference week of a calendar."""
    local = local_time(calendar, Instant(REFERENCE + 12 * HOUR))
    shift = local.utcoffset()
    offset = 0 if shift is None else round(shift.total_seconds()) * SECOND
    spans: list[tuple[int, int]] = []
    for day in range(-2, 9):
        if day % 7 in calendar.days:
            for start, end in calendar.hours:
                opening = max(0, day * DAY - offset + start * MINUTE)
                closing = min(WEEK, day * DAY - offset + end * MINUTE)
                if spans and opening <= spans[-1][1] < closing:
                    spans[-1] = spans[-1][0], closing
                elif opening < closing:
                    spans.append((opening, closing))
    before = [0]
    for start, end in spans:
        before.append(before[-1] + end - start)
    return Week(
        calendar=replace(calendar, holidays=None),
        starts=tuple(start for start, _ in spans),
        ends=tuple(end for _, end in spans),
        before=tuple(before[:-1]),
        total=before[-1],
        offset=offset,
    )


#: Every moment is open: what elapses.
ELAPSED = week_of(ALWAYS)
