"""Goods: asked and answered in one transaction, never twice, and reversed on cancel."""

from collections.abc import Mapping

import pytest

from flowengine.errors import CommandRejected
from flowengine.kernel import CaseId, CaseState, UserId, act
from flowengine.kernel.commands import AnswerStock, CompleteTask
from flowengine.kernel.events import (
    IncidentRaised,
    MessageKept,
    StockAnswered,
    StockAsked,
)
from flowengine.language.process import StepId
from tests.builders import GOODS, Run

RESERVE = (
    GOODS
    + """\
start: enter
steps:
  enter: {role: clerk, next: reserve}
  reserve:
    do: stock.reserve order.lines
    outcomes: {all: pick, some: pick, none: wait-for-goods}
    undo: stock.release order.lines
  wait-for-goods: {wait: {arrived: reserve}}
  pick: {role: clerk, outcomes: {ok: ship, short: reserve}}
  ship:
    role: clerk
    stock: ship order.lines
    next: give-back
  give-back: {do: stock.release order.lines, next: done}
  done: {end: success}
  over: {end: failure}
on_cancel: {next: over}
"""
)
BOOK = (
    GOODS
    + """\
steps:
  enter: {role: clerk, stock: reserve order.lines, next: rest}
  rest: {wait: 1h, stock: move order.lines from BULK to PICK, next: decide}
  decide: {stock: scrap order.lines, next: done}
  done: {end: success}
"""
)
SHORT = (
    GOODS
    + """\
steps:
  enter: {role: clerk, next: rest}
  rest: {wait: 1h, stock: reserve order.lines, next: done}
  done: {end: success}
"""
)
AWAIT = (
    GOODS
    + """\
messages:
  paid: {match: order.number, sets: [order.note]}
steps:
  enter: {role: clerk, next: await}
  await: {wait: {paid: done}, stock: reserve order.lines}
  done: {end: success}
"""
)


def lines(**quantities: int) -> dict[str, object]:
    return {
        "lines": [{"sku": sku, "quantity": many} for sku, many in quantities.items()]
    }


def asked_lines(run: Run) -> list[tuple[str, dict[str, int]]]:
    return [
        (event.verb.value, {item.sku: item.quantity for item in event.items})
        for event in run.of_kind(StockAsked)
    ]


@pytest.mark.parametrize(
    ("stock", "outcome", "opened"),
    [
        ({"a": 9, "b": 9}, "all", "pick"),
        ({"a": 9, "b": 1}, "some", "pick"),
        ({}, "none", "wait-for-goods"),
    ],
)
def test_reserve_ends_by_how_much_there_was(
    stock: Mapping[str, int], outcome: str, opened: str
) -> None:
    run = Run(RESERVE, lines(a=2, b=3), stock)

    run.complete("enter")

    assert run.ended("reserve")[0].outcome == outcome
    assert run.open_steps == {opened}


def test_decide_asks_and_stops_and_goes_on_with_the_answer() -> None:
    run = Run(RESERVE, lines(a=2))
    command = CompleteTask(
        case_id=CaseId(run.case.id),
        at=run.wait(),
        by=UserId("anna"),
        step=StepId("enter"),
    )

    first = act(run.net, run.case, command)
    assert [type(event).__name__ for event in first.events] == [
        "StepEnded",
        "StockAsked",
    ]
    assert first.case.asked is not None
    answer = AnswerStock(
        case_id=run.case.id,
        at=command.at,
        by=command.by,
        step=StepId("reserve"),
        visit=1,
        given={"order.lines#1": 2},
        of=command,
    )
    second = act(run.net, first.case, answer)

    assert [type(event).__name__ for event in second.events] == [
        "StockAnswered",
        "StepEnded",
        "StepOpened",
    ]
    assert second.case.asked is None
    with pytest.raises(CommandRejected, match="has asked for"):
        act(run.net, second.case, answer)


def test_reserve_asks_only_for_what_a_line_has_not_reserved_yet() -> None:
    run = Run(RESERVE, lines(a=2, b=3), {"a": 2, "b": 1})
    run.complete("enter")

    assert run.stock is not None
    run.stock["b"] = 7
    run.complete("pick", "short")
    run.complete("pick", "short")

    assert asked_lines(run) == [("reserve", {"a": 2, "b": 3}), ("reserve", {"b": 2})]
    assert [event.outcome for event in run.ended("reserve")] == ["some", "all", "all"]
    assert run.case.reserved == {"order.lines#1": 2, "order.lines#2": 3}
    assert run.stock == {"a": 0, "b": 5}


def test_what_is_shipped_is_reserved_no_more_and_releasing_nothing_is_nothing() -> None:
    run = Run(RESERVE, lines(a=2))
    run.complete("enter")

    run.complete("pick", "ok")
    run.complete("ship")

    assert [verb for verb, _ in asked_lines(run)] == ["reserve", "ship"]
    assert run.case.reserved == {}
    assert run.case.outcome == "success"


