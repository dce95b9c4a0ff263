"""Products, sums and quantifiers are not cut: what is told of them is never false."""

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.language.process import Process
from flowengine.net.decisions import Decision
from tests.builders import process_of
from tests.net.decisions.random_rules import NOW, compiled

TEXT = """\
process: sample
version: 1
title: {en: Sample, lv: Paraugs}
for: order
number: order.number
currency: EUR
data:
  order:
    number: text
    a: integer
    b: optional integer
    lines: list of line
    more: optional list of line
  line: {quantity: integer, damaged: yes/no}
steps:
  enter: {next: done}
  done: {end: success}
"""
LINES = [
    {"quantity": quantity, "damaged": damaged}
    for quantity in (0, 2)
    for damaged in (True, False)
]
LISTS = [[], *([line] for line in LINES), [LINES[0], LINES[3]], [LINES[1], LINES[2]]]

_RELATIONS = st.sampled_from(("==", "!=", "<", "<=", ">", ">="))
_SMALL = st.integers(0, 3).map(str)
_LISTS = st.sampled_from(("order.lines", "order.more"))
_WHERE = st.sampled_from(
    ("x.damaged", "not x.damaged", "x.quantity > order.a", "x.quantity < 1")
)
_AMOUNTS = st.one_of(
    st.sampled_from(("order.a * order.b", "order.a", "order.b", "6 / order.a")),
    st.sampled_from(("highest(order.a, order.b)", "order.a + order.b")),
    _LISTS.map(lambda name: f"count of {name}"),
    _LISTS.map(lambda name: f"sum of x.quantity for x in {name}"),
    st.tuples(_LISTS, _WHERE).map(lambda f: f"count of x in {f[0]} where {f[1]}"),
    _LISTS.map(lambda name: f"lowest of x.quantity for x in {name}"),
)
_COMPARED = st.tuples(_AMOUNTS, _RELATIONS, st.one_of(_SMALL, _AMOUNTS)).map(
    lambda found: f"({found[0]}) {found[1]} ({found[2]})"
)
_ATOMS = st.one_of(
    _COMPARED,
    _COMPARED,
    st.tuples(st.sampled_from(("any", "all")), _LISTS, _WHERE).map(
        lambda found: f"({found[0]} x in {found[1]} where {found[2]})"
    ),
    st.sampled_from(("order.b is given", "order.more is missing")),
)


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, st.sampled_from(("and", "or")), inner)
    return st.one_of(
        inner.map(lambda text: f"not ({text})"),
        pair.map(lambda found: f"({found[0]}) {found[1]} ({found[2]})"),
    )


DECISIONS = st.lists(
    st.recursive(_ATOMS, _compound, max_leaves=3), min_size=1, max_size=3
)


@pytest.fixture(scope="module")
def of() -> Process:
    return process_of(TEXT)


def _orders() -> Iterator[Mapping[str, Mapping[str, object]]]:
    for a, b, lines, more in product(
        range(-1, 4), (None, -1, 0, 2, 3), LISTS, (None, [], LISTS[1], LISTS[5])
    ):
        whole = {"a": a, "b": b, "lines": lines, "more": more}
        yield {
            "order": {name: each for name, each in whole.items() if each is not None}
        }


@given(rules=DECISIONS)
def test_a_branch_that_some_order_takes_is_never_called_unreached(
    of: Process, rules: list[str]
) -> None:
    decision = Decision(of, [compiled(rule, of) for rule in rules], work=1_000_000)

    taken = {
        next((n for n, r in enumerate(decision.rules) if r.evaluate(data, NOW)), None)
        for data in _orders()
    }

    unreached = {n for n in range(len(rules)) if not decision.is_reached(n)}
    assert unreached.isdisjoint(taken)
    assert decision.leaves_out() or None not in taken


@given(rules=DECISIONS)
def test_an_order_is_told_only_where_the_rules_agree(
    of: Process, rules: list[str]
) -> None:
    decision = Decision(of, [compiled(rule, of) for rule in rules], work=1_000_000)

    order = decision.left_out()
    if order is not None:
        assert not any(rule.evaluate(order.data, NOW) for rule in decision.rules)
    ways = [[number] for number in range(len(rules) + 1)]
    for found in decision.missing_decides(ways):
        assert found.path == ("order", "b")
        assert "b missing" in found.order.told
