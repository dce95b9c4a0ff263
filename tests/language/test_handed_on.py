"""What a call hands on, and what machines may be asked."""

import pytest

from flowengine.language import Problem, read_process
from flowengine.language.process import Process, StepId
from flowengine.quantities import Instant
from tests.builders import HEAD

_LINES = (
    HEAD.replace("    note: optional text\n", "    lines: list of line\n").replace(
        "departments:", "  line: {sku: text, by: optional personal text}\ndepartments:"
    )
    + "steps:\n"
)
_AFTER = "  done: {end: success}\n"


def reading_of(steps: str) -> tuple[Process | None, tuple[Problem, ...]]:
    reading = read_process(_LINES + steps + _AFTER, "sample.yaml")
    return reading.process, tuple(reading.problems)


def test_a_call_hands_a_whole_list_on() -> None:
    process, problems = reading_of(
        "  pay: {call: pay@1, gives: {number: order.number, lines: order.lines}, "
        "next: done}\n"
    )

    assert process is not None, problems
    call = process.steps[StepId("pay")].call
    assert call is not None
    data = {"order": {"number": "7", "lines": [{"sku": "A", "#": "1"}]}}
    assert call.gives["lines"].evaluate(data, Instant(0)) == [{"sku": "A", "#": "1"}]
    assert call.gives["lines"].reads == {("order", "lines")}
    assert call.gives["lines"].evaluate({"order": {}}, Instant(0)) is None


def test_a_call_hands_on_who_the_customer_is() -> None:
    process, problems = reading_of(
        "  pay: {call: pay@1, each: line in order.lines, gives: {who: line.by}, "
        "next: done}\n"
    )

    assert process is not None, problems
    call = process.steps[StepId("pay")].call
    assert call is not None
    data = {"order": {}, "line": {"by": "what stands for it"}}
    assert call.gives["who"].evaluate(data, Instant(0)) == "what stands for it"


def test_elsewhere_a_rule_is_one_value() -> None:
    _, problems = reading_of(
        "  pay: {role: clerk, skip_when: order.lines, next: done}\n"
    )

    assert "F302" in [problem.code for problem in problems]


@pytest.mark.parametrize("do", ["python look", "http POST https://a.example/b"])
def test_a_machine_may_be_asked_for_fields(do: str) -> None:
    process, problems = reading_of(
        f"  look:\n    do: {do}\n    asks: [order.count]\n    next: done\n"
    )

    assert process is not None, problems
    assert process.steps[StepId("look")].asks == (("order", "count"),)


@pytest.mark.parametrize("do", ["notify clerk", "stock.pick order.lines"])
def test_an_automation_that_asks_nobody_asks_for_nothing(do: str) -> None:
    _, problems = reading_of(
        f"  look:\n    do: {do}\n    asks: [order.count]\n    next: done\n"
    )

    assert "F134" in [problem.code for problem in problems]
