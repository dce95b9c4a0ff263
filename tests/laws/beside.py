"""What people do beside the process, drawn at random: pauses, repairs, corrections."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from flowengine.kernel import Case, Task, UserId
from flowengine.kernel.commands import (
    ChangeData,
    Command,
    ForgetPersonal,
    MoveToken,
    PauseTask,
    ReassignTask,
    ReportIncident,
    ResolveIncident,
    ResumeTask,
)
from flowengine.language.data import read_value
from flowengine.language.process import StepId
from flowengine.net import compile_net
from flowengine.net.net import Net
from flowengine.quantities import Instant
from tests.laws.walk import raw_value


class Beside:
    """Draws commands for a case as it is at a moment."""

    def __init__(self, net: Net, case: Case, at: Instant, chance: Random) -> None:
        self.net = net
        self.case = case
        self.at = at
        self.chance = chance

    def command(self, by: UserId, other: UserId, *, moving: bool) -> Command:
        """One of them; a token is moved only where that is wished for."""
        kinds: list[Callable[[UserId], Command]] = [
            self._resolve,
            self._resolve,
            self._change,
            self._forget,
        ]
        tasks = list(self.case.tasks.values())
        if tasks:
            task = self.chance.choice(tasks)
            kinds += [
                lambda by: self._pause(task, by),
                lambda by: self._resume(task, task.owner or by),
                lambda by: self._reassign(task, by, other),
                lambda by: self._report(task, by),
            ]
        if moving:
            kinds.append(self._move)
        return self.chance.choice(kinds)(by)

    def _forget(self, by: UserId) -> ForgetPersonal:
        return ForgetPersonal(
            case_id=self.case.id, at=self.at, by=by, reason="asked by letter"
        )

    def _pause(self, task: Task, by: UserId) -> PauseTask:
        return PauseTask(
            case_id=self.case.id,
            at=self.at,
            by=by,
            step=task.step,
            element=task.element,
            reason="lunch",
        )

    def _resume(self, task: Task, by: UserId) -> ResumeTask:
        return ResumeTask(
            case_id=self.case.id,
            at=self.at,
            by=by,
            step=task.step,
            element=task.element,
        )

    def _reassign(self, task: Task, by: UserId, to: UserId) -> ReassignTask:
        return ReassignTask(
            case_id=self.case.id,
            at=self.at,
            by=by,
            step=task.step,
            element=task.element,
            to=to,
        )

    def _report(self, task: Task, by: UserId) -> ReportIncident:
        return ReportIncident(
            case_id=self.case.id,
            at=self.at,
            by=by,
            step=task.step,
            element=task.element,
            reason="it is broken",
        )

    def _resolve(self, by: UserId) -> ResolveIncident:
        steps = sorted(self.case.incidents) or sorted(self.net.steps)
        return ResolveIncident(
            case_id=self.case.id,
            at=self.at,
            by=by,
            step=self.chance.choice(steps),
            reason="mended",
            again=self.chance.random() < 0.8,
        )

    def _move(self, by: UserId) -> MoveToken:
        """From where a token lies, or sometimes from anywhere."""
        steps = sorted(self.net.steps)
        marked = [
            step
            for step in steps
            if self.case.marking & self.net.steps[step].inputs
            or self.chance.random() < 0.1
        ]
        return MoveToken(
            case_id=self.case.id,
            at=self.at,
            by=by,
            from_step=self.chance.choice(marked or steps),
            to_step=StepId(self.chance.choice(steps)),
            reason="wrong shelf",
            reset=self.chance.random() < 0.5,
        )

    def _change(self, by: UserId) -> ChangeData:
        process = self.net.process
        fields = process.data[process.subject].fields
        names = [name for name in fields if name != process.number[-1]]
        values: dict[str, object] = {}
        for name in self.chance.sample(names, min(2, len(names))):
            raw = raw_value(process, fields[name], self.chance)
            path = f"{process.subject}.{name}"
            values[path] = read_value(fields[name], raw, process)
        return ChangeData(
            case_id=self.case.id,
            at=self.at,
            by=by,
            values=values,
            reason="the customer has called",
        )


def another_version(net: Net, chance: Random) -> Net:
    """The same process with its places turned round; some service levels are longer."""
    process = net.process
    steps = {
        name: replace(step, sla=replace(step.sla, amount=step.sla.amount + 1))
        if step.sla is not None and chance.random() < 0.5
        else step
        for name, step in process.steps.items()
    }
    return compile_net(replace(process, steps=steps), net.places[::-1])
