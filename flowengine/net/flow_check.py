"""The flow of a net: everything that is wrong with it, each fault with its run."""

from collections.abc import Iterator
from dataclasses import replace

from flowengine.language import Problem, Severity
from flowengine.language.process import StepId
from flowengine.net.cancels import late_cancel_faults
from flowengine.net.decisions import contradiction
from flowengine.net.fault import FlowFault, fault_at_step, named
from flowengine.net.flow import Flow, cancel_flow, order_flow, way_text
from flowengine.net.gates import gate_faults
from flowengine.net.loops import endless_faults, idle_faults, unbounded_faults
from flowengine.net.net import Net
from flowengine.net.opened_faults import opened_faults
from flowengine.net.parallel import parallel_faults
from flowengine.net.search import Exploration, FaultKind
from flowengine.net.soundness import Verdict, judge
from flowengine.net.stuck import stuck_faults


def flow_problems(net: Net, path: str) -> tuple[Problem, ...]:
    """What is wrong with the flow of a net (F4xx)."""
    return tuple(_problem(fault, path) for fault in find_faults(net))


def find_faults(net: Net) -> tuple[FlowFault, ...]:
    """What is wrong with the flow of a net, each fault once, with its run.

    How to read a fault: `run` is a shortest run from the start (`net.initial`; from
    `net.cancelled` where its first way takes from there), one way out of a step after
    the other. Each way takes `consumes` and gives `produces`; one that `resets` empties
    the marking first and gives `net.cancelled`. A way of kind ALL has the labels of the
    branches that are opened ("0,2"), and gives to the join what the others skip to.
    What is marked after the run is where the order stands; in F406 and F410 the last
    way may give to a place that is marked already. `step` is to blame, and `way`, where
    it is one of its ways out.

    Without a run are faults that stand in the arrows alone: F404 (no order comes
    there), F407, F409 and F414 (circles), F411 to F413 (branches that are opened, and
    their join), F415 (gates), F416 (late cancels), F408 (not decided), and what is too
    large to show.
    """
    flows = [order_flow(net)]
    cancelling = cancel_flow(net)
    if cancelling is not None:
        flows.append(cancelling)
    faults: dict[tuple[object, ...], FlowFault] = {}
    for fault in (*_unreached(flows), *_faults_of_all(flows)):
        faults.setdefault((fault.code, fault.step, fault.at), fault)
    return tuple(_with_contradiction(net, fault) for fault in faults.values())


def _with_contradiction(net: Net, fault: FlowFault) -> FlowFault:
    """The same fault; its help says so where two decisions of the run contradict."""
    found = contradiction(net, fault.run)
    if found is None:
        return fault
    one, other = (f"`{way.step}`{way_text(net, way)}" for way in found)
    told = (
        "Checking takes decisions as free. As the rules stand today no order takes "
        f"this run: none passes both {one} and {other}."
    )
    return replace(fault, help=f"{fault.help}\n{told}")


def _faults_of_all(flows: list[Flow]) -> Iterator[FlowFault]:
    for flow in flows:
        opened = tuple(opened_faults(flow))
        # Where it is not clear what a join waits for, no run would say more.
        yield from opened or _judged(flow)
        yield from idle_faults(flow)
        yield from unbounded_faults(flow)
        yield from gate_faults(flow)
        yield from late_cancel_faults(flow)


def _judged(flow: Flow) -> Iterator[FlowFault]:
    verdict = judge(flow.plain)
    if verdict.shown is not None:
        shown = tuple(_shown(flow, verdict.shown))
        yield from shown or _not_shown(flow, verdict)
    elif verdict.is_sound is None:
        yield _not_decided(flow, verdict)


def _shown(flow: Flow, found: Exploration) -> Iterator[FlowFault]:
    """The faults that a search met, without those that come of another of them."""
    parallel = tuple(parallel_faults(flow, found))
    leaving = {fault.way for fault in parallel if fault.code == "F410"}
    faults = [
        fault
        for fault in (
            *stuck_faults(flow, found),
            *parallel,
            *endless_faults(flow, found),
        )
        if fault.way in leaving or leaving.isdisjoint(fault.run)
    ]
    # Behind another fault much is dead; on its own it is worth telling.
    yield from faults or _dead(flow, found)


def _dead(flow: Flow, found: Exploration) -> Iterator[FlowFault]:
    steps = (
        flow.deeds[fault.move].way.step
        for fault in found.faults
        if fault.kind is FaultKind.DEAD and fault.move is not None
    )
    for step in dict.fromkeys(steps):
        message = f"Arrows lead to `{step}`, but no order ever opens it."
        advice = "No run brings all it waits for: take it out, or change what it joins."
        yield fault_at_step(flow, "F404", step, message, advice)


def _unreached(flows: list[Flow]) -> Iterator[FlowFault]:
    first = flows[0]
    for step in first.net.process.steps:
        if not any(step in flow.edges for flow in flows):
            message = f"No order ever comes to `{step}`."
            advice = (
                f"Orders begin at `{first.net.process.start}` (`start:` names another "
                f"step). Lead an arrow to `{step}` from there, or take it out."
            )
            yield fault_at_step(first, "F404", step, message, advice)


#: Codes of faults that are known, but whose run is too far to be found.
_CODES = {
    FaultKind.STUCK: ("F401", "An order can get stuck"),
    FaultKind.LIVELOCK: ("F402", "An order can go round with no way out"),
    FaultKind.WORK_OPEN: ("F403", "An order can end with work open"),
    FaultKind.DEAD: ("F404", "There is a step that no order opens"),
    FaultKind.UNSAFE: ("F406", "A step can be opened twice at once"),
}


def _not_shown(flow: Flow, verdict: Verdict) -> Iterator[FlowFault]:
    if verdict.kind is None:
        return
    code, message = _CODES[verdict.kind]
    steps = _steps_left(flow, verdict)
    yield fault_at_step(
        flow,
        code,
        steps[0],
        f"{message}, somewhere among {named(steps)}.",
        "The flow is too large to show a run: check its parts apart.",
    )


def _not_decided(flow: Flow, verdict: Verdict) -> FlowFault:
    steps = _steps_left(flow, verdict)
    return FlowFault(
        code="F408",
        step=steps[0],
        message=f"Not decided whether every order can end: {named(steps)} take too "
        "long to search.",
        help="Let fewer of them be open at once, or check parts of the flow apart.",
        severity=Severity.WARNING,
        at=flow.step(steps[0]).at,
    )


def _steps_left(flow: Flow, verdict: Verdict) -> tuple[StepId, ...]:
    left = {flow.deeds[move].way.step for move in verdict.left}
    return tuple(step for step in flow.edges if step in left) or flow.start


def _problem(fault: FlowFault, path: str) -> Problem:
    return Problem(
        path=path,
        line=fault.at.line,
        column=fault.at.column,
        code=fault.code,
        severity=fault.severity,
        message=fault.message,
        help=fault.help,
        width=fault.at.width,
    )
