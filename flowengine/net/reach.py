"""Which nodes of a graph one can come to; plain, for whatever runs without networkx."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

Node = TypeVar("Node")


def reachable(
    edges: Mapping[Node, Sequence[Node]],
    start: Iterable[Node],
    without: Iterable[Node] = (),
) -> dict[Node, None]:
    """The nodes one can come to from `start`, those included, never by `without`.

    The graph is given as successors; nodes that it does not name have none. An ordered
    set: breadth first.
    """
    closed = set(without)
    found = {node: None for node in start if node not in closed}
    queue = list(found)
    for node in queue:
        for target in edges.get(node, ()):
            if target not in found and target not in closed:
                found[target] = None
                queue.append(target)
    return found
