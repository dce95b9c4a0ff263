"""One scenario: what a seed makes happen, and what was broken in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random

from flowengine.kernel.events import Event
from tests.world.actors import cast_of
from tests.world.ending import come_to_an_end
from tests.world.manners import PLAIN, Manner
from tests.world.processes import NUMBERS
from tests.world.world import Start, World


class Drawn:
    """Choices drawn by chance: some runs change hands often, others rarely."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._changes = chance.choice([0.05, 0.2, 0.5, 1.0])

    def who(self, ready: Sequence[int], running: int | None) -> int:
        """Mostly whoever runs; else anybody who is ready."""
        if running is not None and self._chance.random() >= self._changes:
            return running
        return self._chance.choice(ready)


@dataclass(frozen=True, slots=True)
class Run:
    """What has happened in a scenario."""

    seed: int
    #: Who took which step.
    trace: tuple[tuple[str, str], ...]
    #: What was stored of each order, by its number.
    histories: Mapping[str, tuple[Event, ...]]
    broken: BaseException | None = None

    @property
    def digest(self) -> str:
        """The same for the same run."""
        told = repr((self.trace, self.histories))
        return sha256(told.encode()).hexdigest()[:16]

    @property
    def events(self) -> int:
        """How many events were stored in all."""
        return sum(map(len, self.histories.values()))


def play(seed: int, manner: Manner = PLAIN) -> Run:
    """Play the scenario of a seed; what was broken in it is in the answer."""
    chance = Random(seed)  # noqa: S311 - draws schedules, guards no secret
    numbers = sorted(chance.sample(NUMBERS, chance.randint(2, 3)))
    opened = tuple(each for each in numbers if chance.random() < 0.6)
    start = Start(opened, chance.randrange(3))
    world = World(Drawn(chance), chance, start, manner)
    broken: BaseException | None = None
    try:
        with world.living():
            for actor in cast_of(world, chance, numbers):
                world.come(actor.name, actor.live)
            world.schedule.run()
            come_to_an_end(world, chance)
    except Exception as error:
        broken = error
    histories = {
        each.number: tuple(each.events) for each in world.watch.orders.values()
    }
    return Run(seed, tuple(world.schedule.trace), histories, broken)
