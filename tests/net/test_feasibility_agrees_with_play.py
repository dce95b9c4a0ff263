"""What time is said to be needed is never more than an order can really take."""

from dataclasses import replace
from heapq import heappop, heappush
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from flowengine.calendars import (
    WorkCalendar,
    add_business_days,
    add_working_time,
    working_time,
)
from flowengine.language.process import (
    CalendarId,
    Process,
    Step,
    StepId,
    TimeSpan,
    WorkTime,
)
from flowengine.net import Net, WayKind, compile_net
from flowengine.net.feasibility.lapses import Pace
from flowengine.net.feasibility.promise import goals_of
from flowengine.net.feasibility.reach import earliest, latest, ways_of
from flowengine.net.feasibility.weeks import REFERENCE, Week, week_of
from flowengine.net.net import Transition
from flowengine.net.plain import bits
from flowengine.quantities import HOUR, MINUTE, WEEK, Duration, Instant
from tests.builders import process_of
from tests.laws.random_processes import random_steps

CALENDARS = {
    "office": WorkCalendar(frozenset(range(5)), ((540, 1080),), zone="Europe/Riga"),
    "shift": WorkCalendar(
        frozenset(range(6)), ((420, 720), (780, 1320)), zone="Europe/Riga"
    ),
    "night": WorkCalendar(frozenset({0, 2, 6}), ((1320, 1800),), zone="Asia/Tokyo"),
    "market": WorkCalendar(frozenset({5}), ((0, 1440),), zone="America/Lima"),
}
#: The reference week and the two after it, before any of these clocks changes.
MOMENTS = st.integers(REFERENCE, REFERENCE + 3 * WEEK)
WEEKS = st.sampled_from([week_of(calendar) for calendar in CALENDARS.values()])


@given(WEEKS, MOMENTS, st.integers(0, 60 * HOUR))
def test_the_reference_week_counts_as_the_calendar_does(
    week: Week, at: int, amount: int
) -> None:
    start = Instant(at)
    end = add_working_time(week.calendar, start, Duration(amount))

    assert week.after(at, amount) == end
    assert week.worked(end) - week.worked(at) == working_time(week.calendar, start, end)


@given(WEEKS, MOMENTS, st.integers(1, 9))
def test_business_days_of_the_reference_week_are_those_of_the_calendar(
    week: Week, at: int, days: int
) -> None:
    assert week.close_after(at, days) == add_business_days(
        week.calendar, Instant(at), days
    )


@given(WEEKS, MOMENTS, st.integers(0, 60 * HOUR))
def test_the_latest_start_is_in_time_and_a_moment_later_is_not(
    week: Week, end: int, amount: int
) -> None:
    start = week.latest(end, amount)

    assert week.after(start, amount) <= end
    assert week.after(start + 1, amount) > end


@given(WEEKS, MOMENTS, st.integers(1, 9))
def test_the_latest_start_of_business_days_is_the_latest(
    week: Week, end: int, days: int
) -> None:
    start = week.latest_before_close(end, days)

    assert week.close_after(start, days) <= end
    assert week.close_after(start + 1, days) > end


@given(st.integers(0, 10**9))
def test_no_order_is_faster_than_the_earliest_moment_of_each_step(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - the seed is drawn
    net = compile_net(_with_times(chance))
    ways = ways_of(net, Pace.BEST, goals_of(net.process))
    start = REFERENCE + chance.randrange(WEEK)
    begun = earliest(ways, start)

    for _ in range(5):
        play = _Play(net, chance, start)
        end = play.run()
        assert all(begun[step] <= at for step, at in play.begun)
        if end is not None:
            until = latest(ways, end)
            assert all(at <= until[place] for place, at in play.tokens)


class _Play:
    """One order, as people and machines happen to work on it."""

    def __init__(self, net: Net, chance: Random, start: int) -> None:
        self._net = net
        self._chance = chance
        #: When each place was marked, and when each step began, in order.
        self.tokens: list[tuple[int, int]] = []
        self.begun: list[tuple[StepId, int]] = []
        self._at: dict[int, int] = {}
        self._mark(net.initial, start)

    def run(self) -> int | None:
        """Play to the end; when it ended, or None where not in an end that counts."""
        goals = goals_of(self._net.process)
        open_steps: list[tuple[int, StepId]] = []
        for _ in range(300):
            for step in self._enabled():
                begun = max(self._at[place] for place in bits(self._inputs(step)))
                self.begun.append((step, begun))
                heappush(open_steps, (begun, step))
                for place in bits(self._inputs(step)):
                    self._at[place] = -1
                if step in goals:
                    return begun
            if not open_steps:
                return None
            begun, step = heappop(open_steps)
            if not self._leave(step, begun):
                return None
        return None

    def _leave(self, step: StepId, begun: int) -> bool:
        ways = [
            way
            for way in self._net.transitions
            if way.step == step and not way.skips and not way.is_then
        ]
        if not ways:
            return False
        way = self._chance.choice(ways)
        if way.resets or way.kind is WayKind.END:
            return False
        for place in bits(self._inputs(step)):
            del self._at[place]
        self._mark(way.produces, self._ended(way, begun))
        return True

    def _ended(self, way: Transition, begun: int) -> int:
        """Hands take their time in their hours, and first perhaps somebody waits."""
        net_step = self._net.steps[way.step]
        step, hours = net_step.step, net_step.calendar
        if way.kind is WayKind.TIMEOUT and step.timeout is not None:
            return self._after(step.timeout.after, hours, begun)
        if step.wait_for is not None:
            return self._after(step.wait_for, hours, begun)
        waited = begun + self._chance.choice([0, 0, self._chance.randrange(9 * HOUR)])
        if step.work is None or step.skip_when is not None:
            return waited
        least, most = step.work.least, step.work.most
        work = Duration(self._chance.choice([least, self._chance.randint(least, most)]))
        return add_working_time(hours, Instant(waited), work)

    def _after(self, span: TimeSpan, hours: WorkCalendar, begun: int) -> int:
        if not span.business_days:
            return begun + span.amount
        return add_business_days(hours, Instant(begun), span.amount)

    def _enabled(self) -> list[StepId]:
        return [
            step
            for step, net_step in self._net.steps.items()
            if all(self._at.get(place, -1) >= 0 for place in bits(net_step.inputs))
        ]

    def _mark(self, places: int, at: int) -> None:
        for place in bits(places):
            self._at[place] = at
            self.tokens.append((place.bit_length() - 1, at))

    def _inputs(self, step: StepId) -> int:
        return self._net.steps[step].inputs


def _with_times(chance: Random) -> Process:
    """A random process whose roles have hours, and whose steps take time."""
    process = process_of(random_steps(chance))
    names = [CalendarId(name) for name in CALENDARS]
    return replace(
        process,
        calendar=chance.choice(names),
        calendars={CalendarId(name): hours for name, hours in CALENDARS.items()},
        roles={
            name: replace(role, calendar=chance.choice([None, *names]))
            for name, role in process.roles.items()
        },
        steps={step: _timed(each, chance) for step, each in process.steps.items()},
    )


def _timed(step: Step, chance: Random) -> Step:
    least = Duration(chance.randrange(1, 12 * 60) * MINUTE)
    if step.role is not None:
        most = Duration(least + chance.randrange(1, 6 * 60) * MINUTE)
        return replace(step, work=WorkTime(least, least, most))
    if step.wait_for is not None and chance.random() < 0.5:
        return replace(step, wait_for=TimeSpan(chance.randint(1, 3), True))
    return step
