"""`each`: one instance per element, frozen as the step opens; one way on."""

import pytest

from flowengine.errors import CommandRejected, Conflict, NotFound
from flowengine.eventlog import EntryKind
from flowengine.kernel import CaseState
from flowengine.kernel.elements import value_at
from flowengine.kernel.events import StepOpened, StockAsked
from flowengine.language.process import StepId
from tests.builders import GOODS, Run

PACK = (
    GOODS
    + """\
start: enter
steps:
  enter: {role: clerk, next: pack}
  pack:
    role: clerk
    each: parcel in order.parcels
    asks: [parcel.weight, parcel.damaged]
    sla: 1h
    timeout: {after: 2h, next: late}
    stock: pack parcel.lines
    cost: 1 EUR per order.parcels
    choose:
      - when: any parcel in order.parcels where parcel.damaged
        next: replace
        at_most: 1
        then: late
      - else: done
  replace: {role: clerk, next: pack}
  late: {role: boss, next: done}
  done: {end: success}
"""
)
WHERE = PACK.replace("in order.parcels\n", "in order.parcels where parcel.damaged\n", 1)


def parcels(*damaged: bool) -> dict[str, object]:
    return {
        "parcels": [
            {"damaged": is_damaged, "lines": [{"sku": f"s{number}", "quantity": 2}]}
            for number, is_damaged in enumerate(damaged, 1)
        ]
    }


def packed(run: Run, name: str, *, damaged: bool = False) -> None:
    answers = {"parcel.weight": 5, "parcel.damaged": damaged}
    run.complete(name, answers=answers)


def test_a_step_with_each_opens_once_for_every_element_with_one_visit() -> None:
    run = Run(PACK, parcels(False, False, False))

    run.complete("enter")

    assert run.open_steps == {"pack#1", "pack#2", "pack#3"}
    assert {task.visit for task in run.case.tasks.values()} == {1}
    enter = run.events.index(run.ended("enter")[0]) + 1
    assert {task.pred for task in run.case.tasks.values()} == {enter}


def test_answers_go_to_the_element() -> None:
    run = Run(PACK, parcels(False, False))
    run.complete("enter")

    packed(run, "pack#2", damaged=True)

    assert value_at(run.case.data, ("order", "parcels#2", "weight")) == 5
    assert value_at(run.case.data, ("order", "parcels#1", "weight")) is None
    ended = run.ended("pack")[0]
    assert ended.answers["order.parcels#2.weight"] == 5
    assert (ended.element, ended.way, ended.consumed) == ("2", None, 0)


def test_choose_runs_once_after_the_last_and_the_next_step_follows_that_one() -> None:
    run = Run(PACK, parcels(False, False))
    run.complete("enter")

    packed(run, "pack#2", damaged=True)
    assert run.open_steps == {"pack#1"}
    packed(run, "pack#1")

    assert run.open_steps == {"replace"}
    assert [event.way for event in run.ended("pack")] == [None, "choice:0"]
    assert run.task("replace").pred == run.events.index(run.ended("pack")[1]) + 1


def test_an_empty_set_is_done_at_once() -> None:
    run = Run(PACK)

    run.complete("enter")

    (ended,) = run.ended("pack")
    assert (ended.kind, ended.enabled, ended.cost) == (EntryKind.PASS, ended.at, 0)
    assert run.case.outcome == "success"


def test_where_chooses_the_elements_as_the_step_opens() -> None:
    run = Run(WHERE, parcels(False, True))

    run.complete("enter")

    assert run.open_steps == {"pack#2"}


def test_a_revisit_runs_all_elements_again_with_their_answers_cleared() -> None:
    run = Run(PACK, parcels(False, False))
    run.complete("enter")
    packed(run, "pack#1", damaged=True)
    packed(run, "pack#2")

    run.complete("replace")

    assert run.open_steps == {"pack#1", "pack#2"}
    assert {task.visit for task in run.case.tasks.values()} == {2}
    assert value_at(run.case.data, ("order", "parcels#1", "damaged")) is None
    opened = [event for event in run.of_kind(StepOpened) if event.visit == 2]
    assert opened[0].cleared == ("order.parcels#1.weight", "order.parcels#1.damaged")


