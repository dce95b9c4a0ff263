"""The work of `benchmarks.growth`: orders that go through a chain of equal steps."""

from flowengine.kernel.case import CaseId, UserId
from flowengine.kernel.commands import CompleteTask, OpenCase
from flowengine.language.process import StepId
from flowengine.quantities import SECOND, Instant

#: Monday 1 June 2026, 09:00 UTC.
START = 1_780_304_400_000_000
CLERK = UserId("clerk-1")
ROLE = "clerk"

HEAD = """\
process: growing-work
version: 1
title: {en: Growing work, lv: Augošs darbs}
for: order
number: order.number
currency: EUR
data:
  order:
    number: text
    total: money
    service: one of [standard, express]
    checked: optional yes/no
calendars:
  office: {days: mon-sun, hours: "00:00-24:00", zone: Europe/Riga}
departments:
  warehouse: {title: {en: Warehouse, lv: Noliktava}}
roles:
  clerk: {department: warehouse, people: 5, calendar: office, cost: 12 EUR/h}
steps:
"""


def process_text(steps: int) -> str:
    """A process of so many tasks, one after the other."""
    lines = [
        f"  step-{position}: {{role: clerk, sla: 1h, next: {after}}}\n"
        for position, after in enumerate(
            [*(f"step-{position}" for position in range(2, steps + 1)), "done"], 1
        )
    ]
    return HEAD + "".join(lines) + "  done: {end: success}\n"


def case_id(number: int) -> CaseId:
    """An id as the engine gives them: its time first, then what looks like chance."""
    moment = START // 1000 + number * 10
    chance = (number * 0x9E3779B97F4A7C15) & 0x3FFFFFFFFFFFFFFF
    return CaseId(f"{moment:012x}7abc{0x8000000000000000 | chance:016x}")


def opening(number: int, digest: str) -> OpenCase:
    """The command that opens order `number`, ten milliseconds after the one before."""
    return OpenCase(
        case_id=case_id(number),
        at=_moment(number, 0),
        by=CLERK,
        key=f"open-{number}",
        number=str(number),
        process=digest,
        data={
            "order": {
                "number": str(number),
                "total": (number % 97) * 100_0000,
                "service": "express" if number % 3 else "standard",
            }
        },
    )


def completion(number: int, position: int) -> CompleteTask:
    """The command that completes step `position` of order `number`."""
    return CompleteTask(
        case_id=case_id(number),
        at=_moment(number, position),
        by=CLERK,
        key=f"step-{position}",
        step=StepId(f"step-{position}"),
        outcome=None,
    )


def _moment(number: int, position: int) -> Instant:
    return Instant(START + number * 10_000 + position * 60 * SECOND)
