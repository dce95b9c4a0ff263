"""Orders that stand still: a join that waits for what never comes."""

from collections.abc import Iterator, Mapping

from flowengine.language.process import StepId
from flowengine.net.fault import FlowFault, fault_at_step, free_name, named
from flowengine.net.flow import Flow, run_text
from flowengine.net.net import Transition
from flowengine.net.plain import bits
from flowengine.net.reach import reachable
from flowengine.net.search import Exploration, FaultKind
from flowengine.net.structure import circles

#: Steps that stand still, each with the sources its join still waits for.
Missing = Mapping[StepId, tuple[StepId, ...]]


def stuck_faults(flow: Flow, found: Exploration) -> Iterator[FlowFault]:
    """F405 for a join that waits in vain, F401 for any other way to be stuck.

    Each step is told once, with a shortest run.
    """
    told: set[tuple[StepId, ...]] = set()
    for fault in found.faults:
        if fault.kind is not FaultKind.STUCK:
            continue
        missing = _missing(flow, fault.marking)
        run = flow.run(found.run_of(fault))
        for steps in _to_blame(flow, missing):
            if steps not in told:
                told.add(steps)
                yield _fault(flow, found, {step: missing[step] for step in steps}, run)


def _missing(flow: Flow, marking: int) -> Missing:
    return {
        step: _sources(flow, flow.net.steps[step].inputs & ~marking)
        for step in flow.steps_of(marking)
    }


def _sources(flow: Flow, places: int) -> tuple[StepId, ...]:
    names = (flow.net.places[place.bit_length() - 1] for place in bits(places))
    return tuple(StepId(name.partition(">")[0]) for name in names)


def _to_blame(flow: Flow, missing: Missing) -> tuple[tuple[StepId, ...], ...]:
    """The steps that wait for no other of them; else those that wait in a circle."""
    waits_for = {
        step: tuple(
            other
            for other in missing
            if other != step and not reachable(flow.edges, [other]).keys().isdisjoint(a)
        )
        for step, a in missing.items()
    }
    free = tuple((step,) for step, others in waits_for.items() if not others)
    return free or circles(waits_for)


def _fault(
    flow: Flow, found: Exploration, missing: Missing, run: tuple[Transition, ...]
) -> FlowFault:
    step, *others = missing
    if others:
        message = (
            f"An order can get stuck: {named(missing)} wait for each other: "
            f"{run_text(flow, run)}."
        )
        advice = "Let one of them go on without what comes only after the other."
        return fault_at_step(flow, "F401", step, message, advice, run)
    if not missing[step]:
        message = f"An order gets stuck at `{step}`: {run_text(flow, run)}."
        advice = f"Say where `{step}` leads, or make it an end."
        return fault_at_step(flow, "F401", step, message, advice, run)
    message = (
        f"`{step}` waits for {named(missing[step])}, which never comes on this run: "
        f"{run_text(flow, run)}."
    )
    advice = _advice(flow, found, step, missing[step])
    return fault_at_step(flow, "F405", step, message, advice, run)


def _advice(
    flow: Flow, found: Exploration, join: StepId, missing: tuple[StepId, ...]
) -> str:
    before = reachable(flow.edges, flow.start, without=[join])
    for source in missing:
        if source not in flow.edges:
            return f"Nothing leads to `{source}`: lead an arrow to it, or take it out."
        if source not in before:
            return (
                f"`{source}` comes only after `{join}`: lead it to a step behind the "
                "join."
            )
    sources = _sources(flow, flow.net.steps[join].inputs)
    alternatives = _alternatives(flow, found, join, sources, missing[0])
    if len(alternatives) == len(sources):
        return f"Only one of {named(sources)} ever comes: leave `join: all` out."
    if len(alternatives) > 1:
        meeting = free_name(flow, "ready", f"before-{join}")
        return (
            f"Only one of {named(alternatives)} ever comes. Let them meet first in a "
            f"step without a key, `{meeting}: {{next: {join}}}`, and lead each of them "
            f"to `{meeting}`."
        )
    return (
        f"Open {named(missing)} on every run that comes to `{join}`, or lead the runs "
        f"without it past `{join}`."
    )


def _alternatives(
    flow: Flow,
    found: Exploration,
    join: StepId,
    sources: tuple[StepId, ...],
    missing: StepId,
) -> tuple[StepId, ...]:
    """The sources of a join of which no two ever come together, the missing included.

    Just the missing one where the search is not complete and nothing is known.
    """
    if not found.complete:
        return (missing,)
    inputs = flow.net.steps[join].inputs
    place = dict(zip(sources, bits(inputs), strict=True))
    together = {marking & inputs for marking in found.origin}
    group = [missing]
    for source in sources:
        pairs = [place[source] | place[other] for other in group if other != source]
        alone = all(marks & pair != pair for marks in together for pair in pairs)
        if source != missing and alone:
            group.append(source)
    return tuple(source for source in sources if source in group)
