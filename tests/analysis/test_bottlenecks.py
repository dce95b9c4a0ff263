"""What is found at steps, arrows, roles and departments, in numbers made by hand."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.analysis import Cause, Findings, StepFinding, analyse
from flowengine.eventlog import EventLog, Trace
from tests.analysis.builders import History, at, log_of, minutes, plain_net
from tests.analysis.random_logs import NET, random_log

SHOP = plain_net(
    "enter:clerk > pack:packer > done",
    roles={"clerk": ("sales", 1), "packer": ("warehouse", 1)},
)
SPLIT = plain_net(
    "enter:clerk > pick:packer & papers:clerk > dispatch:packer > done",
    roles={"clerk": ("sales", 1), "packer": ("warehouse", 2)},
    joins=("dispatch",),
)
EVENING = at("18:00")


def shop_order(number: str, *clocks: str, promised: str | None = None) -> Trace:
    """An order by its clock times: opened, enter from to, pack from to."""
    opened, enter_from, enter_to, pack_from, pack_to = (at(clock) for clock in clocks)
    order = History(
        SHOP, number, opened, promised=None if promised is None else at(promised)
    )
    order.do("enter", enter_from, enter_to, who="ann")
    order.do("pack", pack_from, pack_to, who="bob")
    order.do("done", pack_to, pack_to)
    return order.closed()


@pytest.fixture
def example() -> Findings:
    """The example in the docstring of `flowengine.analysis.bottlenecks`."""
    log = log_of(
        shop_order("1", "08:00", "08:10", "08:20", "09:20", "09:40", promised="10:00"),
        shop_order("2", "09:00", "09:00", "09:10", "10:30", "11:00", promised="10:00"),
    )
    return analyse(SHOP, log, EVENING)


def step(found: Findings, name: str) -> StepFinding:
    (wanted,) = [step for step in found.steps if step.step == name]
    return wanted


def test_the_boxes_of_the_example_add_up_to_its_lead_time(example: Findings) -> None:
    means = {
        step.step: (example.per_order(step.waiting), example.per_order(step.service))
        for step in example.steps
    }

    assert example.mean_lead == minutes(110)
    assert means == {
        "enter": (minutes(5), minutes(10)),
        "pack": (minutes(70), minutes(25)),
        "done": (0, 0),
    }


def test_the_share_is_waiting_by_the_lead_time_of_all_orders(example: Findings) -> None:
    assert step(example, "pack").share == 140 / 220
    assert step(example, "enter").share == 10 / 220
    assert example.flow_efficiency == 70 / 220


def test_steps_are_ranked_by_critical_waiting(example: Findings) -> None:
    assert [(row.rank, row.step, row.waiting) for row in example.ranked] == [
        (1, "pack", minutes(140)),
        (2, "enter", minutes(10)),
    ]
    assert [step.rank for step in example.steps] == [2, 1, None]


def test_a_ranked_delay_says_its_main_cause(example: Findings) -> None:
    # Pack waits 08:20 to 09:20 with Bob free, and 09:10 to 10:30: busy until 09:40.
    assert step(example, "pack").causes[Cause.ALL_BUSY] == minutes(20)
    assert step(example, "pack").causes[Cause.OVERTAKEN] == 0
    assert example.ranked[0].main_cause is Cause.NOT_PICKED_UP
    assert example.ranked[0].cause_share == 120 / 140


def test_a_lane_sums_its_steps_and_says_how_busy_its_people_are(
    example: Findings,
) -> None:
    sales, warehouse = example.departments

    assert (sales.department, sales.people) == ("sales", 1)
    assert (sales.waiting, sales.service) == (minutes(10), minutes(20))
    assert warehouse.share == 190 / 220
    # Open from the first opening at 08:00 to the last close at 11:00.
    assert warehouse.busy_share == 50 / 180
    assert sales.busy_share == 20 / 180


def test_orders_closed_by_their_promise_are_on_time(example: Findings) -> None:
    assert (example.promised, example.on_time) == (2, 1)
    assert example.on_time_share == 0.5


def test_a_cancelled_order_keeps_no_promise() -> None:
    order = History(SHOP, "1", at("08:00"), promised=at("12:00"))
    order.do("enter", at("08:10"), at("08:20"), outcome="withdrawn")

    found = analyse(SHOP, log_of(order.closed("cancelled")), EVENING)

    assert (found.orders, found.promised, found.on_time_share) == (1, 0, None)


def test_what_is_off_the_critical_path_stands_apart() -> None:
    order = History(SPLIT, "1", at("08:00"))
    enter = order.do("enter", at("08:00"), at("08:10"))
    order.do("papers", at("08:25"), at("08:30"), after=enter)
    order.do("pick", at("08:40"), at("09:00"), after=enter)
    order.do("dispatch", at("09:00"), at("09:10"))

    found = analyse(SPLIT, log_of(order.closed()), EVENING)

    papers = step(found, "papers")
    assert (papers.waiting, papers.service) == (0, 0)
    assert papers.off_path_waiting == minutes(15)
    assert papers.off_path_service == minutes(5)
    assert found.lead == minutes(70)


def test_every_source_of_a_join_has_its_arrow() -> None:
    order = History(SPLIT, "1", at("08:00"))
    enter = order.do("enter", at("08:00"), at("08:10"))
    order.do("papers", at("08:25"), at("08:30"), after=enter)
    order.do("pick", at("08:40"), at("09:00"), after=enter)
    order.do("dispatch", at("09:05"), at("09:10"))

    found = analyse(SPLIT, log_of(order.closed()), EVENING)

    arrows = [(arrow.source, arrow.target, arrow.orders) for arrow in found.arrows]
    assert arrows == [
        ("enter", "papers", 1),
        ("enter", "pick", 1),
        ("papers", "dispatch", 1),
        ("pick", "dispatch", 1),
    ]
    critical = {(arrow.source, arrow.target): arrow.waiting for arrow in found.arrows}
    assert critical["pick", "dispatch"] == minutes(5)
    assert critical["papers", "dispatch"] == 0


def test_an_order_that_comes_back_is_redone_once_however_often_it_comes() -> None:
    again = History(SHOP, "1", at("08:00"))
    for clock in ("08:10", "08:20", "08:30"):
        again.do("pack", at(clock), at(clock))
    once = History(SHOP, "2", at("08:00"))
    once.do("pack", at("08:10"), at("08:20"))

    found = analyse(SHOP, log_of(again.closed(), once.closed()), EVENING)

    pack = step(found, "pack")
    assert (pack.orders, pack.visits, pack.redone) == (2, 4, 1)
    assert pack.redone_share == 0.5
    (arrow,) = found.arrows
    assert (arrow.orders, arrow.passes, arrow.share) == (1, 2, 0.5)


def test_an_instance_that_ended_after_its_sla_is_late() -> None:
    order = History(SHOP, "1", at("08:00"))
    order.do("enter", at("08:10"), at("08:20"), due=at("08:20"))
    order.do("pack", at("08:30"), at("08:50"), due=at("08:40"))

    found = analyse(SHOP, log_of(order.closed()), EVENING)

    assert (step(found, "enter").with_sla, step(found, "enter").late) == (1, 0)
    assert step(found, "pack").late_share == 1.0


def test_open_orders_are_counted_but_not_averaged() -> None:
    closed = shop_order("1", "08:00", "08:10", "08:20", "09:20", "09:40")
    waiting = History(SHOP, "2", at("08:00")).open_at("enter")

    found = analyse(SHOP, log_of(closed, waiting), at("10:00"))

    assert (found.orders, found.open_orders, found.lead) == (1, 1, minutes(100))
    enter = step(found, "enter")
    assert (enter.open_orders, enter.open_waiting) == (1, minutes(120))
    assert (enter.orders, enter.waiting) == (1, minutes(10))


def test_an_empty_log_gives_zeros_and_no_ranks() -> None:
    found = analyse(SHOP, log_of(), EVENING)

    assert (found.orders, found.period, found.ranked, found.arrows) == (0, None, (), ())
    assert (found.mean_lead, found.flow_efficiency) == (0, 0.0)
    assert [step.step for step in found.steps] == ["enter", "pack", "done"]
    assert [lane.busy_share for lane in found.departments] == [None, None]


def test_a_step_that_only_the_log_knows_still_counts() -> None:
    log = EventLog("shop", tuple(t for t in random_log(1) if t.closed is not None))

    found = analyse(SHOP, log, at("00:00", day=30))

    assert [step.step for step in found.steps][:3] == ["enter", "pack", "done"]
    assert "elsewhere" in {step.step for step in found.steps}


@given(st.integers(0, 10**9))
def test_findings_do_not_depend_on_the_order_of_traces(seed: int) -> None:
    log = random_log(seed)
    mixed = list(log.traces)
    Random(seed).shuffle(mixed)  # noqa: S311 - shuffles orders, guards no secret

    found = analyse(NET, log, at("00:00", day=30))

    assert analyse(NET, log_of(*mixed), at("00:00", day=30)) == found
