"""What check says of stock is what all runs of small random processes show."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from flowengine.language.parts import (
    Automation,
    AutomationKind,
    StockEffect,
    StockVerb,
)
from flowengine.language.process import Process, Step, StepId, StepKind
from flowengine.net import Net, WayKind, compile_net
from flowengine.net.flow import cancel_flow, order_flow
from flowengine.net.net import Transition, opened_together
from flowengine.net.reservations import stock_faults
from flowengine.net.reservations.search import search
from tests.builders import process_of
from tests.laws.random_processes import random_steps

LINES = ("order", "lines")
ENDING = {StockVerb.RELEASE, StockVerb.PICK, StockVerb.SCRAP}

#: Stands among the holders where nothing more of the list is to be reserved.
WHOLE = StepId("(all)")

#: Marking, who holds what is reserved, what `undo` has to reverse (oldest first),
#: whether it is too late to cancel, whether the order was cancelled.
State = tuple[int, frozenset[StepId], tuple[StepId, ...], bool, bool]


@given(st.integers(0, 10**9))
def test_check_finds_what_all_runs_show_and_nothing_else(seed: int) -> None:
    net = _net(seed)

    found = {
        (fault.code, fault.step)
        for fault in stock_faults(net)
        if fault.code in ("F501", "F502")
    }

    assert found == _left_by_all_runs(net)


@given(st.integers(0, 10**9))
def test_branches_that_are_not_mixed_lead_to_the_same_verdict(seed: int) -> None:
    net = _net(seed)
    flows = order_flow(net), cancel_flow(net)

    whole = search(net, flows, LINES, trusts_parts=True, shortest_limit=100_000)
    parted = search(net, flows, LINES, trusts_parts=True, shortest_limit=0)

    assume(whole.is_complete)  # a few of the nets have more states than that
    assert len(parted.origin) <= len(whole.origin)
    if parted.is_complete:
        assert {(state.held, state.is_cancelled) for state in parted.ended} == {
            (state.held, state.is_cancelled) for state in whole.ended
        }


def _net(seed: int) -> Net:
    return compile_net(_with_stock(Random(seed)))  # noqa: S311 - the seed is drawn


def _with_stock(chance: Random) -> Process:
    """A random sound process, some steps of which have to do with the same goods."""
    process = process_of(random_steps(chance))
    steps = {step: _touched(each, chance) for step, each in process.steps.items()}
    return replace(process, steps=steps)


def _touched(step: Step, chance: Random) -> Step:
    drawn = chance.random()
    if step.kind is not StepKind.TASK or drawn > 0.6:
        return step
    undo = chance.choice([None, None, StockVerb.RELEASE, StockVerb.RESERVE])
    written = None if undo is None else _automation(undo)
    if step.next is not None and step.timeout is None and drawn < 0.3:
        return replace(
            step,
            kind=StepKind.AUTOMATION,
            role=None,
            skip_when=None,
            next=None,
            outcomes=dict.fromkeys(("all", "some", "none"), step.next),
            do=_automation(StockVerb.RESERVE),
            undo=written if undo is StockVerb.RELEASE else None,
        )
    verb = chance.choice([StockVerb.RESERVE, *ENDING])
    if verb is StockVerb.RESERVE and undo is StockVerb.RESERVE:
        written = None
    return replace(step, stock=StockEffect(verb, LINES), undo=written)


def _automation(verb: StockVerb) -> Automation:
    text = f"stock.{verb} order.lines"
    return Automation(AutomationKind.STOCK, text, StockEffect(verb, LINES))


def _left_by_all_runs(net: Net) -> set[tuple[str, StepId]]:
    """Who has reserved what is left at an end of some run, found by trying them all."""
    first: State = (net.initial, frozenset(), (), False, False)
    seen = {first}
    left: set[tuple[str, StepId]] = set()
    for state in (queue := [first]):
        marking, held, _, _, is_cancelled = state
        if marking == net.final:
            code = "F502" if is_cancelled else "F501"
            left |= {(code, step) for step in held - {WHOLE}}
        for after in _all_after(net, state):
            if after not in seen:
                seen.add(after)
                queue.append(after)
        assert len(queue) < 200_000
    return left


def _all_after(net: Net, state: State) -> Iterator[State]:
    marking, held, undo, is_late, is_cancelled = _late(net, state)
    if marking == net.final:
        return
    if not (is_late or is_cancelled):
        yield _cancelled(net, held, undo)
    for way in _all_ways(net):
        if marking & way.consumes == way.consumes:
            for holders, reversed_later in _effects(net, way, held, undo):
                if way.resets:
                    yield _cancelled(net, holders, reversed_later)
                else:
                    rest = (marking ^ way.consumes) | way.produces
                    yield rest, holders, reversed_later, is_late, is_cancelled


def _all_ways(net: Net) -> Iterator[Transition]:
    """Every way out of a step; of a `choose_all` with every choice of branches."""
    branches: dict[StepId, dict[str, list[Transition | None]]] = {}
    for way in net.transitions:
        if not way.skips:
            yield way
        else:
            step = branches.setdefault(way.step, {})
            step.setdefault(way.label, [None]).append(way)
    for labels in branches.values():
        for chosen in product(*labels.values()):
            taken = [way for way in chosen if way is not None]
            if taken:
                yield opened_together(net, taken)


def _late(net: Net, state: State) -> State:
    marking, held, undo, is_late, is_cancelled = state
    until = net.process.on_cancel.until if net.process.on_cancel else None
    if until is not None and not is_cancelled:
        inputs = net.steps[until].inputs
        is_late = is_late or marking & inputs == inputs
    return marking, held, undo, is_late, is_cancelled


def _cancelled(net: Net, held: frozenset[StepId], undo: tuple[StepId, ...]) -> State:
    """Reverse what was done, the latest first; then as `on_cancel` says."""
    held -= {WHOLE}
    for entry in reversed(undo):
        name, _, gone = entry.partition("/")
        step = net.process.steps[StepId(name)]
        effect = step.undo.stock if step.undo is not None else None
        assert effect is not None
        if effect.verb is StockVerb.RESERVE:
            held |= {StepId(each) for each in gone.split(",")}
        elif _verb(step) is StockVerb.RESERVE:
            held -= {step.id}
        else:
            held = frozenset()
    return net.cancelled, held, (), False, True


def _effects(
    net: Net, way: Transition, held: frozenset[StepId], undo: tuple[StepId, ...]
) -> Iterator[tuple[frozenset[StepId], tuple[StepId, ...]]]:
    """What is held and what is to be undone after a step was left by a way."""
    step = net.process.steps[way.step]
    verb = _verb(step)
    may_be_skipped = step.skip_when is not None and (
        way.kind is not WayKind.OUTCOME or way.label == step.skip_as
    )
    if verb is None or way.kind is WayKind.TIMEOUT or may_be_skipped:
        yield held, undo
    if verb is None or way.kind is WayKind.TIMEOUT:
        return
    if verb is not StockVerb.RESERVE:
        yield frozenset(), _booked(undo, step, held)
    elif WHOLE in held:
        if way.label not in ("some", "none"):
            yield held, undo
    elif way.label == "none":
        if not held:
            yield held, undo
    else:
        whole = frozenset() if way.label == "some" else frozenset({WHOLE})
        yield held | whole | {step.id}, _booked(undo, step, held)


def _booked(
    undo: tuple[StepId, ...], step: Step, held: frozenset[StepId]
) -> tuple[StepId, ...]:
    """One more thing to undo; the same twice in a circle is kept once."""
    if step.undo is None or step.undo.stock is None:
        return undo
    entry = step.id
    if step.undo.stock.verb is StockVerb.RESERVE:
        if not held:
            return undo
        entry = StepId(f"{step.id}/{','.join(sorted(held - {WHOLE}))}")
    return undo if entry in undo else (*undo, entry)


def _verb(step: Step) -> StockVerb | None:
    if step.stock is not None:
        return step.stock.verb
    return step.do.stock.verb if step.do is not None and step.do.stock else None
