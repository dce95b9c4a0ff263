"""One database, a clock, an outside, and the programs that work on them."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from random import Random
from uuid import UUID

from sqlalchemy import Engine as SqlEngine

from flowengine.engine import Engine, batching, opening
from flowengine.engine.database import create_database
from flowengine.net.net import Net
from flowengine.quantities import SECOND, Instant
from flowengine.store import database, dialect
from tests.builders import MONDAY
from tests.world import processes
from tests.world.faults import Fault, Faults
from tests.world.schedule import Chooser, Schedule
from tests.world.stepping import stepping_connections
from tests.world.watch import Watch

#: Pieces of each article on the shelves: fewer than the orders want.
LEVEL = 3

#: Who makes ids that tell the time.
MAKERS = (opening, batching)


@dataclass(slots=True)
class Outside:
    """Machines and people that are told things; they outlive every program."""

    #: How often each was told, by its key.
    told: dict[str, int] = field(default_factory=dict)
    #: What was done about it, by its key: once.
    done: dict[str, str] = field(default_factory=dict)

    def tell(self, key: str, what: str) -> str:
        """Do something, unless it was done already; the answer."""
        self.told[key] = self.told.get(key, 0) + 1
        return self.done.setdefault(key, what)


class World:
    """Where programs live: one database, one clock, and what they are told."""

    def __init__(
        self, chooser: Chooser, chance: Random, opened: tuple[str, ...]
    ) -> None:
        """A world in which orders are open already."""
        folder = _folder()
        self.path = folder / "world.db"
        prepared = _prepared(opened)
        for old in folder.glob("world.db*"):
            old.unlink()
        shutil.copy(prepared.path, self.path)
        self._nets = prepared.nets
        self.stock = folder / "stock.csv"
        self.stock.write_text(f"sku,quantity\nA,{LEVEL}\n", encoding="utf-8")
        self.at = MONDAY
        self.outside = Outside()
        self.watch = Watch(self.path, self._nets, LEVEL)
        self.watch.look()
        self.schedule = Schedule(chooser)
        self.sky = Sky(chance)
        self.faults = Faults(self.schedule, self._committed, self.sky)
        #: How often anything was committed.
        self.commits = 0
        #: How many have something to do, or may find it.
        self.awake = 0
        #: How many of a hundred answers never arrive.
        self.lost_replies = chance.choice([0, 5, 20])

    def engine(self) -> Engine:
        """One more program on the database."""
        made = Engine(
            str(self.path), clock=self.now, synchronous="OFF", stock=str(self.stock)
        )
        # Compiling nets is most of what starting costs, and nothing of what is tried.
        made._registry._nets.update(self._nets)
        return made

    def now(self) -> datetime:
        return _time(self.at)

    def wait(self, duration: int) -> None:
        """Let time pass, or jump back."""
        self.at = Instant(self.at + duration)

    def calm(self) -> None:
        """From now on nothing goes wrong."""
        self.sky.rate = 0.0
        self.lost_replies = 0

    def come(self, name: str, life: Callable[[], None]) -> None:
        """Somebody who will work here."""
        self.awake += 1
        self.schedule.add(name, life)

    def rest(self) -> None:
        """Wait until something is committed, or nobody else will commit anything."""
        commits = self.commits
        self.awake -= 1
        self.schedule.wait(
            lambda: self.commits > commits or self.awake == 0, "nothing to do"
        )
        self.awake += 1

    def go_home(self) -> None:
        """Somebody does nothing more."""
        self.awake -= 1

    def _committed(self) -> None:
        self.commits += 1
        self.watch.look()

    @contextmanager
    def living(self) -> Iterator[None]:
        """In this context programs step, and ids are the same every time."""
        with stepping_connections(self.faults), same_ids(0), shared_engines(self._who):
            try:
                yield
            except BaseException:
                # What those that were in the middle of something had open is left.
                _engine.cache_clear()
                raise
            finally:
                self.watch.close()

    def _who(self) -> str:
        seat = self.schedule.current
        return "" if seat is None else seat.name


@contextmanager
def shared_engines(who: Callable[[], str]) -> Iterator[None]:
    """A program that starts anew has what SQLAlchemy had compiled for the old one.

    Its connections are its own; only texts of statements are kept, by who runs, from
    one world to the next: compiling them again was half of the time.
    """

    def opened(address: str, synchronous: str = "FULL") -> SqlEngine:
        return _engine(address, synchronous, who())

    vars(database)["open_engine"] = opened
    try:
        yield
    finally:
        vars(database)["open_engine"] = dialect.open_engine


@cache
def _engine(address: str, synchronous: str, _who: str) -> SqlEngine:
    return dialect.open_engine(address, synchronous)


@contextmanager
def same_ids(first: int) -> Iterator[None]:
    """Orders and groups get the same ids every time, counted from `first`."""
    numbers = count(first)

    def made() -> UUID:
        number = next(numbers)
        digest = sha256(str(number).encode()).digest()[:10]
        return UUID(bytes=number.to_bytes(6, "big") + digest)

    before = [vars(module)["uuid7"] for module in MAKERS]
    for module in MAKERS:
        vars(module)["uuid7"] = made
    try:
        yield
    finally:
        for module, old in zip(MAKERS, before, strict=True):
            vars(module)["uuid7"] = old


class Sky:
    """Draws faults, so many of a thousand steps, of the kinds that this run has."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.rate = chance.choice([0.0, 0.005, 0.01, 0.03])
        kinds = list(Fault)
        self._kinds = set(chance.sample(kinds, chance.randint(1, len(kinds))))

    def __call__(self, possible: tuple[Fault, ...]) -> Fault | None:
        if self._chance.random() >= self.rate:
            return None
        fault = self._chance.choice(possible)
        return fault if fault in self._kinds else None


@dataclass(frozen=True, slots=True)
class _Prepared:
    path: Path
    nets: dict[str, Net]


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="flowengine-world-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _prepared(opened: tuple[str, ...]) -> _Prepared:
    """A database with processes and people: copying one is quicker than making it."""
    path = _folder() / f"open-{'-'.join(opened)}.db"
    if opened:
        before = _prepared(())
        shutil.copy(before.path, path)
        with _at_start(path) as engine, same_ids(2**20):
            engine._registry._nets.update(before.nets)
            for number in opened:
                fields = processes.fields_of(number)
                engine.open_order(processes.process_of(number), fields, by="importer")
        return _Prepared(path, before.nets)
    create_database(str(path))
    with _at_start(path) as engine:
        for text in processes.ALL:
            engine.add_process(text, "process.yaml")
        for name, roles in processes.PEOPLE.items():
            engine.people.add(name, roles)
        nets = [engine.net(each.name) for each in engine.processes()]
    return _Prepared(path, {net.process.digest: net for net in nets})


def _at_start(path: Path) -> Engine:
    return Engine(str(path), clock=lambda: _time(MONDAY), synchronous="OFF")


def _time(at: int) -> datetime:
    return datetime.fromtimestamp(at / SECOND, UTC)
