"""The binding predecessor: the instance whose end put the last token needed."""

from flowengine.eventlog import EntryKind
from flowengine.kernel.events import StepEnded, StepOpened
from tests.builders import Run

ROUND = """\
start: enter
steps:
  enter: {role: clerk, next: pick}
  pick: {role: clerk, outcomes: {ok: tell, short: count}}
  count: {role: clerk, next: pick}
  tell: {do: notify boss, next: await}
  await:
    wait: {paid: rest}
    timeout: {after: 1h, next: call-up}
  rest: {wait: 30m, next: done}
  call-up: {role: boss, next: rest}
  done: {end: success}
"""


def seq(run: Run, event: StepEnded) -> int:
    return run.events.index(event) + 1


def opened(run: Run, step: str, visit: int = 1) -> StepOpened:
    return next(
        event
        for event in run.of_kind(StepOpened)
        if (event.step, event.visit) == (step, visit)
    )


def test_the_first_step_has_none_and_is_enabled_as_the_order_opens() -> None:
    run = Run(ROUND)

    enter = opened(run, "enter")

    assert enter.pred is None
    assert enter.enabled == run.case.opened


def test_of_a_loop_it_is_that_visit() -> None:
    run = Run(ROUND)
    run.complete("enter")

    run.complete("pick", "short")
    run.complete("count")

    assert opened(run, "pick").pred == seq(run, run.ended("enter")[0])
    assert opened(run, "count").pred == seq(run, run.ended("pick")[0])
    assert opened(run, "pick", 2).pred == seq(run, run.ended("count")[0])


def test_of_a_message_it_is_the_wait_and_never_the_sender() -> None:
    run = Run(ROUND)
    run.complete("enter")
    run.complete("pick", "ok")

    run.deliver("paid")

    assert opened(run, "rest").pred == seq(run, run.ended("await")[0])
    assert run.ended("await")[0].who is None


def test_of_a_timeout_it_is_the_instance_that_timed_out() -> None:
    run = Run(ROUND)
    run.complete("enter")
    run.complete("pick", "ok")
    run.wait(90)

    run.fire("await")

    timed_out = run.ended("await")[0]
    assert timed_out.outcome == "timeout"
    assert opened(run, "call-up").pred == seq(run, timed_out)


def test_what_goes_by_itself_is_a_fact_of_zero_length_between() -> None:
    run = Run(ROUND)
    run.complete("enter")
    run.complete("pick", "ok")

    told = run.ended("tell")[0]

    assert told.kind is EntryKind.PASS
    assert told.enabled == told.started == told.at == run.ended("pick")[0].at
    assert told.pred == seq(run, run.ended("pick")[0])
    assert opened(run, "await").pred == seq(run, told)
