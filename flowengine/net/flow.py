"""The two flows of a process, each a plain net that begins apart from the other.

The flow of an order begins at the first step; giving the order up ends it. The flow of
cancelling begins where `on_cancel` leads; giving up there begins it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flowengine.language.process import Arrow, Step, StepId
from flowengine.net.compile import ways_out
from flowengine.net.net import Net, Transition, WayKind
from flowengine.net.plain import Move, PlainNet, bits
from flowengine.net.structure import reachable


@dataclass(frozen=True, slots=True)
class Flow:
    """A net seen from one start, with only the steps that arrows lead to from there."""

    net: Net
    #: In file order; their positions are the numbers of the moves of `plain`.
    transitions: tuple[Transition, ...]
    plain: PlainNet
    #: Steps in file order, each with the steps its arrows lead to.
    edges: Mapping[StepId, tuple[StepId, ...]]
    #: The steps it begins at.
    start: tuple[StepId, ...]
    is_cancelling: bool

    def step(self, step: StepId) -> Step:
        """The written step."""
        return self.net.steps[step].step

    def steps_of(self, places: int) -> tuple[StepId, ...]:
        """The steps that places belong to, in the order of the file, each once."""
        owners = {
            self.net.step_of_place[place.bit_length() - 1] for place in bits(places)
        }
        return tuple(step for step in self.edges if step in owners)


def order_flow(net: Net) -> Flow:
    """The flow of an order, from its first step."""
    return _flow(net, (net.process.start,), net.initial, is_cancelling=False)


def cancel_flow(net: Net) -> Flow | None:
    """The flow of cancelling, from where `on_cancel` leads; None without it."""
    on_cancel = net.process.on_cancel
    if on_cancel is None or net.cancelled == net.final:
        return None
    return _flow(net, on_cancel.arrow.targets, net.cancelled, is_cancelling=True)


def arrow_of(net: Net, transition: Transition) -> Arrow | None:
    """The written arrow of a transition; None for that of an end."""
    for kind, label, arrow in ways_out(net.steps[transition.step].step):
        if (kind, label) == (transition.kind, transition.label):
            return arrow
    return None


def _flow(
    net: Net, start: tuple[StepId, ...], initial: int, *, is_cancelling: bool
) -> Flow:
    back, given_up = (start, initial) if is_cancelling else ((), net.final)
    written: dict[StepId, dict[StepId, None]] = {step: {} for step in net.steps}
    for transition in net.transitions:
        targets = back if transition.resets else transition.targets
        written[transition.step].update(dict.fromkeys(targets))
    edges = {step: tuple(targets) for step, targets in written.items()}
    part = reachable(edges, start)
    transitions = tuple(way for way in net.transitions if way.step in part)
    moves = tuple(
        Move(way.consumes, given_up if way.resets else way.produces, way.resets)
        for way in transitions
    )
    return Flow(
        net=net,
        transitions=transitions,
        plain=PlainNet(moves, initial, net.final),
        edges={step: edges[step] for step in edges if step in part},
        start=start,
        is_cancelling=is_cancelling,
    )


def run_text(flow: Flow, run: tuple[Transition, ...]) -> str:
    """A run as people read it: `enter -> check [outcome ok] -> pack`."""
    told = [f"{way.step}{way_text(flow.net, way)}" for way in run]
    if run and run[-1].resets:
        told.append("cancel")
    elif run:
        told += [" and ".join(run[-1].targets)] if run[-1].targets else []
    else:
        told = [" and ".join(flow.start)]
    return " -> ".join((["(cancelled)"] if flow.is_cancelling else []) + told)


def way_text(net: Net, way: Transition) -> str:
    """Which way out of its step a transition is; empty for the only one."""
    written = net.steps[way.step].step
    named = ""
    match way.kind:
        case WayKind.CHOICE:
            rule = written.choose[int(way.label)].rule
            named = "else" if rule is None else f"when {rule.text}"
        case WayKind.ALL:
            named = _opened_text(written, way.label)
        case WayKind.OUTCOME | WayKind.MESSAGE:
            named = f"{way.kind} {way.label}"
        case WayKind.TIMEOUT:
            named = "timeout"
        case WayKind.NEXT | WayKind.END:
            pass
    arrow = arrow_of(net, way)
    if way.is_then and arrow is not None:
        named = f"{named} after {arrow.at_most} times".strip()
    return f" [{named}]" if named else ""


def _opened_text(step: Step, label: str) -> str:
    """Which branches of a `choose_all` are opened: their rules, or `else`."""
    told = []
    for part in label.split(","):
        number, _, then = part.partition(":")
        branch = step.choose_all[int(number)]
        rule = "else" if branch.rule is None else f"when {branch.rule.text}"
        after = f" after {branch.arrow.at_most} times" if then else ""
        told.append(f"{rule}{after}")
    return " and ".join(told)
