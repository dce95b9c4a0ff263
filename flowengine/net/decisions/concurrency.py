"""Which steps can be open at once.

The relation of Kovalyov and Esparza ("A polynomial algorithm to compute the concurrency
relation of free-choice Petri nets", 1996): two places are related if the beginning or
one move marks both, and what is related to all places a move takes from is related to
all that it gives to. In a process every way out of a step takes from the same places
(free choice), so for a sound one the relation is exact; it costs no search.
"""

from collections.abc import Iterator

from flowengine.language.process import StepId
from flowengine.net.flow import Flow
from flowengine.net.plain import bits


def open_together(flow: Flow) -> Iterator[tuple[StepId, StepId]]:
    """Pairs of different steps that can be open at once, in the order of the file."""
    places, related = _relation(flow)
    steps = list(flow.edges)
    for number, step in enumerate(steps):
        beside = related[places[step]]
        for other in steps[number + 1 :]:
            if beside & places[other]:
                yield step, other


def _relation(flow: Flow) -> tuple[dict[StepId, int], dict[int, int]]:
    """A place for each open step, and for each place those that can be marked with it.

    A step with several input places gets one more, which is marked as it opens.
    """
    written = flow.plain.moves
    # A move that resets leaves nothing beside what it gives.
    moves = [(0 if m.resets else m.consumes, m.produces) for m in written]
    masks = (flow.plain.initial, flow.plain.final, *map(max, moves))
    count = max(masks).bit_length()
    places: dict[StepId, int] = {}
    for step in flow.edges:
        inputs = flow.net.steps[step].inputs
        places[step] = inputs
        if inputs & (inputs - 1):
            places[step] = 1 << count
            moves.append((inputs, places[step]))
            count += 1
    return places, _related(moves, flow.plain.initial, count)


def _related(moves: list[tuple[int, int]], initial: int, count: int) -> dict[int, int]:
    related = {1 << number: 0 for number in range(count)}
    for marked in (initial, *(produces for _, produces in moves)):
        for place in bits(marked):
            related[place] |= marked & ~place
    has_grown = True
    while has_grown:
        has_grown = False
        for consumes, produces in moves:
            beside = _beside_all(related, consumes)
            for place in bits(produces):
                fresh = beside & ~related[place] & ~place
                if fresh:
                    has_grown = True
                    related[place] |= fresh
                    for other in bits(fresh):
                        related[other] |= place
    return related


def _beside_all(related: dict[int, int], consumes: int) -> int:
    """Places that can be marked while all places of a move are."""
    beside = -1
    for place in bits(consumes):
        beside &= related[place]
    return beside if beside != -1 else 0
