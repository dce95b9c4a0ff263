"""Circles of a graph of steps, given as successors in file order."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import networkx as nx

Node = TypeVar("Node")


def circles(edges: Mapping[Node, Sequence[Node]]) -> tuple[tuple[Node, ...], ...]:
    """The groups of nodes that can all come back to each other, in the given order."""
    graph = _graph(edges)
    position = {node: number for number, node in enumerate(graph)}
    groups = (
        tuple(sorted(component, key=position.__getitem__))
        for component in nx.strongly_connected_components(graph)
        if len(component) > 1 or any(graph.has_edge(node, node) for node in component)
    )
    return tuple(sorted(groups, key=lambda group: position[group[0]]))


def closing_edges(
    edges: Mapping[Node, Sequence[Node]], start: Iterable[Node]
) -> tuple[tuple[Node, Node], ...]:
    """The edges that lead back to a node on the way to them; each closes a circle."""
    graph = _graph(edges)
    closing: list[tuple[Node, Node]] = []
    done: set[Node] = set()
    for first in start:
        if first in done:
            continue
        way: set[Node] = set()
        for node, target, kind in nx.dfs_labeled_edges(graph, first):
            if kind == "forward" and target not in done:
                way.add(target)
            elif kind == "nontree" and target in way and node not in done:
                closing.append((node, target))
            elif kind == "reverse":
                way.discard(target)
                done.add(target)
    return tuple(closing)


def _graph(edges: Mapping[Node, Sequence[Node]]) -> "nx.DiGraph[Node]":
    graph: nx.DiGraph[Node] = nx.DiGraph()
    graph.add_nodes_from(edges)
    graph.add_edges_from(
        (node, target) for node, targets in edges.items() for target in targets
    )
    return graph
