"""Calls: children that are asked for, come back, or are cancelled with the order."""

from hashlib import sha256

import pytest

from flowengine.errors import CommandRejected, Conflict
from flowengine.kernel import CaseState
from flowengine.kernel.elements import value_at
from flowengine.kernel.events import (
    CancelBegun,
    CaseCancelled,
    ChildAnswered,
    ChildAsked,
    EffectUndone,
)
from tests.builders import GOODS, Run

CHECK = """\
steps:
  enter: {role: clerk, next: check}
  check:
    call: credit-check@2
    gives: {number: order.number, limit: order.total, sum: order.count}
    takes: {order.note: result.verdict.text}
    set: {order.count: 4}
    timeout: {after: 3 days, next: late}
    outcomes: {success: done, refused: over, cancelled: late}
  late: {role: boss, next: done}
  done: {end: success}
  over: {end: failure}
"""
PARCELS = (
    GOODS
    + """\
start: enter
steps:
  enter: {role: clerk, next: [send, papers]}
  send:
    call: parcel@1
    each: parcel in order.parcels
    gives: {weight: parcel.weight}
    takes: {parcel.damaged: result.damaged}
    next: ready
  papers: {role: clerk, outcomes: {ok: ready, lost: cancel}}
  ready: {join: all, role: clerk, next: done}
  done: {end: success}
  put-back: {role: clerk, next: over}
  over: {end: failure}
on_cancel: {until: ready, next: put-back}
"""
)
TWO = {"parcels": [{"weight": 5, "lines": []}, {"weight": 7, "lines": []}]}


def test_a_call_asks_for_a_child_with_what_gives_says() -> None:
    run = Run(CHECK, {"total": 100})

    run.complete("enter")

    (asked,) = run.of_kind(ChildAsked)
    assert (asked.process, asked.version) == ("credit-check", 2)
    # What the order does not have is left out.
    assert asked.data == {"number": "1001", "limit": 100}
    assert run.task("check").child == asked.child


def test_the_id_of_a_child_is_a_hash_of_its_parent_step_visit_and_element() -> None:
    run = Run(PARCELS, TWO)

    run.complete("enter")

    wanted = sha256(f"{run.case.id}:send:1:2".encode()).digest()[:16].hex()
    assert run.task("send#2").child == wanted
    assert run.task("send#1").child != wanted


def test_a_child_brings_values_and_its_end_is_the_outcome() -> None:
    run = Run(CHECK)
    run.complete("enter")

    result = {"verdict": {"text": "bad payer"}}
    run.close_child(run.task("check").child, "refused", result)

    assert value_at(run.case.data, ("order", "note")) == "bad payer"
    assert value_at(run.case.data, ("order", "count")) == 4
    assert run.ended("check")[0].outcome == "refused"
    assert run.case.outcome == "failure"


def test_a_cancelled_child_is_an_outcome_of_its_own() -> None:
    run = Run(CHECK)
    run.complete("enter")

    run.close_child(run.task("check").child, "cancelled")

    assert run.open_steps == {"late"}


def test_an_end_of_a_child_that_leads_nowhere_is_an_incident() -> None:
    run = Run(CHECK)
    run.complete("enter")

    run.close_child(run.task("check").child, "unknown")

    assert run.open_steps == {"check"}
    assert "ended by unknown" in run.case.incidents[run.task("check").step]
    # Nothing waits for that child any more.
    run.cancel()
    assert run.case.outcome == "cancelled"


def test_a_child_that_answers_late_is_noted_and_ignored() -> None:
    run = Run(CHECK)
    run.complete("enter")
    child = run.task("check").child
    run.wait(4 * 24 * 60)
    run.fire("check")

    run.close_child(child, "refused")

    assert run.open_steps == {"late"}
    (noted,) = run.of_kind(ChildAnswered)
    assert (noted.child, noted.outcome) == (child, "refused")


