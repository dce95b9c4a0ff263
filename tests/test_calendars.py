"""Working time: holidays, moved working days, clock changes, and laws of arithmetic."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.calendars import (
    ALWAYS,
    WorkCalendar,
    add_business_days,
    add_working_time,
    business_days_between,
    has_holidays,
    is_business_day,
    is_open,
    local_time,
    moment_of_day,
    next_opening,
    open_spans,
    working_time,
)
from flowengine.quantities import DAY, HOUR, MINUTE, Duration, Instant

WEEKDAYS = frozenset(range(5))
OFFICE = WorkCalendar(WEEKDAYS, ((540, 1080),), "LV", "Europe/Riga")
UNMOVED = WorkCalendar(WEEKDAYS, ((540, 1080),), "LV", "Europe/Riga", False)
LUNCH = WorkCalendar(
    frozenset(range(6)), ((480, 720), (780, 1020)), "LV", "Europe/Riga"
)
NIGHT = WorkCalendar(frozenset(range(7)), ((1320, 1800),), None, "Europe/Riga")
ODD = WorkCalendar(frozenset(range(7)), ((150, 225), (1200, 1500)), "LV", "Europe/Riga")
CALENDARS = [OFFICE, UNMOVED, LUNCH, NIGHT, ODD, ALWAYS]


def riga(text: str, *, fold: int = 0) -> Instant:
    """The moment at which a clock in Riga shows `text`."""
    wall = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Riga"))
    return Instant(int(wall.replace(fold=fold).timestamp()) * 1_000_000)


def shown(at: Instant) -> str:
    """What a clock in Riga shows."""
    return local_time(OFFICE, at).strftime("%Y-%m-%d %H:%M")


def worked_minute(calendar: WorkCalendar, at: int) -> bool:
    """Whether the minute that begins at `at` is worked, by the wall clock."""
    wall = datetime.fromtimestamp(at // 1_000_000, UTC).astimezone(
        ZoneInfo(calendar.zone)
    )
    minute = wall.hour * 60 + wall.minute
    today, yesterday = wall.date(), wall.date() - timedelta(days=1)
    return any(
        (start <= minute < end and is_business_day(calendar, today))
        or (start <= minute + 1440 < end and is_business_day(calendar, yesterday))
        for start, end in calendar.hours
    )


def minute_by_minute(calendar: WorkCalendar, start: int, end: int) -> int:
    """Working time as a slow count of worked minutes: the oracle."""
    return sum(
        MINUTE for at in range(start, end, MINUTE) if worked_minute(calendar, at)
    )


#: Minutes around both clock changes of 2026, Midsummer, and the turn of the year.
_CORNERS = ["2026-03-28", "2026-10-24", "2026-06-18", "2026-05-01", "2026-12-30"]
moments = st.builds(
    lambda corner, minutes: Instant(riga(f"{corner}T12:00") + minutes * MINUTE),
    st.sampled_from(_CORNERS),
    st.integers(0, 6 * 1440),
)
spans = st.integers(0, 3 * 1440).map(lambda minutes: Duration(minutes * MINUTE))


@pytest.mark.parametrize(
    "day",
    ["2026-05-04", "2026-06-23", "2026-06-24", "2026-11-18", "2027-05-04"],
)
def test_a_latvian_public_holiday_is_not_worked(day: str) -> None:
    noon = riga(f"{day}T12:00")

    assert not is_open(OFFICE, noon)
    assert not is_open(UNMOVED, noon)


def test_a_holiday_on_sunday_gives_the_monday_off() -> None:
    assert not is_business_day(OFFICE, date(2025, 5, 5))
    assert not is_business_day(UNMOVED, date(2025, 5, 5))


def test_a_moved_working_day_is_off_and_its_saturday_is_worked() -> None:
    assert not is_business_day(OFFICE, date(2026, 6, 22))
    assert is_business_day(OFFICE, date(2026, 6, 27))


def test_without_transferred_days_the_move_is_ignored() -> None:
    assert is_business_day(UNMOVED, date(2026, 6, 22))
    assert not is_business_day(UNMOVED, date(2026, 6, 27))


@pytest.mark.parametrize(
    ("calendar", "arrives"),
    [(OFFICE, "2026-06-25 18:00"), (UNMOVED, "2026-06-22 18:00")],
)
def test_the_next_business_day_after_19_june_2026_depends_on_moved_days(
    calendar: WorkCalendar, arrives: str
) -> None:
    ordered = riga("2026-06-19T13:30")

    assert shown(add_business_days(calendar, ordered, 1)) == arrives


def test_the_day_of_the_start_is_no_business_day_after_it() -> None:
    early, late = riga("2026-02-06T08:00"), riga("2026-02-06T23:00")

    assert shown(add_business_days(OFFICE, early, 1)) == "2026-02-09 18:00"
    assert shown(add_business_days(OFFICE, late, 1)) == "2026-02-09 18:00"


def test_no_business_days_from_now_is_the_first_close_still_to_come() -> None:
    assert shown(add_business_days(OFFICE, riga("2026-02-06T17:00"), 0)) == (
        "2026-02-06 18:00"
    )
    assert shown(add_business_days(OFFICE, riga("2026-02-06T18:01"), 0)) == (
        "2026-02-09 18:00"
    )


def test_a_business_day_of_a_night_shift_closes_in_the_morning() -> None:
    assert shown(add_business_days(NIGHT, riga("2026-02-06T12:00"), 1)) == (
        "2026-02-08 06:00"
    )


def test_business_days_between_counts_what_add_business_days_added() -> None:
    start = riga("2026-06-19T13:30")

    for days in range(1, 30):
        end = add_business_days(OFFICE, start, days)
        assert business_days_between(OFFICE, start, end) == days
        assert business_days_between(OFFICE, end, start) == -days


def test_four_working_hours_after_friday_afternoon_end_on_monday() -> None:
    friday = riga("2026-02-06T16:00")

    assert shown(add_working_time(OFFICE, friday, Duration(4 * HOUR))) == (
        "2026-02-09 11:00"
    )


def test_work_that_ends_at_closing_time_ends_there() -> None:
    friday = riga("2026-02-06T16:00")

    assert shown(add_working_time(OFFICE, friday, Duration(2 * HOUR))) == (
        "2026-02-06 18:00"
    )


def test_the_night_that_skips_an_hour_has_a_shift_of_seven_hours() -> None:
    start, end = riga("2026-03-28T22:00"), riga("2026-03-29T06:00")

    assert working_time(NIGHT, start, end) == 7 * HOUR
    assert shown(add_working_time(NIGHT, start, Duration(7 * HOUR))) == (
        "2026-03-29 06:00"
    )


def test_the_night_that_repeats_an_hour_has_a_shift_of_nine_hours() -> None:
    start, end = riga("2026-10-24T22:00"), riga("2026-10-25T06:00")

    assert working_time(NIGHT, start, end) == 9 * HOUR
    assert list(open_spans(NIGHT, start, end)) == [(start, end)]


def test_a_shift_that_opens_in_the_skipped_hour_opens_when_the_clock_has_jumped() -> (
    None
):
    early = WorkCalendar(frozenset({6}), ((210, 300),), None, "Europe/Riga")
    midnight = riga("2026-03-29T00:00")

    assert shown(next_opening(early, midnight)) == "2026-03-29 04:00"
    assert working_time(early, midnight, Instant(midnight + DAY)) == HOUR


def test_a_minute_that_the_clock_shows_twice_is_worked_twice() -> None:
    early = WorkCalendar(frozenset({6}), ((180, 210),), None, "Europe/Riga")
    first = riga("2026-10-25T03:00")
    second = riga("2026-10-25T03:00", fold=1)

    spans_open = list(open_spans(early, Instant(first - HOUR), Instant(first + DAY)))

    assert spans_open == [(first, first + 30 * MINUTE), (second, second + 30 * MINUTE)]


@pytest.mark.parametrize(
    ("day", "minute", "moment"),
    [
        ("2026-03-29", 90, "2026-03-29T01:30"),
        ("2026-03-29", 210, "2026-03-29T04:00"),
        ("2026-03-29", 240, "2026-03-29T04:00"),
        ("2026-10-25", 210, "2026-10-25T03:30"),
        ("2026-10-25", 300, "2026-10-25T05:00"),
        ("2026-10-25", 1440, "2026-10-26T00:00"),
        ("2026-07-01", 840, "2026-07-01T14:00"),
    ],
)
def test_a_time_of_day_is_met_once_also_in_the_nights_when_clocks_change(
    day: str, minute: int, moment: str
) -> None:
    at = moment_of_day("Europe/Riga", date.fromisoformat(day), minute)

    assert at == riga(moment)


def test_open_spans_are_cut_at_both_moments_and_leave_out_lunch() -> None:
    start, end = riga("2026-02-06T10:00"), riga("2026-02-06T14:00")

    found = [(shown(a)[-5:], shown(b)[-5:]) for a, b in open_spans(LUNCH, start, end)]

    assert found == [("10:00", "12:00"), ("13:00", "14:00")]


def test_time_turned_round_is_no_working_time() -> None:
    later = riga("2026-02-06T10:00")

    assert working_time(OFFICE, later, Instant(later - DAY)) == 0
    assert list(open_spans(OFFICE, later, later)) == []


def test_always_open_time_is_elapsed_time() -> None:
    start = riga("2026-03-28T22:00")

    assert is_open(ALWAYS, start)
    assert next_opening(ALWAYS, start) == start
    assert working_time(ALWAYS, start, Instant(start + DAY)) == DAY
    assert add_working_time(ALWAYS, start, DAY) == start + DAY


@pytest.mark.parametrize(
    ("days", "hours"),
    [
        (frozenset(), ((540, 1080),)),
        (frozenset({7}), ((540, 1080),)),
        (WEEKDAYS, ()),
        (WEEKDAYS, ((1080, 540),)),
        (WEEKDAYS, ((540, 700), (600, 800))),
        (WEEKDAYS, ((300, 400), (1320, 1800))),
    ],
)
def test_a_calendar_in_which_no_time_can_be_counted_is_refused(
    days: frozenset[int], hours: tuple[tuple[int, int], ...]
) -> None:
    with pytest.raises(ValueError, match="Expected"):
        WorkCalendar(days, hours)


def test_only_countries_with_known_holidays_are_accepted() -> None:
    assert has_holidays("LV")
    assert not has_holidays("XX")


@settings(max_examples=60)
@given(st.sampled_from(CALENDARS), moments, spans)
def test_working_time_agrees_with_a_count_of_minutes(
    calendar: WorkCalendar, start: Instant, length: Duration
) -> None:
    end = Instant(start + length)

    assert working_time(calendar, start, end) == minute_by_minute(calendar, start, end)


@settings(max_examples=300)
@given(st.sampled_from(CALENDARS), moments, st.integers(0, DAY * 20), spans)
def test_working_time_is_additive(
    calendar: WorkCalendar, start: Instant, first: int, second: Duration
) -> None:
    middle = Instant(start + first)
    end = Instant(middle + second)

    assert working_time(calendar, start, end) == working_time(
        calendar, start, middle
    ) + working_time(calendar, middle, end)


@settings(max_examples=300)
@given(st.sampled_from(CALENDARS), moments, st.integers(1, 400 * HOUR))
def test_adding_working_time_inverts_working_time(
    calendar: WorkCalendar, start: Instant, amount: int
) -> None:
    end = add_working_time(calendar, start, Duration(amount))

    assert working_time(calendar, start, end) == amount
    assert working_time(calendar, start, Instant(end - 1)) == amount - 1


@settings(max_examples=300)
@given(st.sampled_from(CALENDARS), moments, spans)
def test_open_spans_sum_to_working_time_and_are_open(
    calendar: WorkCalendar, start: Instant, length: Duration
) -> None:
    end = Instant(start + length)

    found = list(open_spans(calendar, start, end))

    assert sum(b - a for a, b in found) == working_time(calendar, start, end)
    assert all(
        is_open(calendar, a) and is_open(calendar, Instant(b - 1)) for a, b in found
    )
    assert all(a[1] < b[0] for a, b in pairwise(found))


@settings(max_examples=200)
@given(st.sampled_from(CALENDARS), moments)
def test_nothing_is_worked_before_the_next_opening(
    calendar: WorkCalendar, start: Instant
) -> None:
    opening = next_opening(calendar, start)

    assert is_open(calendar, opening)
    assert working_time(calendar, start, opening) == 0
    assert is_open(calendar, start) == (opening == start)
