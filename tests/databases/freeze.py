"""Freeze a small database of this version: `python -m tests.databases.freeze`.

Run once when a migration is added; what is frozen is never made anew.
"""

import shutil
import sqlite3
import tempfile
from pathlib import Path

from flowengine.store.schema_version import HEAD
from tests.engine.shop import PACKED, Shop
from tests.engine.world import SALE, World

FROZEN = Path(__file__).parent


def fill(world: World) -> None:
    """Orders that are open, held, waiting, cancelled and closed; an early message."""
    for number in ("closed", "open", "held", "waiting", "cancelled", "dear"):
        world.open(number, customer=f"Customer of {number}")
    engine = world.engine
    world.wait(5)
    world.to_hand_over("closed")
    engine.complete("closed/hand-over", by="peter", key="hand-over-1")
    engine.deliver("pickup", match="closed", key="pickup-1")
    engine.claim("open/enter", by="anna", key="claim-1")
    engine.note("open", "Zvanīt pirms piegādes.", by="anna")
    engine.start("held/enter", by="berta")
    engine.hold("held", "address unclear", by="anna")
    engine.complete("waiting/enter", by="anna", answers={"order.total": "9 EUR"})
    world.wait(30)
    engine.complete("waiting/pick", by="peter", outcome="short")
    engine.cancel("cancelled", "customer changed their mind", by="anna")
    engine.complete("dear/enter", by="anna", answers={"order.total": "900 EUR"})
    engine.deliver("payment", match="ref-later", body={"order.paid": True})


def fill_shop(shop: Shop) -> None:
    """Orders in the middle of every construct that the second tables were made for."""
    engine = shop.engine
    shop.to_gate("packing", "labelling", "queueing")
    engine.claim("packing/pick", by="peter", key="batch-1")
    for number in ("packing", "labelling"):
        engine.complete(f"{number}/pick", by="peter")
    shop.pack("labelling")
    engine.complete("packing/pack#2", by="peter", answers=PACKED)
    for number in ("called", "ending"):
        shop.order(number)
    engine.machines.work()
    engine.cancel("ending", "customer changed their mind", by="anna")
    shop.order("calling")
    fields = {"number": "entering", "priority": 3, "zone": "B", "customer": "Līga"}
    empty: dict[str, object] = {"total": "5 EUR", "lines": [], "parcels": []}
    engine.open_order("shop", {**fields, **empty}, by="anna")


def freeze(target: Path) -> None:
    """Write the database as one file that needs no other beside it."""
    folder = Path(tempfile.mkdtemp())
    try:
        world = Shop(folder / "shop.db")
        world.engine.add_process(SALE, "sale.yaml")
        fill(world)
        fill_shop(world)
        world.close()
        connection = sqlite3.connect(world.path, isolation_level=None)
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("VACUUM INTO ?", (str(target),))
        connection.close()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    freeze(FROZEN / f"{HEAD}.db")
