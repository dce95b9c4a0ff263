"""Reachability and circles of step graphs, as order and leaving out make them."""

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from flowengine.net.reach import reachable
from flowengine.net.structure import circles, closing_edges

GRAPHS = st.integers(1, 9).flatmap(
    lambda size: st.fixed_dictionaries(
        {
            node: st.lists(st.integers(0, size - 1), max_size=4, unique=True)
            for node in range(size)
        }
    )
)


@given(GRAPHS)
def test_reachable_nodes_are_those_networkx_finds(edges: dict[int, list[int]]) -> None:
    graph: nx.DiGraph[int] = nx.DiGraph(edges)

    expected = {0} | nx.descendants(graph, 0)

    assert set(reachable(edges, [0])) == expected


@given(GRAPHS)
def test_circles_are_the_strong_components_networkx_finds(
    edges: dict[int, list[int]],
) -> None:
    graph: nx.DiGraph[int] = nx.DiGraph(edges)

    expected = {
        tuple(sorted(component))
        for component in nx.strongly_connected_components(graph)
        if len(component) > 1 or any(graph.has_edge(node, node) for node in component)
    }

    assert {tuple(sorted(group)) for group in circles(edges)} == expected


@given(GRAPHS)
def test_without_its_closing_edges_a_graph_has_no_circle(
    edges: dict[int, list[int]],
) -> None:
    closing = set(closing_edges(edges, edges))

    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_edges_from(
        (node, target)
        for node, targets in edges.items()
        for target in targets
        if (node, target) not in closing
    )

    assert nx.is_directed_acyclic_graph(graph)


def test_a_way_that_is_left_out_is_not_gone() -> None:
    edges = {"a": ["b"], "b": ["c"], "c": []}

    assert list(reachable(edges, ["a"], without=["b"])) == ["a"]
    assert list(reachable(edges, ["a"])) == ["a", "b", "c"]
