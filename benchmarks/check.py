"""How long checking a file takes once flowengine has started.

    python -m benchmarks.check [FILE…] [--steps N] [--json]

The first row, and the object of `--json`, is a generated file of 40 steps: a chain of
decisions, loops, parallel parts and waits. The others are the files that are named,
else the reference processes. `milliseconds` is the median of the rounds over reading,
compiling and checking all that is checked; the bar is 50 ms.
"""

import argparse
import json
import statistics
import time
from pathlib import Path

from flowengine.net.check import check_text

REFERENCE = Path(__file__).parents[1] / "processes"

HEAD = """\
process: generated
version: 1
title: {en: Generated, lv: Izveidots}
for: order
number: order.number
calendar: office
start: enter-0
data:
  order:
    number: text
    total: money
    service: one of [standard, express]
    credit: optional one of [ok, prepay, refused]
    priority: integer
calendars:
  office: {days: mon-fri, hours: "09:00-18:00", holidays: LV, zone: Europe/Riga}
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
  warehouse: {title: {en: Warehouse, lv: Noliktava}}
roles:
  clerk: {department: sales, people: 3, calendar: office, cost: 15.10 EUR/h}
  picker: {department: warehouse, people: 8, calendar: office, cost: 12 EUR/h}
steps:
"""

#: Eight steps that use most of the language; PART and NEXT number the parts.
PART = """\
  enter-PART:
    title: {en: Enter PART, lv: Ievadīt PART}
    role: clerk
    work: 1m to 8m mostly 3m
    sla: 15m
    skip_when: order.total <= 500 EUR
    asks: [order.credit]
    choose:
      - when: order.credit is given and order.credit == prepay
        next: pay-PART
      - when: order.service == express and order.total > 5000 EUR
        next: cancel
      - else: split-PART
  pay-PART:
    wait: {payment-received: split-PART}
    timeout: {after: 3 days, next: cancel}
  split-PART: {next: [pick-PART, papers-PART]}
  pick-PART:
    role: picker
    work: 30s to 3m mostly 70s
    sla: 2h
    outcomes:
      ok: packed-PART
      short: {next: count-PART, at_most: 2, then: cancel}
  count-PART: {role: picker, work: 3m, sla: 1h, next: pick-PART}
  papers-PART: {role: clerk, work: 30s, sla: 1h, next: ready-PART}
  packed-PART: {next: ready-PART}
  ready-PART: {join: all, next: NEXT}
"""
TAIL = """\
  done: {end: success}
messages:
  payment-received: {match: order.number, sets: [order.credit]}
"""


def main() -> None:
    """Measure, and print the table or the object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.check")
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE")
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    rounds = 5 if asked.quick else 15
    results = {"generated": measure(generated(asked.steps), rounds)}
    if asked.json:
        print(json.dumps(results["generated"]))
        return
    for path in asked.files or sorted(REFERENCE.glob("*.yaml")):
        results[path.name] = measure(path.read_text(encoding="utf-8"), rounds)
    print(f"{'file':28} {'steps':>6} {'problems':>9} {'milliseconds':>13}")
    for name, result in results.items():
        print(
            f"{name:28} {result['steps']:6} {result['problems']:9} "
            f"{result['milliseconds']:13.2f}"
        )


def generated(steps: int) -> str:
    """A sound process of about so many steps, its end not counted."""
    parts = max(1, steps // 8)
    return HEAD + "".join(map(_part, range(parts), [parts] * parts)) + TAIL


def _part(number: int, parts: int) -> str:
    after = "done" if number == parts - 1 else f"enter-{number + 1}"
    return PART.replace("PART", str(number)).replace("NEXT", after)


def measure(text: str, rounds: int) -> dict[str, float]:
    """Check a text so many times; the first time, which warms up, is not counted."""
    checked = check_text(text, "generated.yaml")
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        checked = check_text(text, "generated.yaml")
        times.append(time.perf_counter() - begun)
    return {
        "steps": len(checked.process.steps) if checked.process else 0,
        "problems": len(checked.problems),
        "milliseconds": round(1000 * statistics.median(times), 3),
    }


if __name__ == "__main__":
    main()
