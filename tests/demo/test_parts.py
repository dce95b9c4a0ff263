"""The parts of the demo that need no database."""

import csv
import random
from datetime import UTC, datetime
from importlib.resources import files
from io import StringIO

import pytest

from flowengine.calendars import WorkCalendar, is_open
from flowengine.demo import REFERENCE_PROCESSES, demo_orders, reference_text
from flowengine.demo.agenda import Agenda
from flowengine.demo.make_orders import orders_csv
from flowengine.demo.people import Person, staff_of
from flowengine.errors import NotFound
from flowengine.kernel.case import UserId
from flowengine.language import read_process
from flowengine.language.process import Process, RoleId, people_in
from flowengine.quantities import DAY, HOUR, Instant


def order_process() -> Process:
    reading = read_process(reference_text("order-to-delivery"), "order-to-delivery")
    assert reading.process is not None
    return reading.process


def test_the_sheet_of_orders_is_what_its_script_writes() -> None:
    packed = (files("flowengine.demo") / "orders.csv").read_text(encoding="utf-8")

    assert packed == orders_csv()


def test_there_are_400_orders_in_three_weeks_and_the_middle_one_is_busy() -> None:
    orders = demo_orders(order_process())
    weeks = [(at - orders[0][0]) // (7 * DAY) for at, _ in orders]

    assert len(orders) == 400
    assert sorted(set(weeks)) == [0, 1, 2]
    assert weeks.count(1) > weeks.count(0) + weeks.count(2)


def test_orders_differ_in_size_and_priority() -> None:
    rows = list(csv.DictReader(StringIO(orders_csv())))
    lines: dict[str, int] = {}
    for row in rows:
        lines[row["number"]] = lines.get(row["number"], 0) + bool(row["lines.sku"])

    assert {row["priority"] for row in rows if row["priority"]} == {"50", "90"}
    assert {1, 2, 5}.issubset(lines.values())
    assert max(lines.values()) > 10


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_a_reference_process_is_found_by_its_name(name: str) -> None:
    assert f"process: {name}\n" in reference_text(name)


def test_an_unknown_reference_process_is_not_found() -> None:
    with pytest.raises(NotFound, match="order-to-delivery"):
        reference_text("../secrets")


def test_an_agenda_goes_from_moment_to_moment_and_stops_at_the_end() -> None:
    agenda = Agenda(Instant(0))
    seen: list[tuple[int, str]] = []
    agenda.add(Instant(5), lambda: seen.append((agenda.now, "second")))
    agenda.add(Instant(3), lambda: agenda.add(Instant(1), lambda: seen.append((0, ""))))
    agenda.add(Instant(5), lambda: seen.append((agenda.now, "third")))
    agenda.add(Instant(9), lambda: seen.append((agenda.now, "too late")))

    for acts in agenda.moments(Instant(8)):
        for act in acts:
            act()

    assert seen == [(0, ""), (5, "second"), (5, "third")]
    assert agenda.now == 8
    assert agenda.clock() == datetime(1970, 1, 1, 0, 0, 0, 8, tzinfo=UTC)


def test_there_are_as_many_people_as_the_roles_have() -> None:
    process = order_process()

    staff = staff_of([process, process], seed=1, month=11)

    assert len(staff) == sum(people_in(role, 11) for role in process.roles.values())
    assert len(staff) > sum(role.people for role in process.roles.values())
    assert len({person.name for person in staff}) == len(staff)


def test_nobody_looks_at_the_worklist_outside_their_shift() -> None:
    office = WorkCalendar(frozenset(range(5)), ((540, 1080),), "LV", "Europe/Riga")
    person = Person(UserId("aija"), RoleId("clerk"), office, random.Random(7))  # noqa: S311 (play, no secret)
    start = Instant(1_793_570_400_000_000)

    looks = [person.moment_to_look(Instant(start + n * HOUR)) for n in range(500)]
    looks += [person.moment_of_next(Instant(start + n * HOUR)) for n in range(500)]

    assert all(is_open(office, look) for look in looks)
