"""Values of fields that come as arguments, as JSON, or from stdin."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from flowengine.errors import InvalidInput
from flowengine.language.parts import Each
from flowengine.language.process import Process
from flowengine.language.types import DataType, Kind

#: The file name that means stdin.
STDIN = "-"


def read_bytes(path: str) -> bytes:
    """A file, or stdin for `-`.

    Raises:
        click.UsageError: It cannot be read.
    """
    if path == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise click.UsageError(
            f"Expected a file {path}, but it cannot be read: {reason}."
        ) from error


def read_text(path: str) -> str:
    """A UTF-8 file, or stdin for `-`.

    Raises:
        click.UsageError: It cannot be read.
        InvalidInput: It is not UTF-8.
    """
    content = read_bytes(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InvalidInput(
            f"{path}:{line}: Expected UTF-8, but byte 0x{content[error.start]:02x}"
            " is not; save the file as UTF-8."
        ) from error


def read_process_text(path: str) -> str:
    """The text of a process file, whatever its bytes: checking it tells their place.

    Raises:
        click.UsageError: It cannot be read.
    """
    return read_bytes(path).decode("utf-8-sig", "surrogateescape")


def read_json(path: str) -> object:
    """The value in a JSON file, or on stdin for `-`.

    Raises:
        click.UsageError: It cannot be read.
        InvalidInput: It is not JSON.
    """
    text = read_text(path)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InvalidInput(
            f"{path}:{error.lineno}: Expected JSON, but {error.msg.lower()} at column"
            f" {error.colno}."
        ) from error
    except RecursionError as error:
        raise InvalidInput(f"{path}: Expected JSON, but it is too deep.") from error


def assignments(texts: Sequence[str], option: str) -> dict[str, str]:
    """`path=value` arguments by path.

    Raises:
        click.UsageError: One has no `=`, or a path comes twice.
    """
    found: dict[str, str] = {}
    for text in texts:
        path, equals, value = text.partition("=")
        path = path.strip()
        if not equals or not path:
            raise click.UsageError(f"Expected {option} FIELD=VALUE, but got {text!r}.")
        if path in found:
            raise click.UsageError(f"Expected {option} {path} once, but got it twice.")
        found[path] = value
    return found


def raw_field(
    process: Process, path: str, text: str, each: Each | None = None
) -> object:
    """The raw value of a field given as text: JSON for lists and records.

    With `each` also a field of its element, as `parcel.weight`.

    Raises:
        InvalidInput: There is no such field, or a list or record is not JSON.
    """
    from flowengine.interchange.cells import NUMERIC, raw_value

    data_type = _type_of(process, full_path(process, path, each), each)
    if data_type.kind in {Kind.LIST, Kind.RECORD}:
        try:
            value: object = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            raise InvalidInput(
                f"{path}: Expected JSON for a {data_type.kind.value}, but got {text!r}."
            ) from error
        return value
    try:
        if data_type.kind in NUMERIC:
            return text.strip()
        return raw_value(text.strip(), data_type, None, process)
    except InvalidInput as error:
        raise InvalidInput(f"{path}: {error}") from error


def full_path(process: Process, path: str, each: Each | None = None) -> str:
    """`credit` as `order.credit`; what begins at the subject or the element stays."""
    roots = {process.subject, *([each.name] if each is not None else [])}
    return path if path.split(".")[0] in roots else f"{process.subject}.{path}"


def _type_of(process: Process, path: str, each: Each | None) -> DataType:
    from flowengine.engine.fields import type_of

    return type_of(process, tuple(path.split(".")), each)


def nested(values: Mapping[str, object], process: Process) -> dict[str, object]:
    """Values by path as the fields of the subject, records inside records."""
    fields: dict[str, object] = {}
    for path, value in values.items():
        *above, last = full_path(process, path).split(".")[1:]
        record = fields
        for name in above:
            inner = record.setdefault(name, {})
            if not isinstance(inner, dict):
                raise InvalidInput(
                    f"{path}: Expected a record at {name}, but it has a value already."
                )
            record = inner
        record[last] = value
    return fields
