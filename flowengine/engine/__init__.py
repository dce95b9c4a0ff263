"""Use cases: load, decide, append, in one transaction.

    with Engine("flowengine.db") as engine:
        engine.add_process(text, "order-to-delivery.yaml")
        engine.open_order("order-to-delivery", {"number": "1001", ...}, by="anna")
        engine.complete("1001/enter", by="anna")

`Engine` is what every surface calls. Making and upgrading a database are in
`flowengine.engine.database`, apart, because they load alembic.
"""

from typing import TYPE_CHECKING

from flowengine.loading import when_used

if TYPE_CHECKING:
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

_PLACES = {
    "Board": ".board",
    "BoardPerson": ".board",
    "BoardStep": ".board",
    "Counts": ".board",
    "Cursor": ".feed",
    "Difference": ".differing",
    "Engine": ".facade",
    "Errand": ".values",
    "Fate": ".settling",
    "FeedEvent": ".feed",
    "Health": ".health",
    "Incident": ".incidents",
    "KeptMessage": ".values",
    "Lane": ".board",
    "Migrated": ".migrating",
    "Order": ".values",
    "OrderRow": ".values",
    "Page": ".feed",
    "ProcessVersion": ".values",
    "Rebuilt": ".rebuilding",
    "Receipt": ".values",
    "Settled": ".settling",
    "Skipped": ".values",
    "Stayed": ".migrating",
    "TaskDetail": ".values",
    "TaskRow": ".values",
    "Trouble": ".worker",
    "User": ".values",
    "VersionChange": ".migrating",
    "Worked": ".values",
    "Worker": ".worker",
}

if not TYPE_CHECKING:
    __getattr__ = when_used(__name__, _PLACES)