def test_a_revisit_with_where_runs_only_what_it_finds_and_clears_only_that() -> None:
    run = Run(WHERE, parcels(True, True))
    run.complete("enter")
    packed(run, "pack#1", damaged=True)
    packed(run, "pack#2")

    run.complete("replace")

    assert run.open_steps == {"pack#1"}
    assert value_at(run.case.data, ("order", "parcels#1", "weight")) is None
    assert value_at(run.case.data, ("order", "parcels#2", "weight")) == 5


def test_at_most_of_a_step_with_each_counts_the_step_and_not_its_elements() -> None:
    run = Run(PACK, parcels(True, True))
    run.complete("enter")
    for _ in range(2):
        packed(run, "pack#1", damaged=True)
        packed(run, "pack#2", damaged=True)
        if run.open_steps == {"replace"}:
            run.complete("replace")

    assert run.open_steps == {"late"}
    assert run.case.uses == {"pack/choice:0": 1}


def test_a_timeout_ends_all_open_instances_and_keeps_the_answers() -> None:
    run = Run(PACK, parcels(False, False, False))
    run.complete("enter")
    packed(run, "pack#2", damaged=True)
    run.start("pack#3")

    run.wait(3 * 60)
    run.fire("pack#1")

    assert run.open_steps == {"late"}
    outcomes = {event.element: event.outcome for event in run.ended("pack")}
    assert outcomes == {"2": None, "1": "timeout", "3": "timeout"}
    assert value_at(run.case.data, ("order", "parcels#2", "weight")) == 5
    assert run.fire("pack#3") == ()


def test_goods_of_an_element_belong_to_its_instance_and_the_cost_to_the_last() -> None:
    run = Run(PACK, parcels(False, False))
    run.complete("enter")

    packed(run, "pack#2")
    packed(run, "pack#1")

    asked = run.of_kind(StockAsked)
    lines = [[item.line for item in event.items] for event in asked]
    assert lines == [["order.parcels#2.lines#1"], ["order.parcels#1.lines#1"]]
    assert [event.cost for event in run.ended("pack")] == [None, 2_0000]


def test_each_instance_has_its_own_owner() -> None:
    run = Run(PACK, parcels(False, False))
    run.complete("enter")

    run.claim("pack#1", by="anna")
    run.start("pack#2", by="berta")

    with pytest.raises(Conflict, match="1001/pack#1, but anna"):
        run.start("pack#1", by="berta")
    run.release("pack#1", by="anna")
    assert run.task("pack#1").owner is None
    assert run.task("pack#2").owner == "berta"


def test_a_step_with_several_instances_must_be_told_which() -> None:
    run = Run(PACK, parcels(False, False))
    run.complete("enter")

    with pytest.raises(CommandRejected, match="1001/pack#1, 1001/pack#2"):
        run.start("pack")
    with pytest.raises(NotFound, match="pack#7"):
        run.start("pack#7")
    packed(run, "pack#1")
    run.start("pack")

    assert run.task("pack#2").started is not None


def test_withdrawn_instances_are_each_told() -> None:
    run = Run(PACK, parcels(False, False))
    run.complete("enter")

    run.cancel()

    assert {event.element for event in run.ended("pack")} == {"1", "2"}
    assert {event.outcome for event in run.ended("pack")} == {"withdrawn"}


def test_held_the_last_element_is_done_and_its_token_rests() -> None:
    run = Run(PACK, parcels(False))
    run.complete("enter")
    run.start("pack#1")
    run.hold()

    packed(run, "pack#1", damaged=True)
    assert run.open_steps == set()
    run.resume()

    assert run.open_steps == {"replace"}
    assert run.case.state is CaseState.OPEN
    assert run.case.visits[StepId("pack")] == 1
