"""One database, a clock, an outside, and the programs that work on them."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

from flowengine.configuration import Configuration, Webhook
from flowengine.engine import Engine
from flowengine.engine.database import create_database
from flowengine.net.net import Net
from flowengine.quantities import SECOND, Instant
from tests.builders import MONDAY
from tests.world import processes
from tests.world.faults import Fault, Faults
from tests.world.outside import Outside
from tests.world.schedule import Chooser, Schedule
from tests.world.sharing import forget_engines, same_ids, shared_engines
from tests.world.stepping import stepping_connections
from tests.world.watch import Watch

#: Pieces of each article on the shelves: fewer than the orders want.
LEVEL = 3

#: Notices are posted somewhere: see `Outside`.
CONFIGURATION = Configuration(webhook=Webhook("https://notices.example.com/"))


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
        self.watch = Watch(self.path, self._nets, LEVEL)
        self.watch.look()
        self.schedule = Schedule(chooser)
        self.sky = Sky(chance)
        self.faults = Faults(self.schedule, self._committed, self.sky)
        self.outside = Outside(self, chance)
        #: How often anything was committed.
        self.commits = 0
        #: How many have something to do, or may find it.
        self.awake = 0
        #: How many of a hundred answers never arrive.
        self.lost_replies = chance.choice([0, 5, 20])

    def engine(self) -> Engine:
        """One more program on the database."""
        made = Engine(
            str(self.path),
            clock=self.now,
            synchronous="OFF",
            stock=str(self.stock),
            configuration=CONFIGURATION,
            automations={"label": self.outside.label},
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
        self.outside.calm()

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
        with (
            stepping_connections(self.faults),
            same_ids(0),
            shared_engines(self._who),
            self.outside.open(),
        ):
            try:
                yield
            except BaseException:
                # What those that were in the middle of something had open is left.
                forget_engines()
                raise
            finally:
                self.watch.close()

    def _who(self) -> str:
        seat = self.schedule.current
        return "" if seat is None else seat.name


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
