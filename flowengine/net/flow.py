"""The two flows of a process, each a plain net that begins apart from the other.

The flow of an order begins at the first step; giving the order up ends it. The flow of
cancelling begins where `on_cancel` leads; giving up there begins it again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flowengine.language.process import Arrow, Step, StepId
from flowengine.net.compile import ways_out
from flowengine.net.net import Net, Transition, WayKind, opened_together
from flowengine.net.plain import Move, PlainNet, bits
from flowengine.net.reach import reachable


@dataclass(frozen=True, slots=True)
class Deed:
    """What a move of the plain net is of the net: a way, or a part of one.

    A step with `choose_all` is left by several moves: one opens its first branch that
    holds, then each later branch is opened or skipped by a move of its own.
    """

    way: Transition
    #: It decides a later branch of a `choose_all` that has been begun.
    decides: bool = False
    #: The branch it decides is not opened.
    skips: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """A net seen from one start, with only the steps that arrows lead to from there."""

    net: Net
    #: The ways out of its steps, in file order.
    transitions: tuple[Transition, ...]
    plain: PlainNet
    #: By number of the move of `plain`.
    deeds: tuple[Deed, ...]
    #: The step that each place of `plain` belongs to, by bit; None for the end.
    step_of_place: tuple[StepId | None, ...]
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
        owners = {self.step_of_place[place.bit_length() - 1] for place in bits(places)}
        return tuple(step for step in self.edges if step in owners)

    def run(self, moves: Sequence[int]) -> tuple[Transition, ...]:
        """A run of the plain net as the ways that are taken one after the other.

        Where branches of a `choose_all` are opened, their way is `opened_together`;
        those that the run does not decide are skipped.
        """
        deeds = [self.deeds[move] for move in moves]
        ways = []
        for position, deed in enumerate(deeds):
            if deed.decides:
                continue
            if deed.way.skips:
                ways.append(opened_together(self.net, _opened(deeds[position:])))
            else:
                ways.append(deed.way)
        return tuple(ways)


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
    moves = _Moves(net, given_up)
    for step, ways in groupby(transitions, key=lambda way: way.step):
        moves.leave(step, ways)
    return Flow(
        net=net,
        transitions=transitions,
        plain=PlainNet(tuple(moves.moves), initial, net.final, moves.urgent),
        deeds=tuple(moves.deeds),
        step_of_place=tuple(moves.step_of_place),
        edges={step: edges[step] for step in edges if step in part},
        start=start,
        is_cancelling=is_cancelling,
    )


class _Moves:
    """Writes the moves of the plain net, step after step."""

    def __init__(self, net: Net, given_up: int) -> None:
        self._given_up = given_up
        self.moves: list[Move] = []
        self.deeds: list[Deed] = []
        self.step_of_place = list(net.step_of_place)
        self.urgent = 0

    def leave(self, step: StepId, ways: Iterable[Transition]) -> None:
        """Add the moves of one step."""
        branches: dict[str, list[Transition]] = {}
        for way in ways:
            if way.skips:
                branches.setdefault(way.label, []).append(way)
            else:
                self._add(Deed(way), way.consumes, self._produced(way))
        self._open(step, list(branches.values()))

    def _open(self, step: StepId, branches: Sequence[Sequence[Transition]]) -> None:
        """Let a step open one branch or more; each is a way, and perhaps its `then`."""
        undecided = {way.label: self._place(step) for way, *_ in branches[1:]}
        skipped = 0
        for way, *then in branches:
            place = undecided.pop(way.label, 0)
            later = sum(undecided.values())
            for taken in (way, *then):
                given = self._produced(taken)
                self._add(Deed(taken), taken.consumes, skipped | given | later)
                if place:
                    self._add(Deed(taken, decides=True), place, given)
            if place:
                self._add(Deed(way, decides=True, skips=True), place, way.skips)
            skipped |= way.skips

    def _place(self, step: StepId) -> int:
        place = 1 << len(self.step_of_place)
        self.step_of_place.append(step)
        self.urgent |= place
        return place

    def _produced(self, way: Transition) -> int:
        return self._given_up if way.resets else way.produces

    def _add(self, deed: Deed, consumes: int, produces: int) -> None:
        resets = deed.way.resets and not deed.skips
        self.moves.append(Move(consumes, produces, resets))
        self.deeds.append(deed)


def _opened(deeds: Sequence[Deed]) -> tuple[Transition, ...]:
    """The branches that a step opens by its first deed of a run and by later ones."""
    first, *later = deeds
    opened = [first.way]
    for deed in later:
        if deed.way.step == first.way.step:
            if not deed.decides:
                break
            if not deed.skips:
                opened.append(deed.way)
    return tuple(opened)


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
