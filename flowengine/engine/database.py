"""Making, upgrading, copying and restoring a database."""

from flowengine.store.backup import Copy, Restored
from flowengine.store.migrate import (
    Upgrade,
    back_up,
    create_database,
    restore,
    upgrade_database,
)

__all__ = [
    "Copy",
    "Restored",
    "Upgrade",
    "back_up",
    "create_database",
    "restore",
    "upgrade_database",
]
