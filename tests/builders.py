"""Processes stated in one line of text, and cases run through them.

`receive > pick & label > pack` is a task, then two at once, then one that joins them.
Where a line is too small, give the YAML; `GOODS` is a head with lines and parcels.
A step of a list is named with its element: `run.complete("pack#2")`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from flowengine.errors import FlowError
from flowengine.kernel import Case, CaseId, Event, Task, TaskId, UserId, act
from flowengine.kernel.commands import (
    AddNote,
    AnswerAutomation,
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
    ResumeCase,
    StartTask,
)
from flowengine.kernel.events import Happened, StepEnded, StockAsked
from flowengine.language import Severity, read_process
from flowengine.language.process import Process, StepId
from flowengine.net import compile_net
from flowengine.net.net import Net
from flowengine.quantities import MINUTE, Instant
from tests.shelves import answer_of

#: Monday 1 June 2026, 09:00 UTC.
MONDAY = Instant(1_780_304_400_000_000)

HEAD = """\
process: sample
version: 1
title: {en: Sample, lv: Paraugs}
for: order
number: order.number
currency: EUR
data:
  order:
    number: text
    total: optional money
    count: optional integer
    paid: optional yes/no
    note: optional text
    until: optional time
departments:
  shop: {title: {en: Shop, lv: Veikals}}
roles:
  clerk: {department: shop, people: 2}
  boss: {department: shop, people: 1}
"""

#: The same with lines and parcels, whose goods can be reserved and shipped.
GOODS = HEAD.replace(
    "departments:",
    """\
    zone: optional text
    urgent: optional yes/no
    lines: optional list of line
    parcels: optional list of parcel
  line: {sku: text, quantity: integer, picked: optional yes/no}
  parcel: {weight: optional weight, damaged: optional yes/no, lines: list of line}
