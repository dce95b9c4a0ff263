"""Making and upgrading a database."""

from flowengine.store.migrate import create_database, upgrade_database

__all__ = ["create_database", "upgrade_database"]
