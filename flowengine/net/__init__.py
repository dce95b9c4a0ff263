"""Nets: what should happen, compiled from what was written.

    compile      a `Process` to a `Net`: places, transitions and bitmask markings, which
                 the kernel runs, the checker judges and the diagram draws
    check        all that is proved of a net, and the problems of a whole file
    flow_check   the flow of a net (F4xx): every fault with its run
    flow         a net seen from the start of an order, and from that of cancelling
    stuck, parallel, loops   what can be wrong with a flow, told as runs of steps
    soundness    whether a plain net is sound: reduction, then search
    reach, structure         what one can come to, and circles

A process is sound when every order can end wherever it is, when nothing is left open
at the end, when no step is opened twice at once, and when every step can be reached.
`check` is not re-exported: it loads networkx, which only checking needs.
Timeouts, messages, outcomes and decisions are free choices: sound holds for all data.
"""

from typing import TYPE_CHECKING

from flowengine.loading import when_used

if TYPE_CHECKING:
    from flowengine.net.compile import compile_net
    from flowengine.net.net import Net, NetStep, Transition, WayKind, opened_together

__all__ = [
    "Net",
    "NetStep",
    "Transition",
    "WayKind",
    "compile_net",
    "opened_together",
]

_PLACES = {
    "Net": ".net",
    "NetStep": ".net",
    "Transition": ".net",
    "WayKind": ".net",
    "compile_net": ".compile",
    "opened_together": ".net",
}

if not TYPE_CHECKING:
    __getattr__ = when_used(__name__, _PLACES)
