"""Reference processes played through the kernel, from scripts that anyone can read.

A script is a list of deeds: `enter`, `pick:short`, `transit:delivered`,
`await-payment:timeout`, `check-credit order.credit=prepay`. What a deed does hangs on
what the step is: a task is completed, a machine or a child answers, a message comes, a
gate lets the order through. A step with `each` is ended for all its elements. `cancel`
cancels the order; `shelves:none` (or `some`, `all`) says what is on the shelves, as
the first deed already while the order opens.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from flowengine.kernel import CaseId, Task, UserId
from flowengine.kernel.commands import (
    AnswerAutomation,
    ChildClosed,
    CompleteTask,
    DeliverMessage,
    FireTimer,
    LeaveGate,
    OpenCase,
)
from flowengine.kernel.events import StepEnded
from flowengine.language.data import read_data, read_value
from flowengine.language.process import Process, Step, StepId, StepKind
from flowengine.language.types import DataType, Kind
from flowengine.net.net import Net, WayKind
from tests.builders import MONDAY, Run, net_of

FOLDER = Path(__file__).parents[2] / "processes"
_TIMEOUT = "timeout"
_PLAIN: Mapping[Kind, object] = {
    Kind.TEXT: "a",
    Kind.INTEGER: 1,
    Kind.NUMBER: 1,
    Kind.YES_NO: False,
    Kind.MONEY: "10 EUR",
    Kind.WEIGHT: "2 kg",
    Kind.COUNTRY: "LV",
    Kind.DATE: "2026-06-03",
    Kind.TIME: "2026-06-03T12:00",
    Kind.DURATION: "4h",
}


def text_of(name: str) -> str:
    """The text of a reference process."""
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


def reference_net(name: str) -> Net:
    """A reference process, compiled."""
    text = text_of(name)
    return net_of(text[text.index("process:") :])


def plain_value(process: Process, data_type: DataType) -> object:
    """A value as somebody writes it, the same one every time."""
    if data_type.kind is Kind.ONE_OF:
        return data_type.choices[0]
    if data_type.kind is Kind.LIST and data_type.element is not None:
        return [plain_value(process, data_type.element)]
    if data_type.kind is Kind.RECORD:
        return plain_fields(process, data_type.record or process.subject)
    return _PLAIN[data_type.kind]


def plain_fields(process: Process, record: str) -> dict[str, object]:
    """Every field of a record that is always there."""
    return {
        name: plain_value(process, data_type)
        for name, data_type in process.data[record].fields.items()
        if not data_type.optional
    }


class Played(Run):
    """One order of a reference process, moved by the deeds of a script."""

    def __init__(self, net: Net, fields: Mapping[str, object]) -> None:
        self.net = net
        self.at = MONDAY
        self.events = []
        self.maybe_case = None
        self.stock = None
        self.refuse_stock = None
        process = net.process
        whole = {**plain_fields(process, process.subject), **fields}
        self._fields = whole
        self._opening = OpenCase(
            case_id=CaseId("00" * 16),
            at=self.at,
            by=UserId("anna"),
            number="1001",
            process=process.digest,
            data=read_data(process, whole),
        )

    def play(self, script: str) -> None:
        """Open the order, and do one deed after the other."""
        deeds = [deed.strip() for deed in script.split(",") if deed.strip()]
        if deeds and deeds[0].startswith("shelves"):
            self._do(deeds.pop(0))
        self.tell(self._opening)
        for deed in deeds:
            self._do(deed)

    @property
    def ways(self) -> set[tuple[str, str]]:
        """Every way out of a step that the order has taken, by step and name."""
        return {
            (event.step, way)
            for event in self.events
            if isinstance(event, StepEnded) and event.way is not None
            for way in _single(event.way)
        }

    def _do(self, deed: str) -> None:
        words = deed.split()
        name, _, how = words[0].partition(":")
        if name == "shelves":
            self._fill_shelves(how)
        elif name == "cancel":
            self.cancel()
        else:
            self._end_step(StepId(name), how, words[1:])

    def _fill_shelves(self, how: str) -> None:
        self.stock = None if how == "all" else Counter({"a": 1 if how == "some" else 0})

    def _end_step(self, name: StepId, how: str, said: list[str]) -> None:
        instances = [task for task in self.case.tasks.values() if task.step == name]
        assert instances, f"{name} is not open, but {sorted(self.open_steps)}"
        step = self.net.steps[name].step
        for task in instances:
            if task.id in self.case.tasks:
                self._end_instance(step, task, how, said)

    def _end_instance(self, step: Step, task: Task, how: str, said: list[str]) -> None:
        case_id, at = self.case.id, self.wait()
        by = UserId("bruno" if step.not_same_person_as else "anna")
        if how == _TIMEOUT or (step.kind is StepKind.WAIT and not step.messages):
            assert task.timer is not None
            self.at = at = max(at, task.timer)
            self.tell(
                FireTimer(
                    case_id=case_id,
                    at=at,
                    by=by,
                    step=step.id,
                    visit=task.visit,
                    element=task.element,
                )
            )
        elif step.kind is StepKind.WAIT:
            body = self._answers(step, said)
            self.tell(
                DeliverMessage(case_id=case_id, at=at, by=by, name=how, body=body)
            )
        elif step.kind is StepKind.TASK:
            self.tell(
                CompleteTask(
                    case_id=case_id,
                    at=at,
                    by=by,
                    step=step.id,
                    element=task.element,
                    outcome=how or None,
                    answers=self._answers(step, said),
                )
            )
        else:
            self._answer(step, task, how, said)

    def _answer(self, step: Step, task: Task, how: str, said: list[str]) -> None:
        """What machines, gates and children say."""
        case_id, at, by = self.case.id, self.at, UserId("worker")
        if step.kind is StepKind.GATE:
            self.tell(
                LeaveGate(case_id=case_id, at=at, by=by, step=step.id, visit=task.visit)
            )
        elif step.kind is StepKind.CALL:
            assert task.child is not None
            self.tell(
                ChildClosed(
                    case_id=case_id,
                    at=at,
                    by=by,
                    step=step.id,
                    visit=task.visit,
                    element=task.element,
                    child=task.child,
                    outcome=how or "success",
                )
            )
        else:
            self.tell(
                AnswerAutomation(
                    case_id=case_id,
                    at=at,
                    by=by,
                    step=step.id,
                    visit=task.visit,
                    outcome=how or None,
                    answers=self._answers(step, said),
                )
            )

    def _answers(self, step: Step, said: list[str]) -> Mapping[str, object]:
        process = self.net.process
        return {
            name: read_value(type_of(process, step, name), raw, process)
            for name, raw in raw_answers(process, step, said).items()
        }


def raw_answers(process: Process, step: Step, said: list[str]) -> dict[str, object]:
    """What is said ("order.credit=ok"), and something plain for all else asked."""
    written: dict[str, object] = {}
    for word in said:
        name, _, written[name] = word.partition("=")
    asked = {".".join(path) for path in step.asks} - written.keys()
    return written | {
        name: plain_value(process, type_of(process, step, name))
        for name in sorted(asked)
    }


def type_of(process: Process, step: Step, name: str) -> DataType:
    """The type of a field of the order, or of an element of the step's `each`."""
    root, field = name.split(".")
    record = process.subject
    if step.each is not None and root == step.each.name:
        for part in step.each.items[1:]:
            element = process.data[record].fields[part].element
            assert element is not None
            record = element.record or record
    return process.data[record].fields[field]


def all_ways(net: Net) -> set[tuple[str, str]]:
    """Every way out of every step, by step and name."""
    return {(way.step, way.name) for way in net.transitions}


def _single(way: str) -> Iterator[str]:
    """The branches that a way has opened together, one by one."""
    kind, _, label = way.partition(":")
    if kind == WayKind.ALL:
        yield from (f"{kind}:{branch}" for branch in label.split(","))
    else:
        yield way
