"""The earliest moment an order can come to each place, and the latest that is enough.

Both are the shortest ways of a directed hypergraph whose lengths depend on the hour of
day: D. E. Knuth, "A Generalization of Dijkstra's Algorithm" (Information Processing
Letters 6, 1977). A step begins when the last of its places is marked; who begins later
is never done earlier. Where two branches would need one decision taken two ways the
result is a bound: no run is faster than `earliest`, none that begins after `latest` is
in time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import chain

from flowengine.language.process import StepId
from flowengine.net.feasibility.lapses import Pace, Passage, passages
from flowengine.net.net import Net
from flowengine.net.plain import bits


@dataclass(frozen=True, slots=True)
class Ways:
    """A net as the two searches need it, at one pace."""

    net: Net
    passages: Mapping[StepId, tuple[Passage, ...]]
    #: By number of the place: the step that takes from it; None for the end.
    taker: tuple[StepId | None, ...]
    inputs: Mapping[StepId, tuple[int, ...]]
    #: By number of the place: the passages that lead to it.
    givers: Mapping[int, tuple[Passage, ...]]
    #: The ends that count.
    goals: tuple[StepId, ...]


def ways_of(net: Net, pace: Pace, goals: tuple[StepId, ...]) -> Ways:
    """A net at a pace, to the ends in `goals`."""
    found = passages(net, pace)
    givers: dict[int, list[Passage]] = {}
    for passage in chain.from_iterable(found.values()):
        for place in passage.places:
            givers.setdefault(place, []).append(passage)
    return Ways(
        net=net,
        passages=found,
        taker=net.step_of_place,
        inputs={step: _numbers(each.inputs) for step, each in net.steps.items()},
        givers={place: tuple(each) for place, each in givers.items()},
        goals=goals,
    )


def earliest(ways: Ways, start: int) -> dict[StepId, int]:
    """When each step can begin for an order that arrives at `start`.

    Steps that no order comes to are left out.
    """
    begun: dict[StepId, int] = {}
    missing = {step: len(places) for step, places in ways.inputs.items()}
    done: set[int] = set()
    queue = [(start, place) for place in _numbers(ways.net.initial)]
    while queue:
        at, place = heappop(queue)
        step = ways.taker[place]
        if place in done or step is None:
            continue
        done.add(place)
        missing[step] -= 1
        if missing[step]:
            continue
        begun[step] = at
        for passage in ways.passages[step]:
            ended = passage.lapse.after(at)
            for target in passage.places:
                if target not in done:
                    heappush(queue, (ended, target))
    return begun


def earliest_end(ways: Ways, start: int) -> int | None:
    """When the first of the ends that count can be reached; None for never."""
    begun = earliest(ways, start)
    return min((begun[goal] for goal in ways.goals if goal in begun), default=None)


def latest(ways: Ways, end: int) -> dict[int, int]:
    """By number of the place: until when a token must have come there.

    Later, no end that counts can be reached by `end`. Places from which none can be
    reached at all are left out.
    """
    found: dict[int, int] = {}
    missing = {
        id(passage): len(passage.places)
        for passage in chain.from_iterable(ways.passages.values())
    }
    queue = [(-end, place) for goal in ways.goals for place in ways.inputs[goal]]
    while queue:
        negative, place = heappop(queue)
        if place in found:
            continue
        found[place] = -negative
        for passage in ways.givers.get(place, ()):
            missing[id(passage)] -= 1
            if not missing[id(passage)]:
                begun = passage.lapse.latest(-negative)
                for source in ways.inputs[passage.step]:
                    heappush(queue, (-begun, source))
    return found


def _numbers(places: int) -> tuple[int, ...]:
    return tuple(place.bit_length() - 1 for place in bits(places))
