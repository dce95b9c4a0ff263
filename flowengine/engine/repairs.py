"""What an administrator puts right, always with a reason that history keeps."""

from flowengine.engine.migrating import Migrated, VersionChange, migrate
from flowengine.engine.opened import Opened


class Repairs:
    """The part of an engine for administrators."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def migrate(self, to: VersionChange, *, by: str, dry_run: bool = False) -> Migrated:
        """Move open orders, whole or not at all. Raises NotFound, InvalidInput."""
        opened = self._opened
        said = opened.said(by)
        return migrate(opened.database, opened.transactor, to, said, dry_run)
