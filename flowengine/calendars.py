"""Working time: shifts, public holidays, "four working hours after Friday 16:00".

A `WorkCalendar` says which wall-clock minutes of which days are worked in one time
zone. All functions take and give `Instant` and `Duration`, so the two nights a year in
which clocks change are right by construction: an hour that the clock skips is never
worked, an hour that it shows twice is worked twice.

A calendar's open spans are computed once per local year and kept, so a question about
months costs a few lookups.
"""

import importlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol, cast
from zoneinfo import ZoneInfo

from flowengine.quantities import MINUTE, Duration, Instant

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY_MINUTES = 24 * 60
#: How the `holidays` library names a working day that was moved, in English.
_TRANSFERRED = "Day off (substituted from"


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When people of a role work, in the wall-clock time of one zone.

    Raises:
        ValueError: There is no day or no span, or a span is not inside its day.
    """

    #: Working days of the week, Monday is 0.
    days: frozenset[int]
    #: Spans of minutes of the local day, ascending; an end beyond 1440 lies on the
    #: next day, so that (1320, 1800) is the night shift 22:00-06:00.
    hours: tuple[tuple[int, int], ...]
    #: Country whose public holidays are not worked ("LV"), or None.
    holidays: str | None = None
    #: Name in the time zone database.
    zone: str = "UTC"
    #: Whether a working day that the state moves is moved here too: the day off is
    #: not worked, the Saturday instead of it is. Without it both stay as they were.
    transferred_days: bool = True

    def __post_init__(self) -> None:
        """Refuse what no time could ever be counted in."""
        if not self.days or not self.days <= frozenset(range(7)):
            raise ValueError(f"Expected working days from 0 to 6, but got {self.days}.")
        if not self.hours:
            raise ValueError("Expected at least one span of hours, but got none.")
        latest = 0
        for start, end in self.hours:
            if not latest <= start < min(end, _DAY_MINUTES) or end > 2 * _DAY_MINUTES:
                raise ValueError(
                    f"Expected ascending spans of minutes, but got {self.hours}."
                )
            latest = end
        if latest - _DAY_MINUTES > self.hours[0][0]:
            raise ValueError(f"Expected spans within 24 hours, but got {self.hours}.")


#: Open at every moment.
ALWAYS = WorkCalendar(frozenset(range(7)), ((0, _DAY_MINUTES),))


def has_holidays(country: str) -> bool:
    """Whether the public holidays of a country ("LV") are known."""
    library = cast(_Library, importlib.import_module("holidays"))
    return country in library.list_supported_countries(include_aliases=False)


def local_time(calendar: WorkCalendar, at: Instant) -> datetime:
    """The wall-clock time of a moment in the calendar's zone."""
    return (_EPOCH + timedelta(microseconds=at)).astimezone(ZoneInfo(calendar.zone))


def is_business_day(calendar: WorkCalendar, day: date) -> bool:
    """Whether a local day is worked: its weekday, holidays and moved days considered.

    A Saturday worked instead of a moved day counts where its weekday is not among
    the calendar's days.
    """
    if calendar.holidays is None:
        return day.weekday() in calendar.days
    known = _holidays(calendar.holidays, day.year)
    if calendar.transferred_days and day in known.worked_instead:
        return True
    if day.weekday() not in calendar.days or day in known.public:
        return False
    return not (calendar.transferred_days and day in known.transferred)


def is_open(calendar: WorkCalendar, at: Instant) -> bool:
    """Whether the calendar works at a moment; a span's end is outside it."""
    if _is_always(calendar):
        return True
    year = _year(calendar, local_time(calendar, at).year)
    index = bisect_right(year.starts, at) - 1
    return index >= 0 and at < year.ends[index]


def next_opening(calendar: WorkCalendar, at: Instant) -> Instant:
    """The first open moment at or after `at`."""
    if is_open(calendar, at):
        return at
    number = local_time(calendar, at).year
    year = _year(calendar, number)
    index = bisect_left(year.starts, at)
    while index == len(year.starts):
        number += 1
        year, index = _year(calendar, number), 0
    return Instant(year.starts[index])


