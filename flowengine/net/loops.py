"""Circles in a flow: those without a way out, without a bound, and without any work."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from flowengine.language.problems import Severity
from flowengine.language.process import StepId, StepKind
from flowengine.net.fault import FlowFault, fault_at_arrow, fault_at_step, named
from flowengine.net.flow import Flow, run_text, way_text
from flowengine.net.net import Transition
from flowengine.net.reach import reachable
from flowengine.net.search import Exploration, FaultKind
from flowengine.net.structure import circles, closing_edges


def endless_faults(flow: Flow, found: Exploration) -> Iterator[FlowFault]:
    """F402: an order can go on for ever, and to no end."""
    told: set[tuple[StepId, ...]] = set()
    groups = [group for group in circles(flow.edges) if not _can_leave(flow, group)]
    for fault in found.faults:
        if fault.kind is not FaultKind.LIVELOCK:
            continue
        run = flow.run(found.run_of(fault))
        marked = flow.steps_of(fault.marking)
        beyond = reachable(flow.edges, marked)
        trap = tuple(step for group in groups for step in group if step in beyond)
        steps = trap or marked
        if steps not in told:
            told.add(steps)
            message = (
                f"An order can go round {named(steps)} with no way out: "
                f"{run_text(flow, run)}."
            )
            advice = (
                "Give one of them a way that leads on to an end, such as an outcome or "
                "a timeout."
            )
            yield fault_at_step(flow, "F402", steps[0], message, advice, run)


def idle_faults(flow: Flow) -> Iterator[FlowFault]:
    """F409: steps that circle with nobody working and nothing awaited."""
    idle = {
        step: tuple(target for target in targets if _is_idle(flow, target))
        for step, targets in flow.edges.items()
        if _is_idle(flow, step)
    }
    for group in circles(idle):
        message = f"{named(group)} can circle with nobody working and nothing awaited."
        advice = "A circle needs a step with `role`, `wait`, `call` or `gate` in it."
        yield fault_at_step(flow, "F409", group[0], message, advice)


def unbounded_faults(flow: Flow) -> Iterator[FlowFault]:
    """F407 for a loop that can be left, but has no `at_most`; F414 for its `then`.

    Loops in which nobody does anything are left to F409.
    """
    unbounded = [way for way in flow.transitions if way.at_most is None]
    every = _targets(flow, unbounded)
    back = [
        way
        for way in unbounded
        if way.is_then and way.step in reachable(every, way.targets)
    ]
    for way in back:
        yield _stays(flow, way)
    rest = [way for way in unbounded if way not in back]
    free = _targets(flow, rest)
    arrows: dict[tuple[StepId, StepId], Transition] = {}
    for way in rest:
        for target in way.targets:
            arrows.setdefault((way.step, target), way)
    for last, first in closing_edges(free, (*flow.start, *free)):
        loop = _way(free, first, last)
        idle = all(_is_idle(flow, step) for step in loop)
        if _can_leave(flow, loop) and not idle:
            yield _unbounded(flow, arrows[last, first], loop)


def _is_idle(flow: Flow, step: StepId) -> bool:
    """Whether an order goes through a step without hands and without waiting."""
    return flow.step(step).kind in (StepKind.ROUTE, StepKind.AUTOMATION)


def _targets(flow: Flow, ways: Iterable[Transition]) -> dict[StepId, list[StepId]]:
    """Each step of a flow with the steps that these of its ways lead to."""
    targets: dict[StepId, list[StepId]] = {step: [] for step in flow.edges}
    for way in ways:
        targets[way.step].extend(way.targets)
    return targets


def _stays(flow: Flow, way: Transition) -> FlowFault:
    (then,) = way.targets
    message = (
        f"`{way.step}`{way_text(flow.net, way)} leads to `{then}`, from where an order "
        f"can come back to `{way.step}` any number of times."
    )
    advice = "Let `then` lead out of the loop, or give the way back an `at_most` too."
    fault = fault_at_arrow(flow, "F414", way, message, advice)
    return replace(fault, severity=Severity.WARNING)


def _unbounded(flow: Flow, way: Transition, loop: tuple[StepId, ...]) -> FlowFault:
    message = (
        f"The loop {' -> '.join((*loop, loop[0]))} has no `at_most`: an order can go "
        "round it any number of times."
    )
    advice = (
        f"Say how often and what then: `{{next: {loop[0]}, at_most: 3, then: STEP}}`, "
        "with a STEP that leaves the loop."
    )
    fault = fault_at_arrow(flow, "F407", way, message, advice)
    return replace(fault, severity=Severity.WARNING)


def _can_leave(flow: Flow, group: tuple[StepId, ...]) -> bool:
    return any(
        way.step in group
        and (way.resets or not way.targets or not set(way.targets) <= set(group))
        for way in flow.transitions
    )


def _way(
    edges: Mapping[StepId, list[StepId]], first: StepId, last: StepId
) -> tuple[StepId, ...]:
    """A shortest way from `first` to `last`, both included."""
    origin: dict[StepId, StepId | None] = {first: None}
    for step in (queue := [first]):
        for target in edges[step]:
            if target not in origin:
                origin[target] = step
                queue.append(target)
    way: list[StepId] = []
    step_back: StepId | None = last
    while step_back is not None:
        way.append(step_back)
        step_back = origin[step_back]
    return tuple(reversed(way))
