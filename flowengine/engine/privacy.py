"""Personal values: kept apart, so that they can be forgotten.

Events and case data hold a digest with a salt of its own for each value; the value
and the salt stand in `case_private` only.
"""

import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from flowengine.language.process import Process
from flowengine.language.types import DataType, Kind
from flowengine.store.codec import to_json


class PrivateValue(NamedTuple):
    """A personal value by its dotted path; list elements by their number."""

    path: str
    salt: bytes
    value: str


def conceal(
    process: Process, data: Mapping[str, object]
) -> tuple[dict[str, object], list[PrivateValue]]:
    """Typed data of a new order with digests for personal values, and those values."""
    found: list[PrivateValue] = []
    root = DataType(Kind.RECORD, record=process.subject)
    public = {
        name: _concealed(process, root, value, name, found)
        for name, value in data.items()
    }
    return public, found


def conceal_value(
    process: Process, data_type: DataType, path: str, value: object
) -> tuple[object, list[PrivateValue]]:
    """One answered value, concealed if its type says so."""
    found: list[PrivateValue] = []
    return _concealed(process, data_type, value, path, found), found


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
