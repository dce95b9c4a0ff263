"""Reachability and circles of a graph of steps, given as successors in file order.

Plain Python: these graphs have tens of steps, and importing a graph library would cost
every command ten times what the work does. The tests compare with networkx.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

Node = TypeVar("Node")


def reachable(
    edges: Mapping[Node, Sequence[Node]],
    start: Iterable[Node],
    without: Node | None = None,
) -> dict[Node, None]:
    """The nodes one can come to from `start`, those included, never by `without`.

    An ordered set: breadth first.
    """
    found = dict.fromkeys(node for node in start if node != without)
    queue = list(found)
    for node in queue:
        for target in edges.get(node, ()):
            if target != without and target not in found:
                found[target] = None
                queue.append(target)
    return found


def circles(edges: Mapping[Node, Sequence[Node]]) -> tuple[tuple[Node, ...], ...]:
    """The groups of nodes that can all come back to each other, in the given order."""
    beyond = {node: reachable(edges, edges.get(node, ())) for node in edges}
    placed: set[Node] = set()
    groups: list[tuple[Node, ...]] = []
    for node in edges:
        if node in placed or node not in beyond[node]:
            continue
        group = tuple(other for other in beyond[node] if node in beyond.get(other, ()))
        placed.update(group)
        groups.append(tuple(other for other in edges if other in group))
    return tuple(groups)


def closing_edges(
    edges: Mapping[Node, Sequence[Node]], start: Iterable[Node]
) -> tuple[tuple[Node, Node], ...]:
    """The edges that lead back to a node on the way to them; each closes a circle."""
    closing: list[tuple[Node, Node]] = []
    seen: set[Node] = set()
    for first in start:
        if first in seen:
            continue
        seen.add(first)
        way = {first: iter(edges.get(first, ()))}
        while way:
            node, targets = next(reversed(way.items()))
            target = next(targets, None)
            if target is None:
                del way[node]
            elif target in way:
                closing.append((node, target))
            elif target not in seen:
                seen.add(target)
                way[target] = iter(edges.get(target, ()))
    return tuple(closing)
