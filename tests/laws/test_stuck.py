"""Law 4: sound processes never leave an order stuck; unsound ones come with a run."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from flowengine.errors import CommandRejected
from flowengine.kernel import CaseState, UserId
from flowengine.kernel.advance import advance
from flowengine.kernel.commands import CancelCase
from flowengine.kernel.leave import cancel, instance_of, leave, resting_steps
from flowengine.kernel.run import Run
from flowengine.language import Severity, read_process
from flowengine.net import compile_net
from flowengine.net.fault import FlowFault
from flowengine.net.flow_check import find_faults
from flowengine.net.net import Net, Transition, WayKind, opened_together
from tests.builders import HEAD
from tests.laws.kernel_walk import CASE, KernelWalk, net_of_text, reference_nets
from tests.laws.random_processes import led_astray, random_steps

SEEDS = st.integers(0, 10**9)
REFERENCE = reference_nets()
#: Far more than any of these processes needs.
MOST = 2_000


def assert_it_can_be_closed(net: Net, seed: int) -> None:
    """From wherever a random walk comes to, some commands close the order."""
    chance = Random(seed)  # noqa: S311 - draws deeds, guards no secret
    walk = KernelWalk(net, chance)
    walk.run(chance.randrange(40))

    closed = walk.finish(MOST)

    # Check takes decisions as free and cannot see that all steps of a circle are
    # skipped, or are for the elements of an empty list.
    assume(
        not any("goes round by itself" in why for why in walk.case.incidents.values())
    )
    assert closed, walk.case
    assert not walk.case.incidents


@pytest.mark.parametrize("name", REFERENCE)
@given(SEEDS)
def test_an_order_of_a_reference_process_can_always_end(name: str, seed: int) -> None:
    assert_it_can_be_closed(REFERENCE[name], seed)


@given(SEEDS)
def test_an_order_of_a_process_grown_sound_can_always_end(seed: int) -> None:
    text = random_steps(Random(seed))  # noqa: S311 - grows a process

    assert_it_can_be_closed(net_of_text(text), seed)


@given(SEEDS)
def test_an_order_taken_past_its_arrows_ends_or_says_where_it_stands_still(
    seed: int,
) -> None:
    chance = Random(seed)  # noqa: S311 - grows a process, draws deeds
    walk = KernelWalk(net_of_text(random_steps(chance)), chance, moving=True)
    walk.run(40)

    closed = walk.finish(MOST)

    assert closed or walk.case.incidents


@given(SEEDS)
def test_what_check_calls_sound_can_always_end_and_what_it_does_not_is_shown(
    seed: int,
) -> None:
    chance = Random(seed)  # noqa: S311 - grows a process
    reading = read_process(led_astray(random_steps(chance), chance), "astray.yaml")
    assume(reading.process is not None)
    assert reading.process is not None
    net = compile_net(reading.process)
    wrong = [fault for fault in find_faults(net) if fault.severity is Severity.ERROR]

    if not wrong:
        assert_it_can_be_closed(net, seed)
    for fault in wrong:
        if fault.run:
            assert_the_kernel_goes_there(net, fault)


UNSOUND = {
    "F401": "enter: {role: clerk, next: [a, b]}\na: {role: clerk, next: j}\n"
    "b: {role: clerk, outcomes: {ok: j, no: c}}\nc: {role: clerk, next: j}\n"
    "j: {role: clerk, join: all, next: done}\ndone: {end: success}",
    "F403": "enter: {role: clerk, next: [a, b]}\na: {role: clerk, next: done}\n"
    "b: {role: clerk, next: done}\ndone: {end: success}",
    "F406": "enter: {role: clerk, next: [a, b]}\na: {role: clerk, next: pack}\n"
    "b: {role: clerk, next: pack}\npack: {role: clerk, next: done}\n"
    "done: {end: success}",
    "F405 behind branches that were opened": "enter: {choose_all: "
    "[{when: order.paid == yes, next: a}, {when: order.count > 5, next: b}, "
    "{else: done}]}\na: {role: clerk, outcomes: {ok: z, no: cancel}}\n"
    "b: {do: python weigh, next: z}\nz: {join: opened, next: [c, d]}\n"
    "c: {call: other@1, outcomes: {success: j, cancelled: done}}\n"
    "d: {gate: {limit: 3, in: [j]}, next: j}\n"
    "j: {role: clerk, join: all, next: done}\ndone: {end: success}",
    "F410 out of branches that were opened": "enter: {choose_all: "
    "[{when: order.paid == yes, next: a}, {when: order.count > 5, next: b}, "
    "{else: done}]}\na: {role: clerk, outcomes: {ok: z, no: done}}\n"
    "b: {do: python weigh, next: z}\nz: {join: opened, next: done}\n"
    "done: {end: success}",
}


@pytest.mark.parametrize("name", UNSOUND)
def test_the_kernel_accepts_the_run_to_a_classic_fault(name: str) -> None:
    steps = UNSOUND[name].replace("\n", "\n  ")
    net = net_of_text(f"{HEAD}start: enter\nsteps:\n  {steps}\n")
    faults = [fault for fault in find_faults(net) if fault.run]

    assert faults
    for fault in faults:
        assert_the_kernel_goes_there(net, fault)


def assert_the_kernel_goes_there(net: Net, fault: FlowFault) -> None:
    """The kernel goes each way of the run, and then shows what check has told.

    Decisions are forced: the rules are not asked, the way of the run is taken.
    """
    run = _at_the_start_of(net, fault)
    *ways, last = fault.run
    for way in ways:
        _go(run, way)
        assert not run.case.incidents
    if last.kind is WayKind.END:
        # The end is the kernel's own move: it refuses to close over open work.
        run.reached[:] = [last.step]
        advance(run)
    else:
        _go(run, last)
    assert run.case.state is CaseState.OPEN
    match fault.code:
        case "F401" | "F405":
            assert not resting_steps(run)
            assert not run.case.incidents
        case "F402":
            assert resting_steps(run)
            assert not _can_end(net, run.case.marking)
        case "F403" | "F406" | "F410":
            assert run.case.incidents.keys() == {last.step}
        case other:
            pytest.fail(f"No rule for what {other} shows: {fault}")


def _can_end(net: Net, marking: int) -> bool:
    seen = {marking}
    queue = [marking]
    for now in queue:
        for way in _every_way(net):
            if now & way.consumes == way.consumes:
                after = way.produces | (0 if way.resets else now & ~way.consumes)
                if way.resets or after == net.final:
                    return True
                if after not in seen:
                    seen.add(after)
                    queue.append(after)
    return False


def _every_way(net: Net) -> list[Transition]:
    """The ways out of all steps, branches of `choose_all` in every combination."""
    ways = [way for way in net.transitions if not way.skips]
    for net_step in net.steps.values():
        branches = [way for way in net_step.ways.values() if way.skips]
        ways += [
            opened_together(net, taken)
            for count in range(1, len(branches) + 1)
            for taken in combinations(branches, count)
        ]
    return ways


def _go(run: Run, way: Transition) -> None:
    net_step = run.net.steps[way.step]
    assert run.case.marking & net_step.inputs == net_step.inputs, way
    run.reached.clear()
    leave(run, instance_of(run, net_step), way)


def _at_the_start_of(net: Net, fault: FlowFault) -> Run:
    walk = KernelWalk(net, Random(0))  # noqa: S311 - draws an order's fields
    run = Run(net, None, walk.at, UserId("zane"))
    opened = walk.events[0]
    assert type(opened).__name__ == "CaseOpened"
    run.open(opened)  # type: ignore[arg-type] # it is the event that opens
    if fault.run[0].consumes & ~net.initial:
        cancel(run, "customer")
    return run


def test_a_stuck_order_can_still_be_cancelled_unless_it_is_too_late() -> None:
    net = REFERENCE["order-to-delivery"]
    for seed in range(40):
        walk = KernelWalk(net, Random(seed))  # noqa: S311 - draws deeds
        walk.run(30)
        if walk.case.state is CaseState.CLOSED or walk.case.cancelling:
            continue
        command = CancelCase(
            case_id=CASE, at=walk.at, by=UserId("zane"), reason="customer"
        )
        if walk.case.past_cancel:
            with pytest.raises(CommandRejected, match="take the goods back"):
                walk.tell(command)
        else:
            walk.tell(command)
            assert walk.case.cancelling
        assert walk.finish(MOST)


def test_what_goes_by_itself_stops_where_nothing_is_ready() -> None:
    net = REFERENCE["order-to-delivery"]
    walk = KernelWalk(net, Random(1))  # noqa: S311 - draws an order's fields
    run = Run(net, walk.case, walk.at, UserId("zane"))
    run.reached.extend(net.steps)

    advance(run)

    assert run.events == []
