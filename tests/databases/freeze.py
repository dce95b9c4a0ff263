"""Freeze a small database of this version: `python -m tests.databases.freeze`.

Run once when a migration is added; what is frozen is never made anew.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

from flowengine.engine import VersionChange
from flowengine.quantities import DAY, MINUTE, Duration, Instant
from flowengine.store.schema_version import HEAD
from tests import servers
from tests.engine.shop import PACKED, Shop
from tests.engine.world import SALE, World

FROZEN = Path(__file__).parent
COUNTER = SALE.replace("process: sale", "process: counter").replace(
    "  enter:\n    role: clerk", "  enter:\n    role: clerk\n    sla: 2h", 1
)
#: Its next version: less time to enter an order.
FASTER = COUNTER.replace("version: 1", "version: 2").replace("sla: 2h", "sla: 1h", 1)


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
    engine.machines.take(("http",), by="another worker", lease=Duration(5 * MINUTE))
    engine.complete("packing/pack#2", by="peter", answers=PACKED)
    for number in ("called", "ending"):
        shop.order(number)
    engine.machines.work()
    engine.cancel("ending", "customer changed their mind", by="anna")
    shop.order("calling")
    fields = {"number": "entering", "priority": 3, "zone": "B", "customer": "Līga"}
    empty: dict[str, object] = {"total": "5 EUR", "lines": [], "parcels": []}
    engine.open_order("shop", {**fields, **empty}, by="anna")


def fill_counter(shop: Shop) -> None:
    """Orders that people have put aside, given away, moved, corrected and forgotten."""
    engine = shop.engine
    engine.add_process(COUNTER, "counter.yaml")
    for number in ("paused", "given", "stuck", "again", "moved", "right", "unknown"):
        fields = {"number": number, "priority": 1, "customer": f"Person {number}"}
        engine.open_order("counter", fields, by="anna")
    engine.start("paused/enter", by="anna")
    shop.wait(7)
    engine.pause("paused/enter", "lunch", by="anna")
    engine.claim("given/enter", by="anna")
    engine.assign("given/enter", "berta", by="anna")
    engine.repairs.report("stuck/enter", "the scanner is broken", by="anna")
    engine.repairs.report("again/enter", "no paper", by="anna")
    engine.repairs.resolve("again/enter", "paper is here", by="anna")
    engine.repairs.move("moved", "enter", "book", "entered on paper", by="anna")
    values = {"order.customer": "Person who is right", "order.total": "7 EUR"}
    engine.repairs.change("right", values, "misheard", by="anna")
    engine.upkeep.forget("unknown", "asked to be forgotten", by="anna")
    engine.add_process(FASTER, "counter.yaml")
    engine.repairs.migrate(VersionChange("counter", 1, 2), by="anna")
    engine.people.away("paul", engine.now(), Instant(engine.now() + 7 * DAY))


def everything(shop: Shop) -> None:
    """All of it."""
    shop.engine.add_process(SALE, "sale.yaml")
    fill(shop)
    fill_shop(shop)
    fill_counter(shop)
    shop.close()


def freeze(target: Path) -> None:
    """Write an SQLite database as one file that needs no other beside it."""
    folder = Path(tempfile.mkdtemp())
    try:
        shop = Shop(folder / "shop.db")
        everything(shop)
        connection = sqlite3.connect(shop.path, isolation_level=None)
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("VACUUM INTO ?", (str(target),))
        connection.close()
    finally:
        shutil.rmtree(folder)


def freeze_dump(target: Path) -> None:
    """Write a PostgreSQL database as the statements that make it."""
    address = servers.new_address()
    everything(Shop(address))
    options = ["--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=100"]
    subprocess.run(
        ["pg_dump", *options, f"--file={target}", f"--dbname={address}"],
        env=os.environ | {"PATH": servers.programs()},
        check=True,
    )
    servers.drop(address)


if __name__ == "__main__":
    freeze(FROZEN / f"{HEAD}.db")
    freeze_dump(FROZEN / f"{HEAD}.postgresql.sql")
