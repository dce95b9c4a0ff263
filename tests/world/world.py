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
from typing import NamedTuple

from flowengine.configuration import Configuration, Webhook
from flowengine.engine import Engine
from flowengine.engine.database import create_database
from flowengine.net.net import Net
from flowengine.quantities import SECOND, Instant
from tests.builders import MONDAY
from tests.world import processes
from tests.world.faults import Faults, Sky
from tests.world.manners import PLAIN, Manner
from tests.world.outside import Outside
from tests.world.schedule import Chooser, Schedule
from tests.world.sharing import forget_engines, same_ids, shared_engines
from tests.world.stepping import stepping_connections
from tests.world.watch import Watch

#: Pieces of the article on the shelves: enough for one order, or for two.
LEVELS = (3, 5)

#: Notices are posted somewhere: see `Outside`.
CONFIGURATION = Configuration(webhook=Webhook("https://notices.example.com/"))


class Start(NamedTuple):
    """What is there when a scenario begins."""

    #: Numbers of orders that are open.
    opened: tuple[str, ...] = ()
    #: 1: they were entered, and what then happens by itself has happened; 2: what
    #: could be picked, looked at and packed was, and they were paid.
    stage: int = 0


EMPTY = Start()


class World:
    """Where programs live: one database, one clock, and what they are told."""

    def __init__(
        self,
        chooser: Chooser,
        chance: Random,
        start: Start,
        manner: Manner = PLAIN,
    ) -> None:
        """A world in which some orders are on their way already."""
        folder = _folder()
        self.path = folder / "world.db"
        prepared = _prepared(start)
        for old in folder.glob("world.db*"):
            old.unlink()
        shutil.copy(prepared.path, self.path)
        self._nets = prepared.nets
        level = chance.choice(LEVELS)
        self.stock = _stocked(folder / "stock.csv", level)
        self.at = MONDAY
        self.watch = Watch(self.path, self._nets, level)
        self.watch.look()
        self.schedule = Schedule(chooser)
        self.sky = Sky(chance)
        self.manner = manner
        self.faults = Faults(self.schedule, self._committed, self.sky)
        self.faults.spoil = manner.spoil
        self.outside = Outside(self, chance)
        #: How often anything was committed, or time has passed while all waited.
        self.changes = 0
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
            stock=self.stock,
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
        self.changes += duration != 0
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
        """Wait until something has changed, or nobody else will commit anything."""
        changes = self.changes
        self.awake -= 1
        self.schedule.wait(
            lambda: self.changes > changes or self.awake == 0, "nothing to do"
        )
        self.awake += 1

    def go_home(self) -> None:
        """Somebody does nothing more."""
        self.awake -= 1

    def _committed(self) -> None:
        self.changes += 1
        self.watch.look()

    @contextmanager
    def living(self) -> Iterator[None]:
        """In this context programs step, and ids are the same every time."""
        with (
            stepping_connections(self.faults),
            same_ids(0),
            shared_engines(self._who),
            self.outside.open(),
            self.manner.living(),
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
def _prepared(start: Start) -> _Prepared:
    """A database with processes and people: copying one is quicker than making it."""
    path = _folder() / f"{start.stage}-{'-'.join(start.opened)}.db"
    if start != EMPTY:
        before = _prepared(EMPTY)
        shutil.copy(before.path, path)
        with _at_start(path) as engine, same_ids(2**20):
            engine._registry._nets.update(before.nets)
            _open(engine, start)
        return _Prepared(path, before.nets)
    create_database(str(path))
    with _at_start(path) as engine:
        for text in processes.ALL:
            engine.add_process(text, "process.yaml")
        for name, roles in processes.PEOPLE.items():
            engine.people.add(name, roles)
        nets = [engine.net(each.name) for each in engine.processes()]
    return _Prepared(path, {net.process.digest: net for net in nets})


def _open(engine: Engine, start: Start) -> None:
    for number in start.opened:
        process = processes.process_of(number)
        engine.open_order(process, processes.fields_of(number), by="importer")
        if start.stage > 0 and process != "credit":
            engine.complete(f"{number}/enter", by="anna")
    if start.stage > 0:
        engine.machines.work()
    if start.stage > 1:
        for task in engine.tasks():
            outcome, answers = processes.ANSWERS.get(task.step, ((None, {}),))[0]
            engine.complete(task.ref, by="anna", outcome=outcome, answers=answers)
        for number in start.opened:
            engine.deliver("payment", match=f"ref-{number}")


def _at_start(path: Path) -> Engine:
    stock = _stocked(_folder() / "first.csv", min(LEVELS))
    return Engine(
        str(path), clock=lambda: _time(MONDAY), synchronous="OFF", stock=stock
    )


def _stocked(path: Path, pieces: int) -> str:
    path.write_text(f"sku,quantity\nA,{pieces}\n", encoding="utf-8")
    return str(path)


def _time(at: int) -> datetime:
    return datetime.fromtimestamp(at / SECOND, UTC)
