"""Fields of an order as people name and write them."""

from flowengine.errors import InvalidInput
from flowengine.language.data import field_type, read_value
from flowengine.language.parts import Each
from flowengine.language.process import Process, Step
from flowengine.language.types import DataType

Path = tuple[str, ...]


def read_field(
    process: Process, name: str, raw: object, step: Step | None = None
) -> object:
    """The typed value of a field by its dotted path.

    With `step` also a field of the element of its `each` ("parcel.weight").

    Raises:
        InvalidInput: No such field, or the value is of the wrong form.
    """
    data_type = asked_type(process, tuple(name.split(".")), step)
    try:
        return read_value(data_type, raw, process)
    except InvalidInput as error:
        raise InvalidInput(f"{name}: {error}") from error


def asked_type(
    process: Process, path: tuple[str, ...], step: Step | None = None
) -> DataType:
    """The type of a field of the order, or of the element of a step's `each`.

    Raises:
        InvalidInput: There is no such field.
    """
    return type_of(process, path, step.each if step is not None else None)


def type_of(process: Process, path: Path, each: Each | None = None) -> DataType:
    """The type of a field of the order, or of the element of an `each`.

    A path may also go through a list, by the id of its element ("order.parcels#2").

    Raises:
        InvalidInput: There is no such field.
    """
    for position, part in enumerate(path):
        if "#" in part:
            items = (*path[:position], part.partition("#")[0])
            return _within(process, items, path[position + 1 :], part)
    if each is None or path[0] != each.name:
        return field_type(process, path)
    return _within(process, each.items, path[1:], each.name)


def asked_path(step: Step, path: str, element: str | None) -> str:
    """Where an answer goes: `parcel.weight` to `order.parcels#2.weight`."""
    each = step.each
    first, _, rest = path.partition(".")
    if each is None or element is None or first != each.name:
        return path
    return f"{'.'.join(each.items)}#{element}.{rest}"


def _within(process: Process, items: Path, path: Path, name: str) -> DataType:
    """The type of a field of the elements of a list."""
    found = field_type(process, items).element
    for part in path:
        record = process.data.get(found.record or "") if found is not None else None
        found = record.fields.get(part) if record is not None else None
    if found is None or not path:
        raise InvalidInput(
            f"Expected a field of the {name}, but there is no "
            f"{'.'.join((name, *path))}."
        )
    return found
