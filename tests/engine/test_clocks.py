"""Clocks jump, twice a year on the wall too: nothing is early, lost or twice."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flowengine.eventlog import EntryKind
from flowengine.kernel.events import StepEnded
from flowengine.quantities import DAY, HOUR, MINUTE, Instant, instant_of
from tests.engine.world import World

NIGHT_SHOP = """\
process: night-shop
version: 1
title: {en: Night shop, lv: Nakts veikals}
for: order
number: order.number
currency: EUR
calendar: night
data:
  order: {number: text}
calendars:
  night: {days: mon-sun, hours: "22:00-06:00", zone: Europe/Riga}
departments:
  store: {title: {en: Store, lv: Veikals}}
roles:
  guard: {department: store, people: 1, calendar: night}
steps:
  pick:
    role: guard
    sla: 450m
    timeout: {after: 3h, next: rest}
    next: rest
  rest:
    wait: 2h
    next: leave
  leave:
    gate: {limit: 9, in: [load], cutoff: "03:30"}
    next: load
  load: {role: guard, next: done}
  done: {end: success}
"""
RIGA = ZoneInfo("Europe/Riga")
SPRING, AUTUMN = "2027-03-27", "2026-10-24"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path / "night.db", NIGHT_SHOP)
    world.engine.people.add("gustavs", ["guard"])
    yield world
    world.close()


def riga(text: str, fold: int = 0) -> Instant:
    return instant_of(datetime.fromisoformat(text).replace(tzinfo=RIGA, fold=fold))


def open_at(shop: World, number: str, moment: Instant) -> None:
    shop.at = moment
    shop.engine.open_order("night-shop", {"number": number}, by="anna")


@pytest.mark.parametrize("evening", [SPRING, AUTUMN])
def test_elapsed_time_is_elapsed_time_also_in_the_night_when_clocks_change(
    shop: World, evening: str
) -> None:
    start = riga(f"{evening}T23:30")
    open_at(shop, "1", start)

    shop.at = Instant(start + 3 * HOUR - MINUTE)
    assert shop.engine.machines.fire_timers() == 0
    shop.at = Instant(start + 3 * HOUR)
    assert shop.engine.machines.fire_timers() == 1

    assert shop.engine.machines.next_timer() == start + 5 * HOUR


@pytest.mark.parametrize(
    ("evening", "due"),
    [(SPRING, "2027-03-28T22:30"), (AUTUMN, "2026-10-25T04:30")],
)
def test_a_service_level_counts_the_hours_that_the_night_really_had(
    shop: World, evening: str, due: str
) -> None:
    open_at(shop, "1", riga(f"{evening}T22:00"))

    # 7.5 working hours: one shift has seven in spring, and nine in autumn.
    assert shop.engine.tasks(number="1")[0].due == riga(due)


@pytest.mark.parametrize(
    ("evening", "last"),
    [(SPRING, "2027-03-28T04:00"), (AUTUMN, "2026-10-25T03:30")],
)
def test_a_gate_closes_once_in_the_night_when_clocks_change(
    shop: World, evening: str, last: str
) -> None:
    for number in ("early", "late"):
        open_at(shop, number, riga(f"{evening}T22:00"))
        shop.engine.complete(f"{number}/pick", by="gustavs")
    cutoff = riga(last)

    shop.at = Instant(cutoff - MINUTE)
    shop.engine.machines.fire_timers(limit=1)
    shop.engine.machines.work(limit=1)
    shop.at = cutoff
    shop.engine.machines.work()

    standing = {
        number: set(shop.engine.order(number).case.tasks)
        for number in ("early", "late")
    }
    assert sorted(standing.values(), key=sorted) == [{"leave"}, {"load"}]


def test_a_clock_that_jumps_a_year_ahead_fires_each_timer_once_in_due_order(
    world: World,
) -> None:
    start = world.at
    for number, minutes in (("b", 30), ("a", 0), ("c", 60)):
        world.at = Instant(start + minutes * MINUTE)
        world.open(number)
        answers = {"order.total": "9 EUR"}
        world.engine.complete(f"{number}/enter", by="anna", answers=answers)

    world.at = Instant(start + 365 * DAY)
    fired = []
    while world.engine.machines.fire_timers(limit=1):
        fired += [
            number
            for number in "abc"
            if "book" in world.engine.order(number).case.tasks and number not in fired
        ]

    assert fired == ["a", "b", "c"]
    assert world.engine.machines.fire_timers() == 0
    assert world.engine.upkeep.check() == ()


def test_a_worker_whose_clock_is_behind_fires_nothing_early_and_nothing_twice(
    world: World,
) -> None:
    world.open("1")
    world.engine.complete("1/enter", by="anna", answers={"order.total": "9 EUR"})
    behind = world.another()
    world.wait(3 * 24 * 60)
    world.engine.machines.fire_timers()

    world.wait(-24 * 60)
    assert behind.machines.fire_timers() == 0
    world.wait(24 * 60)
    assert behind.machines.fire_timers() == 0

    behind.close()
    ends = [event for event in world.events("1") if isinstance(event, StepEnded)]
    assert sum(event.step == "await-payment" for event in ends) == 1


def test_work_done_on_a_clock_that_is_behind_never_lasts_less_than_nothing(
    world: World,
) -> None:
    world.open("1")
    world.engine.start("1/enter", by="anna")
    world.wait(-90)
    world.engine.complete("1/enter", by="anna", answers={"order.total": "9 EUR"})
    world.wait(60)
    world.engine.complete("1/pick", by="peter", outcome="ok")

    entries = world.engine.event_log("sale").traces[0].entries
    assert {entry.kind for entry in entries} >= {EntryKind.TASK}
    assert all(e.enabled <= e.started <= e.ended for e in entries)
    moments = [event.at for event in world.events("1")]
    assert moments == sorted(moments)
    assert world.engine.upkeep.check() == ()
