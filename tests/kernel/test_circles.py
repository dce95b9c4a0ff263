"""Going round without hands: what is bounded ends, what is not stands still."""

from flowengine.kernel import CaseState
from flowengine.kernel.events import IncidentRaised
from flowengine.language.process import StepId
from tests.builders import Run

TICKS = """\
steps:
  enter: {role: clerk, next: listen}
  listen: {wait: {tick: listen, over: done}}
  done: {end: success}
"""

SKIPS = """\
start: pack
steps:
  pack: {role: clerk, skip_when: order.paid == yes, next: check}
  check:
    role: boss
    skip_when: order.paid == yes
    skip_as: again
    outcomes: {ok: done, again: pack}
  done: {end: success}
"""


def test_every_message_kept_through_a_hold_is_taken() -> None:
    run = Run(TICKS)
    run.complete("enter")
    run.hold()
    for number in range(100):
        run.deliver("tick", key=str(number))

    run.resume()

    assert run.case.visits[StepId("listen")] == 101
    assert not run.case.kept
    assert not run.case.incidents


def test_a_circle_of_skipped_steps_is_an_incident_and_can_be_cancelled() -> None:
    run = Run(SKIPS, {"paid": True})

    assert run.case.state is CaseState.OPEN
    assert isinstance(run.events[-1], IncidentRaised)
    assert "goes round by itself" in run.events[-1].reason

    run.cancel()
    assert run.case.outcome == "cancelled"
