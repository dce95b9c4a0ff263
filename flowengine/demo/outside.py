"""The world outside in the demo: customers who pay, goods that come, carriers."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from flowengine.calendars import WorkCalendar, is_business_day, local_time
from flowengine.demo.floor import OpenStep
from flowengine.demo.habits import chance_at, drawn
from flowengine.language.process import CalendarId
from flowengine.quantities import HOUR, MINUTE, SECOND, Instant, instant_of

#: Carriers drive on the days on which the warehouse works.
_CARRIER_DAYS = CalendarId("two-shift")


@dataclass(frozen=True, slots=True)
class Message:
    """A message that will come from outside."""

    at: Instant
    name: str
    body: Mapping[str, object] = field(default_factory=dict)


def messages_for(wait: OpenStep, seed: int) -> Iterator[Message]:
    """What the world sends to an order that has begun to wait."""
    answer = _ANSWERS.get(wait.step.id)
    if answer is not None:
        coming = answer(wait, chance_at(wait, seed, "outside"))
        yield from (each for each in coming if each.name in wait.step.messages)


def _later(at: int, chance: random.Random, low: float, high: float) -> Instant:
    """Between so many hours later, to the second."""
    return Instant(at + round(chance.uniform(low, high) * HOUR / SECOND) * SECOND)


def _payment(wait: OpenStep, chance: random.Random) -> Iterator[Message]:
    """Most pay in time, some after the order has been given up, some never."""
    low, high = drawn(chance, ((75, (1.0, 40.0)), (15, (72.5, 96.0)), (10, (0.0, 0.0))))
    if high:
        at = _later(wait.enabled, chance, low, high)
        yield Message(at, "payment-received", {"order.credit": "ok"})


def _stock(wait: OpenStep, chance: random.Random) -> Iterator[Message]:
    """Mostly within three days; some goods do not come at all."""
    if chance.random() < 0.8:
        yield Message(_later(wait.enabled, chance, 6, 72), "stock-arrived")


def _carrier(wait: OpenStep, chance: random.Random) -> Iterator[Message]:
    """One event in nearly all cases; a silent carrier is found by the timeout."""
    arrives = _delivery(wait, chance)
    shares = ((920, "delivered"), (50, "attempt-failed"), (10, "returned"), (20, ""))
    name = drawn(chance, shares)
    if name:
        yield Message(arrives, name)


def _delivery(wait: OpenStep, chance: random.Random) -> Instant:
    """Express within the day, else in the morning of a later day by the country."""
    order = wait.order
    calendar = order.net.process.calendars[_CARRIER_DAYS]
    sent = local_time(calendar, wait.enabled)
    is_express = order.fields.get("service") == "express"
    if is_express and sent.hour < 14:
        return _later(wait.enabled, chance, 2, 5)
    country = order.fields.get("country", "LV")
    if country == "LV" and sent.hour < 16 and chance.random() < 0.8:
        return _later(wait.enabled, chance, 2, 5)
    days = 1 if country == "LV" else chance.choice((1, 2))
    return _morning(calendar, wait.enabled, days, chance)


def _parcel(wait: OpenStep, chance: random.Random) -> Iterator[Message]:
    """A parcel sent back; one in twelve needs to be reminded of."""
    if wait.visit == 1 and chance.random() < 0.08:
        return
    calendar = wait.order.net.process.calendars[_CARRIER_DAYS]
    at = _morning(calendar, wait.enabled, chance.randint(1, 4), chance)
    yield Message(at, "parcel-arrived")


def _morning(
    calendar: WorkCalendar, start: Instant, days: int, chance: random.Random
) -> Instant:
    """Between 8 and 13 o'clock so many business days after a moment."""
    day = local_time(calendar, start)
    while days:
        day += timedelta(days=1)
        days -= is_business_day(calendar, day.date())
    eight = instant_of(day.replace(hour=8, minute=0, second=0, microsecond=0))
    return Instant(eight + chance.randint(0, 5 * 60) * MINUTE)


_ANSWERS: Mapping[str, Callable[[OpenStep, random.Random], Iterator[Message]]] = {
    "await-payment": _payment,
    "backorder": _stock,
    "await-stock": _stock,
    "transit": _carrier,
    "await-parcel": _parcel,
}
