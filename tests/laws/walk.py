"""Random walks: people, messages, timers, holds and cancels come as they come.

Every deed goes through the engine and a real database. Refused deeds change nothing,
deeds said twice act once; the walk itself asserts that.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter
from random import Random

from flowengine.engine import Engine, Receipt
from flowengine.errors import FlowError
from flowengine.kernel import Case, CaseState
from flowengine.kernel.events import Event
from flowengine.language.data import field_type
from flowengine.language.process import Process, Step, StepKind
from flowengine.language.types import DataType, Kind
from flowengine.net.net import Net
from tests.engine.world import World
from tests.shape.sources import REPOSITORY

#: Two who may do everything, and one who may do nothing.
PEOPLE = ("zane", "zigis", "nobody")

_SCALARS: Mapping[Kind, Callable[[Random], object]] = {
    Kind.TEXT: lambda chance: chance.choice(["a", "b", "ā b"]),
    Kind.INTEGER: lambda chance: chance.randrange(12),
    Kind.NUMBER: lambda chance: chance.randrange(100) / 4,
    Kind.YES_NO: lambda chance: chance.random() < 0.5,
    Kind.MONEY: lambda chance: f"{chance.choice([5, 20, 80, 900])}.50 EUR",
    Kind.WEIGHT: lambda chance: f"{chance.randrange(1, 90)} kg",
    Kind.LENGTH: lambda chance: f"{chance.randrange(1, 90)} cm",
    Kind.VOLUME: lambda chance: f"{chance.randrange(1, 90)} l",
    Kind.COUNTRY: lambda chance: chance.choice(["LV", "SE"]),
    Kind.DATE: lambda chance: f"2026-06-{chance.randrange(1, 28):02}",
    Kind.TIME: lambda chance: f"2026-06-{chance.randrange(1, 28):02}T09:30",
    Kind.DURATION: lambda chance: f"{chance.randrange(1, 90)}m",
}


def raw_value(process: Process, data_type: DataType, chance: Random) -> object:
    """A value as somebody writes it; sometimes none where it may be missing."""
    if data_type.optional and chance.random() < 0.3:
        return None
    if data_type.kind is Kind.ONE_OF:
        return chance.choice(data_type.choices)
    if data_type.kind is Kind.LIST and data_type.element is not None:
        element = data_type.element
        count = chance.randrange(1, 4)
        return [raw_value(process, element, chance) for _ in range(count)]
    if data_type.kind is Kind.RECORD:
        return raw_fields(process, data_type.record or process.subject, chance)
    return _SCALARS[data_type.kind](chance)


def raw_fields(process: Process, record: str, chance: Random) -> dict[str, object]:
    """All fields of a record, as somebody writes them."""
    return {
        name: raw_value(process, data_type, chance)
        for name, data_type in process.data[record].fields.items()
    }


def asked_type(process: Process, step: Step, path: tuple[str, ...]) -> DataType:
    """The type of a field that a step asks for; it may be one of its element."""
    each = step.each
    if each is None or path[0] != each.name:
        return field_type(process, path)
    element = field_type(process, each.items).element
    assert element is not None
    return process.data[element.record or ""].fields[path[1]]


def with_called(text: str) -> tuple[str, ...]:
    """A reference process, after those that it calls."""
    called: dict[str, None] = {}
    for name in re.findall(r"^ +call: ([a-z-]+)@", text, re.MULTILINE):
        path = REPOSITORY / "processes" / f"{name}.yaml"
        called.update(dict.fromkeys(with_called(path.read_text(encoding="utf-8"))))
    return (*called, text)


def name_of(text: str) -> str:
    """What a process is called."""
    found = re.search(r"^process: (\S+)", text, re.MULTILINE)
    assert found is not None
    return found[1]


class Walk:
    """One order on its way; `run` does random things to it."""

    def __init__(self, world: World, net: Net, number: str, chance: Random) -> None:
        self.world = world
        self.net = net
        self.number = number
        self.chance = chance
        #: Keyed deeds that were done, with their answers.
        self.said: list[tuple[Callable[[], Receipt | None], Receipt]] = []
        self.refused = 0
        process = net.process
        for name in PEOPLE[:2]:
            world.engine.people.add(name, list(process.roles))
        fields = raw_fields(process, process.subject, chance)
        fields[process.number[-1]] = number
        world.engine.open_order(process.name, fields, by="zane")

    @property
    def engine(self) -> Engine:
        return self.world.engine

    @property
    def case(self) -> Case:
        return self.engine.order(self.number).case

    @property
    def events(self) -> tuple[Event, ...]:
        return self.world.events(self.number)

    def run(self, steps: int) -> None:
        """Do so many things, fewer if the order is closed before."""
        for _ in range(steps):
            before = self.case
            if before.state is CaseState.CLOSED:
                return
            self._step(before)

    def _step(self, before: Case) -> None:
        """Do one thing; a refused one must change nothing."""
        self.world.wait(self.chance.choice([0, 1, 20, 90, 3000]))
        if self.said and self.chance.random() < 0.1:
            self._say_again(before)
            return
        key = f"k{before.version}" if self.chance.random() < 0.3 else None
        deed = self._deed(before, key)
        try:
            receipt = deed()
        except FlowError:
            self.refused += 1
            assert self.case == before
            return
        if key is not None and receipt is not None:
            self.said.append((deed, receipt))

    def _say_again(self, before: Case) -> None:
        deed, first = self.chance.choice(self.said)
        again = deed()
        assert again is not None
        assert again.repeated
        assert again.events == first.events
        assert self.case == before

    def _deed(self, case: Case, key: str | None) -> Callable[[], Receipt | None]:
        kind = self.chance.random()
        if kind < 0.7:
            return self._task_deed(case, key)
        if kind < 0.85:
            return self._message(key)
        if kind < 0.9:
            return self._fire
        if kind < 0.95:
            return self._repair(case, key)
        by = "zane"
        number = self.number
        return self.chance.choice(
            [
                partial(self._ask, "hold", number, "address", by=by, key=key),
                partial(self._ask, "resume", number, by=by, key=key),
                partial(self._ask, "resume", number, by=by, key=key),
                partial(self._ask, "note", number, "call first", by=by, key=key),
                *[partial(self._ask, "cancel", number, "customer", by=by, key=key)]
                * (self.chance.random() < 0.2),
            ]
        )

    def _task_deed(self, case: Case, key: str | None) -> Callable[[], Receipt | None]:
        opened = list(case.tasks.values())
        not_open = self.chance.choice(list(self.net.steps))
        task = self.chance.choice([*opened, *opened, None])
        step = self.net.steps[not_open if task is None else task.step].step
        ref = f"{self.number}/{step.id if task is None else task.id}"
        by = self.chance.choice(PEOPLE)
        outcome = self.chance.choice([*step.outcomes]) if step.outcomes else None
        answers = {
            ".".join(path): raw_value(
                self.net.process, asked_type(self.net.process, step, path), self.chance
            )
            for path in step.asks
        }
        if self.chance.random() < 0.05:
            outcome = "no such outcome"
        said = {"outcome": outcome, "answers": answers, "key": key}
        if step.kind is StepKind.AUTOMATION and self.chance.random() < 0.8:
            return partial(self._ask, "machines.answer", ref, **said)
        if self.chance.random() < 0.4:
            simple = self.chance.choice(["claim", "release", "start", "resume_task"])
            return partial(self._ask, simple, ref, by=by, key=key)
        if self.chance.random() < 0.2:
            other = self.chance.choice(PEOPLE)
            deed, about = self.chance.choice(
                [("pause", "lunch"), ("assign", other), ("repairs.report", "wet")]
            )
            return partial(self._ask, deed, ref, about, by=by, key=key)
        return partial(self._ask, "complete", ref, by=by, **said)

    def _repair(self, case: Case, key: str | None) -> Callable[[], Receipt | None]:
        """Resolve an incident, move a token, or correct a field."""
        steps = sorted(self.net.steps)
        process = self.net.process
        fields = process.data[process.subject].fields
        name = self.chance.choice(sorted(fields))
        raw = raw_value(process, fields[name], self.chance)
        still = self.chance.choice(sorted(case.incidents) or steps)
        resolve = partial(
            self._ask, "repairs.resolve", f"{self.number}/{still}", "mended"
        )
        marked = [s for s in steps if case.marking & self.net.steps[s].inputs] or steps
        ways = self.chance.choice(marked), self.chance.choice(steps)
        move = partial(self._ask, "repairs.move", self.number, *ways, "wrong shelf")
        values = {f"{process.subject}.{name}": raw}
        change = partial(self._ask, "repairs.change", self.number, values, "by phone")
        deed = self.chance.choice([resolve, resolve, move, change])
        return partial(deed, by="zane", key=key)

    def _message(self, key: str | None) -> Callable[[], Receipt | None]:
        names = {
            name
            for step in self.net.process.steps.values()
            if step.kind is StepKind.WAIT
            for name in step.messages
        }
        name = self.chance.choice([*sorted(names), "no-such-message"])
        unique = key or f"m{self.chance.random()}"
        return partial(self._ask, "deliver", name, match=self.number, key=unique)

    def _fire(self) -> None:
        self.engine.machines.work()

    def _ask(self, deed: str, *about: object, **how: object) -> Receipt | None:
        """Ask the engine that runs now: a deed outlives a stop of the program."""
        answer = attrgetter(deed)(self.engine)(*about, **how)
        assert answer is None or isinstance(answer, Receipt)
        return answer
