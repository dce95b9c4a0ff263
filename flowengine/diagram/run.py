"""A run through a net, replayed on its outline: what it passes and where it ends."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flowengine.diagram.outline import CANCEL_NODE, START_NODE, Outline, Way, step_node
from flowengine.language.process import StepId
from flowengine.net import Net, Transition, WayKind


@dataclass(frozen=True, slots=True)
class Standing:
    """A step that holds a token when the run is over."""

    step: StepId
    #: Steps whose token it still waits for; empty where it could go on.
    missing: tuple[StepId, ...]
    #: A second token came while it had one already.
    is_twice: bool = False


@dataclass(frozen=True, slots=True)
class Replay:
    """What a run leaves behind."""

    #: It begins where `on_cancel` leads.
    is_cancelling: bool
    standing: tuple[Standing, ...]
    #: The case is over.
    is_ended: bool
    #: Ids of the arrows it takes.
    arrows: frozenset[str]


def replay(net: Net, shape: Outline, run: tuple[Transition, ...]) -> Replay:
    """Follow a run from the start of an order, or from where cancelling leads."""
    is_cancelling = bool(run) and (net.initial & run[0].consumes) != run[0].consumes
    start = net.cancelled if is_cancelling else net.initial
    marking, twice = start, 0
    for way in run:
        if way.resets:
            marking, twice = (start if is_cancelling else way.produces), 0
            continue
        left = marking & ~way.consumes
        twice |= left & way.produces
        marking = left | way.produces
    return Replay(
        is_cancelling=is_cancelling,
        standing=tuple(_standing(net, marking, twice)),
        is_ended=bool(marking & net.final),
        arrows=frozenset(_arrows(shape, run, is_cancelling)),
    )


def _standing(net: Net, marking: int, twice: int) -> Iterator[Standing]:
    for step in net.steps.values():
        if step.inputs & marking:
            places = [
                place
                for number, place in enumerate(net.places)
                if (step.inputs & ~marking) >> number & 1
            ]
            yield Standing(
                step.step.id,
                tuple(
                    StepId(place.partition(">")[0].split(":")[0]) for place in places
                ),
                bool(step.inputs & twice),
            )


def _arrows(
    shape: Outline, run: tuple[Transition, ...], is_cancelling: bool
) -> Iterator[str]:
    root = CANCEL_NODE if is_cancelling else START_NODE
    entered = {step_node(way.step) for way in run}
    resets = any(way.resets for way in run)
    for way in shape.ways:
        if way.source == root or (resets and way.source == CANCEL_NODE):
            is_taken = not way.transitions
        elif not way.transitions and not way.flows:
            is_taken = way.target in entered
        else:
            is_taken = any(_takes(way, taken) for taken in run)
        if is_taken:
            yield way.id


def _takes(way: Way, taken: Transition) -> bool:
    """Whether an arrow stands for a way out, or goes on from its bar."""
    if not way.transitions:
        return any((str(taken.step), str(to)) in way.flows for to in taken.targets)
    keys = set(_keys((taken,)))
    return not keys.isdisjoint(_keys(way.transitions))


def _keys(
    transitions: Iterable[Transition],
) -> Iterator[tuple[StepId, WayKind, str, bool]]:
    """What tells ways out apart; branches opened together are several."""
    for way in transitions:
        for label in way.label.split(",") if way.kind is WayKind.ALL else (way.label,):
            name, _, then = label.partition(":")
            yield way.step, way.kind, name, way.is_then or then == "then"
