"""Branches of `choose_all` that their `join: opened` cannot wait for."""

from collections.abc import Iterator, Mapping

from flowengine.language.process import Join, StepId
from flowengine.net.compile import step_edges
from flowengine.net.fault import (
    FlowFault,
    fault_at_arrow,
    fault_at_step,
    free_name,
    named,
)
from flowengine.net.flow import Flow, way_text
from flowengine.net.net import Transition, WayKind
from flowengine.net.opened import Graph, Opening, branches_of, openings_of
from flowengine.net.reach import reachable


def opened_faults(flow: Flow) -> Iterator[FlowFault]:
    """F411 to F413: what a `choose_all` and its `join: opened` need of each other.

    They are told by the arrows alone, without a run: where one of them stands, what
    is open when is not yet said.
    """
    edges = step_edges(flow.net.process)
    openings = openings_of(flow.net.process, edges)
    for step in flow.edges:
        written = flow.step(step)
        if written.choose_all and step in openings:
            yield from _branch_faults(flow, openings[step])
        elif written.choose_all:
            yield _without_join(flow, step)
        if written.join is Join.OPENED:
            yield from _join_faults(flow, step, openings, edges)


def _without_join(flow: Flow, step: StepId) -> FlowFault:
    ready = free_name(flow, "ready")
    message = f"`{step}` opens branches by `choose_all`, but nothing waits for them."
    advice = (
        "Let its branches meet in a step that waits for those that were opened, "
        f"`{ready}: {{join: opened, next: STEP}}`."
    )
    return fault_at_step(flow, "F411", step, message, advice)


def _branch_faults(flow: Flow, opening: Opening) -> Iterator[FlowFault]:
    ways = _branch_ways(flow, opening.split)
    taken: dict[StepId, Transition] = {}
    for way, sources in zip(ways, opening.sources, strict=True):
        branch = f"The branch{way_text(flow.net, way)} of `{opening.split}`"
        if not sources:
            message = (
                f"{branch} does not come to `{opening.join}`, which waits for every "
                "branch that was opened."
            )
            advice = f"Lead it to `{opening.join}`, where the branches meet."
            yield fault_at_arrow(flow, "F411", way, message, advice)
        elif len(sources) > 1:
            yield _several_sources(flow, opening, way, sources)
        elif sources[0] in taken and sources[0] != opening.split:
            yield _shared_source(flow, opening, (taken[sources[0]], way), sources[0])
        taken |= dict.fromkeys(sources, way)


def _branch_ways(flow: Flow, split: StepId) -> tuple[Transition, ...]:
    """The branches of a `choose_all`, `else` left out."""
    ways = flow.net.steps[split].ways
    written = flow.step(split).choose_all
    return tuple(ways[WayKind.ALL, str(number)] for number in range(len(written) - 1))


def _several_sources(
    flow: Flow, opening: Opening, way: Transition, sources: tuple[StepId, ...]
) -> FlowFault:
    message = (
        f"The branch{way_text(flow.net, way)} of `{opening.split}` comes to "
        f"`{opening.join}` by {named(sources)}, but a branch has one place there."
    )
    meeting = free_name(flow, "ready", f"before-{opening.join}")
    advice = (
        f"Let them meet first in a step without a key, `{meeting}: {{next: "
        f"{opening.join}}}`, and lead each of them to `{meeting}`."
    )
    return fault_at_arrow(flow, "F413", way, message, advice)


def _shared_source(
    flow: Flow,
    opening: Opening,
    ways: tuple[Transition, Transition],
    source: StepId,
) -> FlowFault:
    one, other = (way_text(flow.net, way).strip() for way in ways)
    message = (
        f"The branches {one} and {other} of `{opening.split}` both come to "
        f"`{opening.join}` by `{source}`, but each needs a place of its own there."
    )
    meeting = free_name(flow, f"{source}-done")
    advice = (
        "Lead the last step of one of them to a step without a key, "
        f"`{meeting}: {{next: {opening.join}}}`; or make one branch of both, with "
        "`or` between their rules."
    )
    return fault_at_arrow(flow, "F413", ways[1], message, advice)


def _join_faults(
    flow: Flow, join: StepId, openings: Mapping[StepId, Opening], edges: Graph
) -> Iterator[FlowFault]:
    splits = [opening for opening in openings.values() if opening.join == join]
    if not splits:
        message = (
            f"`{join}` has `join: opened`, but no `choose_all` opens its branches."
        )
        advice = (
            "Write `join: all` where it waits for every arrow, and no `join` where it "
            "goes on at each arrival."
        )
        yield fault_at_step(flow, "F412", join, message, advice)
    elif len(splits) > 1:
        steps = [opening.split for opening in splits]
        message = f"`{join}` waits for the branches of {named(steps)}."
        advice = "Give each `choose_all` a step with `join: opened` of its own."
        yield fault_at_step(flow, "F412", join, message, advice)
    else:
        yield from _entering_faults(flow, splits[0], edges)


def _entering_faults(flow: Flow, opening: Opening, edges: Graph) -> Iterator[FlowFault]:
    """Arrows by which what the `choose_all` did not open comes to its join."""
    split, join = opening.split, opening.join
    targets = [step for branch in branches_of(flow.step(split)) for step in branch]
    branches = {
        step
        for step in reachable(edges, targets, [split, join])
        if join in reachable(edges, edges[step], [split])
    }
    opened = _branch_ways(flow, split)
    for way in flow.transitions:
        entered = [step for step in way.targets if step in branches or step == join]
        if not entered or way.step in branches or _is_of(way, opened):
            continue
        message = (
            f"`{way.step}`{way_text(flow.net, way)} leads to `{entered[0]}`, but "
            f"`{join}` waits only for what `{split}` opens."
        )
        advice = (
            f"Lead it to a step behind `{join}`, or to `{split}`, which opens the "
            "branches."
        )
        yield fault_at_arrow(flow, "F412", way, message, advice)


def _is_of(way: Transition, branches: tuple[Transition, ...]) -> bool:
    """Whether a way is one of these branches, or the `then` of one."""
    name = way.step, way.kind, way.label
    return any((each.step, each.kind, each.label) == name for each in branches)
