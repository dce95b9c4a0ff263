"""Who may do what: four eyes; and tasks that are taken together."""

import pytest

from flowengine.errors import CommandRejected
from flowengine.kernel.events import TaskClaimed
from tests.builders import GOODS, Run

FOUR_EYES = """\
start: count
steps:
  count: {role: clerk, next: check}
  check: {role: clerk, not_same_person_as: count, outcomes: {ok: done, no: count}}
  done: {end: success}
"""
BATCH = (
    GOODS
    + """\
steps:
  enter: {role: clerk, next: pick}
  pick: {role: clerk, batch: {up_to: 12, by: [order.zone, order.count]}, next: pack}
  pack: {role: clerk, batch: {up_to: 3}, next: done}
  done: {end: success}
"""
)


def test_whoever_did_that_step_last_may_not_do_this_one() -> None:
    run = Run(FOUR_EYES)
    run.complete("count", by="anna")

    for act in (run.claim, run.start):
        with pytest.raises(CommandRejected, match="somebody else than anna"):
            act("check", by="anna")
    with pytest.raises(CommandRejected, match="anna has done count"):
        run.complete("check", "ok", by="anna")
    run.complete("check", "ok", by="berta")

    assert run.case.outcome == "success"


def test_only_the_last_visit_counts() -> None:
    run = Run(FOUR_EYES)
    run.complete("count", by="anna")
    run.complete("check", "no", by="berta")

    run.complete("count", by="berta")

    assert run.case.doers == {"count": "berta"}
    run.complete("check", "ok", by="anna")
    assert run.case.outcome == "success"


def test_who_did_a_step_that_nobody_asks_about_is_not_remembered() -> None:
    run = Run("receive > pack")

    run.complete("receive")

    assert run.case.doers == {}
    assert not run.ended("receive")[0].remembered


def test_a_task_of_a_batch_says_what_its_mates_have_in_common() -> None:
    run = Run(BATCH, {"zone": "A", "count": 3})

    run.complete("enter")

    assert run.task("pick").batch == "A | 3"
    run.complete("pick")
    assert run.task("pack").batch == ""


def test_a_batch_is_claimed_with_one_group_and_completed_one_by_one() -> None:
    run = Run(BATCH)
    run.complete("enter")
    assert run.task("pick").batch == " | "

    run.claim("pick", group="g1")
    assert run.task("pick").group == "g1"
    assert run.of_kind(TaskClaimed)[0].group == "g1"
    run.release("pick")
    assert run.task("pick").group is None
    run.complete("pick")

    assert run.open_steps == {"pack"}
