"""An open database with everything that the parts of an engine share."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from flowengine.engine.registry import Registry
from flowengine.engine.values import Said
from flowengine.kernel.case import UserId
from flowengine.loading import Module
from flowengine.quantities import Instant, instant_of
from flowengine.store.database import Database

if TYPE_CHECKING:
    from flowengine.clock import Clock
    from flowengine.engine import stock, transact
    from flowengine.engine.outfit import Outfit
    from flowengine.engine.stock import StockLevels
    from flowengine.engine.transact import Transactor
else:
    stock = Module("flowengine.engine.stock")
    transact = Module("flowengine.engine.transact")


class Opened:
    """What an engine has open."""

    def __init__(
        self,
        url: str,
        clock: Clock,
        database: Database,
        levels: StockLevels | None,
        outfit: Outfit,
    ) -> None:
        self.url = url
        self.clock = clock
        self.database = database
        self.registry = Registry(database)
        #: What machines do here.
        self.outfit = outfit
        self._levels = levels
        self._making = threading.Lock()
        self._transactor: Transactor | None = None
        self._is_closed = False

    @property
    def transactor(self) -> Transactor:
        """What runs commands; made with the first, as a worklist does without."""
        return self._transactor or self._made()

    def close(self) -> None:
        """Give the database back: what was begun is done, what comes is refused."""
        with self._making:
            self._is_closed = True
        if self._transactor is not None:
            self._transactor.close()
        self.database.close()

    def now(self) -> Instant:
        """The present moment."""
        return instant_of(self.clock())

    def said(self, by: str, key: str | None = None) -> Said:
        """That somebody says something now."""
        return Said(self.now(), UserId(by), key)

    def _made(self) -> Transactor:
        with self._making:
            if self._transactor is None:
                made = transact.Transactor(self.database, self.registry, self._levels)
                # Loaded now, and not while a transaction keeps others waiting.
                self.registry.load()
                if self._is_closed:
                    made.close()
                self._transactor = made
            return self._transactor


def open_database(
    url: str, clock: Clock, synchronous: str, path: str | None, outfit: Outfit
) -> Opened:
    """Open what `Engine` needs; `path` has stock levels. Raises as it does."""
    levels = None if path is None else stock.StockLevels(path)
    return Opened(url, clock, Database(url, synchronous), levels, outfit)
