"""Decisions proved here and by z3, a solver that was written by others."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.language.process import Process
from flowengine.language.rules.expressions import (
    Arithmetic,
    Between,
    Comparison,
    Constant,
    Expression,
    Field,
    Joined,
    Junction,
    Membership,
    Negation,
    Negative,
    Operator,
    Presence,
    Relation,
    Scaled,
)
from flowengine.net.decisions import Decision
from tests.builders import process_of
from tests.net.decisions.random_rules import compiled

z3: Any = pytest.importorskip("z3", reason="z3 is no dependency")

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
    total: money
    paid: optional money
    limit: money
    rate: number
    count: optional integer
    service: one of [standard, express, courier]
    again: optional one of [standard, express]
steps:
  enter: {next: done}
  done: {end: success}
"""
OPTIONAL = ("paid", "count", "again")
CODES = {"standard": 0, "express": 1, "courier": 2}

_RELATIONS = st.sampled_from(("==", "!=", "<", "<=", ">", ">="))
_MONEY = st.sampled_from(("total", "paid", "limit")).map(lambda name: f"order.{name}")
_EUROS = st.integers(0, 50_000).map(lambda cents: f"{cents / 100:.2f} EUR")
_FACTORS = st.sampled_from(("0.21", "1.5", "3", "0.000001"))


def _joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(" ".join)


_ATOMS: st.SearchStrategy[str] = st.one_of(
    _joined(_MONEY, _RELATIONS, _EUROS),
    _joined(_MONEY, _RELATIONS, _EUROS),
    _joined(_MONEY, _RELATIONS, _MONEY),
    _joined(_MONEY, st.just("-"), _MONEY, _RELATIONS, _EUROS),
    _joined(_MONEY, st.just("*"), _FACTORS, _RELATIONS, _EUROS),
    _joined(_MONEY, st.just("/"), _FACTORS, _RELATIONS, _EUROS),
    _joined(_MONEY, st.just("between"), _EUROS, st.just("and"), _EUROS),
    _joined(st.just("order.rate"), _RELATIONS, st.sampled_from(("0.5", "2"))),
    _joined(st.just("order.count * 2"), _RELATIONS, st.sampled_from(("3", "4"))),
    _joined(st.just("order.count"), _RELATIONS, st.sampled_from(("1", "2", "2.5"))),
    st.sampled_from(
        (
            "order.service in [standard, express]",
            "order.service == courier",
            "order.again != express",
            "order.service == order.again",
            "order.service not in [courier, standard]",
        )
    ),
    st.sampled_from(OPTIONAL).map(lambda name: f"order.{name} is given"),
)


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, st.sampled_from(("and", "or")), inner)
    return st.one_of(
        inner.map(lambda text: f"not ({text})"),
        pair.map(lambda found: f"({found[0]}) {found[1]} ({found[2]})"),
    )


CONDITIONS = st.recursive(_ATOMS, _compound, max_leaves=5)


@pytest.fixture(scope="module")
def of() -> Process:
    return process_of(TEXT)


@given(rules=st.lists(CONDITIONS, min_size=1, max_size=3))
def test_z3_finds_the_same_branches_that_are_never_taken(
    of: Process, rules: list[str]
) -> None:
    decision = Decision(of, [compiled(rule, of) for rule in rules], work=1_000_000)
    held = [_condition(rule.expression) for rule in decision.rules]

    for number in range(len(rules)):
        before = [z3.Not(rule) for rule in held[:number]]
        assert decision.is_reached(number) == _is_possible([*before, held[number]])
    assert decision.leaves_out() == _is_possible([z3.Not(rule) for rule in held])


def _is_possible(asked: Sequence[Any]) -> bool:
    solver = z3.Solver()
    for name, most in (("service", 2), ("again", 1)):
        solver.add(_value(name) >= 0, _value(name) <= most)
    solver.add(*asked)
    found = solver.check()
    assert found != z3.unknown
    return bool(found == z3.sat)


def _value(name: str) -> Any:
    return z3.Int(name)


def _given(expression: Expression) -> Any:
    match expression:
        case Field(path=path):
            return z3.Bool(f"{path[1]} given") if path[1] in OPTIONAL else True
        case Scaled(operand=operand) | Negative(operand=operand):
            return _given(operand)
        case Arithmetic(left=left, right=right):
            return z3.And(_given(left), _given(right))
        case _:
            return True


def _amount(expression: Expression) -> Any:
    match expression:
        case Constant(value=value):
            return CODES[value] if isinstance(value, str) else value
        case Field(path=path):
            return _value(path[1])
        case Scaled(operand=operand, by=by):
            return _amount(operand) * by
        case Negative(operand=operand):
            return -_amount(operand)
        case Arithmetic(left=left, right=right):
            return _result(expression, _amount(left), _amount(right))
        case _:
            raise TypeError(expression)


def _result(expression: Arithmetic, left: Any, right: Any) -> Any:
    match expression.operator:
        case Operator.PLUS:
            return left + right
        case Operator.MINUS:
            return left - right
        case Operator.TIMES:
            over = expression.over
            return left * right if over == 1 else _rounded(left * right, over)
        case Operator.OVER:
            return _rounded(left * expression.times, right)


def _rounded(amount: Any, by: int) -> Any:
    """To the nearest whole, half to even; `by` is above 0, whose quotient z3 floors."""
    quotient, rest = z3.IntVal(0) + amount, None
    quotient, rest = quotient / by, quotient % by
    up = z3.Or(2 * rest > by, z3.And(2 * rest == by, quotient % 2 == 1))
    return quotient + z3.If(up, 1, 0)


_RELATED: Mapping[Relation, Any] = {
    Relation.EQUAL: lambda left, right: left == right,
    Relation.UNEQUAL: lambda left, right: left != right,
    Relation.LESS: lambda left, right: left < right,
    Relation.LESS_OR_EQUAL: lambda left, right: left <= right,
    Relation.MORE: lambda left, right: left > right,
    Relation.MORE_OR_EQUAL: lambda left, right: left >= right,
}


def _condition(expression: Expression) -> Any:
    match expression:
        case Joined(junction=junction, parts=parts):
            conditions = [_condition(part) for part in parts]
            return (z3.And if junction is Junction.AND else z3.Or)(*conditions)
        case Negation(operand=operand):
            return z3.Not(_condition(operand))
        case Presence(operand=operand, given=given):
            return _given(operand) if given else z3.Not(_given(operand))
        case Comparison(relation=relation, left=left, right=right):
            asked = _RELATED[relation](_amount(left), _amount(right))
            return z3.And(_given(left), _given(right), asked)
        case Between(operand=operand, low=low, high=high):
            value = _amount(operand)
            within = (_amount(low) <= value, value <= _amount(high))
            return z3.And(_given(operand), _given(low), _given(high), *within)
        case Membership(operand=operand, members=members, negated=negated):
            among = z3.Or(*(_amount(operand) == _amount(each) for each in members))
            return z3.And(_given(operand), z3.Not(among) if negated else among)
        case _:
            raise TypeError(expression)
