"""An open database with everything that the parts of an engine share."""

from dataclasses import dataclass

from flowengine.clock import Clock
from flowengine.engine.outfit import Outfit
from flowengine.engine.registry import Registry
from flowengine.engine.stock import StockLevels
from flowengine.engine.transact import Transactor
from flowengine.engine.values import Said
from flowengine.kernel.case import UserId
from flowengine.quantities import Instant, instant_of
from flowengine.store.database import Database


@dataclass(frozen=True, slots=True)
class Opened:
    """What an engine has open."""

    url: str
    clock: Clock
    database: Database
    registry: Registry
    transactor: Transactor
    #: What machines do here.
    outfit: Outfit

    def now(self) -> Instant:
        """The present moment."""
        return instant_of(self.clock())

    def said(self, by: str, key: str | None = None) -> Said:
        """That somebody says something now."""
        return Said(self.now(), UserId(by), key)


def open_database(
    url: str, clock: Clock, synchronous: str, stock: str | None, outfit: Outfit
) -> Opened:
    """Open what `Engine` needs. Raises as it does."""
    levels = None if stock is None else StockLevels(stock)
    database = Database(url, synchronous)
    registry = Registry(database)
    transactor = Transactor(database, registry, levels)
    return Opened(url, clock, database, registry, transactor, outfit)
