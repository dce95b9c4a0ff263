"""Plays the demo into a database of its own, and looks at what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from flowengine.analysis import Findings, WorkInProgress, analyse, work_in_progress
from flowengine.demo.agenda import Agenda
from flowengine.demo.people import staff_of
from flowengine.demo.play import ORDERS, RETURNS, SHIPMENTS, Play
from flowengine.demo.reference import reference_text
from flowengine.demo.returns import older_returns
from flowengine.engine import Engine
from flowengine.engine.database import create_database
from flowengine.errors import StoreRefused
from flowengine.interchange import read_orders
from flowengine.language.data import field_type, read_value
from flowengine.language.process import Process
from flowengine.net.net import Net
from flowengine.quantities import DAY, HOUR, Instant

DATABASE = "demo.db"
STOCK = "stock.csv"
#: Monday 2 November 2026 00:00 in Riga.
START = Instant(1_793_570_400_000_000)
#: Friday 20 November 2026 18:00.
END = Instant(START + 18 * DAY + 18 * HOUR)
_MONTH = 11
#: Pieces on the shelf of one item in 48; of the others there are plenty. As there
#: is no ledger yet, what orders have reserved counts against it until it is picked.
_SCARCE, _PLENTY = 3, 1_000
_ITEMS = 240
_HOURS = (END - START) // HOUR
_PLACED_AT = ("order", "placed_at")


@dataclass(frozen=True, slots=True)
class Played:
    """One process after the demo: what was found in its history."""

    net: Net
    findings: Findings
    work: WorkInProgress


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo has left behind."""

    database: Path
    #: The virtual moment at which it stopped.
    now: Instant
    orders: Played
    returns: Played
    #: Commands and messages that came too late and were refused.
    refused: int


def run_demo(
    directory: Path,
    *,
    seed: int,
    progress: Callable[[int, int], None],
    every: int = 1,
) -> DemoResult:
    """Play three weeks of orders into `demo.db` of a directory.

    An older `demo.db` is replaced. The same seed plays the same.

    Args:
        directory: Where the database goes; made where it is missing.
        seed: Of all that is drawn: times, outcomes, holds, returns.
        progress: Hears how many hours of how many have been played.
        every: Plays only each so-manyth order; 1 plays all.

    Raises:
        StoreRefused: The directory or the database cannot be written.
    """
    database = _fresh_database(directory)
    agenda = Agenda(START)
    # A demo lost in a power cut is simply played again.
    with Engine(
        str(database),
        clock=agenda.clock,
        synchronous="NORMAL",
        stock=_stock_levels(directory),
    ) as engine:
        play = _prepared(engine, agenda, seed, every)
        play.until(END, _ticks(progress))
        progress(_HOURS, _HOURS)
        return DemoResult(
            database=database,
            now=agenda.now,
            orders=_played(engine, ORDERS, agenda.now),
            returns=_played(engine, RETURNS, agenda.now),
            refused=play.refused,
        )


def demo_orders(process: Process) -> tuple[tuple[Instant, Mapping[str, object]], ...]:
    """The orders of the packed sheet: when each comes in, and its raw fields."""
    content = (files("flowengine.demo") / "orders.csv").read_bytes()
    placed_at = field_type(process, _PLACED_AT)
    return tuple(
        (_moment(read_value(placed_at, row.fields["placed_at"], process)), row.fields)
        for row in read_orders(content, "orders.csv", process)
    )


def _fresh_database(directory: Path) -> Path:
    database = directory / DATABASE
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for suffix in ("", "-wal", "-shm", "-journal"):
            database.with_name(DATABASE + suffix).unlink(missing_ok=True)
    except OSError as error:
        raise StoreRefused(
            f"Expected a folder in which {DATABASE} can be written, but {directory} "
            f"is none ({error.strerror}): name another one."
        ) from error
    create_database(str(database))
    return database


def _stock_levels(directory: Path) -> str:
    """What is on the shelves, as a file beside the database."""
    rows = [
        f"SKU-{item:04},{_PLENTY if item % 48 else _SCARCE}" for item in range(_ITEMS)
    ]
    path = directory / STOCK
    try:
        path.write_text("\n".join(("sku,quantity", *rows, "")), encoding="utf-8")
    except OSError as error:
        raise StoreRefused(
            f"Expected {path} to be writable, but it is not ({error.strerror}): name "
            "another folder."
        ) from error
    return str(path)


def _prepared(engine: Engine, agenda: Agenda, seed: int, every: int) -> Play:
    """The company before its first day, with everything that will come in."""
    names = (SHIPMENTS, ORDERS, RETURNS)
    for name in names:
        engine.add_process(reference_text(name), f"{name}.yaml")
    processes = {name: engine.net(name).process for name in names}
    staff = staff_of((processes[ORDERS], processes[RETURNS]), seed, _MONTH)
    for person in staff:
        engine.people.add(person.name, [person.role])
    play = Play(engine, agenda, staff, seed)
    orders = demo_orders(processes[ORDERS])[::every]
    for at, fields in orders:
        play.expect_order(at, fields)
    for request in older_returns([fields for _, fields in orders], START, seed):
        play.expect_return(request)
    return play


def _ticks(progress: Callable[[int, int], None]) -> Callable[[Instant], None]:
    """Tells the progress once for each hour that has been played."""
    told = 0

    def tick(at: Instant) -> None:
        nonlocal told
        hours = (at - START) // HOUR
        if hours > told:
            told = hours
            progress(hours, _HOURS)

    return tick


def _played(engine: Engine, process: str, now: Instant) -> Played:
    net = engine.net(process)
    log = engine.event_log(process)
    return Played(net, analyse(net, log, now), work_in_progress(net, log, now))


def _moment(value: object) -> Instant:
    if not isinstance(value, int):
        raise TypeError(f"Expected a moment, but got {value!r}.")
    return Instant(value)
