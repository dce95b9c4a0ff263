"""Machines and people that are told things; they outlive every program."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from random import Random
from typing import TYPE_CHECKING

from flowengine.engine import performing
from flowengine.engine.automations import Answer, AutomationCall, Done, Failed
from flowengine.quantities import MINUTE, SECOND
from tests.world.schedule import Halted
from tests.world.sharing import replaced

if TYPE_CHECKING:
    from tests.world.world import World

#: How long a machine takes; a lease lasts a minute for each errand taken with it.
LASTS = (0, 1 * SECOND, 2 * MINUTE, 5 * MINUTE, 20 * MINUTE)


class Outside:
    """Does what it is told, once for each key, and says so each time it is told."""

    def __init__(self, world: "World", chance: Random) -> None:
        self._world = world
        self._chance = chance
        self._fails = chance.choice([0.0, 0.2, 0.6])
        #: How often each key was told, and what was done about it.
        self.told: Counter[str] = Counter()
        self.done: dict[str, str] = {}

    def calm(self) -> None:
        """From now on it is quick, and fails no more."""
        self._fails = 0.0

    def label(self, asked: AutomationCall) -> Mapping[str, object]:
        """`python label`: a machine that may be slow, fail, or answer too late."""
        self._tell(asked.key)
        if self._chance.random() < self._fails:
            raise OSError("out of paper")
        outcome = self.done.setdefault(asked.key, self._chance.choice(("ok", "bad")))
        return {"outcome": outcome, "answers": {"order.label": asked.key}}

    @contextmanager
    def open(self) -> Iterator[None]:
        """In this context notices come here."""
        with replaced(performing, "post_notice", self._notice):
            yield

    def _notice(
        self, _where: object, _secret: object, notice: object, *_: object
    ) -> Answer:
        key = str(getattr(notice, "key", notice))
        self._tell(key)
        if self._chance.random() < self._fails:
            return Failed("nobody is there")
        self.done[key] = "read"
        return Done()

    def _tell(self, key: str) -> None:
        """It takes its time, others go on, and who has asked may die of it."""
        self.told[key] += 1
        world = self._world
        if world.schedule.current is None:
            return
        with suppress(Halted):
            world.wait(self._chance.choice(LASTS))
            world.schedule.step("a machine works")
            world.faults.fall()
