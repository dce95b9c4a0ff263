"""Compiling `choose_all` and `join: opened`: a slot at the join for each branch."""

import pytest

from flowengine.language.process import (
    ON_CANCEL,
    Join,
    OnCancel,
    Step,
    StepId,
    StepKind,
)
from flowengine.net import Net, Transition, WayKind, compile_net, opened_together
from tests.net.written import NO_TITLE, arrow, branches, process_of


def step(
    name: str, *targets: str, kind: StepKind = StepKind.TASK, join: Join | None = None
) -> Step:
    return Step(StepId(name), kind, NO_TITLE, join=join, next=arrow(*targets))


def split(*targets: str, name: str = "split") -> Step:
    return Step(StepId(name), StepKind.ROUTE, NO_TITLE, choose_all=branches(*targets))


#: A branch of one step, one of a parallel part, one straight to the join, and `else`.
THREE = process_of(
    split("papers", "crate", "ready", "done"),
    step("papers", "ready"),
    step("crate", "lid", "label"),
    step("lid", "closed"),
    step("label", "closed"),
    step("closed", "ready", kind=StepKind.ROUTE, join=Join.ALL),
    step("ready", "done", join=Join.OPENED),
)


def test_a_join_of_opened_branches_has_one_slot_for_each() -> None:
    net = compile_net(THREE)

    assert places(net, net.steps[StepId("ready")].inputs) == {
        "papers>ready",
        "closed>ready",
        "split:2>ready",
    }


def test_a_branch_that_is_not_opened_skips_to_its_slot() -> None:
    net = compile_net(THREE)

    assert [places(net, way.skips) for way in ways_of(net)] == [
        {"papers>ready"},
        {"closed>ready"},
        {"split:2>ready"},
        set(),
    ]


def test_a_branch_opens_its_first_step_or_takes_its_slot() -> None:
    net = compile_net(THREE)

    assert [places(net, way.produces) for way in ways_of(net)] == [
        {"papers"},
        {"crate"},
        {"split:2>ready"},
        {"done"},
    ]


@pytest.mark.parametrize(
    ("opened", "label", "marked"),
    [
        ((0,), "0", {"papers", "closed>ready", "split:2>ready"}),
        ((1, 2), "1,2", {"papers>ready", "crate", "split:2>ready"}),
        ((0, 1, 2), "0,1,2", {"papers", "crate", "split:2>ready"}),
    ],
)
def test_branches_that_hold_open_together_and_the_others_skip(
    opened: tuple[int, ...], label: str, marked: set[str]
) -> None:
    net = compile_net(THREE)
    ways = ways_of(net)

    together = opened_together(net, [ways[number] for number in opened])

    assert (together.kind, together.label) == (WayKind.ALL, label)
    assert places(net, together.produces) == marked
    assert together.consumes == net.steps[StepId("split")].inputs


def test_each_join_belongs_to_the_nearest_split_before_it() -> None:
    net = compile_net(
        process_of(
            split("inner", "side", "done", name="outer"),
            split("left", "right", "meet", name="inner"),
            step("left", "near"),
            step("right", "near"),
            step("near", "meet", join=Join.OPENED),
            step("meet", "far", kind=StepKind.ROUTE),
            step("side", "far"),
            step("far", "done", join=Join.OPENED),
        )
    )

    assert [places(net, way.skips) for way in ways_of(net, "outer")] == [
        {"meet>far"},
        {"side>far"},
        set(),
    ]
    assert [places(net, way.skips) for way in ways_of(net, "inner")] == [
        {"left>near"},
        {"right>near"},
        set(),
    ]


def test_a_split_inside_a_loop_keeps_its_join() -> None:
    net = compile_net(
        process_of(
            step("enter", "split"),
            split("papers", "crate", "done"),
            step("papers", "ready"),
            step("crate", "ready"),
            step("ready", "look", join=Join.OPENED),
            Step(
                StepId("look"),
                StepKind.TASK,
                NO_TITLE,
                outcomes={"ok": arrow("done"), "bad": arrow("split")},
            ),
        )
    )

    first, second, _ = ways_of(net)
    assert places(net, first.skips) == {"papers>ready"}
    assert places(net, second.skips) == {"crate>ready"}


def test_what_only_check_will_refuse_is_compiled_all_the_same() -> None:
    net = compile_net(
        process_of(
            split("papers", "crate", "done"),
            step("papers", "done"),
            step("crate", "lost"),
            step("lost", "done", join=Join.OPENED),
        )
    )

    assert [places(net, way.skips) for way in ways_of(net)] == [
        set(),
        {"crate>lost"},
        set(),
    ]


def test_slots_keep_the_bits_of_a_stored_net() -> None:
    stored = tuple(reversed(compile_net(THREE).places))

    net = compile_net(THREE, stored)

    assert net.places == stored
    assert places(net, ways_of(net)[1].skips) == {"closed>ready"}


@pytest.mark.parametrize(
    "kind", [StepKind.AUTOMATION, StepKind.CALL, StepKind.GATE, StepKind.TASK]
)
def test_every_kind_of_step_is_left_by_outcome_decision_or_plain_arrow(
    kind: StepKind,
) -> None:
    net = compile_net(
        process_of(
            Step(
                StepId("first"),
                kind,
                NO_TITLE,
                outcomes={"all": arrow("second"), "none": arrow("done")},
            ),
            Step(StepId("second"), kind, NO_TITLE, choose=branches("third", "done")),
            step("third", "done", kind=kind),
        )
    )

    assert set(net.steps[StepId("first")].ways) == {
        (WayKind.OUTCOME, "all"),
        (WayKind.OUTCOME, "none"),
    }
    assert set(net.steps[StepId("second")].ways) == {
        (WayKind.CHOICE, "0"),
        (WayKind.CHOICE, "1"),
    }
    assert set(net.steps[StepId("third")].ways) == {(WayKind.NEXT, "")}


def test_cancelling_begins_at_the_step_that_its_branches_make() -> None:
    decide = Step(
        ON_CANCEL, StepKind.ROUTE, NO_TITLE, choose=branches("put-back", "done")
    )
    net = compile_net(
        process_of(
            step("enter", "done"),
            decide,
            step("put-back", "done"),
            on_cancel=OnCancel(arrow(ON_CANCEL)),
        )
    )

    assert places(net, net.cancelled) == {"on_cancel"}
    assert net.cancelled != net.final


def ways_of(net: Net, name: str = "split") -> list[Transition]:
    return list(net.steps[StepId(name)].ways.values())


def places(net: Net, mask: int) -> set[str]:
    return {name for bit, name in enumerate(net.places) if mask >> bit & 1}
