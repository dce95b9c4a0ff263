"""Every kind of step and every key beside it, as the values that others read."""

import re
from pathlib import Path

import pytest

from flowengine.language import Process, read_process
from flowengine.language.parts import (
    Automation,
    AutomationKind,
    Batching,
    Escalation,
    Expense,
    Lateness,
    StockVerb,
)
from flowengine.language.process import (
    ON_CANCEL,
    Join,
    RoleId,
    Step,
    StepId,
    StepKind,
    people_in,
)
from flowengine.quantities import Instant

PROCESSES = sorted((Path(__file__).parents[2] / "processes").glob("*.yaml"))

_HEAD = """\
process: kinds
version: 1
for: order
number: order.number
data:
  order:
    number: text
    total: money
    priority: integer
    zone: text
    mail: text
    credit: optional one of [ok, refused]
    promised_at: time
    lines: list of line
    parcels: list of parcel
  line: {sku: text, quantity: integer}
  parcel: {weight: weight, damaged: optional yes/no, lines: list of line}
departments:
  sales:
  warehouse:
roles:
  clerk: {department: sales, people: 3}
  packer: {department: warehouse, people: 5, season: {nov-feb: 9, jul: 2}}
"""
_NOW = Instant(0)


def _read(steps: str, head: str = "") -> Process:
    text = f"{_HEAD}{head}steps:\n{steps}  done: {{end: success}}\n"
    reading = read_process(text, "kinds.yaml")
    errors = [p for p in reading.problems if p.code != "F209"]
    assert errors == []
    assert reading.process is not None
    return reading.process


def _step(steps: str, name: str = "a") -> Step:
    return _read(steps).steps[StepId(name)]


def _automation(text: str) -> Automation:
    found = _step(f"  a: {{do: {text}, next: done}}\n").do
    assert found is not None
    return found


def test_a_step_is_what_it_has() -> None:
    process = _read(
        "  a: {role: clerk, next: b}\n"
        "  b: {do: ship.rate, next: c}\n"
        "  c: {wait: 2h, next: d}\n"
        "  d: {call: check@2, next: e}\n"
        "  e: {gate: {limit: 3, in: [f]}, next: f}\n"
        "  f: {next: done}\n"
    )

    assert [step.kind for step in process.steps.values()] == [
        StepKind.TASK,
        StepKind.AUTOMATION,
        StepKind.WAIT,
        StepKind.CALL,
        StepKind.GATE,
        StepKind.ROUTE,
        StepKind.END,
    ]


def test_a_reservation_has_its_list_and_three_outcomes() -> None:
    step = _step(
        "  a:\n    do: stock.reserve order.lines from A1\n"
        "    outcomes: {all: done, some: done, none: done}\n"
    )

    assert step.do is not None
    assert step.do.kind is AutomationKind.STOCK
    assert step.do.text == "stock.reserve order.lines from A1"
    assert step.do.stock is not None
    assert step.do.stock.verb is StockVerb.RESERVE
    assert step.do.stock.items == ("order", "lines")
    assert (step.do.stock.source, step.do.stock.target) == ("A1", None)
    assert set(step.outcomes) == {"all", "some", "none"}


@pytest.mark.parametrize("verb", [verb.value for verb in StockVerb])
def test_every_effect_on_stock_has_its_places(verb: str) -> None:
    step = _step(
        f"  a: {{stock: {verb} order.lines from DOCK to @scrap, next: done}}\n"
    )

    assert step.stock is not None
    assert step.stock.verb == verb
    assert (step.stock.source, step.stock.target) == ("DOCK", "@scrap")


def test_shipping_is_a_verb_and_a_field() -> None:
    assert _automation("ship.rate").target == "rate"
    labelled = _automation("ship.label order.zone")

    assert (labelled.kind, labelled.target) == (AutomationKind.SHIP, "label")
    assert labelled.field == ("order", "zone")


@pytest.mark.parametrize("who", ["clerk", "warehouse", "order.mail"])
def test_told_is_a_role_a_department_or_an_address_of_the_order(who: str) -> None:
    told = _automation(f"notify {who}")

    assert (told.kind, told.target) == (AutomationKind.NOTIFY, who)


