"""Runs that no order takes: what is said of them, and never of one that some order did.

The decisions of the random processes have few rules between them, so that most runs
through the arrows alone contradict themselves.
"""

from collections.abc import Sequence
from textwrap import indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.kernel import CaseState, UserId
from flowengine.kernel.commands import DeliverMessage
from flowengine.kernel.events import StepEnded
from flowengine.language.process import StepId
from flowengine.net.check import check_text
from flowengine.net.decisions import contradiction
from flowengine.net.net import Net, Transition, WayKind, opened_together
from tests.builders import Run
from tests.net.decisions.random_rules import CONDITIONS

HEAD = """\
process: sample
version: 1
title: {en: Sample, lv: Paraugs}
for: order
number: order.number
currency: EUR
start: s0
data:
  order:
    number: text
    a: integer
    b: integer
    c: optional integer
    paid: optional yes/no
    kind: one of [red, green, blue]
    mark: optional one of [red, green]
    note: optional text
    word: text
    due: time
    lines: list of line
    address: optional address
  line: {sku: text, weight: optional integer}
  address: {floor: optional integer, door: optional integer}
messages:
  told: {sets: [order.a, order.note]}
departments:
  shop: {title: {en: Shop, lv: Veikals}}
roles:
  clerk: {department: shop, people: 2}
steps:
"""
#: What lies between decisions; most of it writes what rules read.
BETWEEN = st.sampled_from(
    (
        "role: clerk",
        "role: clerk\nasks: [order.a]",
        "role: clerk\nasks: [order.c, order.kind]",
        "role: clerk\nset: {order.b: order.a + 1}",
        "role: clerk\nskip_when: order.a > 1\nasks: [order.b]",
        "wait: {told: AFTER}",
    )
)
ELSE = "- else: done"
VALUES: dict[str, st.SearchStrategy[object]] = {
    "a": st.integers(-1, 4),
    "b": st.integers(-1, 4),
    "c": st.integers(-1, 4),
    "paid": st.booleans(),
    "kind": st.sampled_from(("red", "green", "blue")),
    "mark": st.sampled_from(("red", "green")),
    "note": st.sampled_from(("x", "y")),
    "word": st.sampled_from(("x", "z")),
}
OPTIONAL = ("c", "paid", "mark", "note")


@st.composite
def processes(draw: st.DrawFn) -> str:
    """Decisions and what lies between them, each leading to a later step."""
    written = draw(st.lists(CONDITIONS, min_size=1, max_size=2))
    rules = st.sampled_from([rule.rule_text() for rule in written])
    names = [*(f"s{n}" for n in range(draw(st.integers(3, 7)))), "done"]
    steps = [_step("done", "end: success")]
    for number, name in enumerate(names[:-1]):
        after = names[number + 1]
        kind = draw(st.sampled_from(("between", "choose", "choose", "some", "both")))
        asked = draw(st.lists(rules, min_size=1, max_size=2))
        if kind == "choose":
            target = st.sampled_from(names[number + 1 : number + 4])
            branches = [_branch(rule, draw(target)) for rule in asked]
            steps.append(_step(name, "choose:", *branches, f"- else: {draw(target)}"))
        elif kind == "some":
            branches = [_branch(rule, f"{name}-{n}") for n, rule in enumerate(asked)]
            steps.append(_step(name, "choose_all:", *branches, f"- else: {after}"))
            steps += _beside(draw, name, len(asked), f"join: opened\nnext: {after}")
        elif kind == "both":
            steps.append(_step(name, f"next: [{name}-0, {name}-1]"))
            steps += _beside(draw, name, 2, f"join: all\nnext: {after}")
        else:
            steps.append(_between(name, draw(BETWEEN), after))
    return HEAD + indent("\n".join(steps), "  ") + "\n"


def _step(name: str, *lines: str) -> str:
    return f"{name}:\n" + indent("\n".join(lines), "  ")


def _between(name: str, text: str, after: str) -> str:
    if "AFTER" in text:
        return _step(name, text.replace("AFTER", after))
    return _step(name, text, f"next: {after}")


def _branch(rule: str, target: str) -> str:
    return f"- when: >-\n    {rule}\n  next: {target}"


def _beside(draw: st.DrawFn, name: str, count: int, join: str) -> list[str]:
    """Branches that are open at once, and the join in which they meet."""
    branches = [
        _between(f"{name}-{n}", draw(BETWEEN), f"{name}-join") for n in range(count)
    ]
    return [*branches, _step(f"{name}-join", join)]


