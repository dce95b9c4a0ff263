"""Tokens: steps become ready, branches meet, decisions are taken, ends are reached."""

from dataclasses import replace

import pytest

from flowengine.eventlog import SKIPPED, EntryKind
from flowengine.kernel import CaseState, TaskId
from flowengine.kernel.events import CaseClosed, IncidentRaised, StepEnded
from flowengine.kernel.evolve import evolve
from tests.builders import Run

CHOICE = """\
steps:
  enter:
    role: clerk
    asks: [order.total]
    choose:
      - {when: order.total > 500 EUR, next: check}
      - {else: pack}
  check: {role: boss, outcomes: {ok: pack, no: refused}}
  pack: {role: clerk, next: done}
  done: {end: success}
  refused: {end: failure}
"""

LOOP = """\
start: pack
steps:
  pack: {role: clerk, next: check}
  check:
    role: boss
    outcomes:
      ok: done
      again: {next: pack, at_most: 2, then: refused}
  done: {end: success}
  refused: {end: failure}
"""

SKIP = """\
steps:
  enter: {role: clerk, asks: [order.total], next: check}
  check: {role: boss, skip_when: order.total <= 500 EUR, skip_as: ok,
          outcomes: {ok: done, no: refused}}
  done: {end: success}
  refused: {end: failure}
"""


def ended(run: Run, step: str) -> list[StepEnded]:
    return [e for e in run.events if isinstance(e, StepEnded) and e.step == step]


def test_a_step_opens_when_the_one_before_it_ends() -> None:
    run = Run("receive > pack")

    assert run.open_steps == {"receive"}
    run.complete("receive")

    assert run.open_steps == {"pack"}


def test_a_join_waits_for_every_branch() -> None:
    run = Run("receive > pick & label > pack")
    run.complete("receive")

    run.complete("pick")
    assert run.open_steps == {"label"}

    run.complete("label")
    assert run.open_steps == {"pack"}


def test_the_binding_predecessor_of_a_join_is_the_branch_that_ended_last() -> None:
    run = Run("receive > pick & label > pack")
    run.complete_all(["receive", "pick", "label"])

    last_branch = ended(run, "label")[0]

    pack = run.case.tasks[TaskId("pack")]
    assert pack.pred == run.events.index(last_branch) + 1
    assert pack.enabled == last_branch.at


def test_an_end_closes_the_case_with_its_name() -> None:
    run = Run("receive")

    run.complete("receive")

    assert run.case.state is CaseState.CLOSED
    assert run.case.outcome == "success"
    assert run.case.marking == 0
    closed = run.events[-1]
    assert isinstance(closed, CaseClosed)
    assert closed.last == run.case.version - 1


def test_a_decision_is_taken_with_the_answers_just_given() -> None:
    dear, cheap = Run(CHOICE), Run(CHOICE)

    dear.complete("enter", answers={"order.total": 501_0000})
    cheap.complete("enter", answers={"order.total": 500_0000})

    assert dear.open_steps == {"check"}
    assert cheap.open_steps == {"pack"}


def test_an_outcome_leads_where_the_process_says() -> None:
    run = Run(CHOICE)
    run.complete("enter", answers={"order.total": 900_0000})

    run.complete("check", outcome="no")

    assert run.case.outcome == "failure"


def test_at_most_counts_uses_and_then_leads_on() -> None:
    run = Run(LOOP)

    for _ in range(2):
        run.complete("pack")
        run.complete("check", outcome="again")
    run.complete("pack")
    run.complete("check", outcome="again")

    assert [e.visit for e in ended(run, "pack")] == [1, 2, 3]
    assert run.case.outcome == "failure"


def test_a_skipped_step_is_an_entry_of_zero_length_and_leads_on() -> None:
    run = Run(SKIP)

    run.complete("enter", answers={"order.total": 500_0000})

    skipped = ended(run, "check")[0]
    assert skipped.outcome == SKIPPED
    assert skipped.kind is EntryKind.PASS
    assert skipped.enabled == skipped.started == skipped.at
    assert run.case.outcome == "success"


def test_a_step_is_not_skipped_where_its_rule_is_false_or_missing() -> None:
    dear, unknown = Run(SKIP), Run(SKIP)

    dear.complete("enter", answers={"order.total": 501_0000})
    unknown.complete("enter", answers={"order.total": None})

    assert dear.open_steps == unknown.open_steps == {"check"}


def test_cancel_as_a_target_withdraws_the_parallel_branch() -> None:
    run = Run("""\
steps:
  enter: {role: clerk, next: [pick, papers]}
  pick: {role: clerk, outcomes: {ok: ship, lost: cancel}}
  papers: {role: clerk, next: ship}
  ship: {role: clerk, join: all, next: done}
  done: {end: success}
""")
    run.complete("enter")

    run.complete("pick", outcome="lost")

    assert run.case.outcome == "cancelled"
    assert ended(run, "papers")[0].outcome == "withdrawn"


def test_a_token_that_would_meet_another_is_an_incident_and_never_a_merge() -> None:
    run = Run("receive > pick & label > pack")
    # Only a repair could put a token there: the checker refuses such processes.
    stray = 1 << run.net.places.index("pick")
    run.maybe_case = replace(run.case, marking=run.case.marking | stray)

    run.complete("receive")

    assert run.case.state is CaseState.OPEN
    assert isinstance(run.events[-1], IncidentRaised)
    assert run.case.incidents.keys() == {"receive"}


def test_an_end_reached_with_work_still_open_is_an_incident() -> None:
    run = Run("receive > pack")
    stray = 1 << run.net.places.index("receive")
    run.complete("receive")
    run.maybe_case = replace(run.case, marking=run.case.marking | stray)

    run.complete("pack")

    assert run.case.state is CaseState.OPEN
    assert run.case.incidents.keys() == {"done"}


def test_a_history_begins_with_opening() -> None:
    run = Run("receive > pack")

    with pytest.raises(TypeError):
        evolve(None, run.events[1])
