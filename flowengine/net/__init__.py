"""Nets: what should happen, compiled from what was written.

`compile_net` turns a `Process` into a `Net`: places, transitions and bitmask
markings, which the kernel runs, the checker judges and the diagram draws.
"""

from flowengine.net.compile import compile_net
from flowengine.net.net import Net, NetStep, Transition, WayKind

__all__ = ["Net", "NetStep", "Transition", "WayKind", "compile_net"]
