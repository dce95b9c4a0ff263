"""The critical path walks back from the end by binding predecessors."""

from dataclasses import replace

import pytest

from flowengine.analysis import critical_path
from tests.analysis.builders import History, at, minutes, plain_net

NET = plain_net(
    "enter:clerk > pick:picker & papers:clerk > dispatch:picker > done",
    roles={"clerk": ("sales", 1), "picker": ("warehouse", 2)},
    joins=("dispatch",),
)


def test_a_join_follows_the_branch_that_ended_last() -> None:
    order = History(NET, "1", at("08:00"))
    enter = order.do("enter", at("08:05"), at("08:10"))
    order.do("papers", at("08:20"), at("08:30"), after=enter)
    order.do("pick", at("09:00"), at("09:40"), after=enter)
    order.do("dispatch", at("09:50"), at("10:00"))

    path = critical_path(order.closed())

    assert [entry.step for entry in path] == ["enter", "pick", "dispatch"]
    assert sum(entry.waiting for entry in path) == minutes(5 + 50 + 10)
    assert sum(entry.service for entry in path) == minutes(5 + 40 + 10)


def test_each_visit_of_a_loop_is_on_the_path() -> None:
    order = History(NET, "1", at("08:00"))
    order.do("pick", at("08:05"), at("08:10"))
    order.do("enter", at("08:20"), at("08:30"))
    order.do("pick", at("08:40"), at("08:50"))

    path = critical_path(order.closed())

    assert [(entry.step, entry.visit) for entry in path] == [
        ("pick", 1),
        ("enter", 1),
        ("pick", 2),
    ]


def test_paused_time_is_neither_waiting_nor_service() -> None:
    order = History(NET, "1", at("08:00"))
    order.do("enter", at("08:05"), at("09:05"), paused=minutes(20))

    (entry,) = critical_path(order.closed())

    assert (entry.waiting, entry.paused, entry.service) == (
        minutes(5),
        minutes(20),
        minutes(40),
    )


def test_an_open_order_has_no_path_yet() -> None:
    order = History(NET, "1", at("08:00")).open_at("enter")

    with pytest.raises(ValueError, match="Expected order 1 to be closed"):
        critical_path(order)


def test_a_gap_between_two_entries_is_a_broken_history() -> None:
    order = History(NET, "1", at("08:00"))
    order.do("enter", at("08:05"), at("08:10"))
    order.do("pick", at("08:20"), at("08:30"))
    trace = order.closed()
    enter, pick = trace.entries
    late = replace(pick, enabled=at("08:11"))

    with pytest.raises(ValueError, match="Expected pick of order 1 to be enabled at"):
        critical_path(replace(trace, entries=(enter, late)))


def test_a_close_after_the_last_end_is_a_broken_history() -> None:
    order = History(NET, "1", at("08:00"))
    order.do("enter", at("08:05"), at("08:10"))

    with pytest.raises(ValueError, match="Expected order 1 to close at"):
        critical_path(replace(order.closed(), closed=at("08:11")))


def test_a_predecessor_that_is_missing_is_a_broken_history() -> None:
    order = History(NET, "1", at("08:00"))
    order.do("enter", at("08:05"), at("08:10"))
    order.do("pick", at("08:20"), at("08:30"))
    trace = order.closed()

    with pytest.raises(ValueError, match="Expected order 1 to have an entry 1"):
        critical_path(replace(trace, entries=trace.entries[1:]))
