"""Stock: what an order reserves is taken or let go, on every way and on cancel."""

from flowengine.language import Problem, Severity
from flowengine.net.check import check_text

HEAD = """\
process: test
version: 1
for: order
number: order.number
start: enter
data:
  order: {number: text, lines: list of line, parcels: list of parcel, ready: yes/no}
  line: {sku: text, quantity: integer}
  parcel: {damaged: yes/no, lines: list of line}
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
roles:
  clerk: {department: sales, people: 3}
"""

RESERVE = "do: stock.reserve order.lines"
UNDO = "undo: stock.release order.lines"


def _stock(steps: str, heads: str = "") -> list[Problem]:
    """What is said of the stock of a process with these steps."""
    found = check_text(f"{HEAD}{heads}steps:\n{steps}", "test.yaml")
    assert found.net is not None, found.problems
    return [problem for problem in found.problems if problem.code[:2] == "F5"]


def _codes(steps: str, heads: str = "") -> list[str]:
    return [problem.code for problem in _stock(steps, heads)]


def test_reserved_goods_are_picked_or_never_reserved() -> None:
    assert (
        _codes(f"""\
  enter: {{{RESERVE}, {UNDO}, outcomes: {{all: pick, some: pick, none: refused}}}}
  pick: {{role: clerk, stock: pick order.lines, next: done}}
  done: {{end: success}}
  refused: {{end: failure}}
""")
        == []
    )


def test_the_shortest_way_that_leaves_stock_reserved_is_told_as_a_story() -> None:
    (problem,) = _stock(f"""\
  enter:
    {RESERVE}
    {UNDO}
    outcomes: {{all: look, some: look, none: refused}}
  look: {{role: clerk, outcomes: {{ok: pick, odd: hold}}}}
  hold: {{role: clerk, next: refused}}
  pick: {{role: clerk, stock: pick order.lines, next: done}}
  done: {{end: success}}
  refused: {{end: failure}}
""")

    assert (problem.code, problem.severity) == ("F501", Severity.ERROR)
    assert (
        "enter [outcome all] -> look [outcome odd] -> hold -> refused "
        "[still reserved: order.lines]" in problem.message
    )
    assert (problem.line, problem.column) == (16, 9)
    assert "`let-go: {do: stock.release order.lines, next: refused}`" in problem.help


def test_a_partly_reserved_order_still_holds_what_it_got() -> None:
    (problem,) = _stock(f"""\
  enter: {{{RESERVE}, {UNDO}, outcomes: {{all: pick, some: refused, none: refused}}}}
  pick: {{role: clerk, stock: pick order.lines, next: done}}
  done: {{end: success}}
  refused: {{end: failure}}
""")

    assert "enter [outcome some] -> refused" in problem.message


def test_cancelling_lets_go_by_the_undo_of_the_step_that_reserved() -> None:
    steps = """\
  enter: {role: clerk, next: reserve}
  reserve: {UNDO?do: stock.reserve order.lines, outcomes: {all: a, some: a, none: no}}
  a: {role: clerk, stock: ship order.lines, next: done}
  done: {end: success}
  no: {end: failure}
"""

    (problem,) = _stock(steps.replace("UNDO?", ""))

    assert problem.code == "F502"
    assert "enter -> reserve [outcome all] -> a -> (cancelled)" in problem.message
    assert _codes(steps.replace("UNDO?", f"{UNDO}, ")) == []


def test_cancelling_lets_go_on_every_way_of_on_cancel() -> None:
    steps = f"""\
  enter: {{{RESERVE}, outcomes: {{all: a, some: a, none: no}}}}
  a: {{role: clerk, stock: ship order.lines, next: done}}
  look: {{role: clerk, outcomes: {{keep: LATER, drop: free}}}}
  free: {{do: stock.release order.lines, next: no}}
  done: {{end: success}}
  no: {{end: failure}}
"""

    (problem,) = _stock(steps.replace("LATER", "no"), "on_cancel: {next: look}\n")

    assert problem.code == "F502"
    assert "(cancelled) -> look [outcome keep] -> no" in problem.message
    assert _codes(steps.replace("LATER", "free"), "on_cancel: {next: look}\n") == []


def test_after_until_nothing_has_to_be_let_go_by_cancelling() -> None:
    steps = f"""\
  enter: {{{RESERVE}, outcomes: {{all: ship, some: ship, none: no}}}}
  ship: {{role: clerk, stock: ship order.lines, next: done}}
  done: {{end: success}}
  no: {{end: failure}}
"""

    assert _codes(steps, "on_cancel: {until: ship, next: no}\n") == []
    assert _codes(steps, "on_cancel: {until: done, next: no}\n") == ["F502"]


def test_an_arrow_to_cancel_leaves_nothing_reserved_either() -> None:
    (problem,) = _stock(
        f"""\
  enter: {{{RESERVE}, outcomes: {{all: ship, some: cancel, none: no}}}}
  ship: {{role: clerk, stock: ship order.lines, next: done}}
  done: {{end: success}}
  no: {{end: failure}}
""",
        "on_cancel: {until: ship, next: no}\n",
    )

    assert problem.code == "F502"
    assert "enter [outcome some] -> cancel -> (cancelled) -> no" in problem.message


