"""Use cases: load, decide, append, in one transaction.

    with Engine("flowengine.db") as engine:
        engine.add_process(text, "order-to-delivery.yaml")
        engine.open_order("order-to-delivery", {"number": "1001", ...}, by="anna")
        engine.complete("1001/enter", by="anna")

`Engine` is what every surface calls. Making and upgrading a database are in
`flowengine.engine.database`, apart, because they load alembic.
"""

from flowengine.engine.board import Board, BoardPerson, BoardStep, Counts, Lane
from flowengine.engine.differing import Difference
from flowengine.engine.facade import Engine
from flowengine.engine.feed import Cursor, FeedEvent, Page
from flowengine.engine.health import Health
from flowengine.engine.incidents import Incident
from flowengine.engine.migrating import Migrated, Stayed, VersionChange
from flowengine.engine.rebuilding import Rebuilt
from flowengine.engine.settling import Fate, Settled
from flowengine.engine.values import (
    Errand,
    KeptMessage,
    Order,
    OrderRow,
    ProcessVersion,
    Receipt,
    Skipped,
    TaskDetail,
    TaskRow,
    User,
    Worked,
)
from flowengine.engine.worker import Trouble, Worker

__all__ = [
    "Board",
    "BoardPerson",
    "BoardStep",
    "Counts",
    "Cursor",
    "Difference",
    "Engine",
    "Errand",
    "Fate",
    "FeedEvent",
    "Health",
    "Incident",
    "KeptMessage",
    "Lane",
    "Migrated",
    "Order",
    "OrderRow",
    "Page",
    "ProcessVersion",
    "Rebuilt",
    "Receipt",
    "Settled",
    "Skipped",
    "Stayed",
    "TaskDetail",
    "TaskRow",
    "Trouble",
    "User",
    "VersionChange",
    "Worked",
    "Worker",
]
