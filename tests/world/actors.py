"""Who works in the world: people, importers, customers, workers, administrators.

Each says what it has to say again, with the same key, until it is answered; each dies
now and then and comes back as a new program, which may remember what the old one was
about to hear.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from flowengine.engine import Engine, Receipt
from flowengine.errors import ConcurrentChange, FlowError, StoreRefused
from flowengine.eventlog import EntryKind
from flowengine.language.process import StepId
from flowengine.quantities import HOUR, MINUTE, SECOND
from tests.world.faults import Crash
from tests.world.processes import ANSWERS, MOVES, PEOPLE, fields_of, process_of
from tests.world.world import World

#: What somebody says, with an idempotency key.
Saying = Callable[[str], Receipt | None]

#: How often staff do what with a task; else they complete it.
DOING = (
    (0.12, "claim"),
    (0.27, "start"),
    (0.31, "release"),
    (0.35, "pause"),
    (0.39, "resume_task"),
)

#: By how much the clock moves while somebody does something: also back.
WAITS = (0, 0, 0, 1 * SECOND, 1 * MINUTE, 20 * MINUTE, 3 * HOUR, -2 * HOUR)


class Work(NamedTuple):
    """A task that somebody has seen, perhaps a while ago."""

    number: str
    step: StepId
    ref: str


@dataclass
class Actor:
    """One program and who sits before it."""

    world: World
    name: str
    chance: Random
    #: How many things it does before it goes home.
    deeds: int
    numbers: list[str]
    #: What was said and not answered when the program died.
    unheard: tuple[str, str, Saying] | None = None
    _said: int = 0
    _engine: Engine | None = field(default=None, repr=False)

    @property
    def engine(self) -> Engine:
        if self._engine is None:
            self._engine = self.world.engine()
        return self._engine

    def live(self) -> None:
        """Do what there is to do; begin anew after each death."""
        while self.deeds > 0 or self.unheard is not None:
            try:
                self._repeat()
                while self.deeds > 0:
                    self.deeds -= 1
                    self.world.wait(self.chance.choice(WAITS))
                    self._do()
            except Crash:
                self.leave()
        self.leave()
        self.world.go_home()

    def act(self) -> None:
        """One deed."""
        raise AssertionError(f"{self.name} has nothing to do.")

    def say(self, number: str, saying: Saying, key: str | None = None) -> None:
        """Say something about an order until it is answered, yes or no."""
        self._said += 1
        key = key or f"{self.name}-{self._said}"
        self.unheard = (number, key, saying)
        while True:
            try:
                receipt = saying(key)
            except (StoreRefused, ConcurrentChange):
                continue
            except FlowError:
                self.world.watch.refuse(number, self.stored(key))
                break
            if receipt is not None:
                self.world.watch.acknowledge(receipt, self.stored(key))
            if self.chance.randrange(100) >= self.world.lost_replies:
                break
        self.unheard = None

    def stored(self, key: str) -> str:
        """What a key of this actor is called where orders keep theirs."""
        return key

    def _do(self) -> None:
        try:
            self.act()
        except (StoreRefused, ConcurrentChange):
            return  # a look that failed: there will be another

    def _repeat(self) -> None:
        if self.unheard is not None and self.chance.random() < 0.8:
            number, key, saying = self.unheard
            self.say(number, saying, key)
        self.unheard = None

    def leave(self) -> None:
        """The program is gone, and with it its connections."""
        self.world.faults.leave(self.name)
        if self._engine is not None:
            engine, self._engine = self._engine, None
            engine.close()


class Sender(Actor):
    """Somebody outside, whose keys belong to them: others may count from 1 too."""

    def stored(self, key: str) -> str:
        return f"{self.name}/{key}"


@dataclass
class Importer(Sender):
    """Opens orders, the same again and again."""

    def act(self) -> None:
        number = self.chance.choice(self.numbers)
        process = process_of(number)
        fields = fields_of(number)
        if self.chance.random() < 0.3:
            self._import(process, fields)
        else:
            self.say(
                number,
                lambda key: self.engine.open_order(
                    process, fields, by=self.name, key=key
                ),
                f"order-{number}",
            )

    def _import(self, process: str, fields: Mapping[str, object]) -> None:
        for answer in self.engine.open_orders(process, [fields], by=self.name):
            if isinstance(answer, Receipt):
                self.world.watch.acknowledge(answer, None)


@dataclass
class Customer(Sender):
    """Pays, sometimes twice, sometimes before there is an order."""

    def act(self) -> None:
        number = self.chance.choice(self.numbers)
        is_paid = self.chance.random() < 0.7
        self.say(
            number,
            lambda key: self.engine.deliver(
                "payment",
                match=f"ref-{number}",
                body={"order.paid": is_paid},
                by=self.name,
                key=key,
            ),
            f"payment-{number}-{self.chance.randint(1, 2)}",
        )


@dataclass
class Staff(Actor):
    """Claims, starts and completes tasks, from a list that may be old."""

    def act(self) -> None:
        if self.chance.random() < 0.15 and self._next():
            return
        tasks = self._tasks()
        for task in self.chance.sample(tasks, min(3, len(tasks))):
            self._on(task)
        if not tasks:
            self.world.rest()

    def _tasks(self) -> list[Work]:
        """From the worklist, or from a walk past the shelves: those are quicker."""
        if self.chance.random() < 0.3:
            rows = self.engine.tasks(user=self.name, limit=9)
            return [Work(row.number, row.step, row.ref) for row in rows]
        return [
            Work(order.number, task.step, f"{order.number}/{name}")
            for order in self.world.watch.orders.values()
            for name, task in order.case.tasks.items()
            if task.kind is EntryKind.TASK
        ]

    def _next(self) -> bool:
        """The next task, whichever it is; whether there was one."""
        receipt = self.engine.claim_next(by=self.name, start=self.chance.random() < 0.5)
        if receipt is not None:
            self.world.watch.acknowledge(receipt, None)
        return receipt is not None

    def _on(self, task: Work) -> None:
        kind = self.chance.random()
        for share, verb in DOING:
            if kind < share:
                self._say(task, verb)
                return
        outcome, answers = self._answer(task.step)
        self.say(
            task.number,
            lambda key: self.engine.complete(
                task.ref, by=self.name, outcome=outcome, answers=answers, key=key
            ),
        )

    def _say(self, task: Work, verb: str) -> None:
        def saying(key: str) -> Receipt:
            ask: Callable[..., Receipt] = getattr(self.engine, verb)
            reason = ("lunch",) if verb == "pause" else ()
            return ask(task.ref, *reason, by=self.name, key=key)

        self.say(task.number, saying)

    def _answer(self, step: StepId) -> tuple[str | None, Mapping[str, object]]:
        return self.chance.choice(ANSWERS.get(step, ((None, {}),)))


@dataclass
class Worker(Actor):
    """Does what happens by itself, and what machines are asked to do."""

    def act(self) -> None:
        limit = self.chance.choice((1, 9))
        if not self.engine.machines.work(limit=limit, by=self.name).done:
            self.world.rest()


@dataclass
class Administrator(Actor):
    """Holds, resumes, cancels, moves, corrects, reports, gives to somebody else."""

    def act(self) -> None:
        number = self.chance.choice(self.numbers)
        deed = self.chance.choice(DEEDS)
        self.say(number, lambda key: deed(self, number, key))

    def hold(self, number: str, key: str) -> Receipt:
        return self.engine.hold(number, "address", by=self.name, key=key)

    def resume(self, number: str, key: str) -> Receipt:
        return self.engine.resume(number, by=self.name, key=key)

    def cancel(self, number: str, key: str) -> Receipt:
        return self.engine.cancel(number, "customer", by=self.name, key=key)

    def note(self, number: str, key: str) -> Receipt:
        return self.engine.note(number, key, by=self.name, key=key)

    def correct(self, number: str, key: str) -> Receipt:
        urgency = {"order.priority": len(key) % 3}
        return self.engine.repairs.change(
            number, urgency, "typing", by=self.name, key=key
        )

    def move(self, number: str, key: str) -> Receipt:
        moves = MOVES[process_of(number)]
        start, end = moves[len(key) % len(moves)]
        return self.engine.repairs.move(
            number, start, end, "put right", by=self.name, key=key
        )

    def report(self, number: str, key: str) -> Receipt:
        ref = f"{number}/{self._step(number)}"
        return self.engine.repairs.report(ref, "broken", by=self.name, key=key)

    def resolve(self, number: str, key: str) -> Receipt:
        for incident in self.engine.repairs.incidents():
            number = incident.number
            break
        ref = f"{number}/{self._step(number)}"
        return self.engine.repairs.resolve(ref, "mended", by=self.name, key=key)

    def assign(self, number: str, key: str) -> Receipt:
        ref = f"{number}/{self._step(number)}"
        return self.engine.assign(ref, "berta", by=self.name, key=key)

    def _step(self, number: str) -> str:
        """Where an order is at the moment, as far as somebody who walks by can see."""
        for order in self.world.watch.orders.values():
            if order.number == number:
                return next(iter([*order.case.incidents, *order.case.tasks]), "enter")
        return "enter"


#: What administrators do, the harmless more often.
DEEDS: tuple[Callable[[Administrator, str, str], Receipt], ...] = (
    Administrator.hold,
    Administrator.resume,
    Administrator.resume,
    Administrator.cancel,
    Administrator.note,
    Administrator.correct,
    Administrator.move,
    Administrator.report,
    Administrator.resolve,
    Administrator.resolve,
    Administrator.assign,
)


#: Who may be there, beside one who opens orders, one of the staff and a worker.
OTHERS = ("berta", "worker-2", "customer", "administrator")


def cast_of(world: World, chance: Random, numbers: list[str]) -> list[Actor]:
    """Who plays in one scenario."""
    actors: list[Actor] = [
        Importer(world, "importer", chance, len(numbers) + 1, numbers),
        Staff(world, "anna", chance, 6, numbers),
        Worker(world, "worker-1", chance, 4, numbers),
    ]
    for name in chance.sample(OTHERS, chance.randint(1, 3)):
        if name in PEOPLE:
            actors.append(Staff(world, name, chance, 4, numbers))
        elif name == "customer":
            actors.append(Customer(world, name, chance, 3, numbers))
        elif name == "administrator":
            actors.append(Administrator(world, name, chance, 3, numbers))
        else:
            actors.append(Worker(world, name, chance, 3, numbers))
    return actors
