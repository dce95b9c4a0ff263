"""Which field of an order each column of a sheet holds."""

import difflib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flowengine.interchange.sheet import Sheet, Wrong
from flowengine.language.process import Process
from flowengine.language.types import DataType, Kind, Record


@dataclass(frozen=True, slots=True)
class Field:
    """A field that one cell can hold: no record, and no list of records."""

    #: Its path below the order: ("total",), ("lines", "sku").
    path: tuple[str, ...]
    type: DataType
    #: The path of the list it is an element of, or part of one; None outside lists.
    list: tuple[str, ...] | None
    #: All names a column may have for it, longest first, as `plain_name` gives them.
    names: tuple[str, ...]
    #: The lists and optional records around it: where all its cells are empty, such
    #: a group is absent, and with it what is required inside.
    groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet that holds a field."""

    index: int
    #: As written in the header.
    name: str
    field: Field
    #: The unit that the header gives, such as `kg` in `weight (kg)`, or "".
    unit: str = ""


_UNIT = re.compile(r"(?P<name>.*?)\s*[(\[](?P<unit>[^)\]]+)[)\]]")


def plain_name(text: str) -> str:
    """A column's name without what makes no difference: case, blanks, underscores."""
    return re.sub(r"[\s_\-]+", "_", text.strip()).strip("_").casefold()


def split_unit(header: str) -> tuple[str, str]:
    """The name and the unit of `weight (kg)`; the unit is "" where there is none."""
    match = _UNIT.fullmatch(header.strip())
    return (match["name"], match["unit"].strip()) if match else (header, "")


def fields_of(process: Process) -> tuple[Field, ...]:
    """All fields of the process's subject that a cell can hold, in file order."""
    place = _Place((), None, ((process.subject,),), ())
    return tuple(_fields(process, process.data[process.subject], place))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record stands below the order."""

    path: tuple[str, ...]
    #: The list it is an element of.
    list: tuple[str, ...] | None
    #: The paths that its fields are named from.
    roots: tuple[tuple[str, ...], ...]
    groups: tuple[tuple[str, ...], ...]

    def below(self, name: str) -> "_Place":
        """The place of the field `name`."""
        roots = tuple((*root, name) for root in self.roots)
        return replace(self, path=(*self.path, name), roots=roots)


def _fields(process: Process, record: Record, above: _Place) -> Iterator[Field]:
    for name, data_type in record.fields.items():
        place = above.below(name)
        if data_type.kind is Kind.LIST:
            if above.list is None:  # a cell cannot hold a list inside a list
                yield from _elements(process, data_type, place)
        elif data_type.kind is Kind.RECORD and data_type.record is not None:
            if data_type.optional:
                place = replace(place, groups=(*place.groups, place.path))
            yield from _fields(process, process.data[data_type.record], place)
        else:
            yield _field(data_type, place)


def _elements(process: Process, data_type: DataType, place: _Place) -> Iterator[Field]:
    """Fields of the elements of a list; those of `list of line` are also `line.…`."""
    element = data_type.element
    place = replace(place, list=place.path, groups=(*place.groups, place.path))
    if element is None:
        return
    if element.record is None:
        yield _field(element, place)
        return
    place = replace(place, roots=(*place.roots, (element.record,)))
    yield from _fields(process, process.data[element.record], place)


def _field(data_type: DataType, place: _Place) -> Field:
    endings = {path[start:] for path in place.roots for start in range(len(path))}
    ordered = sorted(endings, key=lambda ending: (-len(ending), ending))
    names = tuple(plain_name(".".join(ending)) for ending in ordered)
    return Field(place.path, data_type, place.list, names, place.groups)


def find_field(fields: Sequence[Field], header: str) -> Field | str:
    """The field that a column called `header` holds, or why none can be told.

    A field of the order itself goes before one of its lists with the same last name.
    """
    name = plain_name(split_unit(header)[0])
    found = [field for field in fields if name in field.names]
    outside = [field for field in found if field.list is None]
    nearest = [field for field in outside if len(field.path) == 1]
    for choice in (found, outside, nearest):
        if len(choice) == 1:
            return choice[0]
    if found:
        paths = " or ".join(f"`{'.'.join(field.path)}`" for field in found)
        return f"Expected one field, but {header!r} may be {paths}; name the column so."
    return f"Expected a field of the order, but got {header!r}; {_near(fields, name)}"


def _near(fields: Sequence[Field], name: str) -> str:
    """The field somebody may have meant, as the end of a sentence."""
    spelled: Mapping[str, Field] = {
        known: field for field in fields for known in reversed(field.names)
    }
    near = difflib.get_close_matches(name, spelled, n=1)
    if near:
        return f"did you mean `{'.'.join(spelled[near[0]].path)}`?"
    return f"it has {', '.join('.'.join(field.path) for field in fields[:12])}."


def match_columns(
    sheet: Sheet, fields: Sequence[Field], wrong: list[Wrong]
) -> tuple[Column, ...]:
    """Find each column's field: none twice, and none that is needed absent."""
    columns: dict[tuple[str, ...], Column] = {}
    for index, cell in enumerate(sheet.header):
        if not cell.text:
            wrong.extend(_values_without_name(sheet, index))
            continue
        found = find_field(fields, cell.text)
        if isinstance(found, str):
            wrong.append(Wrong(cell.line, None, found))
        elif found.path in columns:
            other = columns[found.path].name
            text = f"Expected one column for {'.'.join(found.path)}, but {other!r} is"
            wrong.append(Wrong(cell.line, cell.text, f"{text} one already."))
        else:
            unit = split_unit(cell.text)[1]
            columns[found.path] = Column(index, cell.text, found, unit)
    for field in fields:
        if field.path not in columns and is_needed(field, columns):
            text = f"Expected a column {'.'.join(field.path)}, but there is none."
            wrong.append(Wrong(sheet.header[0].line, None, text))
    return tuple(columns.values())


def is_needed(field: Field, present: Collection[tuple[str, ...]]) -> bool:
    """Whether `field` must have a value where the fields `present` have one."""
    return not field.type.optional and all(
        any(path[: len(group)] == group for path in present) for group in field.groups
    )


def _values_without_name(sheet: Sheet, index: int) -> Iterator[Wrong]:
    """A column without a name must be empty; its first value is wrong."""
    for row in sheet.rows:
        if index < len(row) and row[index].text:
            text = f"Expected a name for column {index + 1}, but it has none"
            yield Wrong(row[index].line, None, f"{text} and holds {row[index].text!r}.")
            return
