"""F601 and F602: whether the promise of the head can be kept at all, and always.

Arrivals are looked at minute by minute over the reference week, but only where the
answer can differ: what arrives later is never done earlier and never due earlier, so
between two minutes that are clear enough nothing needs to be asked.
"""

from calendar import day_name, month_name
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flowengine.language.problems import Problem, Severity, problem_at
from flowengine.language.process import Process, StepId, StepKind, TimeSpan, zone_of
from flowengine.net.feasibility.lapses import Lapse, head_hours, span_lapse
from flowengine.net.feasibility.reach import Ways, earliest_end
from flowengine.net.feasibility.weeks import Week
from flowengine.net.net import Net
from flowengine.quantities import HOUR, MINUTE, duration_text

#: Arrivals looked at before giving up; nothing is said then.
ARRIVALS_LIMIT = 200

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise that is a length of time from arrival."""

    span: TimeSpan
    lapse: Lapse
    #: The calendar whose days the arrivals are told in.
    week: Week

    def due(self, arrival: int) -> int:
        """By when an order that arrives then is promised."""
        return self.lapse.after(arrival)


def promise_of(net: Net) -> Promise | None:
    """The promise of the head; None where there is none, or a rule gives it."""
    span = net.process.promise
    if not isinstance(span, TimeSpan):
        return None
    lapse = span_lapse(net, None, span)
    week = lapse.week if span.business_days else head_hours(net.process)
    return Promise(span, lapse, week)


def goals_of(process: Process) -> tuple[StepId, ...]:
    """The ends a promise speaks of: success, else all but failure."""
    ends = [step for step in process.steps.values() if step.kind is StepKind.END]
    best = [step.id for step in ends if step.end == "success"]
    return tuple(best or (step.id for step in ends if step.end != "failure"))


def promise_problems(ways: Ways, promise: Promise, path: str) -> Iterator[Problem]:
    """F601 where no order can be in time, else F602 with the first that cannot."""
    process = ways.net.process
    search = _Arrivals(ways, promise)
    late = search.first_late()
    if late is None:
        return
    told = _told(process, promise, late, search.done(late))
    name = span_text(promise.span)
    if search.some_kept() is None and not search.is_over:
        message = f"Expected orders within {name}, but no order can be in time: {told}."
        advice = "Promise more, or make the shortest way to the end shorter."
        yield problem_at(path, promise.span.at, "F601", message, advice)
        return
    message = f"Expected every order within {name}, but not all can be in time: {told}."
    advice = (
        "Promise a day more, lengthen the hours, or let a rule give the promise "
        f"(`promise: {process.subject}.FIELD`)."
    )
    yield problem_at(path, promise.span.at, "F602", message, advice, Severity.WARNING)


def moment_text(process: Process, at: int) -> str:
    """A moment of the reference week: `Friday 6 February 16:00`."""
    zone = ZoneInfo(zone_of(process))
    local = (_EPOCH + timedelta(microseconds=at)).astimezone(zone)
    day = f"{day_name[local.weekday()]} {local.day} {month_name[local.month]}"
    return f"{day} {local:%H:%M}"


@dataclass(slots=True)
class _Arrivals:
    """Searches the minutes of the reference week."""

    ways: Ways
    promise: Promise
    #: When an order is done at best, by its arrival.
    finished: dict[int, int] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether the limit is met: what was not found is not decided."""
        return len(self.finished) >= ARRIVALS_LIMIT

    def done(self, arrival: int) -> int:
        """When an order is done at best."""
        if arrival not in self.finished:
            ended = earliest_end(self.ways, arrival)
            if ended is None:
                raise ValueError("Expected an end that counts, but none is reached.")
            self.finished[arrival] = ended
        return self.finished[arrival]

    def first_late(self) -> int | None:
        """The first minute of the week at which an order arrives that cannot be kept.

        None also where the limit is met first.
        """
        for arrival in self._doubtful():
            if self.done(arrival) > self.promise.due(arrival):
                return arrival
        return None

    def some_kept(self) -> int | None:
        """A moment of the week at which an order arrives that can be kept.

        Whoever arrives later than a late order is done no earlier, so the next one to
        look at is the first that is due when the late one is done.
        """
        midnight = self.promise.week.midnight
        arrival, end = midnight(0), midnight(7)
        while arrival < end and not self.is_over:
            done = self.done(arrival)
            if done <= self.promise.due(arrival):
                return arrival
            arrival = self.promise.lapse.latest(done - 1) + 1
        return None

    def _doubtful(self) -> Iterator[int]:
        """Where to look for late orders: the first minutes of ever smaller stretches.

        A stretch whose last order is done before its first one is due has none.
        """
        midnight = self.promise.week.midnight
        left = [(midnight(day), midnight(day + 1) - MINUTE) for day in range(6, -1, -1)]
        while left and not self.is_over:
            first, last = left.pop()
            if self.done(last) > self.promise.due(first):
                yield first
                if first < last:
                    middle = first + (last - first) // MINUTE // 2 * MINUTE
                    left += [(middle + MINUTE, last), (first, middle)]


def _told(process: Process, promise: Promise, late: int, ended: int) -> str:
    due = promise.due(late)
    return (
        f"one that arrives {moment_text(process, late)} is done "
        f"{moment_text(process, ended)} at best, and due {moment_text(process, due)}"
    )


def span_text(span: TimeSpan) -> str:
    """A length of time as it is written: `2 business days of office`, `4h`."""
    if not span.business_days:
        return duration_text(span.amount)
    days = "business day" if span.amount == 1 else "business days"
    return f"{span.amount} {days}" + (f" of {span.calendar}" if span.calendar else "")


def work_text(amount: int) -> str:
    """Working time, of which a day is no unit: `27h 30m`."""
    hours, rest = divmod(amount, HOUR)
    if not hours:
        return duration_text(rest)
    return f"{hours}h {duration_text(rest)}" if rest else f"{hours}h"


def sla_text(sla: TimeSpan) -> str:
    """A service level as it is written."""
    return span_text(sla) if sla.business_days else work_text(sla.amount)
