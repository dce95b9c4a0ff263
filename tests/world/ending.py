"""The end of a scenario: nothing goes wrong any more, and all is looked at again."""

from random import Random

from flowengine.eventlog import EntryKind
from flowengine.kernel.case import CaseState
from flowengine.quantities import MINUTE, Instant
from tests.world.actors import Actor
from tests.world.processes import ANSWERS
from tests.world.watch import Broken, Followed
from tests.world.world import World

#: Rounds in which every order must come to its end.
ROUNDS = 60


def come_to_an_end(world: World, chance: Random) -> None:
    """Every order reaches an end, and what is stored has happened. Raises Broken."""
    world.calm()
    caretaker = Caretaker(world, "olga", chance, 0, [])
    if chance.random() < 0.5:
        caretaker.check()
    for _ in range(ROUNDS):
        if not caretaker.has_moved():
            break
    world.watch.finish()
    caretaker.check()
    caretaker.leave()
    waiting = [
        f"{order.number} at {', '.join(order.case.tasks) or 'no step'}"
        for order in world.watch.orders.values()
        if order.case.state is not CaseState.CLOSED
    ]
    if waiting:
        raise Broken(f"orders that nobody moves any more: {'; '.join(waiting)}")


class Caretaker(Actor):
    """Does all that there is to do, for whoever has it."""

    #: How often nothing was due but something was still to be done.
    _waited = 0

    def check(self) -> None:
        """What is derived follows from the events. Raises Broken."""
        differences = self.engine.upkeep.check()
        if differences:
            raise Broken("; ".join(map(str, differences)))

    def has_moved(self) -> bool:
        """One round of what there is to do; whether anything has happened."""
        before = self._events()
        for order in list(self.world.watch.orders.values()):
            self._on(order)
        if self._events() == before:
            self.engine.machines.work(by=self.name)
            self.world.watch.look()
        return self._events() > before or self._has_waited()

    def _on(self, order: Followed) -> None:
        """Let an order go on, and complete its tasks."""
        case, engine = order.case, self.engine
        if case.state is CaseState.HELD:
            engine.resume(case.number, by=self.name)
        for step in case.incidents:
            engine.repairs.resolve(f"{case.number}/{step}", "mended", by=self.name)
        for name, task in order.case.tasks.items():
            if task.kind is EntryKind.TASK:
                outcome, answers = ANSWERS.get(task.step, ((None, {}),))[0]
                by = task.owner or self.name
                ref = f"{case.number}/{name}"
                engine.complete(ref, by=by, outcome=outcome, answers=answers)

    def _has_waited(self) -> bool:
        """Let time pass until something is due; False where nothing will be."""
        machines, at = self.engine.machines, self.world.at
        errands = machines.outbox()
        moments = [machines.next_timer(), *(errand.due for errand in errands)]
        later = [moment for moment in moments if moment is not None and moment > at]
        if errands:
            # A lease runs out within minutes; after the clock went back, within hours.
            later.append(Instant(at + 10 * MINUTE * 2**self._waited))
            self._waited += 1
        self.world.at = min(later, default=at)
        return bool(later)

    def _events(self) -> int:
        return sum(len(order.events) for order in self.world.watch.orders.values())
