"""Processes stated in one line of text, and cases run through them.

`receive > pick & label > pack` is a task, then two at once, then one that joins them.
`check(ok > ship | bad > end)` is not needed: give the YAML where a line is too small.
"""

from collections.abc import Iterable, Mapping, Sequence

from flowengine.kernel import Case, CaseId, Event, UserId, act
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
from flowengine.language import Severity, read_process
from flowengine.language.process import Process, StepId
from flowengine.net import compile_net
from flowengine.net.net import Net
from flowengine.quantities import MINUTE, Instant

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
        self, line_or_text: str, data: Mapping[str, object] | None = None
    ) -> None:
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

    def tell(self, command: Command) -> tuple[Event, ...]:
        decision = act(self.net, self.maybe_case, command)
        self.events.extend(decision.events)
        self.maybe_case = decision.case
        return decision.events

    def wait(self, minutes: int = 1) -> Instant:
        self.at = Instant(self.at + minutes * MINUTE)
        return self.at

    def claim(self, step: str, by: str = "anna") -> tuple[Event, ...]:
        return self.tell(
            ClaimTask(
                case_id=self.case.id, at=self.wait(), by=UserId(by), step=StepId(step)
            )
        )

    def release(self, step: str, by: str = "anna") -> tuple[Event, ...]:
        return self.tell(
            ReleaseTask(
                case_id=self.case.id, at=self.wait(), by=UserId(by), step=StepId(step)
            )
        )

    def start(self, step: str, by: str = "anna") -> tuple[Event, ...]:
        return self.tell(
            StartTask(
                case_id=self.case.id, at=self.wait(), by=UserId(by), step=StepId(step)
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
                step=StepId(step),
                outcome=outcome,
                answers=answers or {},
            )
        )

    def complete_all(self, steps: Iterable[str] | Sequence[str]) -> None:
        for step in steps:
            self.complete(step)

    def deliver(self, name: str, key: str | None = None) -> tuple[Event, ...]:
        return self.tell(
            DeliverMessage(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId("outside"),
                name=name,
                key=key,
            )
        )

    def fire(self, step: str, visit: int = 1) -> tuple[Event, ...]:
        return self.tell(
            FireTimer(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId("timer"),
                step=StepId(step),
                visit=visit,
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
