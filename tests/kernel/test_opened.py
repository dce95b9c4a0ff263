"""`choose_all` and `join: opened`: what is opened is awaited, what is not is not."""

import pytest

from flowengine.kernel.events import StepOpened
from tests.builders import Run

PARTS = """\
steps:
  enter:
    role: clerk
    asks: [order.count, order.paid]
    choose_all:
      - {when: order.count > 5, next: wrap}
      - {when: order.paid == yes, next: invoice}
      - {when: order.count > 100, next: ready}
      - {else: done}
  wrap: {role: clerk, next: ready}
  invoice: {role: boss, next: ready}
  ready: {join: opened, role: clerk, next: done}
  done: {end: success}
"""

LOOP = """\
start: enter
steps:
  enter: {role: clerk, next: split}
  split:
    choose_all:
      - {when: order.paid == yes, next: wrap, at_most: 1, then: wrap}
      - {when: order.paid == yes, next: label}
      - {else: done}
  wrap: {role: clerk, next: ready}
  label: {role: clerk, next: ready}
  ready: {join: opened, role: clerk, outcomes: {ok: done, again: split}}
  done: {end: success}
"""


def entered(count: int, *, paid: bool) -> Run:
    run = Run(PARTS)
    run.complete("enter", answers={"order.count": count, "order.paid": paid})
    return run


@pytest.mark.parametrize(
    ("count", "paid", "opened", "way"),
    [
        (9, True, {"wrap", "invoice"}, "all:0,1"),
        (9, False, {"wrap"}, "all:0"),
        (1, True, {"invoice"}, "all:1"),
        (200, True, {"wrap", "invoice"}, "all:0,1,2"),
    ],
)
def test_every_branch_that_holds_is_opened_and_awaited(
    count: int, paid: bool, opened: set[str], way: str
) -> None:
    run = entered(count, paid=paid)
    assert run.open_steps == opened
    assert run.ended("enter")[0].way == way

    for step in sorted(opened)[:-1]:
        run.complete(step)
        assert "ready" not in run.open_steps
    run.complete(sorted(opened)[-1])

    assert run.open_steps == {"ready"}
    run.complete("ready")
    assert run.case.outcome == "success"


def test_else_is_taken_where_no_branch_holds_and_goes_past_the_join() -> None:
    run = entered(1, paid=False)

    assert run.case.outcome == "success"
    assert run.ended("enter")[0].way == "all:3"


def test_the_join_is_bound_to_the_branch_that_ended_last() -> None:
    run = entered(9, paid=True)
    run.complete("invoice")

    run.complete("wrap")

    ready = [event for event in run.of_kind(StepOpened) if event.step == "ready"]
    assert ready[0].pred == run.events.index(run.ended("wrap")[0]) + 1


def test_a_join_whose_branches_were_all_passed_over_goes_on_at_once() -> None:
    run = Run(PARTS.replace("order.count > 100", "order.count > 0"))

    run.complete("enter", answers={"order.count": 1, "order.paid": False})

    assert run.open_steps == {"ready"}


def test_at_most_counts_each_branch_for_itself() -> None:
    run = Run(LOOP, {"paid": True})
    run.complete("enter")
    for step in ("wrap", "label"):
        run.complete(step)
    run.complete("ready", "again")

    assert run.case.uses["split/all:0"] == 1
    assert run.ended("split")[1].way == "all:0:then,1"
