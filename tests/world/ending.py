"""The end of a scenario: nothing goes wrong any more, and all is looked at again."""

from random import Random

from flowengine.engine import TaskRow
from flowengine.kernel.case import CaseState
from tests.world.actors import Actor, work_outside
from tests.world.processes import ANSWERS
from tests.world.watch import Broken
from tests.world.world import World

#: Rounds in which every order must come to its end.
ROUNDS = 60


def come_to_an_end(world: World, chance: Random) -> None:
    """Every order reaches an end, and what is stored has happened. Raises Broken."""
    world.calm()
    caretaker = Caretaker(world, "olga", chance, 0, [])
    for _ in range(ROUNDS):
        if not caretaker.has_moved():
            break
    world.watch.finish()
    differences = caretaker.engine.upkeep.check()
    caretaker.leave()
    if differences:
        raise Broken("; ".join(map(str, differences)))
    waiting = [
        f"{order.number} at {', '.join(order.case.tasks) or 'no step'}"
        for order in world.watch.orders.values()
        if order.case.state is not CaseState.CLOSED
    ]
    if waiting:
        raise Broken(f"orders that nobody moves any more: {'; '.join(waiting)}")


class Caretaker(Actor):
    """Does all that there is to do, for whoever has it."""

    def has_moved(self) -> bool:
        """One round of everything; whether anything has happened."""
        before = self._events()
        for order in list(self.world.watch.orders.values()):
            if order.case.state is CaseState.HELD:
                self.engine.resume(order.number, by=self.name)
        for task in self.engine.tasks(limit=99):
            self._complete(task)
        work_outside(self)
        self.engine.machines.work()
        self.world.watch.look()
        if self._events() > before:
            return True
        moment = self.engine.machines.next_timer()
        if moment is None or moment < self.world.at:
            return False
        self.world.at = moment
        return True

    def _complete(self, task: TaskRow) -> None:
        outcome, answers = ANSWERS.get(task.step, ((None, {}),))[0]
        self.engine.complete(
            task.ref, by=task.owner or self.name, outcome=outcome, answers=answers
        )

    def _events(self) -> int:
        return sum(len(order.events) for order in self.world.watch.orders.values())
