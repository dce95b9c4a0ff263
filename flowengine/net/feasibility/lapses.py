"""How long an order stays at a step before it leaves by each way."""

from dataclasses import dataclass
from enum import StrEnum

from flowengine.language.process import Process, Step, StepId, TimeSpan
from flowengine.net.feasibility.weeks import ELAPSED, Week, week_of
from flowengine.net.net import Net, Transition, WayKind
from flowengine.net.plain import bits


class Pace(StrEnum):
    """How fast hands are taken to be; nobody waits for them, and skipping is free."""

    BEST = "best"  #: the least work of each step
    SLA = "service level"  #: all that the service level allows, else the least work


@dataclass(frozen=True, slots=True)
class Lapse:
    """A length of time in the hours of a calendar, or a count of its business days."""

    week: Week = ELAPSED
    amount: int = 0
    days: int = 0

    def after(self, start: int) -> int:
        """When it is over."""
        if self.days:
            return self.week.close_after(start, self.days)
        return self.week.after(start, self.amount)

    def latest(self, end: int) -> int:
        """The last moment to begin it so that it is over by `end`."""
        if self.days:
            return self.week.latest_before_close(end, self.days)
        return self.week.latest(end, self.amount)


#: No time at all: decisions, machines, messages, gates and calls at their best.
AT_ONCE = Lapse()


@dataclass(frozen=True, slots=True)
class Passage:
    """Leaving a step by one way: how long it takes, and the places it leads to."""

    step: StepId
    lapse: Lapse
    #: Bits of places by number.
    places: tuple[int, ...]


def passages(net: Net, pace: Pace) -> dict[StepId, tuple[Passage, ...]]:
    """The passages of every step, those alike only once."""
    found: dict[StepId, dict[Passage, None]] = {step: {} for step in net.steps}
    for way in net.transitions:
        lapse = lapse_of(net, way, pace)
        for produced in filter(None, (way.produces, way.skips)):
            numbers = tuple(place.bit_length() - 1 for place in bits(produced))
            found[way.step][Passage(way.step, lapse, numbers)] = None
    return {step: tuple(ways) for step, ways in found.items()}


def lapse_of(net: Net, way: Transition, pace: Pace) -> Lapse:
    """How long an order stays at a step before it leaves by a way."""
    step = net.steps[way.step].step
    if way.kind is WayKind.TIMEOUT and step.timeout is not None:
        return span_lapse(net, step, step.timeout.after)
    if can_be_skipped(step, way):
        return AT_ONCE
    if step.wait_for is not None:
        return span_lapse(net, step, step.wait_for)
    if pace is Pace.SLA and step.sla is not None:
        return sla_lapse(net, step, step.sla)
    return work_lapse(net, step)


def can_be_skipped(step: Step, way: Transition) -> bool:
    """Whether a rule may lead by this way with nobody working."""
    if step.skip_when is None or way.kind is WayKind.TIMEOUT:
        return False
    return way.kind is not WayKind.OUTCOME or way.label == step.skip_as


def work_lapse(net: Net, step: Step) -> Lapse:
    """The least work of a step in its hours; lists count as one element."""
    if step.work is None:
        return AT_ONCE
    return Lapse(hours_of(net, step), step.work.least)


def sla_lapse(net: Net, step: Step, sla: TimeSpan) -> Lapse:
    """A service level: working time of the step's role, or business days."""
    if sla.business_days:
        return span_lapse(net, step, sla)
    return Lapse(hours_of(net, step), sla.amount)


def span_lapse(net: Net, step: Step | None, span: TimeSpan) -> Lapse:
    """Time that elapses, or business days of the calendar that it or its step names."""
    if not span.business_days:
        return Lapse(ELAPSED, span.amount)
    if span.calendar is not None:
        week = week_of(net.process.calendars[span.calendar])
    elif step is not None:
        week = hours_of(net, step)
    else:
        week = head_hours(net.process)
    return Lapse(week, days=span.amount)


def hours_of(net: Net, step: Step) -> Week:
    """The hours of a step's role, else of the head, else every hour."""
    return week_of(net.steps[step.id].calendar)


def head_hours(process: Process) -> Week:
    """The hours of the head's calendar, else every hour."""
    name = process.calendar
    return ELAPSED if name is None else week_of(process.calendars[name])
