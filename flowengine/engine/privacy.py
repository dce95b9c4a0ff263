"""Personal values: kept apart, so that they can be forgotten.

Events and case data hold a digest with a salt of its own for each value; the value
and the salt stand in `case_private` only.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import NamedTuple

from flowengine.engine.fields import asked_path, asked_type
from flowengine.kernel.case import Case
from flowengine.kernel.commands import (
    AnswerAutomation,
    ChangeData,
    ChildClosed,
    Command,
    CompleteTask,
    DeliverMessage,
    OpenCase,
)
from flowengine.kernel.elements import value_at, with_ids, with_old_ids, with_values
from flowengine.language.process import Process, StepId
from flowengine.language.types import ELEMENT_ID, DataType, Kind
from flowengine.net.net import Net
from flowengine.store.json_text import to_json


class PrivateValue(NamedTuple):
    """A personal value by its dotted path; of an element "order.parcels#2.name"."""

    path: str
    salt: bytes
    value: str


def conceal(
    net: Net, case: Case | None, command: Command
) -> tuple[Command, Sequence[PrivateValue]]:
    """A typed command with digests for personal values, and those values.

    New elements of lists are given their ids, so that what is kept apart can be found.
    """
    match command:
        case OpenCase(data=data):
            root = DataType(Kind.RECORD, record=net.process.subject)
            writing = _Writing(net.process)
            public = {
                name: writing.concealed(root, with_ids(value), name)
                for name, value in data.items()
            }
            return replace(command, data=public), writing.found
        case CompleteTask(answers=answers) | AnswerAutomation(answers=answers) if (
            answers and case is not None
        ):
            fields = _Fields(net, case, command.step, _element_of(case, command))
            return replace(command, answers=fields.concealed(answers)), fields.found
        case DeliverMessage(body=body) if body and case is not None:
            fields = _Fields(net, case)
            return replace(command, body=fields.concealed(body)), fields.found
        case ChangeData(values=values) if case is not None:
            fields = _Fields(net, case, is_correction=True)
            return replace(command, values=fields.concealed(values)), fields.found
        case ChildClosed() if command.result and case is not None:
            return _result_concealed(net, case, command)
    return command, ()


def handed_on(
    process: Process, fields: object, known: Mapping[str, str]
) -> Mapping[str, object]:
    """What a call gives to its child: personal fields as what they stand for.

    `known` has the caller's personal values by what stands in its data.
    """
    root = DataType(Kind.RECORD, record=process.subject)
    value = _revealed(process, root, fields, known)
    return value if isinstance(value, Mapping) else {}


def with_result_revealed(
    net: Net, case: Case, command: ChildClosed, known: Mapping[str, str]
) -> ChildClosed:
    """What a child brings, where the caller keeps it as personal: what it stands for.

    `known` has the child's personal values by what stands in its data.
    """
    result = command.result
    for data_type, source, _ in _takes(net, case, command):
        value = _revealed(net.process, data_type, value_at(result, source), known)
        result = with_values(result, {".".join(source): value})
    return replace(command, result=result)


def _revealed(
    process: Process, data_type: DataType, value: object, known: Mapping[str, str]
) -> object:
    if data_type.personal:
        return known.get(value, value) if isinstance(value, str) else value
    if isinstance(value, Mapping):
        # A record of another process may have more fields than this one knows.
        fields = process.data[data_type.record or process.subject].fields
        return {
            name: inner
            if name == ELEMENT_ID
            else _revealed(process, fields[name], inner, known)
            for name, inner in value.items()
            if name in fields or name == ELEMENT_ID
        }
    if isinstance(value, list) and data_type.element is not None:
        element = data_type.element
        return [_revealed(process, element, inner, known) for inner in value]
    return value


def digest_of(salt: bytes, text: str) -> str:
    """What stands in the data of a case in place of a personal value."""
    return f"sha256:{sha256(salt + text.encode()).hexdigest()[:32]}"


@dataclass(frozen=True, slots=True)
class _Writing:
    """Values being concealed, and what was kept apart so far."""

    process: Process
    found: list[PrivateValue] = field(default_factory=list)

    def concealed(self, data_type: DataType, value: object, path: str) -> object:
        if value is None:
            return None
        if data_type.personal:
            return self._digest(value, path)
        if data_type.kind is Kind.RECORD and isinstance(value, Mapping):
            fields = self.process.data[data_type.record or self.process.subject].fields
            return {
                name: self.concealed(fields[name], inner, f"{path}.{name}")
                if name in fields
                else inner
                for name, inner in value.items()
            }
        element = data_type.element
        if data_type.kind is Kind.LIST and isinstance(value, list) and element:
            return [
                self.concealed(element, inner, f"{path}{_place(inner, number)}")
                for number, inner in enumerate(value)
            ]
        return value

    def _digest(self, value: object, path: str) -> str:
        text = value if isinstance(value, str) else to_json(value)
        salt = secrets.token_bytes(16)
        self.found.append(PrivateValue(path, salt, text))
        return digest_of(salt, text)


class _Fields:
    """Values by dotted path, the personal ones as digests."""

    def __init__(
        self,
        net: Net,
        case: Case,
        step: StepId | None = None,
        element: str | None = None,
        *,
        is_correction: bool = False,
    ) -> None:
        self._is_correction = is_correction
        self._process = net.process
        self._case = case
        self._step = net.steps[step].step if step in net.steps and step else None
        self._element = element
        self._writing = _Writing(net.process)
        self.found = self._writing.found

    def concealed(self, values: Mapping[str, object]) -> dict[str, object]:
        return {path: self._one(path, value) for path, value in values.items()}

    def _one(self, path: str, value: object) -> object:
        data_type = asked_type(self._process, tuple(path.split(".")), self._step)
        kept = path
        if self._step is not None:
            kept = asked_path(self._step, path, self._element)
        before = value_at(self._case.data, kept.split("."))
        if self._is_correction:
            value = with_old_ids(value, before)
        return self._writing.concealed(data_type, with_ids(value, before), kept)


def _result_concealed(
    net: Net, case: Case, command: ChildClosed
) -> tuple[Command, Sequence[PrivateValue]]:
    """What a call takes from its child, personal values under the caller's fields."""
    writing = _Writing(net.process)
    result = command.result
    for data_type, source, path in _takes(net, case, command):
        value = with_ids(value_at(result, source))
        value = writing.concealed(data_type, value, path)
        result = with_values(result, {".".join(source): value})
    return replace(command, result=result), writing.found


def _takes(
    net: Net, case: Case, command: ChildClosed
) -> Iterator[tuple[DataType, Sequence[str], str]]:
    """What a call takes from its child: type, where from, where to."""
    task = next((t for t in case.tasks.values() if t.child == command.child), None)
    step = net.steps[task.step].step if task is not None else None
    if task is None or step is None or step.call is None:
        return
    for target, source in step.call.takes.items():
        data_type = asked_type(net.process, target, step)
        yield data_type, source, asked_path(step, ".".join(target), task.element)


def _element_of(case: Case, command: CompleteTask | AnswerAutomation) -> str | None:
    """The element that is meant: the one named, or the only one that is open."""
    if command.element is not None:
        return command.element
    open_ones = [task for task in case.tasks.values() if task.step == command.step]
    return open_ones[0].element if len(open_ones) == 1 else None


def _place(element: object, number: int) -> str:
    """An element's part of a path: a record's id, the place of another value."""
    if isinstance(element, Mapping):
        return f"#{element.get(ELEMENT_ID, number + 1)}"
    return f".{number}"
