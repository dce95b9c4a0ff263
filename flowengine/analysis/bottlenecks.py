"""Where the time of a process's orders goes: the critical delay of steps, and why.

The score of a step is the waiting on the critical paths of all closed orders that
happened there, per closed order (B in the design's notation). Waiting, paused time and
service of all steps add up to the lead time of all orders, to the microsecond.

For example, two closed orders through `enter`, then `pack`:

| order | step | enabled | started | ended | waiting | service |
|---|---|---|---|---|---|---|
| 1 | enter | 08:00 | 08:10 | 08:20 | 10 min | 10 min |
| 1 | pack | 08:20 | 09:20 | 09:40 | 60 min | 20 min |
| 2 | enter | 09:00 | 09:00 | 09:10 | 0 min | 10 min |
| 2 | pack | 09:10 | 10:30 | 11:00 | 80 min | 30 min |

Lead times are 100 and 120 min, 110 on average. `enter` waits 5 min per order and works
10, `pack` waits 70 and works 25; together 110. `pack` waits for 140 of 220 min: its
share is 64 %, its rank 1. Flow efficiency is 70 of 220 min, 32 %.
"""

from collections.abc import Iterable, Iterator, Sequence

from flowengine.analysis.arrows import arrow_findings
from flowengine.analysis.causes import Wait, causes_of
from flowengine.analysis.findings import Findings
from flowengine.analysis.path import critical_path
from flowengine.analysis.ranking import ranked_delays, with_ranks
from flowengine.analysis.staffing import Staffing, role_findings, staffing
from flowengine.analysis.steps import Walked, department_findings, step_findings
from flowengine.eventlog import EventLog, Trace
from flowengine.net.net import Net
from flowengine.quantities import Duration, Instant

#: Ends of an order that keep no promise.
_NOT_DELIVERED = ("cancelled", "failure")


def analyse(net: Net, log: EventLog, now: Instant) -> Findings:
    """Find where the time of the log's closed orders went.

    Open orders count as arrivals, keep people busy until `now`, and stand in
    `open_orders` and `open_waiting`; the means are of closed orders. The order of the
    traces makes no difference.

    Raises:
        ValueError: An order's history is broken: its path does not tile its lead time.
    """
    traces = sorted(log, key=lambda trace: (trace.opened, trace.number, trace.case))
    open_traces = [trace for trace in traces if trace.closed is None]
    staff = staffing(net, log, now)
    walked = _walk(staff, [trace for trace in traces if trace.closed is not None])
    period = _period(walked)
    steps = with_ranks(step_findings(net, walked, open_traces, now))
    roles = role_findings(staff, period)
    waiting = sum(step.waiting for step in steps)
    paused = sum(step.paused for step in steps)
    service = sum(step.service for step in steps)
    promised = [order.trace for order in walked if _has_promise(order.trace)]
    return Findings(
        process=net.process.name,
        version=net.process.version,
        period=period,
        orders=len(walked),
        open_orders=len(open_traces),
        lead=Duration(waiting + paused + service),
        waiting=Duration(waiting),
        paused=Duration(paused),
        service=Duration(service),
        steps=steps,
        arrows=arrow_findings(net, walked),
        departments=department_findings(net, steps, roles),
        roles=roles,
        ranked=ranked_delays(net, steps, walked, open_traces),
        promised=len(promised),
        on_time=sum(_is_on_time(trace) for trace in promised),
    )


def _walk(staff: Staffing, traces: Sequence[Trace]) -> tuple[Walked, ...]:
    """The critical path of each closed order, with the causes of its waits."""
    paths = [critical_path(trace) for trace in traces]
    waits = [
        Wait(entry, trace.holds)
        for trace, path in zip(traces, paths, strict=True)
        for entry in path
    ]
    causes = iter(causes_of(staff, waits))
    return tuple(
        Walked(trace, path, tuple(next(causes) for _ in path))
        for trace, path in zip(traces, paths, strict=True)
    )


def _period(walked: Iterable[Walked]) -> tuple[Instant, Instant] | None:
    opened = [order.trace.opened for order in walked]
    closed = list(_closings(order.trace for order in walked))
    return (min(opened), max(closed)) if opened else None


def _closings(traces: Iterable[Trace]) -> Iterator[Instant]:
    for trace in traces:
        if trace.closed is not None:
            yield trace.closed


def _has_promise(trace: Trace) -> bool:
    return trace.promised is not None and trace.outcome not in _NOT_DELIVERED


def _is_on_time(trace: Trace) -> bool:
    if trace.closed is None or trace.promised is None:
        return False
    return trace.closed <= trace.promised
