"""Use cases: load, decide, append, in one transaction.

    with Engine("flowengine.db") as engine:
        engine.add_process(text, "order-to-delivery.yaml")
        engine.open_order("order-to-delivery", {"number": "1001", ...}, by="anna")
        engine.complete("1001/enter", by="anna")

`Engine` is what every surface calls. Making and upgrading a database are in
`flowengine.engine.database`, apart, because they load alembic.
"""

from flowengine.engine.differing import Difference
from flowengine.engine.facade import Engine
from flowengine.engine.incidents import Incident
from flowengine.engine.migrating import Migrated, Stayed, VersionChange
from flowengine.engine.rebuilding import Rebuilt
from flowengine.engine.values import (
    Errand,
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

__all__ = [
    "Difference",
    "Engine",
    "Errand",
    "Incident",
    "Migrated",
    "Order",
    "OrderRow",
    "ProcessVersion",
    "Rebuilt",
    "Receipt",
    "Skipped",
    "Stayed",
    "TaskDetail",
    "TaskRow",
    "User",
    "VersionChange",
    "Worked",
]
