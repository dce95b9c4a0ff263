"""Automations: told at once, or asked and answered by a machine outside."""

import pytest

from flowengine.errors import CommandRejected
from flowengine.eventlog import EntryKind
from flowengine.kernel.elements import value_at
from flowengine.kernel.events import AutomationAsked, IncidentRaised, Notified
from tests.builders import Run

RATE = """\
steps:
  enter: {role: clerk, next: rate}
  rate:
    do: python choose-service
    asks: [order.note]
    set: {order.count: 7}
    cost: 3 EUR
    outcomes: {cheap: pack, dear: ask-boss}
  pack: {role: clerk, next: done}
  ask-boss: {role: boss, next: pack}
  done: {end: success}
"""
TELL = """\
steps:
  enter: {role: clerk, next: tell}
  tell: {do: notify boss, set: {order.count: 1}, next: send}
  send: {do: http POST https://example.com/orders, next: done}
  done: {end: success}
"""


def test_an_automation_is_asked_and_the_order_waits_for_its_answer() -> None:
    run = Run(RATE)

    run.complete("enter")

    (asked,) = run.of_kind(AutomationAsked)
    assert (asked.step, asked.visit, asked.text) == ("rate", 1, "python choose-service")
    assert run.task("rate").kind is EntryKind.WAIT


def test_its_answer_sets_fields_and_decides_the_way() -> None:
    run = Run(RATE)
    run.complete("enter")

    run.answer("rate", "dear", {"order.note": "DHL"})

    assert run.open_steps == {"ask-boss"}
    assert value_at(run.case.data, ("order", "note")) == "DHL"
    assert value_at(run.case.data, ("order", "count")) == 7
    assert run.ended("rate")[0].cost == 3_0000


@pytest.mark.parametrize(
    ("outcome", "answers"),
    [
        ("fast", {"order.note": "x"}),
        (None, {"order.note": "x"}),
        ("cheap", {}),
        ("cheap", {"order.note": "x", "order.total": 5}),
    ],
)
def test_a_machine_can_only_answer_what_is_asked(
    outcome: str | None, answers: dict[str, object]
) -> None:
    run = Run(RATE)
    run.complete("enter")

    with pytest.raises(CommandRejected, match="1001/rate"):
        run.answer("rate", outcome, answers)

    assert run.open_steps == {"rate"}


def test_what_failed_for_good_is_an_incident_and_can_still_be_answered() -> None:
    run = Run(RATE)
    run.complete("enter")

    run.answer("rate", failed="no answer in 5 attempts")
    assert run.case.incidents == {"rate": "no answer in 5 attempts"}
    assert isinstance(run.events[-1], IncidentRaised)
    run.answer("rate", "cheap", {"order.note": "x"})

    assert run.open_steps == {"pack"}
    assert run.case.incidents == {}


def test_an_answer_for_what_is_no_longer_open_does_nothing() -> None:
    run = Run(RATE)
    run.complete("enter")
    run.answer("rate", "cheap", {"order.note": "x"})

    assert run.answer("rate", "cheap", {"order.note": "x"}) == ()
    assert run.answer("rate", "cheap", visit=2) == ()
    assert run.answer("pack", "cheap") == ()


def test_a_machine_may_answer_while_the_order_is_held_and_the_token_rests() -> None:
    run = Run(RATE)
    run.complete("enter")
    run.hold()

    run.answer("rate", "cheap", {"order.note": "x"})
    assert run.open_steps == set()
    run.resume()

    assert run.open_steps == {"pack"}


def test_notify_goes_on_at_once() -> None:
    run = Run(TELL)

    run.complete("enter")

    (told,) = run.of_kind(Notified)
    assert (told.step, told.who) == ("tell", "boss")
    ended = run.ended("tell")[0]
    assert (ended.kind, ended.enabled, ended.started) == (
        EntryKind.PASS,
        ended.at,
        ended.at,
    )
    assert run.open_steps == {"send"}


def test_nobody_can_complete_what_a_machine_does() -> None:
    run = Run(TELL)
    run.complete("enter")

    with pytest.raises(CommandRejected, match="`http POST https://"):
        run.complete("send")


def test_an_automation_that_is_open_is_withdrawn_with_the_order() -> None:
    run = Run(TELL)
    run.complete("enter")

    run.cancel()

    assert run.ended("send")[0].outcome == "withdrawn"
    assert run.answer("send") == ()
