"""How sure a delay is, and how it differs between busy and slow weeks."""

from flowengine.analysis import analyse
from flowengine.analysis.ranking import bootstrap_range, busy_and_slow_weeks
from flowengine.eventlog import Trace
from tests.analysis.builders import History, at, log_of, minutes, plain_net

SHOP = plain_net(
    "enter:clerk > pack:packer > done",
    roles={"clerk": ("sales", 1), "packer": ("warehouse", 1)},
)


def order(number: int, week: int, wait: str) -> Trace:
    """An order opened at 08:00 on the Monday of a week, that waits until `wait`."""
    opened = at("08:00", day=7 * week)
    history = History(SHOP, str(number), opened)
    history.do("enter", at(wait, day=7 * week), at(wait, day=7 * week))
    return history.closed()


def test_the_range_of_equal_orders_is_their_sum() -> None:
    assert bootstrap_range([5] * 40) == (200, 200)


def test_the_range_of_one_outlier_reaches_from_none_to_several() -> None:
    low, high = bootstrap_range([0] * 99 + [100])

    assert low == 0
    assert 200 <= high <= 400


def test_the_range_does_not_depend_on_the_order_of_orders() -> None:
    assert bootstrap_range([1, 2, 3, 40]) == bootstrap_range([40, 3, 2, 1])


def test_busy_minus_slow_compares_the_outer_thirds_of_weeks() -> None:
    waits = {0: ["09:00"] * 3, 1: ["08:10"], 2: ["08:30", "08:30"]}
    traces = [
        order(10 * week + number, week, wait)
        for week, clocks in waits.items()
        for number, wait in enumerate(clocks)
    ]

    found = analyse(SHOP, log_of(*traces), at("00:00", day=30))

    assert found.ranked[0].busy_minus_slow == minutes(60 - 10)


def test_fewer_than_three_weeks_have_no_busy_and_slow_ones() -> None:
    traces = [order(1, 0, "09:00"), order(2, 1, "08:10"), order(3, 1, "08:10")]

    found = analyse(SHOP, log_of(*traces), at("00:00", day=30))

    assert found.ranked[0].busy_minus_slow is None


def test_orders_that_are_still_open_count_as_arrivals() -> None:
    late = [History(SHOP, str(n), at("08:00", day=14)).open_at("enter") for n in "789"]
    traces = [order(1, 0, "09:00"), order(2, 0, "09:00"), order(3, 1, "08:10")]

    busy, slow = busy_and_slow_weeks(SHOP, traces, late)

    assert (busy, slow) == (frozenset({(2026, 25)}), frozenset({(2026, 24)}))


def test_at_most_five_steps_are_ranked() -> None:
    net = plain_net(
        "a:clerk > b:clerk > c:clerk > d:clerk > e:clerk > f:clerk > done",
        roles={"clerk": ("sales", 1)},
    )
    history = History(net, "1", at("08:00"))
    for clock, name in zip(range(9, 15), "abcdef", strict=True):
        history.do(name, at(f"{clock}:00"), at(f"{clock}:00"))

    found = analyse(net, log_of(history.closed()), at("00:00", day=3))

    assert [row.step for row in found.ranked] == ["a", "b", "c", "d", "e"]