def open_spans(
    calendar: WorkCalendar, start: Instant, end: Instant
) -> Iterator[tuple[Instant, Instant]]:
    """The open stretches between two moments, ascending, cut at both."""
    if start >= end:
        return
    if _is_always(calendar):
        yield start, end
        return
    held: tuple[int, int] | None = None
    for opening, closing in _spans_from(calendar, start):
        if opening >= end:
            break
        if held is not None and held[1] == opening:
            held = held[0], closing
            continue
        if held is not None:
            yield Instant(max(held[0], start)), Instant(held[1])
        held = opening, closing
    if held is not None:
        yield Instant(max(held[0], start)), Instant(min(held[1], end))


def working_time(calendar: WorkCalendar, start: Instant, end: Instant) -> Duration:
    """How much open time lies between two moments; 0 where `end` is not later."""
    if start >= end:
        return Duration(0)
    if _is_always(calendar):
        return Duration(end - start)
    first = local_time(calendar, start).year
    last = local_time(calendar, end).year
    amount = _worked(calendar, last, end) - _worked(calendar, first, start)
    for number in range(first, last):
        amount += _year(calendar, number).total
    return Duration(amount)


def add_working_time(
    calendar: WorkCalendar, start: Instant, amount: Duration
) -> Instant:
    """The first moment by which `amount` of open time has passed since `start`.

    So an amount that ends exactly at a closing time gives that closing time, and 0
    gives `start` itself.
    """
    if amount <= 0:
        return start
    if _is_always(calendar):
        return Instant(start + amount)
    number = local_time(calendar, start).year
    year = _year(calendar, number)
    wanted = _worked(calendar, number, start) + amount
    while wanted > year.total:
        wanted -= year.total
        number += 1
        year = _year(calendar, number)
    index = bisect_left(year.before, wanted) - 1
    return Instant(year.starts[index] + wanted - year.before[index])


def add_business_days(calendar: WorkCalendar, start: Instant, days: int) -> Instant:
    """The close of the `days`-th business day after the local day of `start`.

    The local day of `start` itself never counts, whatever its hour: one business day
    after Friday 08:00 and after Friday 17:00 is the close of Monday. With 0 it is the
    first close at or after `start`.
    """
    day = local_time(calendar, start).date()
    if days <= 0:
        while not is_business_day(calendar, day) or _close(calendar, day) < start:
            day += timedelta(days=1)
        return _close(calendar, day)
    while days:
        day += timedelta(days=1)
        days -= is_business_day(calendar, day)
    return _close(calendar, day)


def business_days_between(calendar: WorkCalendar, start: Instant, end: Instant) -> int:
    """Business days after the local day of `start`, up to the local day of `end`.

    Negative where `end` lies on an earlier day than `start`.
    """
    if end < start:
        return -business_days_between(calendar, end, start)
    day = local_time(calendar, start).date()
    last = local_time(calendar, end).date()
    count = 0
    while day < last:
        day += timedelta(days=1)
        count += is_business_day(calendar, day)
    return count


def moment_of_day(zone: str, day: date, minute: int) -> Instant:
    """When a zone's clock first shows a minute of a local day, or has jumped past it.

    Minute 1440 is the end of the day.
    """
    stop = 0
    for begin, stop, midnight in _stretches(zone, day):
        at = max(begin, midnight + minute * MINUTE)
        if at < stop:
            return Instant(at)
    return Instant(stop)


class _Table(Protocol):
    """The part of a country's holidays that is read here."""

    weekend_workdays: set[date]

    def items(self) -> Iterator[tuple[date, str]]: ...


class _Library(Protocol):
    """The part of the `holidays` library that is used here."""

    def country_holidays(
        self, country: str, *, years: int, language: str
    ) -> _Table: ...

    def list_supported_countries(
        self, *, include_aliases: bool
    ) -> dict[str, object]: ...


@dataclass(frozen=True, slots=True)
class _Holidays:
    """One country's days of one year."""

    public: frozenset[date]
    #: Days off that were bought with a Saturday.
    transferred: frozenset[date]
    worked_instead: frozenset[date]


@lru_cache(maxsize=256)
def _holidays(country: str, year: int) -> _Holidays:
    # Loaded here since importing the library takes a tenth of a second, which a
    # command that looks at no calendar need not pay.
    library = cast(_Library, importlib.import_module("holidays"))
    table = library.country_holidays(country, years=year, language="en_US")
    names = dict(table.items())
    transferred = {
        day
        for day, name in names.items()
        if all(part.startswith(_TRANSFERRED) for part in name.split("; "))
    }
    return _Holidays(
        public=frozenset(names) - transferred,
        transferred=frozenset(transferred),
        worked_instead=frozenset(table.weekend_workdays),
    )


