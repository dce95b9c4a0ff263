"""An engine on a database of its own, with a clock that the test moves."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

from sqlalchemy import insert

from flowengine.engine import Engine
from flowengine.engine.database import create_database
from flowengine.errors import FlowError
from flowengine.kernel.events import Event
from flowengine.quantities import MINUTE, SECOND, Instant
from flowengine.store.dialect import database_file, is_postgres, open_engine
from flowengine.store.tables import metadata
from tests import servers
from tests.builders import MONDAY

#: A sale: a question, a split and a join, a message, a timeout, a loop, cancelling.
SALE = """\
process: sale
version: 1
title: {en: Sale, lv: Pārdošana}
for: order
number: order.number
currency: EUR
priority: order.priority
data:
  order:
    number: text
    priority: integer
    total: optional money
    customer: personal text
    phone: optional personal text
    reference: optional text
    paid: optional yes/no
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
  warehouse: {title: {en: Warehouse, lv: Noliktava}}
roles:
  clerk: {department: sales, people: 2}
  picker: {department: warehouse, people: 2}
messages:
  payment: {match: order.reference, sets: [order.paid, order.phone]}
  pickup: {match: order.number}
on_cancel: {until: hand-over, next: put-back}
steps:
  enter:
    role: clerk
    asks: [order.total]
    choose:
      - {when: order.total > 500 EUR, next: approve}
      - {else: release}
  approve:
    role: clerk
    sla: 2h
    outcomes: {ok: release, no: refused}
  release: {next: [await-payment, pick]}
  await-payment:
    wait: {payment: book}
    timeout: {after: 3 days, next: book}
  book: {role: clerk, asks: [order.phone], next: hand-over}
  pick:
    role: picker
    sla: 4h
    outcomes:
      ok: picked
      short: {next: recount, at_most: 2, then: picked}
  recount: {role: picker, asks: [order.phone], next: pick}
  picked: {next: hand-over}
  hand-over: {join: all, role: picker, next: await-pickup}
  await-pickup:
    wait: {pickup: done}
    timeout: {after: 5 days, next: done}
  put-back: {role: picker, next: cancelled}
  done: {end: success}
  refused: {end: declined}
  cancelled: {end: failure}
"""

PEOPLE: Mapping[str, Sequence[str]] = {
    "anna": ["clerk"],
    "berta": ["clerk"],
    "peter": ["picker"],
    "paul": ["picker"],
    "olga": ["clerk", "picker"],
    "nobody": [],
}


class World:
    """An engine and the moment in which it lives."""

    def __init__(
        self, place: Path | str, *texts: str, stock: Path | None = None
    ) -> None:
        self.address = str(place)
        if is_postgres(self.address):
            if not servers.exists(self.address):
                servers.make(self.address, _prepared_server(texts or (SALE,)))
        elif not self.path.exists():
            shutil.copy(_prepared_file(texts or (SALE,)), self.path)
        self.stock = stock
        self.at = MONDAY
        self.engine = self.another()

    def another(self) -> Engine:
        """One more engine on the same place, as another program would have it."""
        # Nothing here is proven about power cuts: no forced writes.
        stock = None if self.stock is None else str(self.stock)
        return Engine(self.address, clock=self.now, synchronous="OFF", stock=stock)

    @property
    def path(self) -> Path:
        """The file of a database that has one."""
        path = database_file(self.address)
        if path is None:
            raise ValueError(f"Expected a file, but got {self.address}.")
        return path

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What a query finds, past the engine."""
        engine = open_engine(self.address)
        with engine.connect() as connection:
            found = [tuple(row) for row in connection.exec_driver_sql(query)]
        engine.dispose()
        return found

    def change(self, statement: str) -> int:
        """Change the database behind the engine's back; how many rows."""
        engine = open_engine(self.address)
        with engine.begin() as connection:
            changed = connection.exec_driver_sql(statement).rowcount
        engine.dispose()
        return changed

    def put(self, name: str, rows: Sequence[Sequence[object]]) -> None:
        """Put whole rows into a table, past the engine."""
        table = metadata.tables[name]
        engine = open_engine(self.address)
        with engine.begin() as connection:
            for row in rows:
                values = dict(zip(table.columns.keys(), row, strict=True))
                connection.execute(insert(table).values(values))
        engine.dispose()

    def reopen(self) -> None:
        """Stop, and start again."""
        self.engine.close()
        self.engine = self.another()

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.at // SECOND, UTC)

    def wait(self, minutes: int) -> None:
        self.at = Instant(self.at + minutes * MINUTE)

    def open(self, number: str, key: str | None = None, **fields: object) -> None:
        """Open a sale; what the test does not care about is filled in."""
        whole = {
            "number": number,
            "priority": 0,
            "customer": "Jānis Bērziņš",
            "reference": f"ref-{number}",
        }
        self.engine.open_order("sale", {**whole, **fields}, by="anna", key=key)

    def to_hand_over(self, number: str, reference: str | None = None) -> None:
        """Take a cheap sale to the moment before its goods are handed over."""
        engine = self.engine
        paid_by = reference or f"ref-{number}"
        engine.complete(f"{number}/enter", by="anna", answers={"order.total": "9 EUR"})
        engine.deliver("payment", match=paid_by, body={"order.paid": True})
        engine.complete(f"{number}/book", by="anna", answers={"order.phone": None})
        engine.complete(f"{number}/pick", by="peter", outcome="ok")

    def events(self, number: str) -> tuple[Event, ...]:
        return tuple(event for _, event in self.engine.order(number).history)

    def close(self) -> None:
        self.engine.close()


def refusal_of(deed: Callable[[], object]) -> FlowError | None:
    """What a deed is refused with; None where it is done."""
    try:
        deed()
    except FlowError as error:
        return error
    return None


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="flowengine-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@lru_cache(maxsize=8)
def _prepared_file(texts: tuple[str, ...]) -> Path:
    """A database with processes and people: copying one is quicker than making it."""
    path = _folder() / f"{sha256(repr(texts).encode()).hexdigest()}.db"
    if not path.exists():
        _prepare(str(path), texts)
    return path


@cache
def _prepared_server(texts: tuple[str, ...]) -> str:
    """The same on the server."""
    address = servers.new_address()
    servers.make(address)
    _prepare(address, texts)
    return address


def _prepare(address: str, texts: tuple[str, ...]) -> None:
    create_database(address)
    with Engine(address, synchronous="OFF") as engine:
        for text in texts:
            engine.add_process(text, "process.yaml")
        for name, roles in PEOPLE.items():
            engine.people.add(name, roles)
