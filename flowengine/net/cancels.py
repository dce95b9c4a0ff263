"""Arrows to `cancel` where cancelling is over."""

from collections.abc import Iterator
from dataclasses import replace

from flowengine.language.problems import Severity
from flowengine.net.fault import FlowFault, fault_at_arrow
from flowengine.net.flow import Flow
from flowengine.net.reach import reachable


def late_cancel_faults(flow: Flow) -> Iterator[FlowFault]:
    """F416: a way to `cancel` that an order can take after the `until` step."""
    on_cancel = flow.net.process.on_cancel
    until = None if on_cancel is None else on_cancel.until
    if until is None or flow.is_cancelling or until not in flow.edges:
        return
    late = reachable(flow.edges, (until,))
    for way in flow.transitions:
        if way.resets and way.step in late:
            message = (
                f"`{way.step}` can lead to `cancel` after `{until}`, "
                "where nobody can cancel the order any more."
            )
            advice = (
                f"After `{until}` lead to a step that takes the goods back, "
                "or to an end."
            )
            yield replace(
                fault_at_arrow(flow, "F416", way, message, advice),
                severity=Severity.WARNING,
            )
