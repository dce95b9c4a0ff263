"""The biggest delays, how sure they are, and how they differ when it is busy."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from flowengine.analysis.causes import main_cause
from flowengine.analysis.findings import RankedDelay, StepFinding
from flowengine.analysis.steps import Walked
from flowengine.calendars import ALWAYS, WorkCalendar, local_time
from flowengine.eventlog import Trace
from flowengine.net.net import Net
from flowengine.quantities import Duration, Instant

#: How many steps are ranked.
RANKS = 5
#: How often the orders are drawn anew for the 90 % range.
RESAMPLES = 200
#: Ranges are the same for the same log.
_SEED = 20_260_101

#: A week by ISO 8601: year and number.
_Week = tuple[int, int]


def with_ranks(steps: Sequence[StepFinding]) -> tuple[StepFinding, ...]:
    """The steps, in the same order, the five with most critical waiting ranked.

    Of equals the one that comes first in the file ranks first.
    """
    waited = [step for step in steps if step.waiting]
    waited.sort(key=lambda step: -step.waiting)
    ranks = {step.step: rank for rank, step in enumerate(waited[:RANKS], start=1)}
    return tuple(replace(step, rank=ranks.get(step.step)) for step in steps)


def ranked_delays(
    net: Net,
    steps: Iterable[StepFinding],
    walked: Sequence[Walked],
    open_traces: Sequence[Trace],
) -> tuple[RankedDelay, ...]:
    """The ranked steps as the rows of a table, biggest delay first."""
    ranked = {step.rank: step for step in steps if step.rank is not None}
    busy, slow = busy_and_slow_weeks(
        net, [order.trace for order in walked], open_traces
    )
    weeks = [_week(net, order.trace.opened) for order in walked]
    rows = []
    for rank, step in sorted(ranked.items()):
        waits = [_waiting_at(step.step, order) for order in walked]
        low, high = bootstrap_range(waits)
        cause = main_cause(step.causes)
        rows.append(
            RankedDelay(
                rank=rank,
                step=step.step,
                department=step.department,
                waiting=step.waiting,
                low=low,
                high=high,
                share=step.share,
                main_cause=cause,
                cause_share=step.causes[cause] / step.waiting,
                busy_minus_slow=_difference(waits, weeks, busy, slow),
            )
        )
    return tuple(rows)


def bootstrap_range(totals: Sequence[int]) -> tuple[Duration, Duration]:
    """The 90 % range of a sum over orders: bounds that 5 % of resamples lie outside.

    Orders are drawn with replacement, whole: the steps of one order are not
    independent of each other (B. Efron, R. Tibshirani, An Introduction to the
    Bootstrap, 1993, 13.3). The order of `totals` makes no difference.
    """
    chance = random.Random(_SEED)  # noqa: S311 - draws orders, guards no secret
    ordered = sorted(totals)
    sums = sorted(
        sum(chance.choices(ordered, k=len(ordered))) for _ in range(RESAMPLES)
    )
    outside = RESAMPLES // 20
    return Duration(sums[outside]), Duration(sums[-1 - outside])


def busy_and_slow_weeks(
    net: Net, *groups: Iterable[Trace]
) -> tuple[frozenset[_Week], frozenset[_Week]]:
    """The third of weeks with most arrivals, and the third with fewest.

    Weeks begin on Monday in the zone of the head's calendar; an order arrives when it
    is opened. Weeks without arrivals do not count; with fewer than three weeks both
    are empty.
    """
    arrivals = Counter(_week(net, trace.opened) for group in groups for trace in group)
    by_arrivals = sorted(arrivals, key=lambda week: (arrivals[week], week))
    third = len(by_arrivals) // 3
    slow = by_arrivals[:third]
    busy = by_arrivals[len(by_arrivals) - third :]
    return frozenset(busy), frozenset(slow)


def _difference(
    waits: Sequence[int],
    weeks: Sequence[_Week],
    busy: frozenset[_Week],
    slow: frozenset[_Week],
) -> Duration | None:
    in_busy = [wait for wait, week in zip(waits, weeks, strict=True) if week in busy]
    in_slow = [wait for wait, week in zip(waits, weeks, strict=True) if week in slow]
    if not in_busy or not in_slow:
        return None
    difference = sum(in_busy) * len(in_slow) - sum(in_slow) * len(in_busy)
    orders = len(in_busy) * len(in_slow)
    return Duration((2 * difference + orders) // (2 * orders))


def _waiting_at(step: str, order: Walked) -> int:
    return sum(entry.waiting for entry in order.path if entry.step == step)


def _week(net: Net, at: Instant) -> _Week:
    year, week, _ = local_time(_head_calendar(net), at).isocalendar()
    return year, week


def _head_calendar(net: Net) -> WorkCalendar:
    name = net.process.calendar
    return ALWAYS if name is None else net.process.calendars[name]
