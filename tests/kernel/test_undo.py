"""`undo`: cancelling reverses what completed steps have booked, the last first."""

from flowengine.kernel.events import EffectUndone, StockAsked
from flowengine.language.parts import StockVerb
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


def lines(**quantities: int) -> dict[str, object]:
    return {
        "lines": [{"sku": sku, "quantity": many} for sku, many in quantities.items()]
    }


def asked_lines(run: Run) -> list[tuple[str, dict[str, int]]]:
    return [
        (event.verb.value, {item.sku: item.quantity for item in event.items})
        for event in run.of_kind(StockAsked)
    ]


def test_cancelling_undoes_what_completed_steps_have_booked_the_last_first() -> None:
    run = Run(
        GOODS
        + """\
start: enter
steps:
  enter:
    role: clerk
    stock: reserve order.lines
    undo: stock.release order.lines
    next: book
  book:
    do: ship.book
    undo: ship.cancel
    next: pick
  pick:
    role: clerk
    stock: move order.lines from A to B
    undo: stock.move order.lines from B to A
    next: look
  look: {role: clerk, next: done}
  done: {end: success}
  over: {end: failure}
on_cancel: {next: over}
""",
        lines(a=2),
    )
    run.complete("enter")
    run.answer("book")
    run.complete("pick")

    run.cancel()

    undone = [(event.step, event.text) for event in run.of_kind(EffectUndone)]
    assert undone == [
        ("pick", "stock.move order.lines from B to A"),
        ("book", "ship.cancel"),
        ("enter", "stock.release order.lines"),
    ]
    asked = [event for event in run.of_kind(StockAsked) if event.undo]
    assert [(event.verb, event.source) for event in asked] == [
        (StockVerb.MOVE, "B"),
        (StockVerb.RELEASE, None),
    ]
    kinds = [type(event).__name__ for event in run.events]
    assert kinds.index("CancelBegun") > kinds.index("StepOpened")
    assert kinds.index("EffectUndone") < kinds.index("CaseCancelled")
    assert run.case.reserved == {}
    assert run.case.effects == ()
    assert run.case.outcome == "failure"


def test_a_step_that_was_not_completed_has_nothing_to_undo() -> None:
    run = Run(RESERVE, lines(a=2))

    run.cancel()

    assert not run.of_kind(EffectUndone)
    assert run.case.outcome == "failure"


def test_of_a_reservation_no_more_is_undone_than_is_left_of_it() -> None:
    run = Run(RESERVE, lines(a=2, b=1), {"a": 1, "b": 1})
    run.complete("enter")
    assert run.stock is not None
    run.stock["a"] = 1
    run.complete("pick", "short")

    run.cancel()

    assert asked_lines(run)[2:] == [
        ("release", {"a": 1}),
        ("release", {"a": 1, "b": 1}),
    ]
    assert run.stock == {"a": 2, "b": 1}


def test_what_cannot_be_undone_is_told_and_the_cancel_goes_on() -> None:
    run = Run(RESERVE, lines(a=2))
    run.complete("enter")
    text = "lot is locked"

    run.refuse_stock = text
    run.cancel()

    assert run.of_kind(EffectUndone)[0].refused == text
    assert run.case.incidents.keys() == {"reserve"}
    assert run.case.outcome == "failure"
