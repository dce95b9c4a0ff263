"""Law 6 on cases that the kernel ran: whatever happened, the history tiles."""

from collections.abc import Callable, Sequence
from functools import partial
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.analysis import critical_path
from flowengine.errors import FlowError
from flowengine.eventlog import Entry, Trace
from flowengine.kernel import Case, CaseState, UserId
from flowengine.kernel.commands import CancelCase
from flowengine.kernel.events import CaseClosed, Event, StepEnded
from flowengine.quantities import DAY, Duration
from tests.builders import Run
from tests.laws.kernel_walk import CASE, KernelWalk, net_of_text
from tests.laws.random_processes import random_steps

#: A split and a join, a loop, a skipped task, a wait with a timeout, a way to cancel.
STEPS = """\
messages:
  money: {match: order.number}
on_cancel: {until: send, next: put-back}
steps:
  enter:
    role: clerk
    skip_when: order.paid == yes
    next: [pick, papers, await-money]
  pick:
    role: clerk
    outcomes: {ok: pack, short: {next: count, at_most: 2, then: pack}, lost: cancel}
  count: {role: clerk, next: pick}
  pack: {role: clerk, timeout: {after: 3 days, next: send}, next: send}
  papers: {next: print}
  print: {role: boss, next: send}
  await-money:
    wait: {money: send}
    timeout: {after: 2 days, next: send}
  send: {role: clerk, join: all, next: done}
  put-back: {role: clerk, next: cancelled}
  done: {end: success}
  cancelled: {end: failure}
"""
TASKS = ("enter", "pick", "count", "pack", "print", "send", "put-back")


def random_case(chance: Random) -> Trace:
    """A case in which people, messages, timers, holds and cancels come as they come."""
    run = Run(STEPS, {"paid": chance.random() < 0.3})
    moves: list[Callable[[], object]] = [
        *[partial(run.complete, step) for step in TASKS],
        *[partial(run.start, step) for step in TASKS],
        lambda: run.complete("pick", chance.choice(("ok", "ok", "short", "lost"))),
        lambda: run.deliver("money"),
        lambda: run.wait(chance.randrange(4 * 24 * 60)),
        lambda: run.fire("await-money"),
        lambda: run.fire("pack"),
        run.hold,
        run.resume,
        run.resume,
    ]
    for _ in range(300):
        if run.case.closed is not None:
            break
        move = run.cancel if chance.random() < 0.01 else chance.choice(moves)
        try:
            move()
        except FlowError:
            continue
    return trace_of(run.case, run.events)


def trace_of(case: Case, events: Sequence[Event]) -> Trace:
    """The recorded history of a case, from its events alone."""
    entries = [
        Entry(
            seq=seq,
            step=event.step,
            visit=event.visit,
            kind=event.kind,
            pred=event.pred,
            enabled=event.enabled,
            claimed=event.claimed,
            started=event.started,
            ended=event.at,
            outcome=event.outcome,
            paused=_rested(event),
        )
        for seq, event in enumerate(events, start=1)
        if isinstance(event, StepEnded)
    ]
    closing = next((e for e in events if isinstance(e, CaseClosed)), None)
    return Trace(
        case=case.id,
        number=case.number,
        opened=case.opened,
        closed=case.closed,
        outcome=case.outcome,
        entries=tuple(entries),
        last=None if closing is None else closing.last,
    )


def _rested(event: StepEnded) -> Duration:
    return Duration(sum((until or event.at) - since for since, until in event.pauses))


@given(st.integers(0, 10**9))
def test_the_path_of_a_case_that_ran_tiles_its_lead_time(seed: int) -> None:
    trace = random_case(Random(seed))  # noqa: S311 - draws moves, guards no secret

    assert_it_tiles(trace)


@given(st.integers(0, 10**9))
def test_whatever_constructs_a_process_has_its_cases_tile(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - grows a process, draws deeds
    moving = chance.random() < 0.5
    walk = KernelWalk(net_of_text(random_steps(chance)), chance, moving=moving)
    walk.run(20)
    walk.finish(2_000)
    case = walk.case
    if case.state is CaseState.OPEN and not (case.cancelling or case.past_cancel):
        walk.tell(
            CancelCase(case_id=CASE, at=walk.at, by=UserId("zane"), reason="stuck")
        )
        walk.finish(2_000)

    assert_it_tiles(trace_of(walk.case, walk.events))


def assert_it_tiles(trace: Trace) -> None:
    """Law 6; of a case that is open there is no path yet."""
    if trace.closed is None:
        with pytest.raises(ValueError, match="it is open"):
            critical_path(trace)
        return
    path = critical_path(trace)
    parts = [entry.waiting + entry.paused + entry.service for entry in path]
    assert sum(parts) == trace.closed - trace.opened


def test_random_cases_end_in_every_way() -> None:
    chance = Random(1)  # noqa: S311 - draws moves, guards no secret
    traces = [random_case(chance) for _ in range(60)]

    outcomes = {trace.outcome for trace in traces}
    assert {"success", "failure"} <= outcomes
    done = {entry.outcome for trace in traces for entry in trace.entries}
    assert {"withdrawn", "skipped", "timeout", "money", "short"} <= done
    assert max(t.closed - t.opened for t in traces if t.closed is not None) > DAY
