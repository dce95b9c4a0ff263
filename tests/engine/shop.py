"""A shop that uses every construct that needs a worker, and the process it calls."""

from collections.abc import Sequence
from pathlib import Path

from flowengine.engine import Worked
from tests.engine.world import World

CREDIT = """\
process: credit-check
version: 1
title: {en: Credit check, lv: Kredīta pārbaude}
for: request
number: request.number
currency: EUR
data:
  request:
    number: text
    total: money
    customer: personal text
    boxes: list of box
    verdict: optional one of [ok, refused]
  box: {receiver: personal text}
departments:
  finance: {title: {en: Finance, lv: Finanses}}
roles:
  clerk: {department: finance, people: 2}
steps:
  look:
    role: clerk
    asks: [request.verdict]
    choose:
      - {when: request.verdict is given and request.verdict == ok, next: good}
      - {else: bad}
  good: {end: success}
  bad: {end: declined}
"""

SHOP = """\
process: shop
version: 1
title: {en: Shop, lv: Veikals}
for: order
number: order.number
currency: EUR
priority: order.priority
data:
  order:
    number: text
    priority: integer
    zone: text
    customer: personal text
    total: money
    credit: optional one of [ok, refused]
    label: optional text
    lines: list of line
    parcels: list of parcel
  line: {sku: text, quantity: integer}
  parcel:
    receiver: personal text
    weight: optional weight
    damaged: optional yes/no
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
  warehouse: {title: {en: Warehouse, lv: Noliktava}}
roles:
  clerk: {department: sales, people: 2}
  picker: {department: warehouse, people: 2}
on_cancel: {until: hand-over, next: put-back}
steps:
  enter:
    role: clerk
    sla: 4h
    escalate: [{at: 50%, notify: sales}]
    next: credit
  credit:
    call: credit-check@1
    gives: {total: order.total, customer: order.customer, boxes: order.parcels}
    takes: {order.credit: result.verdict}
    outcomes: {success: reserve, declined: refused, cancelled: refused}
  reserve:
    do: stock.reserve order.lines
    undo: stock.release order.lines
    outcomes: {all: release, some: backorder, none: backorder}
  backorder:
    role: clerk
    outcomes: {again: {next: reserve, at_most: 5, then: give-up}, no: give-up}
  give-up: {role: clerk, stock: release order.lines, next: refused}
  release:
    gate: {limit: 2, in: [pick, pack, label], first: [order.priority]}
    next: pick
  pick: {role: picker, batch: {up_to: 3, by: [order.zone]}, next: pack}
  pack:
    role: picker
    each: parcel in order.parcels
    scan: [sku]
    asks: [parcel.weight, parcel.damaged, parcel.receiver]
    next: label
  label:
    do: http POST https://labels.example.com/make
    asks: [order.label]
    outcomes: {ok: tell, bad: tell}
  tell: {do: notify sales, next: hand-over}
  hand-over: {role: picker, stock: ship order.lines, next: done}
  put-back: {role: picker, next: cancelled}
  done: {end: success}
  refused: {end: declined}
  cancelled: {end: failure}
"""

#: What a parcel of these orders is answered with.
PACKED = {
    "parcel.weight": "2.5 kg",
    "parcel.damaged": False,
    "parcel.receiver": "Dace",
}


class Shop(World):
    """The shop with its people, at the moment where nothing is open."""

    def __init__(self, place: Path | str, stock: Path | None = None) -> None:
        super().__init__(place, CREDIT, SHOP, stock=stock)

    def order(
        self, number: str, *, pieces: int = 2, zone: str = "A", priority: int = 0
    ) -> None:
        """Open an order of one line and two parcels, and enter it."""
        fields = {
            "number": number,
            "priority": priority,
            "zone": zone,
            "customer": f"Customer {number}",
            "total": "100 EUR",
            "lines": [{"sku": "A1", "quantity": pieces}],
            "parcels": [{"receiver": "Zelma"}, {"receiver": "Ilze"}],
        }
        self.engine.open_order("shop", fields, by="anna")
        self.engine.complete(f"{number}/enter", by="anna")

    def work(self) -> Worked:
        """All that happens by itself, until nothing is due."""
        total = Worked()
        while (done := self.engine.machines.work()).done:
            total = Worked(
                total.timers + done.timers,
                total.children + done.children,
                total.gates + done.gates,
                (*total.skipped, *done.skipped),
            )
        return Worked(total.timers, total.children, total.gates, done.skipped)

    def to_gate(self, *numbers: str, pieces: int = 2) -> None:
        """Take orders through their credit check, as far as they come by themselves."""
        for number in numbers:
            self.order(number, pieces=pieces)
        self.engine.machines.work()
        for number in numbers:
            self.approve(number)
        self.work()

    def approve(self, number: str, verdict: str = "ok") -> None:
        answers = {"request.verdict": verdict}
        self.engine.complete(f"{number}-credit/look", by="anna", answers=answers)

    def pack(self, number: str) -> None:
        for element in ("1", "2"):
            self.engine.complete(f"{number}/pack#{element}", by="peter", answers=PACKED)

    def steps(self, number: str) -> Sequence[str]:
        """Where an order stands, elements named."""
        return sorted(self.engine.order(number).case.tasks)
