"""Personal values: kept apart, so that they can be forgotten.

Events and case data hold a digest with a salt of its own for each value; the value
and the salt stand in `case_private` only.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from flowengine.kernel.commands import (
    Command,
    CompleteTask,
    DeliverMessage,
    OpenCase,
)
from flowengine.language.data import field_type
from flowengine.language.process import Process
from flowengine.language.types import DataType, Kind
from flowengine.store.codec import to_json


class PrivateValue(NamedTuple):
    """A personal value by its dotted path; list elements by their number."""

    path: str
    salt: bytes
    value: str


def conceal(
    process: Process, command: Command
) -> tuple[Command, Sequence[PrivateValue]]:
    """A typed command with digests for personal values, and those values."""
    found: list[PrivateValue] = []
    match command:
        case OpenCase(data=data):
            root = DataType(Kind.RECORD, record=process.subject)
            public = {
                name: _concealed(process, root, value, name, found)
                for name, value in data.items()
            }
            return replace(command, data=public), found
        case CompleteTask(answers=answers) if answers:
            return replace(command, answers=_fields(process, answers, found)), found
        case DeliverMessage(body=body) if body:
            return replace(command, body=_fields(process, body, found)), found
    return command, ()


def _fields(
    process: Process, values: Mapping[str, object], found: list[PrivateValue]
) -> dict[str, object]:
    """Values by dotted path, the personal ones as digests."""
    return {
        path: _concealed(
            process, field_type(process, tuple(path.split("."))), value, path, found
        )
        for path, value in values.items()
    }


def _concealed(
    process: Process,
    data_type: DataType,
    value: object,
    path: str,
    found: list[PrivateValue],
) -> object:
    if value is None:
        return None
    if data_type.personal:
        text = value if isinstance(value, str) else to_json(value)
        salt = secrets.token_bytes(16)
        found.append(PrivateValue(path, salt, text))
        return f"sha256:{sha256(salt + text.encode()).hexdigest()[:32]}"
    if data_type.kind is Kind.RECORD and isinstance(value, Mapping):
        fields = process.data[data_type.record or process.subject].fields
        return {
            name: _concealed(process, fields[name], inner, f"{path}.{name}", found)
            for name, inner in value.items()
        }
    if data_type.kind is Kind.LIST and isinstance(value, list) and data_type.element:
        return [
            _concealed(process, data_type.element, inner, f"{path}.{number}", found)
            for number, inner in enumerate(value)
        ]
    return value