def played(text: str, data: st.DataObject) -> tuple[Net, list[Transition]]:
    """A process, and the run that an order with some data took, as a check tells it."""
    run = Run(text, _drawn(data, [*VALUES]))
    while run.case.state is CaseState.OPEN:
        step = data.draw(st.sampled_from(sorted(run.open_steps)))
        written = run.net.steps[StepId(step)].step
        if written.messages:
            fields = {f"order.{k}": v for k, v in _drawn(data, ["a", "note"]).items()}
            run.tell(
                DeliverMessage(
                    case_id=run.case.id,
                    at=run.wait(),
                    by=UserId("shop"),
                    name="told",
                    body=fields,
                )
            )
        else:
            asked = [path[-1] for path in written.asks]
            answers = {f"order.{name}": data.draw(VALUES[name]) for name in asked}
            run.complete(step, answers=answers)
    return run.net, [_way(run.net, each) for each in run.of_kind(StepEnded)]


def _drawn(data: st.DataObject, names: Sequence[str]) -> dict[str, object]:
    """Values of fields; optional ones may be missing."""
    return {
        name: data.draw(VALUES[name])
        for name in names
        if name not in OPTIONAL or data.draw(st.booleans())
    }


def _way(net: Net, ended: StepEnded) -> Transition:
    assert ended.way is not None
    kind, _, label = ended.way.partition(":")
    ways = net.steps[ended.step].ways
    if kind == WayKind.ALL and (WayKind.ALL, label) not in ways:
        taken = [ways[WayKind.ALL, each] for each in label.split(",")]
        return opened_together(net, taken)
    return ways[WayKind(kind), label]


@given(text=processes(), data=st.data())
def test_of_a_run_that_some_order_took_it_is_never_said_that_none_does(
    text: str, data: st.DataObject
) -> None:
    net, run = played(text, data)

    assert contradiction(net, run) is None


def told(decided: str, between: str, again: str) -> bool:
    """Whether it is said that no order passes one rule, and then not another."""
    text = HEAD + indent(
        "\n".join(
            (
                _step("s0", "role: clerk", "choose:", _branch(decided, "s1"), ELSE),
                _between("s1", between, "s2"),
                _step("s2", "choose:", _branch(again, "done"), "- else: [x, y]"),
                _step("x", "role: clerk", "next: join"),
                _step("y", "role: clerk", "choose:", _branch(again, "join"), ELSE),
                _step("join", "join: all", "next: done"),
                _step("done", "end: success"),
            )
        ),
        "  ",
    )
    helps = [each.help or "" for each in check_text(text, "sample.yaml").problems]
    assert any("they meet in `join`" in each for each in helps), helps
    return any(
        "no order takes this run: none passes both `s0` " in each for each in helps
    )


def test_two_branches_that_contradict_are_named() -> None:
    assert told("order.a > 5", "role: clerk", "order.a > 3")
    assert not told("order.a > 3", "role: clerk", "order.a > 5")


@pytest.mark.parametrize(
    "between",
    [
        "role: clerk\nasks: [order.a]",
        "role: clerk\nset: {order.a: order.b}",
        "wait: {told: AFTER}",
        "each: line in order.lines\nrole: clerk\nasks: [order.a]",
        "call: other@1\ntakes: {order.a: result.a}",
    ],
)
def test_nothing_is_said_where_a_step_between_writes_what_they_read(
    between: str,
) -> None:
    assert not told("order.a > 5", between, "order.a > 3")


def test_a_record_that_is_written_between_brings_all_it_has() -> None:
    floor, door = "order.address.floor is given", "order.address.door is given"
    between = "role: clerk\nasks: [order.address]"

    assert told(floor, "role: clerk", floor)
    assert not told(floor, between, f"{floor} or {door}")


def test_time_passes_between_two_decisions() -> None:
    assert not told("now < order.due", "role: clerk", "now < order.due")
    assert told("order.a > 5 and now < order.due", "role: clerk", "order.a > 3")


def test_elements_of_each_are_written_before_their_step_ends() -> None:
    heavy = "any line in order.lines where line.weight is given"

    assert told(heavy, "role: clerk", heavy)
    between = "each: line in order.lines\nrole: clerk\nasks: [line.weight]"
    assert not told(heavy, between, heavy)


def test_a_branch_that_no_order_takes_by_itself_is_told_of_its_own() -> None:
    assert not told("order.a > 5 and order.a < 3", "role: clerk", "order.a > 3")
