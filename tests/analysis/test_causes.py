"""Every minute of a wait has the one cause that matches first."""

from collections.abc import Sequence

from flowengine.analysis.causes import Wait, causes_of, main_cause
from flowengine.analysis.findings import Cause
from flowengine.analysis.staffing import staffing
from flowengine.eventlog import Trace
from flowengine.net.net import Net
from flowengine.quantities import MINUTE, Duration
from tests.analysis.builders import History, at, log_of, minutes, plain_net

ONE_PACKER = plain_net(
    "pack:packer > ship:carrier > paid:wait > done",
    roles={"packer": ("warehouse", 1), "carrier": ("road", 1)},
    external=("carrier",),
)
TWO_PACKERS = plain_net(
    "pack:packer > label:printer > done",
    roles={"packer": ("warehouse", 2), "printer": ("office", 1)},
)


def causes(net: Net, trace: Trace, others: Sequence[Trace] = ()) -> dict[str, int]:
    """The causes of an order's first wait, in minutes, those of none left out."""
    log = log_of(trace, *others)
    staff = staffing(net, log, at("00:00", day=7))
    entry = trace.entries[0]
    (found,) = causes_of(staff, [Wait(entry, trace.holds)])
    assert sum(found.values()) == entry.waiting
    return {cause.value: amount // MINUTE for cause, amount in found.items() if amount}


def packed(
    number: str, opened: str, started: str, ended: str, *, net: Net, who: str = "ann"
) -> Trace:
    order = History(net, number, at(opened))
    order.do("pack", at(started), at(ended), who=who)
    return order.closed()


def test_a_wait_while_somebody_is_free_is_not_picked_up() -> None:
    order = packed("1", "09:00", "09:15", "10:00", net=ONE_PACKER)

    assert causes(ONE_PACKER, order) == {"not picked up": 15}


def test_a_wait_outside_the_hours_of_the_role_is_closed() -> None:
    order = packed("1", "07:00", "08:20", "09:00", net=ONE_PACKER)

    assert causes(ONE_PACKER, order) == {"closed": 60, "not picked up": 20}


def test_a_wait_for_work_on_earlier_orders_is_all_busy() -> None:
    earlier = packed("1", "08:00", "08:00", "10:00", net=ONE_PACKER)
    order = packed("2", "09:00", "10:00", "11:00", net=ONE_PACKER)

    assert causes(ONE_PACKER, order, [earlier]) == {"all busy": 60}


def test_a_wait_for_work_on_a_later_order_is_overtaken() -> None:
    later = packed("1", "09:10", "09:20", "10:00", net=ONE_PACKER)
    order = packed("2", "09:00", "10:00", "11:00", net=ONE_PACKER)

    assert causes(ONE_PACKER, order, [later]) == {"overtaken": 40, "not picked up": 20}


def test_an_order_enabled_at_the_same_moment_does_not_overtake() -> None:
    same = packed("1", "09:00", "09:00", "10:00", net=ONE_PACKER)
    order = packed("2", "09:00", "10:00", "11:00", net=ONE_PACKER)

    assert causes(ONE_PACKER, order, [same]) == {"all busy": 60}


def test_one_of_two_people_being_free_is_not_picked_up() -> None:
    busy = packed("1", "08:00", "08:00", "09:40", net=TWO_PACKERS, who="ann")
    also = packed("2", "08:00", "08:00", "09:30", net=TWO_PACKERS, who="bob")
    order = packed("3", "09:00", "10:00", "11:00", net=TWO_PACKERS)

    assert causes(TWO_PACKERS, order, [busy, also]) == {
        "all busy": 30,
        "not picked up": 30,
    }


def test_somebody_with_two_tasks_at_once_is_one_busy_person() -> None:
    first = packed("1", "08:00", "08:00", "10:00", net=TWO_PACKERS, who="ann")
    second = packed("2", "08:00", "08:30", "10:00", net=TWO_PACKERS, who="ann")
    order = packed("3", "09:00", "10:00", "11:00", net=TWO_PACKERS, who="bob")

    assert causes(TWO_PACKERS, order, [first, second]) == {"not picked up": 60}


def test_somebody_known_is_busy_in_all_their_roles() -> None:
    other = History(TWO_PACKERS, "1", at("08:00"))
    other.do("pack", at("08:00"), at("08:10"), who="ann")
    other.do("label", at("08:10"), at("10:00"), who="ann")
    busy = packed("2", "08:10", "08:10", "10:00", net=TWO_PACKERS, who="bob")
    order = packed("3", "09:00", "10:00", "11:00", net=TWO_PACKERS)

    # Ann packs too: while she prints labels, both packers are busy.
    assert causes(TWO_PACKERS, order, [other.closed(), busy]) == {"all busy": 60}


def test_an_order_on_hold_is_held_whatever_else_is_true() -> None:
    history = History(ONE_PACKER, "1", at("07:00"))
    history.do("pack", at("09:00"), at("10:00"), who="ann")
    history.hold(at("07:30"), at("08:15"))
    history.hold(at("08:10"), at("08:20"))

    assert causes(ONE_PACKER, history.closed()) == {
        "held": 50,
        "closed": 30,
        "not picked up": 40,
    }


def test_waiting_for_a_message_is_outside_also_at_night() -> None:
    history = History(ONE_PACKER, "1", at("07:00"))
    history.do("paid", at("09:00"), at("09:00"))

    assert causes(ONE_PACKER, history.closed()) == {"outside": 120}


def test_waiting_for_people_who_are_not_ours_is_outside() -> None:
    history = History(ONE_PACKER, "1", at("07:00"))
    history.do("ship", at("09:00"), at("09:30"))

    assert causes(ONE_PACKER, history.closed()) == {"outside": 120}


def test_claimed_by_somebody_who_does_nothing_else_is_not_picked_up() -> None:
    busy = packed("1", "08:00", "08:00", "10:00", net=TWO_PACKERS, who="bob")
    history = History(TWO_PACKERS, "2", at("09:00"))
    history.do("pack", at("09:30"), at("10:00"), who="ann", claimed=at("09:00"))

    assert causes(TWO_PACKERS, history.closed(), [busy]) == {"not picked up": 30}


def test_claimed_by_somebody_who_works_on_something_else_waits_for_them() -> None:
    earlier = packed("1", "08:00", "08:00", "09:20", net=TWO_PACKERS, who="ann")
    later = packed("2", "09:10", "09:20", "09:50", net=TWO_PACKERS, who="ann")
    history = History(TWO_PACKERS, "3", at("09:00"))
    history.do("pack", at("10:00"), at("10:30"), who="ann", claimed=at("09:05"))

    # From 9:00 to 9:05 the second packer was free; then it was Ann's to begin.
    assert causes(TWO_PACKERS, history.closed(), [earlier, later]) == {
        "not picked up": 5 + 10,
        "all busy": 15,
        "overtaken": 30,
    }


def test_a_decision_that_stood_still_was_not_picked_up() -> None:
    history = History(ONE_PACKER, "1", at("09:00"))
    history.do("done", at("09:30"), at("09:30"))

    assert causes(ONE_PACKER, history.closed()) == {"not picked up": 30}


def test_the_example_of_the_definitions_holds() -> None:
    first = packed("A", "07:00", "08:00", "10:00", net=ONE_PACKER)
    later = packed("C", "09:30", "10:00", "11:00", net=ONE_PACKER)
    order = packed("B", "09:00", "11:15", "11:30", net=ONE_PACKER)

    assert causes(ONE_PACKER, first) == {"closed": 60}
    assert causes(ONE_PACKER, order, [first, later]) == {
        "all busy": 60,
        "overtaken": 60,
        "not picked up": 15,
    }


def test_work_that_is_still_going_on_keeps_people_busy() -> None:
    working = History(ONE_PACKER, "1", at("08:00")).open_at("pack", at("08:00"))
    order = packed("2", "09:00", "10:00", "11:00", net=ONE_PACKER)

    assert causes(ONE_PACKER, order, [working]) == {"all busy": 60}


def test_of_equal_causes_the_one_matched_first_is_the_main_one() -> None:
    equal = {Cause.ALL_BUSY: minutes(5), Cause.CLOSED: minutes(5)}

    assert main_cause(equal) is Cause.CLOSED
    assert main_cause({Cause.ALL_BUSY: Duration(1)}) is Cause.ALL_BUSY