@dataclass(frozen=True, slots=True)
class _Year:
    """The open spans of one local year, ascending, each within a local day."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    #: Open time of the year before each span.
    before: tuple[int, ...]
    total: int


def _is_always(calendar: WorkCalendar) -> bool:
    return (
        calendar.holidays is None
        and calendar.hours == ALWAYS.hours
        and len(calendar.days) == 7
    )


@lru_cache(maxsize=1024)
def _year(calendar: WorkCalendar, number: int) -> _Year:
    starts, ends, before, total = [], [], [], 0
    for ordinal in range(
        date(number, 1, 1).toordinal(), date(number, 12, 31).toordinal() + 1
    ):
        for start, end in _spans_of_day(calendar, date.fromordinal(ordinal)):
            starts.append(start)
            ends.append(end)
            before.append(total)
            total += end - start
    return _Year(tuple(starts), tuple(ends), tuple(before), total)


def _spans_of_day(calendar: WorkCalendar, day: date) -> list[tuple[int, int]]:
    """The open spans of one local day: its own hours and what last night left over."""
    minutes: list[tuple[int, int]] = []
    if is_business_day(calendar, day - timedelta(days=1)):
        minutes += [
            (max(start - _DAY_MINUTES, 0), end - _DAY_MINUTES)
            for start, end in calendar.hours
            if end > _DAY_MINUTES
        ]
    if is_business_day(calendar, day):
        minutes += [(start, min(end, _DAY_MINUTES)) for start, end in calendar.hours]
    if not minutes:
        return []
    spans = [
        (max(begin, midnight + start * MINUTE), min(stop, midnight + end * MINUTE))
        for begin, stop, midnight in _stretches(calendar.zone, day)
        for start, end in minutes
    ]
    return [(start, end) for start, end in spans if start < end]


def _stretches(zone: str, day: date) -> list[tuple[int, int, int]]:
    """The local day cut where its clock changes: begin, end, and a midnight each.

    The third is the moment that would be midnight if the offset held all day.
    """
    start = _midnight(zone, day)
    end = _midnight(zone, day + timedelta(days=1))
    wall = (datetime.combine(day, time(), UTC) - _EPOCH) // _MICROSECOND
    first, last = _offset(zone, start), _offset(zone, end - 1)
    if first == last:
        return [(start, end, wall - first)]
    low, high = start, end - 1
    while low < high:
        middle = (low + high) // 2
        if _offset(zone, middle) == first:
            low = middle + 1
        else:
            high = middle
    return [(start, low, wall - first), (low, end, wall - last)]


@lru_cache(maxsize=4096)
def _midnight(zone: str, day: date) -> int:
    """The first moment of a local day."""
    at = datetime.combine(day, time(), ZoneInfo(zone))
    return (at - _EPOCH) // _MICROSECOND


def _offset(zone: str, at: int) -> int:
    local = (_EPOCH + timedelta(microseconds=at)).astimezone(ZoneInfo(zone))
    offset = local.utcoffset() or timedelta()
    return offset // _MICROSECOND


def _worked(calendar: WorkCalendar, number: int, at: Instant) -> int:
    """Open time from the start of a local year to a moment within it."""
    year = _year(calendar, number)
    index = bisect_right(year.starts, at) - 1
    if index < 0:
        return 0
    return year.before[index] + min(at, year.ends[index]) - year.starts[index]


def _spans_from(calendar: WorkCalendar, start: Instant) -> Iterator[tuple[int, int]]:
    """All spans that end after `start`, for ever."""
    number = local_time(calendar, start).year
    year = _year(calendar, number)
    index = bisect_right(year.ends, start)
    while True:
        yield from zip(year.starts[index:], year.ends[index:], strict=True)
        number += 1
        year, index = _year(calendar, number), 0


def _close(calendar: WorkCalendar, day: date) -> Instant:
    """When the last span of a business day ends, also past midnight."""
    end = calendar.hours[-1][1]
    last = day + timedelta(days=1) if end > _DAY_MINUTES else day
    minute = end - _DAY_MINUTES if end > _DAY_MINUTES else end
    stretches = _stretches(calendar.zone, last)
    begin, stop, midnight = stretches[-1]
    if midnight + minute * MINUTE < begin:
        begin, stop, midnight = stretches[0]
    return Instant(min(stop, midnight + minute * MINUTE))
