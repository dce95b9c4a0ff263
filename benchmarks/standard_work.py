"""The standard work of the engine benchmarks: five completions an order.

One decision, one split and its join; an order is opened apart from its completions.
"""

from collections.abc import Iterator

from flowengine.kernel.case import CaseId, UserId
from flowengine.kernel.commands import CompleteTask, OpenCase
from flowengine.language.process import StepId
from flowengine.quantities import SECOND, Instant

#: Monday 1 June 2026, 09:00 UTC.
START = Instant(1_780_304_400_000_000)
CLERK = UserId("clerk-1")
ROLE = "clerk"

PROCESS = """\
process: standard-work
version: 1
title: {en: Standard work, lv: Standarta darbs}
for: order
number: order.number
currency: EUR
data:
  order:
    number: text
    total: money
    service: one of [standard, express]
calendars:
  office: {days: mon-sun, hours: "00:00-24:00", zone: Europe/Riga}
departments:
  warehouse: {title: {en: Warehouse, lv: Noliktava}}
roles:
  clerk: {department: warehouse, people: 5, calendar: office, cost: 12 EUR/h}
steps:
  enter:
    role: clerk
    sla: 1h
    choose:
      - when: order.total > 5000 EUR and order.service == express
        next: checked
      - else: released
  checked: {next: [pick, papers]}
  released: {next: [pick, papers]}
  pick: {role: clerk, sla: 2h, outcomes: {ok: pack, short: pack}}
  papers: {role: clerk, next: pack}
  pack: {role: clerk, join: all, next: ship}
  ship: {role: clerk, next: done}
  done: {end: success}
"""

#: The completions of one order, with the outcome where one is asked.
COMPLETIONS = (
    ("enter", None),
    ("pick", "ok"),
    ("papers", None),
    ("pack", None),
    ("ship", None),
)
STEPS = len(COMPLETIONS)


def opening(number: int, digest: str) -> OpenCase:
    """The command that opens order `number`."""
    return OpenCase(
        case_id=CaseId(f"{number:032x}"),
        at=START,
        by=CLERK,
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


def completions(number: int) -> Iterator[CompleteTask]:
    """The five completions of order `number`, each with its idempotency key."""
    for position, (step, outcome) in enumerate(COMPLETIONS, 1):
        yield CompleteTask(
            case_id=CaseId(f"{number:032x}"),
            at=Instant(START + position * 60 * SECOND),
            by=CLERK,
            key=f"{step}",
            step=StepId(step),
            outcome=outcome,
        )
