"""Flow: counting, skipping, ends, timeouts and cancelling, where rules meet."""

from pathlib import Path

import pytest

from flowengine.errors import CommandRejected, InvalidProcess
from flowengine.eventlog import TIMED_OUT, WITHDRAWN
from flowengine.kernel.elements import value_at
from flowengine.kernel.events import StockAsked
from flowengine.language import Severity, read_process
from flowengine.quantities import DAY, HOUR
from tests.builders import GOODS, HEAD, Run
from tests.engine.world import World, refusal_of

WRONG = Path(__file__).parents[1] / "wrong"

LINES = {"lines": [{"sku": "a", "quantity": 2}]}

AGAIN = """\
start: enter
steps:
  enter: {role: clerk, next: look}
  look:
    role: clerk
    asks: [order.paid]
    choose:
      - {when: order.paid, next: done}
      - {else: ring, at_most: 2, then: give-up}
  ring: {role: clerk, outcomes: {reached: look, start-over: enter}}
  give-up: {role: boss, next: done}
  done: {end: success}
"""

SKIPPED = """\
steps:
  enter: {role: clerk, asks: [order.total, order.paid], next: check}
  check:
    role: boss
    skip_when: order.total <= 500 EUR
    set: {order.note: "'checked'"}
    choose:
      - {when: order.paid, next: ship}
      - {else: await}
  ship: {role: clerk, next: done}
  await: {wait: {money: ship}}
  done: {end: success}
"""

TIMED = (
    GOODS
    + """\
calendars:
  office: {days: mon-fri, hours: "09:00-17:00", zone: UTC}
calendar: office
steps:
  pick:
    role: clerk
    stock: ship order.lines
    timeout: {after: AFTER, next: late}
    next: done
  late: {role: boss, next: done}
  done: {end: success}
"""
)

LED = (
    GOODS
    + """\
start: enter
steps:
  enter:
    role: clerk
    stock: reserve order.lines
    undo: stock.release order.lines
    next: [pick, papers]
  pick: {role: clerk, outcomes: {ok: ready, lost: cancel}}
  papers: {role: clerk, next: ready}
  ready: {join: all, next: ship}
  ship: {role: clerk, stock: ship order.lines, next: done}
  put-back: {role: clerk, next: over}
  done: {end: success}
  over: {end: failure}
on_cancel: {until: ship, next: put-back}
"""
)

BACK = """\
start: enter
steps:
  enter: {role: clerk, next: ship}
  ship: {role: clerk, outcomes: {ok: done, back: enter}}
  put-back: {role: clerk, next: over}
  done: {end: success}
  over: {end: failure}
on_cancel: {until: ship, next: put-back}
"""


def errors_of(text: str) -> list[str]:
    """The codes of what keeps a text from running."""
    return [
        problem.code
        for problem in read_process(text, "sample.yaml").problems
        if problem.severity is Severity.ERROR
    ]


def test_uses_of_a_branch_are_counted_over_the_whole_life_of_a_case() -> None:
    run = Run(AGAIN)
    run.complete("enter")
    run.complete("look", answers={"order.paid": False})
    run.complete("ring", "start-over")
    run.complete("enter")
    run.complete("look", answers={"order.paid": False})
    run.complete("ring", "reached")

    run.complete("look", answers={"order.paid": False})

    assert run.open_steps == {"give-up"}


def test_another_branch_of_the_same_choice_is_not_counted() -> None:
    run = Run(AGAIN)
    run.complete("enter")
    for _ in range(2):
        run.complete("look", answers={"order.paid": False})
        run.complete("ring", "reached")

    run.complete("look", answers={"order.paid": True})

    assert run.case.outcome == "success"
    assert run.case.uses == {"look/choice:1": 2}


@pytest.mark.parametrize(("paid", "step"), [(True, "ship"), (False, "await")])
def test_a_skipped_step_still_decides_where_it_leads(*, paid: bool, step: str) -> None:
    run = Run(SKIPPED)

    run.complete("enter", answers={"order.total": 100_0000, "order.paid": paid})

    assert run.open_steps == {step}
    assert run.ended("check")[0].who is None
    assert value_at(run.case.data, ("order", "note")) is None


def test_a_completion_that_the_stock_refuses_uses_no_branch_up() -> None:
    run = Run(
        GOODS
        + """\
steps:
  enter:
    role: clerk
    stock: reserve order.lines
    outcomes: {ok: done, again: {next: enter, at_most: 1, then: done}}
  done: {end: success}
""".replace("steps:", "start: enter\nsteps:"),
        LINES,
        {"a": 1},
    )

    with pytest.raises(CommandRejected, match="goods"):
        run.complete("enter", "again")

    assert run.case.uses == {}
    assert run.stock == {"a": 1}


