"""One task for each element: how it is called, what it asks, where answers go."""

from pathlib import Path

import pytest

from flowengine.engine.refs import TaskRef, task_ref
from flowengine.errors import Conflict, InvalidInput, NotFound
from flowengine.language.process import StepId
from tests.engine.shop import PACKED, Shop
from tests.engine.world import World, refusal_of

PARCEL = """\
process: parcel
version: 1
for: parcel
number: parcel.number
data:
  parcel:
    number: text
    weight: weight
    damaged: optional yes/no
departments: {sales: {title: Sales}}
roles: {clerk: {department: sales, people: 2}}
steps:
  send: {role: clerk, asks: [parcel.damaged, parcel.weight], next: done}
  done: {end: success}
"""
BY_PARCEL = """\
process: by-parcel
version: 1
for: order
number: order.number
data:
  order: {number: text, parcels: list of parcel}
  parcel:
    weight: weight
    damaged: optional yes/no
departments: {sales: {title: Sales}}
roles: {clerk: {department: sales, people: 2}}
steps:
  send:
    call: parcel@1
    each: parcel in order.parcels
    gives: {weight: parcel.weight}
    takes: {parcel.damaged: result.damaged, parcel.weight: result.weight}
    next: look
  look: {role: clerk, next: done}
  done: {end: success}
"""


@pytest.fixture
def packing(shop: Shop) -> Shop:
    """An order whose two parcels are to be packed."""
    shop.to_gate("1")
    shop.engine.complete("1/pick", by="peter")
    return shop


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1/pack", TaskRef("1", StepId("pack"))),
        ("1/pack/2", TaskRef("1", StepId("pack"), 2)),
        ("1/pack#7", TaskRef("1", StepId("pack"), None, "7")),
        ("1/pack#7/2", TaskRef("1", StepId("pack"), 2, "7")),
        ("A/1#3/pack#7/2", TaskRef("A/1#3", StepId("pack"), 2, "7")),
    ],
)
def test_a_task_is_called_by_order_step_element_and_visit(
    text: str, meant: TaskRef
) -> None:
    assert task_ref(text) == meant
    assert meant.text() == text


@pytest.mark.parametrize("text", ["1/#2", "1/pack#", "#2", "1"])
def test_what_names_no_task_is_not_found(text: str) -> None:
    assert isinstance(refusal_of(lambda: task_ref(text)), NotFound)


def test_each_element_has_a_task_of_its_own(packing: Shop) -> None:
    refs = [task.ref for task in packing.engine.tasks(number="1")]

    assert refs == ["1/pack#1", "1/pack#2"]
    assert [task.element for task in packing.engine.tasks()] == ["1", "2"]


def test_a_task_shows_its_element_without_personal_values(packing: Shop) -> None:
    packing.engine.complete("1/pack#1", by="peter", answers=PACKED)
    detail = packing.engine.task("1/pack#2")

    assert [name for name, _ in detail.asks] == [
        "parcel.weight",
        "parcel.damaged",
        "parcel.receiver",
    ]
    assert detail.scan == ("sku",)
    assert detail.element == ()


def test_which_of_several_is_meant_must_be_said(packing: Shop) -> None:
    for deed in (packing.engine.task, lambda ref: packing.engine.claim(ref, by="paul")):
        refused = refusal_of(lambda deed=deed: deed("1/pack"))  # type: ignore[misc] # the loop's deed
        assert refused is not None
        assert "#1" in str(refused)

    packing.engine.complete("1/pack#1", by="peter", answers=PACKED)

    assert packing.engine.task("1/pack").row.element == "2"
    assert isinstance(refusal_of(lambda: packing.engine.task("1/pack#1")), Conflict)


def test_answers_go_to_the_element_and_to_no_other(packing: Shop) -> None:
    packing.engine.complete("1/pack#2", by="peter", answers=PACKED)

    order = packing.engine.order("1").case.data["order"]
    assert isinstance(order, dict)
    first, second = order["parcels"]
    assert "weight" not in first
    assert (second["weight"], second["damaged"]) == (2_500_000, False)


def test_a_personal_answer_of_an_element_stands_in_case_private_only(
    packing: Shop,
) -> None:
    packing.engine.complete("1/pack#2", by="peter", answers=PACKED)

    assert packing.engine.order("1").private == {
        "order.customer": "Customer 1",
        "order.parcels#1.receiver": "Zelma",
        "order.parcels#2.receiver": "Dace",
    }
    bodies = packing.rows("SELECT body FROM event")
    data = packing.rows("SELECT data FROM case_row")
    assert "Dace" not in repr(bodies) + repr(data)


def test_an_answer_for_a_field_that_no_element_has_is_refused(packing: Shop) -> None:
    answers = {**PACKED, "parcel.colour": "red"}

    refused = refusal_of(
        lambda: packing.engine.complete("1/pack#2", by="peter", answers=answers)
    )

    assert isinstance(refused, InvalidInput)
    assert "parcel.colour" in str(refused)


def test_the_facts_of_elements_name_them(packing: Shop) -> None:
    packing.pack("1")

    facts = packing.rows(
        "SELECT step, element FROM step_fact WHERE step = 'pack' ORDER BY seq"
    )
    assert facts == [("pack", "1"), ("pack", "2")]
    assert packing.steps("1") == ["label"]
    assert packing.engine.upkeep.check() == ()


def test_what_a_child_of_an_element_brings_goes_to_that_element(
    tmp_path: Path,
) -> None:
    world = World(tmp_path / "parcels.db", PARCEL, BY_PARCEL)
    parcels = [{"weight": "5 kg"}, {"weight": "7 kg"}]
    world.engine.open_order("by-parcel", {"number": "1", "parcels": parcels}, by="anna")
    world.engine.machines.work()

    for element, damaged, weight in (("2", True, "6 kg"), ("1", False, "5.5 kg")):
        answers = {"parcel.damaged": damaged, "parcel.weight": weight}
        world.engine.complete(f"1-send-{element}/send", by="anna", answers=answers)
        world.engine.machines.work()

    detail = world.engine.order("1")
    order = detail.case.data["order"]
    assert isinstance(order, dict)
    assert [(parcel["damaged"], parcel["weight"]) for parcel in order["parcels"]] == [
        (False, 5_500_000),
        (True, 6_000_000),
    ]
    assert list(detail.case.tasks) == ["look"]
    assert world.engine.upkeep.check() == ()
    world.close()