def test_an_address_has_its_method() -> None:
    sent = _automation("http POST https://example.com/orders?new=1")

    assert (sent.kind, sent.method) == (AutomationKind.HTTP, "POST")
    assert sent.target == "https://example.com/orders?new=1"


def test_a_function_is_a_registered_name() -> None:
    called = _automation("python choose-box")

    assert (called.kind, called.target) == (AutomationKind.PYTHON, "choose-box")


def test_a_call_is_pinned_gives_and_takes() -> None:
    call = _step(
        "  a:\n    call: credit-check@2\n"
        "    gives: {number: order.number, twice: order.total * 2}\n"
        "    takes: {order.credit: result.credit.verdict}\n"
        "    outcomes: {passed: done, cancelled: done}\n"
    ).call

    assert call is not None
    assert (call.process, call.version) == ("credit-check", 2)
    assert call.gives["twice"].evaluate({"order": {"total": 5}}, _NOW) == 10
    assert call.takes == {("order", "credit"): ("credit", "verdict")}


def test_a_gate_has_its_limit_cut_off_batch_and_order() -> None:
    gate = _step(
        '  a:\n    gate: {limit: 60, in: [b, c], cutoff: "14:30", batch: 12, '
        "first: [order.priority, order.promised_at]}\n    next: b\n"
        "  b: {role: clerk, next: c}\n  c: {role: clerk, next: done}\n"
    ).gate

    assert gate is not None
    assert (gate.limit, gate.steps, gate.batch) == (60, ("b", "c"), 12)
    assert gate.cutoff == 14 * 60 + 30
    assert gate.first == (("order", "priority"), ("order", "promised_at"))


def test_each_names_the_element_in_rules_questions_and_stock() -> None:
    step = _step(
        "  a:\n    role: packer\n"
        "    each: parcel in order.parcels where parcel.weight > 20 kg\n"
        "    asks: [parcel.damaged, order.zone]\n"
        "    stock: pack parcel.lines\n    next: done\n"
    )

    assert step.each is not None
    assert (step.each.name, step.each.items) == ("parcel", ("order", "parcels"))
    rule = step.each.where
    assert rule is not None
    assert rule.reads == {("order", "parcels", "weight")}
    heavy = {"order": {}, "parcel": {"weight": 21_000_000}}
    assert rule.evaluate(heavy, _NOW) is True
    assert rule.evaluate({"order": {}, "parcel": {}}, _NOW) is False
    assert step.asks == (("parcel", "damaged"), ("order", "zone"))
    assert step.stock is not None
    assert step.stock.items == ("parcel", "lines")


def test_each_reads_the_order_and_lists_of_the_element_too() -> None:
    step = _step(
        "  a:\n    call: pack@1\n"
        "    each: >-\n"
        "      parcel in order.parcels where order.priority > 3 and\n"
        "      any line in parcel.lines where line.quantity > 1\n"
        "    gives: {weight: parcel.weight}\n"
        "    takes: {parcel.damaged: result.damaged}\n    next: done\n"
    )

    assert step.each is not None
    rule = step.each.where
    assert rule is not None
    parcel = {"lines": [{"sku": "A", "quantity": 2}], "weight": 7}
    assert rule.evaluate({"order": {"priority": 4}, "parcel": parcel}, _NOW) is True
    assert rule.evaluate({"order": {"priority": 3}, "parcel": parcel}, _NOW) is False
    assert step.call is not None
    assert step.call.gives["weight"].evaluate({"parcel": parcel}, _NOW) == 7
    assert step.call.takes == {("parcel", "damaged"): ("damaged",)}


def test_beside_the_way_stand_batch_cost_scan_escalation_and_sets() -> None:
    step = _step(
        "  a:\n    role: packer\n    sla: 4h\n"
        "    batch: {up_to: 12, by: [order.zone]}\n"
        "    cost: 0.85 EUR per order.parcels\n"
        "    scan: [sku, location]\n"
        "    escalate: [{at: 80%, notify: packer}, {at: 50 %, notify: sales}]\n"
        "    set: {order.priority: order.priority + 1, order.credit: refused}\n"
        "    public_status: packed\n    epcis: packing\n    next: done\n"
    )

    assert step.batch == Batching(12, (("order", "zone"),))
    assert step.cost == Expense(8_500, ("order", "parcels"))
    assert step.scan == ("sku", "location")
    assert step.escalate == (Escalation(50, "sales"), Escalation(80, "packer"))
    assert list(step.sets) == [("order", "priority"), ("order", "credit")]
    assert (step.public_status, step.epcis) == ("packed", "packing")


