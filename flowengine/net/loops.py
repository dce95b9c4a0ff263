"""Circles in a flow: those without a way out, without a bound, and without any work."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from flowengine.language.problems import Severity
from flowengine.language.process import StepId, StepKind
from flowengine.net.fault import FlowFault, fault_at_arrow, fault_at_step, named
from flowengine.net.flow import Flow, run_text
from flowengine.net.net import Transition
from flowengine.net.search import Exploration, FaultKind
from flowengine.net.structure import circles, closing_edges, reachable


def endless_faults(flow: Flow, found: Exploration) -> Iterator[FlowFault]:
    """F402: an order can go on for ever, and to no end."""
    told: set[tuple[StepId, ...]] = set()
    groups = [group for group in circles(flow.edges) if not _can_leave(flow, group)]
    for fault in found.faults:
        if fault.kind is not FaultKind.LIVELOCK:
            continue
        run = tuple(flow.transitions[move] for move in found.run_of(fault))
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
    routes = {
        step: tuple(
            target for target in targets if flow.step(target).kind is StepKind.ROUTE
        )
        for step, targets in flow.edges.items()
        if flow.step(step).kind is StepKind.ROUTE
    }
    for group in circles(routes):
        message = f"{named(group)} can circle with nobody working and nothing awaited."
        advice = "A circle needs a step with a role or a wait in it."
        yield fault_at_step(flow, "F409", group[0], message, advice)


def unbounded_faults(flow: Flow) -> Iterator[FlowFault]:
    """F407: a loop that can be left, but of which no arrow has `at_most`.

    Loops of decisions alone are left to F409.
    """
    free: dict[StepId, list[StepId]] = {step: [] for step in flow.edges}
    arrows: dict[tuple[StepId, StepId], Transition] = {}
    for way in flow.transitions:
        if way.at_most is None:
            for target in way.targets:
                free[way.step].append(target)
                arrows.setdefault((way.step, target), way)
    for last, first in closing_edges(free, (*flow.start, *free)):
        loop = _way(free, first, last)
        idle = all(flow.step(step).kind is StepKind.ROUTE for step in loop)
        if _can_leave(flow, loop) and not idle:
            yield _unbounded(flow, arrows[last, first], loop)


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
