"""Making and upgrading a database."""

from flowengine.store.migrate import Upgrade, create_database, upgrade_database

__all__ = ["Upgrade", "create_database", "upgrade_database"]
