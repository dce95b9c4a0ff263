"""The data of an order: from what people and other systems write, and back to text.

Raw values are JSON-like, with the unit in the value: `"1 234,50 EUR"`, `"12.5 kg"`,
`3`, `true`, `"2026-06-19T13:30"`. Read values are as `DataType` says; a missing one is
an absent key. What is wrong is told all at once, each with its path.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flowengine.errors import InvalidInput
from flowengine.language.process import Process, zone_of
from flowengine.language.scalars import or_meant, read_scalar, wanted
from flowengine.language.showing import show_value
from flowengine.language.types import DataType, Kind

__all__ = [
    "field_type",
    "personal_paths",
    "read_data",
    "read_value",
    "show_value",
    "zone_of",
]

#: No list has more elements.
MOST_ELEMENTS = 10_000

Path = tuple[str, ...]


def read_data(process: Process, raw: Mapping[str, object]) -> dict[str, object]:
    """The whole subject record of a new order: `{"order": {"total": 125000, …}}`.

    Args:
        process: Says which fields there are.
        raw: Raw values by the name of the field.

    Raises:
        InvalidInput: Fields are wrong, missing or unknown; all are named, one a line.
    """
    reading = _Reading(process)
    root = DataType(Kind.RECORD, record=process.subject)
    value = reading.read(root, raw, process.subject)
    reading.refuse()
    return {process.subject: value}


def read_value(data_type: DataType, raw: object, process: Process) -> object:
    """One raw value as its type says; None for an optional one that is not given.

    Money without a currency is in that of its type, a time without a zone in that of
    the process's calendar.

    Raises:
        InvalidInput: It is of another form; what is wrong inside lists and records is
            named, one a line.
    """
    reading = _Reading(process)
    value = reading.read(data_type, raw, "")
    reading.refuse()
    return value


def field_type(process: Process, path: Path) -> DataType:
    """The type of a field by its path (`("order", "credit")`), not through lists.

    Raises:
        InvalidInput: There is no such field.
    """
    found = DataType(Kind.RECORD, record=process.subject)
    dotted = ".".join(path)
    if len(path) < 2 or path[0] != process.subject:
        raise InvalidInput(
            f"Expected a field such as {'.'.join(process.number)}, but got {dotted}."
        )
    for name in path[1:]:
        record = process.data.get(found.record or "")
        fields = record.fields if found.kind is Kind.RECORD and record else {}
        if name not in fields:
            raise InvalidInput(
                f"Expected a field of the {process.subject}, but there is no "
                f"{dotted}{or_meant(name, fields)}"
            )
        found = fields[name]
    return found


def personal_paths(process: Process) -> tuple[Path, ...]:
    """Paths of all personal fields, in file order; of elements as of their list."""
    return tuple(_personal(process, process.subject, (process.subject,), frozenset()))


def _personal(
    process: Process, record: str, path: Path, above: frozenset[str]
) -> Iterator[Path]:
    known = process.data.get(record)
    if known is None or record in above:
        return
    for name, data_type in known.fields.items():
        inner = data_type.element or data_type
        if data_type.personal or inner.personal:
            yield (*path, name)
        elif inner.record is not None:
            yield from _personal(process, inner.record, (*path, name), above | {record})


@dataclass(frozen=True, slots=True)
class _Reading:
    """One raw value being read, with what is wrong so far."""

    process: Process
    wrong: list[str] = field(default_factory=list)

    def refuse(self) -> None:
        """Raise all that is wrong, if anything is."""
        if self.wrong:
            raise InvalidInput("\n".join(self.wrong))

    def read(self, data_type: DataType, raw: object, path: str) -> object:
        """The value, or None where it is missing or wrong."""
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            if not data_type.optional:
                self._add(
                    path,
                    f"Expected {wanted(data_type, self.process)}, but got nothing.",
                )
            return None
        if data_type.kind is Kind.RECORD:
            return self._record(data_type, raw, path)
        if data_type.kind is Kind.LIST:
            return self._list(data_type, raw, path)
        try:
            return read_scalar(data_type, raw, self.process)
        except InvalidInput as error:
            self._add(path, str(error))
            return None

    def _record(self, data_type: DataType, raw: object, path: str) -> object:
        record = self.process.data[data_type.record or self.process.subject]
        if not isinstance(raw, Mapping):
            self._add(
                path, f"Expected the fields of {record.name}, but got {raw!r:.60}."
            )
            return None
        for name in raw:
            if name not in record.fields:
                near = or_meant(str(name), record.fields)
                text = (
                    f"Expected a field of {record.name}, but there is no {name}{near}"
                )
                self._add(f"{path}.{name}" if path else str(name), text)
        read = {
            name: self.read(inner, raw.get(name), f"{path}.{name}" if path else name)
            for name, inner in record.fields.items()
        }
        return {name: value for name, value in read.items() if value is not None}

    def _list(self, data_type: DataType, raw: object, path: str) -> object:
        element = data_type.element
        if not isinstance(raw, list | tuple) or element is None:
            self._add(path, f"Expected a list, but got {raw!r:.60}.")
            return None
        if len(raw) > MOST_ELEMENTS:
            text = f"Expected at most {MOST_ELEMENTS} elements, but got {len(raw)}."
            self._add(path, text)
            return None
        # Elements are counted from 1 for people.
        return [
            self.read(element, inner, f"{path}[{number}]")
            for number, inner in enumerate(raw, 1)
        ]

    def _add(self, path: str, text: str) -> None:
        self.wrong.append(f"{path}: {text}" if path else text)
