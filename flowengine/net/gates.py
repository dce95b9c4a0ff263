"""Gates that count what does not come after them."""

from collections.abc import Iterator

from flowengine.net.fault import FlowFault, fault_at_step, named
from flowengine.net.flow import Flow
from flowengine.net.reach import reachable


def gate_faults(flow: Flow) -> Iterator[FlowFault]:
    """F415: a gate that counts steps which no order comes to after it."""
    for step, targets in flow.edges.items():
        gate = flow.step(step).gate
        if gate is None:
            continue
        after = reachable(flow.edges, targets)
        never = [counted for counted in gate.steps if counted not in after]
        if never:
            message = (
                f"`{step}` counts the orders in {named(never)}, but no order comes "
                f"there from `{step}`."
            )
            advice = "Name under `in` only steps that come after the gate."
            yield fault_at_step(flow, "F415", step, message, advice)
