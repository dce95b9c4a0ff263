"""Every way in which two people and a crash can meet on one order of three steps.

Both complete all three tasks, each with keys of their own; one of them dies at some
point, or nobody does, comes back and says again what was not answered. A schedule is a
list of choices: who goes on, and whether to die here. Playing one gives the choices
that were open in it; the next schedule changes the last of them that can be changed. So
all are played, each once.

Nobody is asked where it makes no difference: two reads commute, and on SQLite whoever
writes is alone. So others may go on before a transaction begins (and, where commands
are written as on PostgreSQL, before each read of what can change), and nowhere else.
One may die before every statement, and before and after every commit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from flowengine.engine import Receipt
from tests.world.actors import Actor
from tests.world.faults import AT_WRITE, Crash, Fault, Place
from tests.world.manners import Manner
from tests.world.processes import IN_LINE
from tests.world.watch import Broken
from tests.world.world import Start, World

#: What somebody may change while another decides; a key is read by its owner only.
_CHANGING = frozenset({"SELECT case_number", "SELECT case_row", "BEGIN"})


@dataclass(slots=True)
class Choices:
    """Choices as they are prescribed, then the first of each; who makes them."""

    prescribed: Sequence[int]
    #: How many may still die.
    deaths: int
    #: Also before the second write of a transaction and the later ones: nothing that is
    #: not committed is there for anybody, so these differ only inside the database.
    at_every_write: bool = False
    #: Which was taken, of how many.
    taken: list[tuple[int, int]] = field(default_factory=list)
    _has_written: bool = False

    def who(self, ready: Sequence[int], running: int | None) -> int:
        """One of those who are ready: whoever runs is the first choice."""
        order = sorted(ready, key=lambda place: (place != running, place))
        return order[self._choose(len(order))]

    def fault(self, place: Place) -> Fault | None:
        """Nothing, or a death."""
        was_written, self._has_written = self._has_written, place is AT_WRITE
        if was_written and place is AT_WRITE and not self.at_every_write:
            return None
        kinds = [kind for kind in DEATHS if kind in place.faults]
        if self.deaths == 0 or not kinds:
            return None
        chosen = self._choose(1 + len(kinds))
        if chosen == 0:
            return None
        self.deaths -= 1
        return kinds[chosen - 1]

    def next(self) -> list[int] | None:
        """What to prescribe next; None where all was played."""
        chosen = list(self.taken)
        while chosen:
            last, count = chosen.pop()
            if last + 1 < count:
                return [*(number for number, _ in chosen), last + 1]
        return None

    def _choose(self, count: int) -> int:
        if count == 1:
            return 0
        place = len(self.taken)
        chosen = self.prescribed[place] if place < len(self.prescribed) else 0
        self.taken.append((chosen, count))
        return chosen


DEATHS = (Fault.CRASH, Fault.CRASH_AFTER)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One way in which they have met."""

    choices: tuple[int, ...]
    trace: tuple[tuple[str, str], ...]
    has_death: bool
    broken: BaseException | None


class Doer(Actor):
    """Completes tasks, one after the other; says each until it is answered."""

    def live(self) -> None:
        """Do them all; a new program says again what the old one has not heard."""
        for step in self.numbers:
            self.unheard = None
            while not self._is_answered(step):
                self.leave()
        self.leave()

    def _is_answered(self, step: str) -> bool:
        try:
            self.say(IN_LINE, lambda key: self._complete(step, key), step)
        except Crash:
            return False
        return True

    def _complete(self, step: str, key: str) -> Receipt:
        mine = f"{self.name}-{key}"
        return self.engine.complete(f"{IN_LINE}/{step}", by=self.name, key=mine)

    def stored(self, key: str) -> str:
        """What a key of this actor is called where orders keep theirs."""
        return f"{self.name}-{key}"


def meetings(
    manner: Manner,
    steps: tuple[str, ...],
    *,
    deaths: int,
    at_every_write: bool = False,
) -> Iterator[Meeting]:
    """All ways in which two who do these steps can meet, with so many deaths."""
    prescribed: list[int] | None = []
    checked: set[bytes] = set()
    while prescribed is not None:
        choices = Choices(prescribed, deaths, at_every_write)
        yield meet(choices, manner, steps, checked)
        prescribed = choices.next()


def meet(
    choices: Choices, manner: Manner, steps: tuple[str, ...], checked: set[bytes]
) -> Meeting:
    """One way; what databases hold that need no second check is in `checked`."""
    chance = Random(0)  # noqa: S311 - only the calm end draws from it
    deaths = choices.deaths
    world = World(choices, chance, Start((IN_LINE,)), manner)
    world.lost_replies = 0
    world.faults.draw = choices.fault
    if manner.is_pipelined:
        world.faults.is_visible = _CHANGING.__contains__
    else:
        world.faults.is_visible = "BEGIN".__eq__
    broken: BaseException | None = None
    try:
        with world.living():
            for name in ("anna", "berta"):
                doer = Doer(world, name, chance, 0, list(steps))
                world.schedule.add(name, doer.live)
            world.schedule.run()
            _end(world, set(steps), checked)
    except Exception as error:
        broken = error
    taken = tuple(number for number, _ in choices.taken)
    has_death = choices.deaths < deaths
    return Meeting(taken, tuple(world.schedule.trace), has_death, broken)


def _end(world: World, steps: set[str], checked: set[bytes]) -> None:
    """All of them are done, and what is stored has happened. Raises Broken."""
    world.calm()
    world.watch.finish()
    state = world.watch.state()
    if state not in checked:
        with world.engine() as engine:
            differences = engine.upkeep.check()
        if differences:
            raise Broken("; ".join(map(str, differences)))
        checked.add(state)
    for order in world.watch.orders.values():
        if order.case.tasks.keys() & steps:
            raise Broken(
                f"order {order.number} stands at {', '.join(order.case.tasks)}"
            )