def test_an_order_may_ask_for_its_goods_as_it_opens() -> None:
    text = BOOK.replace("enter: {role: clerk, stock", "enter: {stock")

    run = Run(text, lines(a=2))

    assert run.open_steps == {"rest"}
    assert run.case.reserved == {"order.lines#1": 2}


def test_an_order_without_goods_asks_for_nothing() -> None:
    run = Run(RESERVE)

    run.complete("enter")

    assert run.ended("reserve")[0].outcome == "all"
    assert not run.of_kind(StockAsked)


def test_a_person_whose_goods_are_short_is_refused_and_nothing_changes() -> None:
    run = Run(BOOK, lines(a=2, b=1), {"a": 1, "b": 1})
    before = run.case

    with pytest.raises(CommandRejected, match="goods for 1001/enter, but a is short"):
        run.complete("enter")

    assert run.case == before
    assert run.stock == {"a": 1, "b": 1}


def test_steps_that_go_by_themselves_ask_at_their_end_too() -> None:
    run = Run(BOOK, lines(a=2))
    run.complete("enter")
    run.wait(90)

    run.fire("rest")

    assert [verb for verb, _ in asked_lines(run)] == ["reserve", "move", "scrap"]
    moved = run.of_kind(StockAsked)[1]
    assert (moved.source, moved.target, moved.turn) == ("BULK", "PICK", 0)
    assert run.of_kind(StockAsked)[2].turn == 1
    assert run.case.outcome == "success"


def test_an_automatic_step_whose_goods_are_refused_is_an_incident_there() -> None:
    run = Run(SHORT.replace("wait: 1h, ", ""), lines(a=2), {"a": 1})

    run.complete("enter")

    # What came before stays.
    assert [event.step for event in run.ended("enter")] == ["enter"]
    assert run.case.incidents == {"rest": "a is short"}
    assert run.of_kind(StockAnswered)[0].refused == "a is short"
    assert run.case.asked is None
    assert run.case.state is CaseState.OPEN


def test_a_message_whose_goods_are_short_is_kept_and_taken_again_by_the_next() -> None:
    run = Run(AWAIT, lines(a=2), {"a": 1})
    run.complete("enter")

    run.deliver("paid", key="1", body={"order.note": "x"})
    assert run.case.incidents.keys() == {"await"}
    assert [message.key for message in run.case.kept] == ["1"]
    assert run.of_kind(MessageKept)
    run.stock = None
    run.deliver("paid", key="2")

    assert run.case.outcome == "success"
    assert run.case.incidents == {}


def test_a_timed_wait_whose_goods_are_short_does_not_fire_again() -> None:
    run = Run(SHORT, lines(a=2), {})
    run.complete("enter")
    run.wait(90)

    run.fire("rest")

    assert run.case.incidents.keys() == {"rest"}
    assert run.task("rest").timer is None
    assert run.fire("rest") == ()


def test_held_messages_that_need_stock_are_taken_one_after_the_other() -> None:
    run = Run(AWAIT, lines(a=2))
    run.complete("enter")
    run.hold()
    run.deliver("paid", key="1")

    run.resume()

    assert run.case.outcome == "success"
    assert len(run.of_kind(StockAnswered)) == 1


def test_a_parallel_branch_goes_on_after_the_stock_has_answered() -> None:
    run = Run(
        GOODS
        + """\
steps:
  enter: {role: clerk, next: [book, papers, both]}
  book: {stock: reserve order.lines, next: pick}
  papers: {role: clerk, next: ready}
  both: {stock: pack order.lines, next: label}
  pick: {role: clerk, next: ready}
  label: {role: clerk, next: ready}
  ready: {join: all, next: done}
  done: {end: success}
""",
        lines(a=1),
    )

    run.complete("enter")

    assert run.open_steps == {"pick", "papers", "label"}


def test_a_timeout_does_nothing_with_goods() -> None:
    run = Run(
        GOODS
        + """\
steps:
  enter:
    role: clerk
    stock: reserve order.lines
    set: {order.count: 1}
    timeout: {after: 1h, next: late}
    next: done
  late: {role: clerk, next: done}
  done: {end: success}
""",
        lines(a=1),
    )
    run.start("enter")
    run.wait(90)

    run.fire("enter")

    assert run.open_steps == {"late"}
    assert not run.of_kind(StockAsked)
    assert run.ended("enter")[0].answers == {}


def test_a_circle_that_asks_for_stock_by_itself_stands_still() -> None:
    run = Run(
        GOODS
        + """\
start: enter
steps:
  enter: {role: clerk, next: take}
  take: {stock: receive order.lines, next: look}
  look: {role: clerk, skip_when: order.paid == yes, next: again}
  again:
    choose:
      - {when: order.paid == yes, next: take}
      - {else: done}
  done: {end: success}
""",
        {"paid": True, **lines(a=1)},
    )

    run.complete("enter")

    assert isinstance(run.events[-1], IncidentRaised)
    assert "asks for stock by itself" in run.events[-1].reason
    assert run.case.asked is None
