"""A small process that is right, to be changed where a test needs it wrong."""

from collections.abc import Callable

import pytest

from flowengine.language import Reading, read_process

RIGHT = """\
process: small
version: 1
for: order
number: order.number
data:
  order:
    number: text
    total: money
    country: country
    service: one of [standard, express]
    customer: personal text
    credit: optional one of [ok, refused]
    promised_at: time
    lines: list of line
  line: {sku: text, quantity: integer}
calendars:
  office: {days: mon-fri, hours: "09:00-18:00", holidays: LV, zone: Europe/Riga}
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
  finance:
roles:
  clerk: {department: sales, people: 3, calendar: office, cost: 15.10 EUR/h}
  credit: {department: finance}
steps:
  enter: {role: clerk, next: check-credit}
  check-credit:
    role: credit
    choose:
      - when: order.total > 500 EUR
        next: [pick, papers]
      - else: refused
  pick: {role: clerk, next: ready}
  papers: {role: clerk, next: ready}
  ready: {join: all, next: transit}
  transit:
    wait: {delivered: done}
    timeout: {after: 3 days, next: refused}
  done: {end: success}
  refused: {end: failure}
"""

#: Reads the small process with one text in it replaced by another.
ReadWith = Callable[[str, str], Reading]


@pytest.fixture
def right_text() -> str:
    return RIGHT


@pytest.fixture
def read_with() -> ReadWith:
    def read(old: str, new: str) -> Reading:
        if RIGHT.count(old) != 1:
            raise ValueError(f"Expected {old!r} once in the process.")
        return read_process(RIGHT.replace(old, new), "small.yaml")

    return read
