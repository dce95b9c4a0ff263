"""What is proved of a decision is what asking every order shows."""

from collections.abc import Mapping

import pytest
from hypothesis import given

from flowengine.language.process import Process
from flowengine.net.decisions import Decision
from tests.net.decisions.random_rules import (
    DECISIONS,
    NOW,
    OPTIONAL,
    VALUES,
    Written,
    compiled,
    fields_in,
    orders,
    process,
)


@pytest.fixture(scope="module")
def of() -> Process:
    return process()


def _decision(of: Process, rules: list[Written]) -> Decision:
    compared = [compiled(rule.rule_text(), of) for rule in rules]
    return Decision(of, compared, work=1_000_000)


def _first(decision: Decision, data: Mapping[str, object]) -> int:
    """The first rule that holds, or the number after the last for none."""
    for number, rule in enumerate(decision.rules):
        if rule.evaluate(data, NOW) is True:
            return number
    return len(decision.rules)


@given(rules=DECISIONS)
def test_a_branch_is_reached_exactly_where_some_order_takes_it(
    of: Process, rules: list[Written]
) -> None:
    decision = _decision(of, rules)

    taken = {_first(decision, data) for data in orders(fields_in(rules))}

    numbers = range(len(rules))
    assert [decision.is_reached(number) for number in numbers] == [
        number in taken for number in numbers
    ]
    assert decision.leaves_out() == (len(rules) in taken)


@given(rules=DECISIONS)
def test_a_rule_never_or_always_holds_exactly_where_no_order_shows_otherwise(
    of: Process, rules: list[Written]
) -> None:
    decision = _decision(of, rules)

    answers = [
        {rule.evaluate(data, NOW) for data in orders(fields_in(rules))}
        for rule in decision.rules
    ]

    for number, seen in enumerate(answers):
        assert decision.never_holds(number) == (True not in seen)
        assert decision.always_holds(number) == (False not in seen)


@given(rules=DECISIONS)
def test_the_rules_themselves_say_of_every_told_order_what_is_told(
    of: Process, rules: list[Written]
) -> None:
    decision = _decision(of, rules)

    left_out = decision.left_out()
    assert (left_out is not None) == decision.leaves_out()
    if left_out is not None:
        assert _first(decision, left_out.data) == len(rules)
    for number, rule in enumerate(decision.rules):
        case = decision.case_of(number, number)
        assert (case is None) == (not decision.is_reached(number))
        for taker in range(number + 1):
            case = decision.case_of(number, taker)
            if case is not None:
                assert rule.evaluate(case.data, case.now) is True
                assert _first(decision, case.data) == taker


@given(rules=DECISIONS)
def test_branches_are_named_that_take_all_cases_of_one_behind_them(
    of: Process, rules: list[Written]
) -> None:
    decision = _decision(of, rules)
    everything = list(orders(fields_in(rules)))

    for number in range(len(rules)):
        if decision.is_reached(number) or decision.never_holds(number):
            continue
        takers = decision.takers(number)
        for data in everything:
            if decision.rules[number].evaluate(data, NOW) is True:
                assert any(decision.rules[n].evaluate(data, NOW) for n in takers)


@given(rules=DECISIONS)
def test_a_missing_value_decides_exactly_where_a_value_would_lead_elsewhere(
    of: Process, rules: list[Written]
) -> None:
    decision = _decision(of, rules)
    fields = fields_in(rules)
    found = {
        each.path[-1]: each
        for each in decision.missing_decides([[n] for n in range(len(rules) + 1)])
    }

    for name in OPTIONAL:
        assert (name in found) == (
            name in fields and _is_decided_by(decision, rules, name, fields)
        )
    for name, each in found.items():
        assert f"{name} missing" in each.order.told


def _is_decided_by(
    decision: Decision, rules: list[Written], name: str, fields: tuple[str, ...]
) -> bool:
    """Whether some order without a value goes another way than it reads."""
    of = decision.process
    reads = Decision(of, [compiled(rule.as_if_missing(name), of) for rule in rules])
    others = tuple(field for field in fields if field != name)
    for data in orders(others):
        way = _first(decision, data)
        for value in VALUES[name]:
            if value is None:
                continue
            if _first(reads, {"order": {**data["order"], name: value}}) != way:
                return True
    return False
