"""Which places are marked together, compared with a search of every marking."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from flowengine.net.decisions.concurrency import marked_together, open_together
from flowengine.net.flow import order_flow
from flowengine.net.plain import PlainNet, bits
from flowengine.net.search import explore
from tests.builders import net_of
from tests.net.random_nets import random_net


def _net(seed: int) -> PlainNet:
    """A net whose search leaves out no marking, be a token just about to move on."""
    chance = random.Random(seed)  # noqa: S311 (reproducible nets, no secret)
    return replace(random_net(chance), urgent=0)


def _searched(net: PlainNet) -> dict[int, int]:
    """For each place what any marking marks beside it."""
    beside: dict[int, int] = {}
    for marking in explore(net, 5_000).origin:
        for place in bits(marking):
            beside[place] = beside.get(place, 0) | (marking & ~place)
    return beside


def _is_free_choice(net: PlainNet) -> bool:
    return all(
        one.consumes == other.consumes or not one.consumes & other.consumes
        for one in net.moves
        for other in net.moves
    )


def _is_sound(net: PlainNet) -> bool:
    found = explore(net, 5_000)
    return found.complete and not found.faults


@given(seed=st.integers(min_value=0, max_value=10**9))
def test_what_a_search_finds_marked_together_is_related(seed: int) -> None:
    net = _net(seed)

    related = marked_together(net)

    for place, beside in _searched(net).items():
        assert beside & ~related[place] == 0


@given(seed=st.integers(min_value=0, max_value=10**9))
def test_in_a_sound_net_of_free_choice_only_that_is_related(seed: int) -> None:
    net = _net(seed)
    if not (_is_free_choice(net) and _is_sound(net)):
        return

    searched = _searched(net)

    assert {k: v for k, v in marked_together(net).items() if k in searched} == searched


def test_a_join_is_open_beside_no_branch_that_it_waits_for() -> None:
    net = net_of(
        """
steps:
  enter: {role: clerk, next: [pick, papers, book]}
  pick: {role: clerk, next: pack}
  papers: {role: clerk, next: pack}
  pack: {join: all, role: clerk, next: ready}
  book: {role: clerk, next: ready}
  ready: {join: all, role: clerk, next: done}
  done: {end: success}
"""
    )

    assert list(open_together(order_flow(net))) == [
        ("pick", "papers"),
        ("pick", "book"),
        ("papers", "book"),
        ("pack", "book"),
    ]
