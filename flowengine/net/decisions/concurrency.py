"""Which steps can be open at once.

The relation of Kovalyov and Esparza ("A polynomial algorithm to compute the concurrency
relation of free-choice Petri nets", 1996): two places are related if the beginning or
one move marks both, and what is related to all places a move takes from is related to
all that it gives to. In a process every way out of a step takes from the same places
(free choice), so for a sound one the relation is exact; it costs no search.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from flowengine.language.process import StepId
from flowengine.net.flow import Flow
from flowengine.net.plain import Move, PlainNet, bits


def open_together(flow: Flow) -> Iterator[tuple[StepId, StepId]]:
    """Pairs of different steps that can be open at once, in the order of the file.

    A step with several input places gets one more, which is marked as it opens.
    """
    moves = list(flow.plain.moves)
    free = 1 << _count(flow.plain)
    opened: dict[StepId, int] = {}
    for step in flow.edges:
        inputs = flow.net.steps[step].inputs
        opened[step] = inputs
        if inputs & (inputs - 1):
            opened[step] = free
            moves.append(Move(inputs, free))
            free <<= 1
    related = marked_together(replace(flow.plain, moves=tuple(moves)))
    steps = list(flow.edges)
    for number, step in enumerate(steps):
        for other in steps[number + 1 :]:
            if related[opened[step]] & opened[other]:
                yield step, other


def marked_together(net: PlainNet) -> Mapping[int, int]:
    """For each place the places that can be marked while it is."""
    related = {1 << number: 0 for number in range(_count(net))}
    for marked in (net.initial, *(move.produces for move in net.moves)):
        for place in bits(marked):
            related[place] |= marked & ~place
    # A move that resets leaves nothing beside what it gives.
    moves = [move for move in net.moves if not move.resets]
    has_grown = True
    while has_grown:
        has_grown = False
        for move in moves:
            has_grown = _grow(related, move) or has_grown
    return related


def _grow(related: dict[int, int], move: Move) -> bool:
    """Relate what a move gives to all that can be marked beside what it takes."""
    beside = -1
    for place in bits(move.consumes):
        beside &= related[place]
    has_grown = False
    for place in bits(move.produces):
        fresh = beside & ~related[place] & ~place
        has_grown = has_grown or fresh != 0
        related[place] |= fresh
        for other in bits(fresh):
            related[other] |= place
    return has_grown


def _count(net: PlainNet) -> int:
    """How many places there are."""
    masks = (net.initial, net.final)
    return max(*masks, *(m.consumes | m.produces for m in net.moves)).bit_length()
