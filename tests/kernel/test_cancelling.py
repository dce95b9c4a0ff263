"""Cancelling: until when, what it leads to, and how it branches."""

import pytest

from flowengine.errors import CommandRejected
from flowengine.kernel.events import CancelBegun
from tests.builders import Run

BRANCHES = """\
start: enter
steps:
  enter: {role: clerk, next: [pick, papers]}
  pick: {role: clerk, next: ship}
  papers: {role: clerk, next: ship}
  ship: {join: all, role: clerk, next: done}
  put-back: {role: clerk, next: over}
  tell: {role: clerk, next: over}
  done: {end: success}
  over: {end: failure}
on_cancel:
  until: ship
  choose:
    - {when: order.paid == yes, next: [put-back, tell]}
    - {else: put-back}
"""


def test_on_cancel_may_branch_by_the_fields_of_the_order() -> None:
    free = Run(BRANCHES.replace("[put-back, tell]", "tell"))
    paid = Run(BRANCHES.replace("[put-back, tell]", "tell"), {"paid": True})

    free.cancel()
    paid.cancel()

    assert free.open_steps == {"put-back"}
    assert paid.open_steps == {"tell"}


def test_cancel_is_allowed_until_the_join_of_the_until_step_is_complete() -> None:
    run = Run(BRANCHES.replace("[put-back, tell]", "tell"))
    run.complete_all(["enter", "pick"])

    early = run.case
    run.cancel()
    assert run.open_steps == {"put-back"}
    run.maybe_case = early
    run.complete("papers")

    with pytest.raises(CommandRejected, match="before ship"):
        run.cancel()


def test_a_cancel_that_waits_for_nothing_is_done_at_once() -> None:
    run = Run(BRANCHES.replace("[put-back, tell]", "tell"))

    run.cancel()

    assert not run.of_kind(CancelBegun)
    assert run.case.cancelling
    assert run.case.cancellation is None
