"""Random walks through the kernel alone, and how to bring a case to its end."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from random import Random

from flowengine.errors import FlowError
from flowengine.kernel import (
    Case,
    CaseId,
    CaseState,
    Event,
    Task,
    UserId,
    act,
    task_id,
)
from flowengine.kernel.case import TaskState
from flowengine.kernel.commands import (
    AddNote,
    AnswerAutomation,
    AnswerStock,
    CancelCase,
    ChildClosed,
    ClaimTask,
    Command,
    CompleteTask,
    DeliverMessage,
    FireTimer,
    HoldCase,
    LeaveGate,
    MigrateCase,
    OpenCase,
    ReleaseTask,
    ResolveIncident,
    ResumeCase,
    StartTask,
)
from flowengine.kernel.elements import with_ids
from flowengine.kernel.events import ChildAsked, StockAsked
from flowengine.language import read_process
from flowengine.language.data import read_data, read_value
from flowengine.language.process import Step, StepKind
from flowengine.net import compile_net
from flowengine.net.net import Net
from flowengine.quantities import MINUTE, Instant
from tests.builders import MONDAY
from tests.laws.beside import Beside, another_version
from tests.laws.walk import asked_type, raw_fields, raw_value
from tests.shape.sources import REPOSITORY

CASE = CaseId("0a" * 16)
PEOPLE = (UserId("zane"), UserId("zigis"))


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
    """One order on its way, without a database: thousands of deeds a second.

    Machines, children and the stock answer as they please. With `refusing` the stock
    also refuses automatic steps, which then stand still. With `moving` somebody takes
    tokens past the arrows, so that even a sound process may stand still.
    """

    def __init__(
        self,
        net: Net,
        chance: Random,
        *,
        refusing: bool = False,
        moving: bool = False,
    ) -> None:
        self.net = net
        self.chance = chance
        self.refusing = refusing
        self.moving = moving
        self.at = MONDAY
        self.events: list[Event] = []
        #: The net by which each event was decided.
        self.nets: list[Net] = []
        #: How often each way out of a step has been tried by `finish`.
        self._tried: Counter[str] = Counter()
        #: Incidents that stay though they were tried again.
        self._in_vain: set[tuple[str, str]] = set()
        self._is_ending = False
        self.maybe_case: Case | None = None
        process = net.process
        fields = raw_fields(process, process.subject, chance)
        self.tell(
            OpenCase(
                case_id=CASE,
                at=self.at,
                by=PEOPLE[0],
                number="1001",
                process=process.digest,
                data=read_data(process, fields),
            )
        )

    @property
    def case(self) -> Case:
        assert self.maybe_case is not None
        return self.maybe_case

    def run(self, deeds: int) -> None:
        """Do random things, refused ones too, until the case is closed."""
        for _ in range(deeds):
            if self.case.state is CaseState.CLOSED:
                return
            self.at = Instant(
                self.at + self.chance.choice([-5, 0, 1, 30, 4000]) * MINUTE
            )
            try:
                if self.chance.random() < 0.03:
                    self.migrate()
                else:
                    self.tell(self._random_command())
            except FlowError:
                continue

    def finish(self, most: int) -> bool:
        """Bring the case to an end: ways that were taken least are taken next.

        Sound is said with decisions free: where the same fields lead round and round,
        somebody has written others in the end.
        """
        self._is_ending = True
        for number in range(1, most + 1):
            if number % 200 == 0:
                self._change_fields()
            if self.case.state is CaseState.CLOSED:
                return True
            if self.case.state is CaseState.HELD:
                self.tell(ResumeCase(case_id=CASE, at=self.at, by=PEOPLE[0]))
                continue
            if self._resolve():
                continue
            going = [t for t in self.case.tasks.values() if self._goes_on(t)]
            if not going:
                return False
            self.tell(self._least_tried(self.chance.choice(going)))
        return self.case.state is CaseState.CLOSED

    def _resolve(self) -> bool:
        """Try what stands still once more, where that has not been tried in vain."""
        before = self.case.incidents
        for step, reason in before.items():
            if (step, reason) in self._in_vain or self.case.cancellation is not None:
                continue
            self.tell(
                ResolveIncident(
                    case_id=CASE, at=self.at, by=PEOPLE[0], step=step, reason="mended"
                )
            )
            if self.case.incidents.get(step) == reason:
                self._in_vain.add((step, reason))
            return True
        return False

    def _goes_on(self, task: Task) -> bool:
        return task.step not in self.case.incidents or task.started is not None

    def _change_fields(self) -> None:
        process = self.net.process
        fields = raw_fields(process, process.subject, self.chance)
        data = with_ids(read_data(process, fields))
        assert isinstance(data, dict)
        self.maybe_case = replace(self.case, data=data)

    def tell(self, command: Command) -> None:
        """Decide, and answer for the stock until nothing is asked: all or nothing."""
        decision = act(self.net, self.maybe_case, command)
        events = decision.events
        while decision.case.asked is not None:
            answer = self._stock_answer(decision.case, events[-1], command)
            decision = act(self.net, decision.case, answer)
            events += decision.events
        self.events += events
        self.nets += [self.net] * len(events)
        self.maybe_case = decision.case

    def migrate(self) -> None:
        """Go on by another version, whose places have other bits."""
        net = another_version(self.net, self.chance)
        bits = {bit: net.places.index(name) for bit, name in enumerate(self.net.places)}
        old, self.net = self.net, net
        try:
            self.tell(
                MigrateCase(
                    case_id=CASE,
                    at=self.at,
                    by=PEOPLE[0],
                    process=net.process.digest,
                    bits=bits,
                )
            )
        except FlowError:
            self.net = old
            raise

    def _stock_answer(self, case: Case, asked: Event, of: Command) -> AnswerStock:
        """All of it; in a walk sometimes a part, where that is enough, or nothing."""
        assert isinstance(asked, StockAsked)
        given = {item.line: item.quantity for item in asked.items}
        refused = None
        may_refuse = self.refusing or isinstance(of, CompleteTask)
        if asked.partly and self.chance.random() < 0.5:
            given = {
                line: self.chance.randrange(many + 1) for line, many in given.items()
            }
        elif may_refuse and not self._is_ending and self.chance.random() < 0.2:
            task = case.tasks.get(task_id(asked.step, asked.element))
            if self.refusing or (task is not None and not asked.undo):
                given, refused = {}, "the shelf is empty"
        return AnswerStock(
            case_id=CASE,
            at=of.at,
            by=of.by,
            step=asked.step,
            visit=asked.visit,
            element=asked.element,
            given=given,
            refused=refused,
            of=of,
        )

    def _least_tried(self, task: Task) -> Command:
        step = self.net.steps[task.step].step
        ways = [*step.outcomes, *step.messages]
        is_timed = step.timeout is not None or step.kind is StepKind.WAIT
        if task.timer is not None and is_timed:
            ways.append("timer")
        if step.kind is not StepKind.WAIT and not step.outcomes:
            ways.append("done")
        if self.case.state is CaseState.CANCELLING:
            ways = ["done"]
        way = min(ways, key=lambda name: self._tried[f"{step.id}/{name}"])
        self._tried[f"{step.id}/{way}"] += 1
        if way == "timer" and task.timer is not None:
            self.at = max(self.at, task.timer)
            return self._fire(task, UserId("timer"), alarm=False)
        if way in step.messages:
            return self._message(way)
        return self._answer(task, way if way in step.outcomes else None)

    def _answer(self, task: Task, outcome: str | None) -> Command:
        """What ends an instance that is not a wait."""
        step = self.net.steps[task.step].step
        worker = UserId("worker")
        if step.kind is StepKind.GATE:
            return LeaveGate(
                case_id=CASE, at=self.at, by=worker, step=step.id, visit=task.visit
            )
        if step.kind is StepKind.AUTOMATION:
            return AnswerAutomation(
                case_id=CASE,
                at=self.at,
                by=worker,
                step=step.id,
                visit=task.visit,
                outcome=outcome,
                answers=self._answers(step),
            )
        if task.child is not None:
            return self._child_closed(task.child, outcome or "success")
        return self._completing(task, outcome, task.owner or self._allowed(step))

    def _child_closed(self, child: CaseId, outcome: str) -> ChildClosed:
        task = next((t for t in self.case.tasks.values() if t.child == child), None)
        step = next(iter(self.net.steps)) if task is None else task.step
        return ChildClosed(
            case_id=CASE,
            at=self.at,
            by=UserId("worker"),
            step=step,
            visit=1,
            child=child,
            outcome=outcome,
        )

    def _allowed(self, step: Step) -> UserId:
        """Somebody who may do it."""
        other = step.not_same_person_as
        done = self.case.doers.get(other) if other is not None else None
        return next(person for person in PEOPLE if person != done)

    def _completing(self, task: Task, outcome: str | None, by: UserId) -> CompleteTask:
        step = self.net.steps[task.step].step
        return CompleteTask(
            case_id=CASE,
            at=self.at,
            by=by,
            step=step.id,
            element=task.element,
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
        by, other = self.chance.sample(PEOPLE, 2)
        if self.chance.random() < 0.15:
            beside = Beside(self.net, self.case, self.at, self.chance)
            return beside.command(by, other, moving=self.moving)
        tasks = list(self.case.tasks.values())
        if kind < 0.65 and tasks:
            return self._about(self.chance.choice(tasks), by)
        if kind < 0.75:
            return self._message(self._any_message())
        if kind < 0.8:
            return self._late_child() or self._message(self._any_message())
        if kind < 0.87 and tasks:
            is_alarm = self.chance.random() < 0.5
            return self._fire(self.chance.choice(tasks), by, alarm=is_alarm)
        choices: list[Command] = [
            HoldCase(case_id=CASE, at=self.at, by=by, reason="address"),
            ResumeCase(case_id=CASE, at=self.at, by=by),
            ResumeCase(case_id=CASE, at=self.at, by=by),
            AddNote(case_id=CASE, at=self.at, by=by, text="call first"),
        ]
        if self.chance.random() < 0.15:
            return CancelCase(case_id=CASE, at=self.at, by=by, reason="customer")
        return self.chance.choice(choices)

    def _about(self, task: Task, by: UserId) -> Command:
        step = self.net.steps[task.step].step
        if task.state is not TaskState.WAITING and self.chance.random() < 0.4:
            kind = self.chance.choice((ClaimTask, ReleaseTask, StartTask))
            asked: Command = kind(
                case_id=CASE, at=self.at, by=by, step=step.id, element=task.element
            )
            return asked
        outcome = self.chance.choice([*step.outcomes]) if step.outcomes else None
        if step.messages:
            return self._message(self.chance.choice([*step.messages]))
        if step.kind is StepKind.TASK:
            return self._completing(task, outcome, by)
        if step.kind is StepKind.WAIT:
            return self._fire(task, by, alarm=False)
        return self._answer(task, outcome)

    def _late_child(self) -> Command | None:
        """A child that answers, perhaps for the second time."""
        asked = [event for event in self.events if isinstance(event, ChildAsked)]
        if not asked:
            return None
        return self._child_closed(self.chance.choice(asked).child, "success")

    def _fire(self, task: Task, by: UserId, *, alarm: bool) -> FireTimer:
        return FireTimer(
            case_id=CASE,
            at=self.at,
            by=by,
            step=task.step,
            visit=task.visit,
            element=task.element,
            alarm=alarm,
        )

    def _any_message(self) -> str:
        names = {
            name
            for net_step in self.net.steps.values()
            for name in net_step.step.messages
        }
        return self.chance.choice([*sorted(names), "unknown"])

    def _message(self, name: str) -> DeliverMessage:
        return DeliverMessage(
            case_id=CASE,
            at=self.at,
            by=UserId("outside"),
            name=name,
            key=f"m{self.case.version}",
        )