def test_what_a_step_has_booked_has_its_undo() -> None:
    undo = _step(
        "  a: {stock: reserve order.lines, undo: stock.release order.lines, "
        "next: done}\n"
    ).undo

    assert undo is not None
    assert undo.stock is not None
    assert undo.stock.verb is StockVerb.RELEASE


def test_another_person_than_who_did_a_step() -> None:
    step = _step(
        "  b: {role: clerk, next: a}\n"
        "  a: {role: clerk, not_same_person_as: b, next: done}\n"
    )

    assert step.not_same_person_as == "b"


def test_all_branches_that_hold_meet_in_an_opened_join() -> None:
    process = _read(
        "  a:\n    choose_all:\n"
        "      - when: order.total > 5 EUR\n        next: b\n"
        "      - when: order.priority > 5\n        next: c\n"
        "      - else: done\n"
        "  b: {role: clerk, next: d}\n  c: {role: clerk, next: d}\n"
        "  d: {join: opened, next: done}\n"
    )

    branches = process.steps[StepId("a")].choose_all
    assert [branch.arrow.targets for branch in branches] == [("b",), ("c",), ("done",)]
    assert branches[-1].rule is None
    assert process.steps[StepId("d")].join is Join.OPENED


def test_cancelling_may_choose_its_way() -> None:
    process = _read(
        "  a: {role: clerk, next: done}\n  b: {role: packer, next: done}\n",
        "on_cancel:\n  until: done\n  choose:\n"
        "    - when: order.total > 5 EUR\n      next: b\n    - else: done\n",
    )

    assert process.on_cancel is not None
    assert process.on_cancel.arrow.targets == (ON_CANCEL,)
    step = process.steps[ON_CANCEL]
    assert step.kind is StepKind.ROUTE
    assert (step.title.en, step.title.lv) == ("Cancelling", "Atcelšana")
    assert [branch.arrow.targets for branch in step.choose] == [("b",), ("done",)]
    assert process.start == "a"


def test_a_late_order_costs_by_the_day_and_once() -> None:
    head = "lateness: {cost: 4 EUR/day, penalty: 15.50 EUR}\n"

    assert _read("  a: {next: done}\n", head).lateness == Lateness(40_000, 155_000)
    assert _read("  a: {next: done}\n").lateness is None


def test_people_change_with_the_season_over_the_new_year() -> None:
    packer = _read("  a: {role: packer, next: done}\n").roles[RoleId("packer")]

    assert [people_in(packer, month) for month in range(1, 13)] == [
        *(9, 9, 5, 5, 5, 5),
        *(2, 5, 5, 5, 9, 9),
    ]


def test_a_department_comes_from_the_nearest_step_before_through_every_arrow() -> None:
    process = _read(
        "  a:\n    role: clerk\n    choose_all:\n"
        "      - when: order.total > 5 EUR\n        next: b\n"
        "      - else: c\n"
        "  b: {do: ship.rate, next: c}\n"
        "  c: {call: check@1, department: warehouse, next: d}\n"
        "  d: {gate: {limit: 3, in: [e]}, next: e}\n"
        "  e: {next: done}\n"
    )

    assert {step.id: step.department for step in process.steps.values()} == {
        "a": "sales",
        "b": "sales",
        "c": "warehouse",
        "d": "warehouse",
        "e": "warehouse",
        "done": "warehouse",
    }


@pytest.mark.parametrize("file", PROCESSES, ids=lambda file: file.stem)
def test_a_reference_process_reads_without_a_problem(file: Path) -> None:
    reading = read_process(file.read_text("utf-8"), file.name)

    assert reading.problems == ()
    assert reading.process is not None
    assert re.fullmatch("[0-9a-f]{64}", reading.process.digest)
