"""Processes that are small, and together use all that orders meet one another at."""

from collections.abc import Mapping

_HEAD = """\
process: {name}
version: 1
title: {{en: {title}, lv: {title}}}
for: order
number: order.number
currency: EUR
priority: order.priority
data:
  order:
    number: text
    priority: integer
    reference: optional text
    paid: optional yes/no
    label: optional text
    verdict: optional one of [ok, refused]
    lines: list of line
  line: {{sku: text, quantity: integer, checked: optional yes/no}}
departments:
  shop: {{title: {{en: Shop, lv: Veikals}}}}
roles:
  clerk: {{department: shop, people: 2}}
  packer: {{department: shop, people: 2}}
"""

#: A split and a join, a message against a timer, a loop, cancelling.
SALE = (
    _HEAD.format(name="sale", title="Sale")
    + """\
messages:
  payment: {match: order.reference, sets: [order.paid]}
on_cancel: {until: hand-over, next: put-back}
steps:
  enter: {role: clerk, next: [await-payment, pick]}
  await-payment:
    wait: {payment: paid}
    timeout: {after: 2 hours, next: paid}
  paid:
    do: python label
    asks: [order.label]
    outcomes: {ok: hand-over, bad: hand-over}
  pick:
    role: packer
    timeout: {after: 6 hours, next: picked}
    outcomes:
      ok: picked
      short: {next: pick, at_most: 2, then: picked}
  picked: {next: hand-over}
  hand-over: {join: all, role: packer, next: done}
  put-back: {role: packer, next: cancelled}
  done: {end: success}
  cancelled: {end: failure}
"""
)

#: Goods, a gate with one place, a machine, somebody to be told.
PARCEL = (
    _HEAD.format(name="parcel", title="Parcel")
    + """\
on_cancel: {until: hand-over, next: put-back}
steps:
  enter: {role: clerk, next: reserve}
  reserve:
    do: stock.reserve order.lines
    undo: stock.release order.lines
    outcomes: {all: belt, some: backorder, none: backorder}
  backorder:
    role: clerk
    outcomes: {again: {next: reserve, at_most: 2, then: let-go}, no: let-go}
  let-go: {do: stock.release order.lines, next: refused}
  belt:
    gate: {limit: 1, in: [pack, label], first: [order.priority]}
    next: pack
  pack: {role: packer, next: label}
  label:
    do: python label
    asks: [order.label]
    outcomes: {ok: tell, bad: {next: pack, at_most: 1, then: tell}}
  tell: {do: notify shop, next: hand-over}
  hand-over: {role: packer, stock: ship order.lines, next: done}
  put-back: {role: packer, next: cancelled}
  done: {end: success}
  refused: {end: declined}
  cancelled: {end: failure}
"""
)

#: An order that another is called for, and a task for each of its lines.
CREDIT = (
    _HEAD.format(name="credit", title="Credit")
    + """\
steps:
  ask:
    call: look@1
    gives: {priority: order.priority, lines: order.lines}
    takes: {order.verdict: result.verdict}
    outcomes: {success: count, declined: refused, cancelled: refused}
  count:
    role: clerk
    each: line in order.lines
    asks: [line.checked]
    next: sign
  sign:
    do: python label
    asks: [order.label]
    outcomes: {ok: done, bad: refused}
  done: {end: success}
  refused: {end: declined}
"""
)

LOOK = (
    _HEAD.format(name="look", title="Look")
    + """\
steps:
  look:
    role: clerk
    asks: [order.verdict]
    choose:
      - {when: order.verdict is given and order.verdict == ok, next: good}
      - {else: bad}
  good: {end: success}
  bad: {end: declined}
"""
)

#: Three tasks, one after the other: see `interleavings.py`.
LINE = (
    _HEAD.format(name="line", title="Line")
    + """\
steps:
  first: {role: clerk, next: second}
  second: {role: packer, next: third}
  third: {role: clerk, next: done}
  done: {end: success}
"""
)

#: In the order in which they are added: what is called stands first.
ALL = (LOOK, SALE, PARCEL, CREDIT, LINE)

#: Processes of which orders come from outside.
_OPENED = ("sale", "parcel", "credit")

#: Orders that scenarios may have.
NUMBERS = tuple(str(number) for number in range(6))

#: The order of three tasks.
IN_LINE = "6"

#: How each step can be completed: outcome and answers.
ANSWERS: Mapping[str, tuple[tuple[str | None, Mapping[str, object]], ...]] = {
    "pick": (("ok", {}), ("short", {})),
    "backorder": (("no", {}), ("again", {})),
    "count": ((None, {"line.checked": True}), (None, {"line.checked": False})),
    "look": ((None, {"order.verdict": "ok"}), (None, {"order.verdict": "refused"})),
}

PEOPLE: Mapping[str, tuple[str, ...]] = {
    "anna": ("clerk", "packer"),
    "berta": ("clerk", "packer"),
    "olga": ("clerk", "packer"),
}


def process_of(number: str) -> str:
    """What an order goes by: the same each time."""
    return "line" if number == IN_LINE else _OPENED[int(number) % len(_OPENED)]


def fields_of(number: str) -> dict[str, object]:
    """What an order says when it is opened: the same each time."""
    place = int(number)
    return {
        "number": number,
        "priority": place % 2,
        "reference": f"ref-{number}",
        "lines": [
            {"sku": "A", "quantity": 1 + place % 2},
            {"sku": "A", "quantity": 1},
        ],
    }


#: Where an administrator may take an order from and to: its process goes on from there.
MOVES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "sale": (("pick", "pick"), ("await-payment", "paid"), ("hand-over", "hand-over")),
    "parcel": (("pack", "hand-over"), ("label", "pack"), ("backorder", "reserve")),
    "credit": (("ask", "count"), ("count", "count")),
}
