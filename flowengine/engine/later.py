"""What `Engine` loads when it is first used: modules of its commands and answers.

A worklist needs no rules of orders and no worker: with them it would take twice as long
to start.
"""

from typing import TYPE_CHECKING

from flowengine.loading import Module

if TYPE_CHECKING:
    from flowengine.engine import (
        board,
        claiming,
        delivering,
        feed,
        listing,
        machines,
        opening,
        people,
        repairs,
        selecting,
        submitting,
        upkeep,
        working,
    )
    from flowengine.kernel import commands
    from flowengine.store import history, orders
else:
    board = Module("flowengine.engine.board")
    claiming = Module("flowengine.engine.claiming")
    commands = Module("flowengine.kernel.commands")
    delivering = Module("flowengine.engine.delivering")
    feed = Module("flowengine.engine.feed")
    history = Module("flowengine.store.history")
    listing = Module("flowengine.engine.listing")
    machines = Module("flowengine.engine.machines")
    opening = Module("flowengine.engine.opening")
    orders = Module("flowengine.store.orders")
    people = Module("flowengine.engine.people")
    repairs = Module("flowengine.engine.repairs")
    selecting = Module("flowengine.engine.selecting")
    submitting = Module("flowengine.engine.submitting")
    upkeep = Module("flowengine.engine.upkeep")
    working = Module("flowengine.engine.working")

__all__ = [
    "board",
    "claiming",
    "commands",
    "delivering",
    "feed",
    "history",
    "listing",
    "machines",
    "opening",
    "orders",
    "people",
    "repairs",
    "selecting",
    "submitting",
    "upkeep",
    "working",
]
