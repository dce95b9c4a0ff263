"""Reference processes run through the engine, on a real database.

The deeds are those of `played`, told to the engine as people, machines and the world
outside tell them. `-exchange/pick:ok` is a deed of the order that the step `exchange`
has called; what happens by itself (gates, calls, timers) happens after every deed.
"""

from collections.abc import Mapping
from pathlib import Path

from flowengine.kernel import Case, Task
from flowengine.language.process import Step, StepId, StepKind
from flowengine.net.net import Net
from tests.engine.world import World
from tests.processes.played import plain_fields, raw_answers

NUMBER = "1001"


class Whole:
    """One order in a company that has all the reference processes."""

    def __init__(self, world: World) -> None:
        self.world = world
        roles = {
            role
            for version in world.engine.processes()
            for role in world.engine.net(version.name).process.roles
        }
        for name in ("zane", "zigis"):
            world.engine.people.add(name, sorted(roles))

    def open(self, process: str, number: str, fields: Mapping[str, object]) -> None:
        """Open an order; what is not said is filled in."""
        written = self.world.engine.net(process).process
        plain = plain_fields(written, written.subject)
        whole = {**plain, **fields, written.number[-1]: number}
        self.world.engine.open_order(process, whole, by="zane")
        self._go_on()

    def play(self, deeds: str, number: str = NUMBER) -> None:
        """Do one deed after the other."""
        for deed in deeds.split(","):
            words = deed.split()
            order, _, what = words[0].rpartition("/")
            name, _, how = what.partition(":")
            if name == "wait":
                self.world.wait(int(how))
            else:
                self._end_step(f"{number}{order}", StepId(name), how, words[1:])
            self._go_on()

    def case(self, number: str = NUMBER) -> Case:
        return self.world.engine.order(number).case

    def _go_on(self) -> None:
        """Let happen what happens by itself, as `worker run --once` does."""
        while (done := self.world.engine.machines.work()).done:
            assert not done.skipped
        self.world.wait(1)

    def _end_step(self, number: str, name: StepId, how: str, said: list[str]) -> None:
        order = self.world.engine.order(number)
        tasks = [task for task in order.case.tasks.values() if task.step == name]
        assert tasks, f"{number}/{name} is not open, but {sorted(order.case.tasks)}"
        for task in tasks:
            self._end_instance(order.net, number, task, how, said)

    def _end_instance(
        self, net: Net, number: str, task: Task, how: str, said: list[str]
    ) -> None:
        step = net.steps[task.step].step
        ref = f"{number}/{task.id}"
        engine = self.world.engine
        answers = raw_answers(net.process, step, said)
        if how == "timeout" or (step.kind is StepKind.WAIT and not step.messages):
            assert task.timer is not None
            self.world.at = max(self.world.at, task.timer)
        elif step.kind is StepKind.WAIT:
            engine.deliver(how, match=number, key=f"{ref}/{task.visit}")
        elif step.kind is StepKind.AUTOMATION:
            engine.machines.answer(ref, outcome=how or None, answers=answers)
        else:
            self._complete(step, ref, how, answers)

    def _complete(
        self, step: Step, ref: str, how: str, answers: Mapping[str, object]
    ) -> None:
        by = "zigis" if step.not_same_person_as else "zane"
        engine = self.world.engine
        if step.batch is not None:
            engine.claim(ref, by=by)
        engine.start(ref, by=by)
        self.world.wait(2)
        engine.complete(ref, by=by, outcome=how or None, answers=answers)


def shelves(path: Path, **levels: int) -> None:
    """Write what is on the shelves."""
    rows = [f"{sku},{level}" for sku, level in levels.items()]
    path.write_text("\n".join(("sku,quantity", *rows, "")), encoding="utf-8")
