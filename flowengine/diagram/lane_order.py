"""Which department stands beside which."""

from itertools import permutations

from flowengine.diagram.picture import Picture

#: Up to so many lanes every order is tried; more keep the order of the file.
_TRIED = 7
#: A long way across costs more than two short ones.
_STRETCH = 1.3
#: What moving a lane by one place from where the file has it costs.
_SHIFT = 0.4


def lane_order(picture: Picture) -> tuple[str, ...]:
    """The ids of the lanes from left to right: few and short hand-overs.

    Every arrow counts the same, so that new numbers never move a lane. Between equals
    the order of the file wins.
    """
    written = tuple(lane.id for lane in picture.lanes)
    if len(written) > _TRIED:
        return written
    lane_of = {node.id: node.lane for node in picture.nodes}
    pairs = [
        (written.index(source), written.index(target))
        for connector in picture.connectors
        if (source := lane_of[connector.source])
        != (target := lane_of[connector.target])
    ]
    best = min(permutations(range(len(written))), key=lambda order: _cost(order, pairs))
    return tuple(written[number] for number in best)


def _cost(
    order: tuple[int, ...], pairs: list[tuple[int, int]]
) -> tuple[float, tuple[int, ...]]:
    place = {lane: column for column, lane in enumerate(order)}
    across = sum(abs(place[a] - place[b]) ** _STRETCH for a, b in pairs)
    shifted = sum(abs(lane - column) for lane, column in place.items())
    return round(across + _SHIFT * shifted, 6), order
