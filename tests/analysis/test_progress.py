"""Where open orders are: each open step instance is counted once."""

from dataclasses import replace

from flowengine.analysis import work_in_progress
from flowengine.analysis.findings import StepWork
from tests.analysis.builders import History, at, log_of, plain_net

SHOP = plain_net(
    "enter:clerk > paid:wait > pack:packer > done",
    roles={"clerk": ("sales", 1), "packer": ("warehouse", 1)},
)
NOON = at("12:00")


def test_tasks_are_waiting_until_started_and_working_after() -> None:
    waiting = History(SHOP, "1", at("09:00")).open_at("enter")
    working = History(SHOP, "2", at("08:00")).open_at("enter", at("08:30"))

    work = work_in_progress(SHOP, log_of(waiting, working), NOON)

    assert work.orders == 2
    assert work.steps[0] == StepWork(
        step="enter", department="sales", waiting=1, working=1, oldest=at("08:00")
    )


def test_a_task_that_was_put_aside_is_waiting() -> None:
    order = History(SHOP, "1", at("08:00")).open_at("enter", at("08:30"))
    (entry,) = order.open_entries
    paused = replace(order, open_entries=(replace(entry, rests_since=at("09:00")),))

    work = work_in_progress(SHOP, log_of(paused), NOON)

    assert (work.steps[0].waiting, work.steps[0].working) == (1, 0)


def test_a_step_that_waits_for_a_message_is_awaiting() -> None:
    order = History(SHOP, "1", at("09:00"))
    order.do("enter", at("09:00"), at("09:10"))

    work = work_in_progress(SHOP, log_of(order.open_at("paid")), NOON)

    assert (work.steps[1].awaiting, work.steps[1].oldest) == (1, at("09:10"))


def test_whatever_belongs_to_an_order_on_hold_is_held() -> None:
    order = History(SHOP, "1", at("09:00"))
    order.hold(at("10:00"), None)

    work = work_in_progress(SHOP, log_of(order.open_at("enter")), NOON)

    assert (work.held, work.steps[0].held, work.steps[0].waiting) == (1, 1, 0)


def test_a_hold_that_is_over_holds_nothing() -> None:
    order = History(SHOP, "1", at("09:00"))
    order.hold(at("10:00"), at("11:00"))

    work = work_in_progress(SHOP, log_of(order.open_at("enter")), NOON)

    assert (work.held, work.steps[0].waiting) == (0, 1)


def test_an_instance_past_its_sla_and_an_order_past_its_promise_are_late() -> None:
    order = History(SHOP, "1", at("09:00"), promised=at("11:00")).open_at("enter")
    (entry,) = order.open_entries
    overdue = replace(order, open_entries=(replace(entry, due=at("10:00")),))

    work = work_in_progress(SHOP, log_of(overdue), NOON)

    assert (work.late, work.steps[0].late) == (1, 1)
    assert work_in_progress(SHOP, log_of(overdue), at("10:00")).steps[0].late == 0


def test_an_order_at_no_step_is_nowhere() -> None:
    order = History(SHOP, "1", at("09:00")).open_at("enter")

    work = work_in_progress(SHOP, log_of(replace(order, open_entries=())), NOON)

    assert (work.orders, work.nowhere) == (1, 1)


def test_departments_sum_their_steps() -> None:
    first = History(SHOP, "1", at("09:00")).open_at("enter")
    second = History(SHOP, "2", at("08:00")).open_at("pack")
    third = History(SHOP, "3", at("10:00")).open_at("paid")

    work = work_in_progress(SHOP, log_of(first, second, third), NOON)

    assert [
        (lane.department, lane.total, lane.oldest) for lane in work.departments
    ] == [
        ("sales", 1, at("09:00")),
        ("warehouse", 1, at("08:00")),
        (None, 1, at("10:00")),
    ]


def test_closed_orders_are_no_work_in_progress() -> None:
    order = History(SHOP, "1", at("09:00"))
    order.do("enter", at("09:00"), at("09:10"))

    work = work_in_progress(SHOP, log_of(order.closed()), NOON)

    assert work.orders == 0
    assert [step.total for step in work.steps] == [0, 0, 0, 0]
