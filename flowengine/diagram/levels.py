"""Which arrows lead upwards: how a page stays short.

Side ways (asking the customer, waiting for goods) must not push the main line down. So
a step stands one row below the nearest step that leads to it, not the farthest, and an
arrow from farther down leads up to it. Joins, ends and the cancel mark stand below
everything that leads to them.
"""

from graphlib import TopologicalSorter

from flowengine.diagram.picture import Picture, Shape

#: What stands below the nearest.
_NEAREST = (Shape.BOX, Shape.DECISION)


def upward(picture: Picture) -> frozenset[str]:
    """The ids of connectors that lead upwards, ways back among them."""
    back = {connector.id for connector in picture.connectors if connector.is_back}
    level = levels(picture)
    return frozenset(
        connector.id
        for connector in picture.connectors
        if connector.id in back or level[connector.target] < level[connector.source]
    )


def levels(picture: Picture) -> dict[str, int]:
    """How many rows below the first each node stands at least."""
    sources: dict[str, set[str]] = {node.id: set() for node in picture.nodes}
    for connector in picture.connectors:
        if not connector.is_back:
            sources[connector.target].add(connector.source)
    shapes = {node.id: node.shape for node in picture.nodes}
    behind_bars = {
        connector.target
        for connector in picture.connectors
        if shapes[connector.source] is Shape.BAR and len(sources[connector.source]) > 1
    }
    level: dict[str, int] = {}
    for node in TopologicalSorter(sources).static_order():
        above = [level[source] for source in sources[node]]
        is_joined = node in behind_bars
        nearest = max if is_joined or shapes[node] not in _NEAREST else min
        level[node] = nearest(above) + 1 if above else 0
    return level
