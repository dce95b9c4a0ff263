"""Parallel parts that do not close: work left open at the end, a step opened twice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flowengine.language.process import StepId, StepKind
from flowengine.net.fault import FlowFault, are, fault_at_arrow, fault_at_step, named
from flowengine.net.flow import Flow, run_text, way_text
from flowengine.net.net import Transition, WayKind
from flowengine.net.plain import bits
from flowengine.net.reach import reachable
from flowengine.net.search import Exploration, FaultKind


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Two tokens that should not meet as they do, and where they parted."""

    run: tuple[Transition, ...]
    #: Steps of the tokens that were there before the last transition of the run.
    others: tuple[StepId, ...]
    #: The transition that opened both branches; None where the start did.
    split: Transition | None
    #: What happened on the way from the split to the last transition, it included.
    way: tuple[Transition, ...]


def parallel_faults(flow: Flow, found: Exploration) -> Iterator[FlowFault]:
    """F410 for an arrow out of a parallel part, F406 and F403 for branches that differ.

    What comes of one split is told once, with a shortest run.
    """
    told: dict[tuple[object, ...], FlowFault] = {}
    for fault in found.faults:
        if fault.kind not in (FaultKind.UNSAFE, FaultKind.WORK_OPEN):
            continue
        run = flow.run(found.run_of(fault))
        meeting = _meeting(flow, run, fault.places)
        leaving = _leaving(flow, meeting)
        if leaving is not None:
            key: tuple[object, ...] = (leaving.index,)
            fresh = _out_of_part(flow, meeting, leaving)
        else:
            key = ("split", meeting.split.index if meeting.split else None)
            fresh = _branches_differ(flow, meeting, fault.kind)
        if key not in told or _rank(flow, fresh) < _rank(flow, told[key]):
            told[key] = fresh
    yield from told.values()


def _rank(flow: Flow, fault: FlowFault) -> int:
    """Which of two faults of one split says more: the lower one."""
    if fault.code == "F406" and flow.step(fault.step).kind is StepKind.END:
        return 2  # that the order ends too early says more than that it ends twice
    return {"F410": 0, "F406": 0, "F403": 1}[fault.code]


def _meeting(flow: Flow, run: tuple[Transition, ...], places: int) -> _Meeting:
    """Replay a run, keeping for each token the positions in the run it came by."""
    past = dict.fromkeys(bits(flow.plain.initial), 0)
    for position, step in enumerate(run):
        own = 1 << position
        for place in bits(step.consumes):
            own |= past.pop(place, 0)
        if step.resets:
            past.clear()
        if position < len(run) - 1:
            past.update(dict.fromkeys(bits(_given(flow, step)), own))
    other = _union(past.get(place, 0) for place in bits(places))
    common = own & other
    split = common.bit_length() - 1
    after = range(split + 1, len(run))
    return _Meeting(
        run=run,
        others=flow.steps_of(places),
        split=run[split] if common else None,
        way=tuple(run[position] for position in after if own >> position & 1),
    )


def _given(flow: Flow, step: Transition) -> int:
    again = step.resets and flow.is_cancelling
    return flow.plain.initial if again else step.produces


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def _leaving(flow: Flow, meeting: _Meeting) -> Transition | None:
    """The first transition after the split from which its joins are out of reach."""
    joins = _joins_behind(flow, meeting.split)
    if meeting.split is None or not joins:
        return None
    for way in meeting.way:
        inside = reachable(flow.edges, flow.edges[way.step], [meeting.split.step])
        outside = reachable(flow.edges, way.targets, [meeting.split.step])
        if not joins.isdisjoint(inside) and joins.isdisjoint(outside):
            return way
    return None


def _joins_behind(flow: Flow, split: Transition | None) -> set[StepId]:
    """The joins that at least two branches of a split can come to."""
    if split is None:
        return set()
    targets = split.targets
    if split.kind is WayKind.ALL:
        # A branch that is not opened has its token at the join all the same.
        ways = (way for way in flow.transitions if way.step == split.step and way.skips)
        targets = tuple(step for way in ways for step in way.targets)
    branches = [
        reachable(flow.edges, [target], [split.step]).keys() for target in targets
    ]
    return {
        step
        for step in flow.edges
        if flow.step(step).join and sum(step in branch for branch in branches) > 1
    }


def _out_of_part(flow: Flow, meeting: _Meeting, leaving: Transition) -> FlowFault:
    split = meeting.split.step if meeting.split is not None else leaving.step
    behind = _joins_behind(flow, meeting.split)
    joins = [step for step in flow.edges if step in behind]
    message = (
        f"`{leaving.step}`{way_text(flow.net, leaving)} leads out of a parallel part "
        f"while {named(meeting.others)} {are(meeting.others)} still open: "
        f"{run_text(flow, meeting.run)}."
    )
    advice = (
        f"`{split}` opened the branches at once, and they meet in {named(joins, 'or')}."
        " To give the whole order up lead to `cancel`; else come back into the branch."
    )
    return fault_at_arrow(flow, "F410", leaving, message, advice, meeting.run)


def _branches_differ(flow: Flow, meeting: _Meeting, kind: FaultKind) -> FlowFault:
    last, tale = meeting.run[-1], run_text(flow, meeting.run)
    if kind is FaultKind.WORK_OPEN:
        message = (
            f"An order can end at `{last.step}` while {named(meeting.others)} "
            f"{are(meeting.others)} still open: {tale}."
        )
        advice = (
            "Let the branches meet in a step with `join: all` before the end, or lead "
            "to `cancel` to give the rest up."
        )
        return fault_at_step(flow, "F403", last.step, message, advice, meeting.run)
    twice = meeting.others[0]
    message = f"`{twice}` can be opened twice at once: {tale}."
    if flow.step(twice).join:
        advice = (
            f"Let `{last.step}` come to `{twice}` only once before `{twice}` goes on."
        )
    else:
        advice = (
            f"Where branches meet in `{twice}`, give it `join: all`; else do not lead "
            "to it again while it may be open."
        )
    return fault_at_step(flow, "F406", twice, message, advice, meeting.run)
