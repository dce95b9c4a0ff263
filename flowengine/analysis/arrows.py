"""How many orders went from each step to the next."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from flowengine.analysis.findings import ArrowFinding
from flowengine.analysis.steps import Walked
from flowengine.eventlog import WITHDRAWN, Trace
from flowengine.net.net import Net
from flowengine.quantities import Duration

_Arrow = tuple[str, str]


def arrow_findings(net: Net, walked: Sequence[Walked]) -> tuple[ArrowFinding, ...]:
    """The arrows that closed orders used, sorted by source, then target.

    Cancelling is no arrow: what follows it has none from the step withdrawn.
    """
    sources = _sources_of_joins(net)
    orders: Counter[_Arrow] = Counter()
    passes: Counter[_Arrow] = Counter()
    waiting: Counter[_Arrow] = Counter()
    for order in walked:
        used = Counter(_arrows(order.trace, sources))
        orders.update(used.keys())
        passes += used
        for before, entry in zip(order.path, order.path[1:], strict=False):
            waiting[before.step, entry.step] += entry.waiting
    return tuple(
        ArrowFinding(
            source=source,
            target=target,
            orders=count,
            passes=passes[source, target],
            share=count / len(walked),
            waiting=Duration(waiting[source, target]),
        )
        for (source, target), count in sorted(orders.items())
    )


def _sources_of_joins(net: Net) -> Mapping[str, frozenset[str]]:
    """The steps that each joining step waits for."""
    return {
        joining: frozenset(
            str(way.step) for way in net.transitions if joining in way.targets
        )
        for joining, net_step in net.steps.items()
        if net_step.step.join
    }


def _arrows(trace: Trace, sources: Mapping[str, frozenset[str]]) -> Iterator[_Arrow]:
    by_seq = {entry.seq: entry for entry in trace.entries}
    for entry in trace.entries:
        before = by_seq.get(entry.pred) if entry.pred is not None else None
        if before is None or before.outcome == WITHDRAWN:
            continue
        # A join has one binding predecessor, but every one of its sources led here.
        joined = sources.get(entry.step, frozenset())
        for source in joined if before.step in joined else (before.step,):
            yield source, entry.step