def test_a_timeout_and_a_skipped_step_take_nothing() -> None:
    steps = f"""\
  enter: {{{RESERVE}, {UNDO}, outcomes: {{all: pick, some: pick, none: no}}}}
  pick: {{role: clerk, stock: pick order.lines, MORE, next: done}}
  done: {{end: success}}
  no: {{end: failure}}
"""

    assert _codes(steps.replace("MORE", "skip_when: order.ready")) == ["F501"]
    assert _codes(steps.replace("MORE", "timeout: {after: 2h, next: no}")) == ["F501"]


def test_a_loop_through_reserve_asks_only_for_what_is_missing() -> None:
    steps = f"""\
  enter: {{{RESERVE}, {UNDO}, outcomes: {{all: pick, some: wait, none: wait}}}}
  wait: {{wait: 1h, next: again}}
  again: {{role: clerk, outcomes: {{yes: enter, no: give-up}}}}
  give-up: {{do: stock.release order.lines, next: no}}
  pick: {{role: clerk, stock: pick order.lines, next: done}}
  done: {{end: success}}
  no: {{end: failure}}
"""

    assert _codes(steps) == []


def test_what_one_visit_reserved_is_never_answered_with_none_later() -> None:
    steps = f"""\
  enter: {{{RESERVE}, {UNDO}, outcomes: {{all: pick, some: again, none: no}}}}
  again: {{role: clerk, next: enter}}
  pick: {{role: clerk, stock: pick order.lines, next: done}}
  done: {{end: success}}
  no: {{end: failure}}
"""

    assert _codes(steps) == []


def test_a_release_in_another_branch_may_come_before_the_reservation() -> None:
    (problem,) = _stock(f"""\
  enter: {{role: clerk, next: [reserve, look]}}
  reserve: {{{RESERVE}, {UNDO}, outcomes: {{all: met, some: met, none: met}}}}
  met: {{next: ready}}
  look: {{role: clerk, stock: release order.lines, next: ready}}
  ready: {{join: all, next: done}}
  done: {{end: success}}
""")

    assert problem.code == "F501"
    assert "enter -> look -> reserve [outcome all]" in problem.message


def test_goods_of_each_parcel_are_one_list() -> None:
    steps = """\
  enter:
    role: clerk
    each: parcel in order.parcels
    stock: reserve parcel.lines
    undo: stock.release parcel.lines
    next: pack
  pack:
    role: clerk
    each: box in order.parcelsWHERE
    stock: pick box.lines
    next: done
  done: {end: success}
"""

    assert _codes(steps.replace("WHERE", "")) == []
    assert _codes(steps.replace("WHERE", " where not box.damaged")) == ["F504"]


def test_another_list_is_not_consumed_instead() -> None:
    assert _codes("""\
  enter:
    role: clerk
    stock: reserve order.lines
    undo: stock.release order.lines
    next: pack
  pack:
    role: clerk
    each: parcel in order.parcels
    stock: pick parcel.lines
    next: done
  done: {end: success}
""") == ["F501"]


def test_taking_before_reserving_is_told_as_a_warning() -> None:
    (problem,) = _stock(f"""\
  enter: {{role: clerk, stock: pick order.lines, next: reserve}}
  reserve: {{{RESERVE}, {UNDO}, outcomes: {{all: ship, some: ship, none: done}}}}
  ship: {{role: clerk, stock: ship order.lines, next: done}}
  done: {{end: success}}
""")

    assert (problem.code, problem.severity) == ("F503", Severity.WARNING)
    assert "before `enter`" in problem.message


def test_shipping_what_was_picked_before_is_no_problem() -> None:
    assert (
        _codes(f"""\
  enter: {{{RESERVE}, {UNDO}, outcomes: {{all: pick, some: pick, none: done}}}}
  pick: {{role: clerk, stock: pick order.lines, next: ship}}
  ship: {{role: clerk, stock: ship order.lines, next: done}}
  done: {{end: success}}
""")
        == []
    )


def test_a_release_of_what_nothing_reserves_is_a_warning() -> None:
    assert _codes("""\
  enter: {do: stock.release order.lines, next: done}
  done: {end: success}
""") == ["F503"]


def test_branches_without_stock_do_not_make_it_too_much_to_search() -> None:
    names = [f"work-{number}" for number in range(14)]
    branches = "".join(f"  {name}: {{role: clerk, next: ready}}\n" for name in names)

    steps = f"""\
  enter: {{role: clerk, next: [reserve, {", ".join(names)}]}}
  reserve: {{{RESERVE}, {UNDO}, outcomes: {{all: met, some: met, none: met}}}}
  met: {{next: ready}}
{branches}  ready: {{join: all, STOCKrole: clerk, next: done}}
  done: {{end: success}}
"""

    assert _codes(steps.replace("STOCK", "stock: ship order.lines, ")) == []
    assert _codes(steps.replace("STOCK", "")) == ["F501"]