def test_a_call_with_each_has_a_child_for_every_element() -> None:
    run = Run(PARCELS, TWO)

    run.complete("enter")
    asked = run.of_kind(ChildAsked)
    assert [(event.element, event.data) for event in asked] == [
        ("1", {"weight": 5}),
        ("2", {"weight": 7}),
    ]
    run.close_child(asked[1].child, result={"damaged": True})
    assert run.open_steps == {"send#1", "papers"}
    run.close_child(asked[0].child, result={"damaged": False})

    assert value_at(run.case.data, ("order", "parcels#2", "damaged")) is True
    assert value_at(run.case.data, ("order", "parcels#1", "damaged")) is False
    assert run.open_steps == {"papers"}


def test_a_child_may_end_while_the_order_is_held() -> None:
    run = Run(CHECK)
    run.complete("enter")
    run.hold()

    run.close_child(run.task("check").child, "cancelled")
    assert run.open_steps == set()
    run.resume()

    assert run.open_steps == {"late"}


def test_a_cancelled_parent_waits_for_its_children_before_on_cancel() -> None:
    run = Run(PARCELS, TWO)
    run.complete("enter")
    children = [event.child for event in run.of_kind(ChildAsked)]

    run.cancel("customer")
    assert run.open_steps == {"send#1", "send#2"}
    assert run.ended("papers")[0].outcome == "withdrawn"
    run.close_child(children[0], "cancelled")
    assert run.open_steps == {"send#2"}
    run.close_child(children[1], "success", {"damaged": True})

    assert run.case.state is CaseState.OPEN
    assert run.open_steps == {"put-back"}
    assert run.of_kind(CaseCancelled)[0].reason == "customer"
    # What follows is bound to the child that ended last, whose values are not taken.
    assert run.task("put-back").pred == run.events.index(run.ended("send")[1]) + 1
    assert run.task("put-back").enabled == run.ended("send")[1].at
    assert value_at(run.case.data, ("order", "parcels#2", "damaged")) is None


def test_an_order_led_to_cancel_waits_for_its_children_too() -> None:
    run = Run(PARCELS, TWO)
    run.complete("enter")

    run.complete("papers", "lost")

    assert run.case.state is CaseState.CANCELLING
    assert (
        run.of_kind(CancelBegun)[0].pred == run.events.index(run.ended("papers")[0]) + 1
    )


def test_while_children_end_nothing_else_goes_on() -> None:
    run = Run(PARCELS, TWO)
    run.complete("enter")
    run.cancel()

    with pytest.raises(Conflict, match="being cancelled"):
        run.cancel()
    with pytest.raises(Conflict, match="being cancelled"):
        run.hold()
    with pytest.raises(Conflict):
        run.resume()
    with pytest.raises(Conflict, match="already done"):
        run.complete("papers", "ok")
    run.note("the carrier was told")
    run.deliver("anything")

    assert run.case.state is CaseState.CANCELLING


def test_a_held_order_with_children_can_be_cancelled() -> None:
    run = Run(PARCELS, TWO)
    run.complete("enter")
    run.hold()

    run.cancel()

    assert run.case.state is CaseState.CANCELLING
    assert run.case.held_since is None


def test_effects_are_undone_after_the_children_have_ended() -> None:
    text = PARCELS.replace(
        "enter: {role: clerk, next",
        "enter: {role: clerk, stock: reserve order.lines, "
        "undo: stock.release order.lines, next",
    )
    run = Run(text, {**TWO, "lines": [{"sku": "a", "quantity": 1}]})
    run.complete("enter")

    run.cancel()
    assert not run.of_kind(EffectUndone)
    for event in run.of_kind(ChildAsked):
        run.close_child(event.child, "cancelled")

    kinds = [type(event).__name__ for event in run.events]
    assert kinds.index("EffectUndone") < kinds.index("CaseCancelled")
    assert run.open_steps == {"put-back"}
    assert run.task("put-back").pred == run.events.index(run.ended("send")[1]) + 1


def test_nobody_can_complete_a_call() -> None:
    run = Run(CHECK)
    run.complete("enter")

    with pytest.raises(CommandRejected, match="an order of credit-check"):
        run.complete("check")