@pytest.mark.parametrize("state", ["offered", "claimed", "started"])
def test_a_timeout_takes_a_task_in_any_state_and_moves_no_goods(state: str) -> None:
    run = Run(TIMED.replace("AFTER", "2h"), LINES)
    if state == "claimed":
        run.claim("pick")
    elif state == "started":
        run.start("pick")

    run.wait(2 * 60)
    run.fire("pick")

    assert run.open_steps == {"late"}
    assert run.ended("pick")[0].outcome == TIMED_OUT
    assert not run.of_kind(StockAsked)


def test_a_timeout_is_elapsed_time_unless_it_says_business_time() -> None:
    elapsed = Run(TIMED.replace("AFTER", "5 days"), LINES)
    business = Run(TIMED.replace("AFTER", "5 business days"), LINES)

    assert elapsed.task("pick").timer == elapsed.case.opened + 5 * DAY
    # Monday at nine, and the next Monday at seventeen: two days of rest between.
    assert business.task("pick").timer == business.case.opened + 7 * DAY + 8 * HOUR


def test_cancelling_stays_refused_though_the_order_has_come_back() -> None:
    run = Run(BACK)
    run.complete("enter")
    run.complete("ship", "back")
    assert run.open_steps == {"enter"}

    with pytest.raises(CommandRejected, match="before ship"):
        run.cancel()

    assert run.open_steps == {"enter"}


def test_what_hands_must_reverse_is_no_undo() -> None:
    steps = """\
steps:
  enter:
    role: clerk
    stock: reserve order.lines
    undo: put-back
    next: done
  done: {end: success}
"""
    assert errors_of(GOODS + steps) == ["F140"]


def test_a_task_for_each_element_has_no_outcomes_but_answers() -> None:
    steps = """\
steps:
  enter:
    role: clerk
    each: line in order.lines
    outcomes: {ok: done, short: done}
  done: {end: success}
"""
    assert errors_of(GOODS + steps) == ["F138"]


def test_a_step_with_outcomes_says_as_which_it_is_skipped() -> None:
    steps = """\
steps:
  enter: {role: clerk, skip_when: order.paid, outcomes: {ok: done, no: done}}
  done: {end: success}
"""
    assert errors_of(HEAD + steps) == ["F137"]


def test_each_line_has_an_id_that_the_engine_gave() -> None:
    run = Run(GOODS + "steps:\n  a: {role: clerk, next: b}\n  b: {end: done}\n", LINES)

    assert value_at(run.case.data, ("order", "lines")) == [
        {"#": "1", "sku": "a", "quantity": 2}
    ]


def test_what_is_not_decided_is_a_warning_and_orders_run(tmp_path: Path) -> None:
    text = (WRONG / "too-entangled-to-decide.yaml").read_text("utf-8")
    world = World(tmp_path / "shop.db")

    stored = world.engine.add_process(text, "entangled.yaml")
    world.engine.open_order(stored.name, {"number": "1"}, by="anna")

    assert world.engine.order("1").case.tasks
    world.close()


def test_a_process_with_an_error_of_its_flow_opens_no_order(tmp_path: Path) -> None:
    text = (WRONG / "end-with-work-open.yaml").read_text("utf-8")
    world = World(tmp_path / "shop.db")

    refused = refusal_of(lambda: world.engine.add_process(text, "open.yaml"))

    assert isinstance(refused, InvalidProcess)
    assert [row.name for row in world.engine.processes()] == ["sale"]
    world.close()


@pytest.mark.parametrize("by_arrow", [False, True])
def test_an_arrow_to_cancel_does_what_cancelling_does(*, by_arrow: bool) -> None:
    run = Run(LED, LINES)
    run.complete("enter")
    assert run.case.reserved == {"order.lines#1": 2}

    if by_arrow:
        run.complete("pick", "lost")
    else:
        run.cancel()

    assert run.case.reserved == {}
    assert run.ended("papers")[0].outcome == WITHDRAWN
    kinds = [type(event).__name__ for event in run.events]
    withdrawn = run.events.index(run.ended("papers")[0])
    undone = kinds.index("EffectUndone")
    assert withdrawn < undone < kinds.index("CaseCancelled")
    assert run.open_steps == {"put-back"}
