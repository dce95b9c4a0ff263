"""What keeps a database trustworthy."""

from flowengine.engine import checking
from flowengine.engine.opened import Opened


class Upkeep:
    """The part of an engine that proves what is stored."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def check(self) -> tuple[str, ...]:
        """Where the derived tables differ from the replayed events; () is clean."""
        opened = self._opened
        return opened.transactor.run(
            lambda batch: checking.differences(batch, opened.registry)
        )
