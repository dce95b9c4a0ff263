"""Random walks through the kernel alone, and how to bring a case to its end."""

from collections import Counter
from collections.abc import Mapping
from random import Random

from flowengine.errors import FlowError
from flowengine.kernel import Case, CaseId, CaseState, Event, Task, UserId
from flowengine.kernel.commands import (
    AddNote,
    CancelCase,
    ClaimTask,
    Command,
    CompleteTask,
    DeliverMessage,
    FireTimer,
    HoldCase,
    OpenCase,
    ReleaseTask,
    ResumeCase,
    StartTask,
)
from flowengine.language import read_process
from flowengine.language.data import read_data, read_value
from flowengine.language.process import Step, StepKind
from flowengine.net import compile_net
from flowengine.net.net import Net
from flowengine.quantities import MINUTE, Instant
from tests.builders import MONDAY
from tests.laws.outside import ANSWERED, answer_for, settled
from tests.laws.walk import asked_type, raw_fields, raw_value
from tests.shape.sources import REPOSITORY

CASE = CaseId("0a" * 16)


def net_of_text(text: str) -> Net:
    """The net of a whole process file."""
    reading = read_process(text, "walked.yaml")
    assert reading.process is not None, reading.problems
    return compile_net(reading.process)


def reference_nets() -> dict[str, Net]:
    """The reference processes, compiled, by the names of their files."""
    paths = sorted((REPOSITORY / "processes").glob("*.yaml"))
    return {path.stem: net_of_text(path.read_text(encoding="utf-8")) for path in paths}


class KernelWalk:
    """One order on its way, without a database: thousands of deeds a second."""

    def __init__(self, net: Net, chance: Random) -> None:
        self.net = net
        self.chance = chance
        self.at = MONDAY
        self.events: list[Event] = []
        #: How often each way out of a step has been tried by `finish`.
        self._tried: Counter[str] = Counter()
        process = net.process
        fields = raw_fields(process, process.subject, chance)
        command = OpenCase(
            case_id=CASE,
            at=self.at,
            by=UserId("zane"),
            number="1001",
            process=process.digest,
            data=read_data(process, fields),
        )
        self.case: Case
        for decision in settled(net, None, command, chance):
            self.events += decision.events
            self.case = decision.case

    def run(self, deeds: int) -> None:
        """Do random things, refused ones too, until the case is closed."""
        for _ in range(deeds):
            if self.case.state is CaseState.CLOSED:
                return
            self.at = Instant(
                self.at + self.chance.choice([-5, 0, 1, 30, 4000]) * MINUTE
            )
            try:
                self.tell(self._random_command())
            except FlowError:
                continue

    def finish(self, most: int) -> bool:
        """Bring the case to an end: ways that were taken least are taken next."""
        for _ in range(most):
            if self.case.state is CaseState.CLOSED:
                return True
            if self.case.state is CaseState.HELD:
                self.tell(ResumeCase(case_id=CASE, at=self.at, by=UserId("zane")))
                continue
            if not self.case.tasks:
                return False
            task = self.chance.choice(list(self.case.tasks.values()))
            self.tell(self._least_tried(task))
        return self.case.state is CaseState.CLOSED

    def tell(self, command: Command) -> None:
        for decision in settled(self.net, self.case, command, self.chance):
            self.events += decision.events
            self.case = decision.case

    def _least_tried(self, task: Task) -> Command:
        step = self.net.steps[task.step].step
        ways = [*step.outcomes, *step.messages]
        if task.timer is not None:
            ways.append("timer")
        by_itself = step.kind is StepKind.WAIT
        if not step.messages and not step.outcomes and not by_itself:
            ways.append("done")
        way = min(ways, key=lambda name: self._tried[f"{step.id}/{name}"])
        self._tried[f"{step.id}/{way}"] += 1
        owner = task.owner or UserId("zane")
        if way == "timer" and task.timer is not None:
            self.at = max(self.at, task.timer)
            return FireTimer(
                case_id=CASE,
                at=self.at,
                by=UserId("timer"),
                step=step.id,
                visit=task.visit,
            )
        if way in step.messages:
            return DeliverMessage(
                case_id=CASE, at=self.at, by=UserId("outside"), name=way
            )
        outcome = way if step.outcomes else None
        if step.kind in ANSWERED:
            answers = self._answers(step)
            return answer_for(self.net, self.case, task, self.at, outcome, answers)
        return self._completing(step, outcome, owner, task.element)

    def _completing(
        self, step: Step, outcome: str | None, by: UserId, element: str | None
    ) -> CompleteTask:
        return CompleteTask(
            case_id=CASE,
            at=self.at,
            by=by,
            step=step.id,
            element=element,
            outcome=outcome,
            answers=self._answers(step),
        )

    def _answers(self, step: Step) -> Mapping[str, object]:
        process = self.net.process
        answers = {}
        for path in step.asks:
            data_type = asked_type(process, step, path)
            raw = raw_value(process, data_type, self.chance)
            answers[".".join(path)] = read_value(data_type, raw, process)
        return answers

    def _random_command(self) -> Command:
        kind = self.chance.random()
        by = UserId(self.chance.choice(["zane", "zigis"]))
        if kind < 0.65:
            return self._about_a_task(by)
        if kind < 0.8:
            return self._from_outside(by)
        if kind < 0.87 and self.case.tasks:
            task = self.chance.choice(list(self.case.tasks.values()))
            return FireTimer(
                case_id=CASE, at=self.at, by=by, step=task.step, visit=task.visit
            )
        choices: list[Command] = [
            HoldCase(case_id=CASE, at=self.at, by=by, reason="address"),
            ResumeCase(case_id=CASE, at=self.at, by=by),
            ResumeCase(case_id=CASE, at=self.at, by=by),
            AddNote(case_id=CASE, at=self.at, by=by, text="call first"),
        ]
        if self.chance.random() < 0.15:
            return CancelCase(case_id=CASE, at=self.at, by=by, reason="customer")
        return self.chance.choice(choices)

    def _about_a_task(self, by: UserId) -> Command:
        tasks = [*self.case.tasks.values()]
        not_open = [(step, None) for step in list(self.net.steps)[:2]]
        opened = [(task.step, task.element) for task in tasks]
        step_id, element = self.chance.choice([*opened, *opened, *not_open])
        step = self.net.steps[step_id].step
        outcome = self.chance.choice([*step.outcomes]) if step.outcomes else None
        if step.kind in ANSWERED and self.chance.random() < 0.8:
            task = next((task for task in tasks if task.step == step_id), None)
            if task is not None:
                answers = self._answers(step)
                return answer_for(self.net, self.case, task, self.at, outcome, answers)
        if self.chance.random() < 0.4:
            kind = self.chance.choice((ClaimTask, ReleaseTask, StartTask))
            asked: Command = kind(
                case_id=CASE, at=self.at, by=by, step=step_id, element=element
            )
            return asked
        return self._completing(step, outcome, by, element)

    def _from_outside(self, by: UserId) -> DeliverMessage:
        names = sorted(
            {
                name
                for net_step in self.net.steps.values()
                for name in net_step.step.messages
            }
        )
        return DeliverMessage(
            case_id=CASE,
            at=self.at,
            by=by,
            name=self.chance.choice([*names, "unknown"]),
            key=f"m{self.case.version}",
        )