departments:""",
)

Kind = TypeVar("Kind", bound=Happened)


def line_text(line: str) -> str:
    """The YAML of a process stated in one line."""
    stages = [[name.strip() for name in part.split("&")] for part in line.split(">")]
    steps = []
    for number, stage in enumerate(stages):
        following = stages[number + 1] if number + 1 < len(stages) else ["done"]
        target = following[0] if len(following) == 1 else f"[{', '.join(following)}]"
        joins = number > 0 and len(stages[number - 1]) > 1
        join = ", join: all" if joins else ""
        steps += [f"  {name}: {{role: clerk, next: {target}{join}}}" for name in stage]
    steps.append("  done: {end: success}")
    return HEAD + "steps:\n" + "\n".join(steps) + "\n"


def process_of(text: str) -> Process:
    """The process of a YAML text, or of its steps alone; errors fail the test."""
    whole = text if text.lstrip().startswith("process:") else HEAD + text
    reading = read_process(whole, "sample.yaml")
    errors = [p for p in reading.problems if p.severity is Severity.ERROR]
    assert not errors, errors
    assert reading.process is not None
    return reading.process


def net_of(line_or_text: str) -> Net:
    """A compiled process, stated in one line or as YAML."""
    is_line = "\n" not in line_or_text
    return compile_net(process_of(line_text(line_or_text) if is_line else line_or_text))


class Run:
    """One case under test: commands in, events and state out, one minute apart."""

    def __init__(
        self,
        line_or_text: str,
        data: Mapping[str, object] | None = None,
        stock: Mapping[str, int] | None = None,
    ) -> None:
        """Open a case; of each article `stock` names so much is free, else plenty."""
        self.stock = None if stock is None else Counter(stock)
        #: Why the shelves refuse everything, or None.
        self.refuse_stock: str | None = None
        self.net = net_of(line_or_text)
        self.at = MONDAY
        self.events: list[Event] = []
        self.maybe_case: Case | None = None
        self.tell(
            OpenCase(
                case_id=CaseId("00" * 16),
                at=self.at,
                by=UserId("anna"),
                number="1001",
                process=self.net.process.digest,
                data={"order": {"number": "1001", **(data or {})}},
            )
        )

    @property
    def case(self) -> Case:
        assert self.maybe_case is not None
        return self.maybe_case

    @property
    def open_steps(self) -> set[str]:
        return set(self.case.tasks)

    def task(self, name: str) -> Task:
        """The open instance of a name."""
        return self.case.tasks[TaskId(name)]

    def ended(self, step: str) -> list[StepEnded]:
        """How the instances of a step ended, oldest first."""
        return [
            event
            for event in self.events
            if isinstance(event, StepEnded) and event.step == step
        ]

    def of_kind(self, kind: type[Kind]) -> list[Kind]:
        """All events of one kind, oldest first."""
        return [event for event in self.events if isinstance(event, kind)]

    def tell(self, command: Command) -> tuple[Event, ...]:
        """Decide, and answer for the stock until nothing is asked; all or nothing."""
        stock = None if self.stock is None else self.stock.copy()
        decision = act(self.net, self.maybe_case, command)
        events = decision.events
        while decision.case.asked is not None:
            asked = events[-1]
            assert isinstance(asked, StockAsked)
            assert decision.case.asked.items == asked.items
            answer = answer_of(stock, decision.case, asked, command)
            if self.refuse_stock is not None:
                answer = replace(answer, given={}, refused=self.refuse_stock)
            decision = act(self.net, decision.case, answer)
            events += decision.events
        self.stock = stock
        self.events.extend(events)
        self.maybe_case = decision.case
        return events

    def wait(self, minutes: int = 1) -> Instant:
        self.at = Instant(self.at + minutes * MINUTE)
        return self.at

    def claim(
        self, step: str, by: str = "anna", group: str | None = None
    ) -> tuple[Event, ...]:
        return self.tell(
            ClaimTask(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId(by),
                step=_step(step),
                element=_element(step),
                group=group,
            )
        )

    def release(self, step: str, by: str = "anna") -> tuple[Event, ...]:
        return self.tell(
            ReleaseTask(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId(by),
                step=_step(step),
                element=_element(step),
            )
        )

    def start(self, step: str, by: str = "anna") -> tuple[Event, ...]:
        return self.tell(
            StartTask(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId(by),
                step=_step(step),
                element=_element(step),
            )
        )

    def complete(
        self,
        step: str,
        outcome: str | None = None,
        by: str = "anna",
        answers: Mapping[str, object] | None = None,
    ) -> tuple[Event, ...]:
        return self.tell(
            CompleteTask(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId(by),
                step=_step(step),
                element=_element(step),
                outcome=outcome,
                answers=answers or {},
            )
        )

    def answer(
        self,
        step: str,
        outcome: str | None = None,
        answers: Mapping[str, object] | None = None,
        failed: str | None = None,
        visit: int = 1,
    ) -> tuple[Event, ...]:
        """What a machine says."""
        return self.tell(
            AnswerAutomation(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId("worker"),
                step=_step(step),
                visit=visit,
                element=_element(step),
                outcome=outcome,
                answers=answers or {},
                failed=failed,
            )
        )

    def leave_gate(self, step: str, visit: int = 1) -> tuple[Event, ...]:
        return self.tell(
            LeaveGate(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId("worker"),
                step=StepId(step),
                visit=visit,
            )
        )

    def close_child(
        self,
        child: CaseId | None,
        outcome: str = "success",
        result: Mapping[str, object] | None = None,
    ) -> tuple[Event, ...]:
        assert child is not None
        return self.tell(
            ChildClosed(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId("worker"),
                step=StepId("call"),
                visit=1,
                child=child,
                outcome=outcome,
                result=result or {},
            )
        )

    def migrate(
        self,
        line_or_text: str,
        steps: Mapping[str, str] | None = None,
        places: Mapping[str, str] | None = None,
    ) -> tuple[Event, ...]:
        """Go on by another text; places are known by the names of their steps."""
        names = steps or {}
        moved = {**names, **(places or {})}
        net = net_of(line_or_text)
        bits = {
            bit: net.places.index(_renamed(place, moved))
            for bit, place in enumerate(self.net.places)
            if _renamed(place, moved) in net.places
        }
        old, self.net = self.net, net
        try:
            return self.tell(
                MigrateCase(
                    case_id=self.case.id,
                    at=self.wait(),
                    by=UserId("anna"),
                    process=net.process.digest,
                    bits=bits,
                    steps={StepId(a): StepId(b) for a, b in names.items()},
                )
            )
        except FlowError:
            self.net = old
            raise

    def complete_all(self, steps: Iterable[str] | Sequence[str]) -> None:
        for step in steps:
            self.complete(step)

    def deliver(
        self,
        name: str,
        key: str | None = None,
        body: Mapping[str, object] | None = None,
    ) -> tuple[Event, ...]:
        return self.tell(
            DeliverMessage(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId("outside"),
                name=name,
                key=key,
                body=body or {},
            )
        )

    def fire(
        self, step: str, visit: int = 1, *, alarm: bool = False
    ) -> tuple[Event, ...]:
        return self.tell(
            FireTimer(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId("timer"),
                step=_step(step),
                visit=visit,
                element=_element(step),
                alarm=alarm,
            )
        )

    def hold(self, reason: str = "address") -> tuple[Event, ...]:
        return self.tell(
            HoldCase(
                case_id=self.case.id, at=self.wait(), by=UserId("anna"), reason=reason
            )
        )

    def resume(self) -> tuple[Event, ...]:
        return self.tell(
            ResumeCase(case_id=self.case.id, at=self.wait(), by=UserId("anna"))
        )

    def cancel(self, reason: str = "customer") -> tuple[Event, ...]:
        return self.tell(
            CancelCase(
                case_id=self.case.id, at=self.wait(), by=UserId("anna"), reason=reason
            )
        )

    def note(self, text: str) -> tuple[Event, ...]:
        return self.tell(
            AddNote(case_id=self.case.id, at=self.wait(), by=UserId("anna"), text=text)
        )


def _step(name: str) -> StepId:
    return StepId(name.partition("#")[0])


def _element(name: str) -> str | None:
    return name.partition("#")[2] or None


def _renamed(place: str, names: Mapping[str, str]) -> str:
    if place in names:
        return names[place]
    return ">".join(names.get(step, step) for step in place.split(">"))
