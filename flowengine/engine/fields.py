"""Fields of an order as people name and write them."""

from flowengine.errors import InvalidInput
from flowengine.language.data import field_type, read_value
from flowengine.language.parts import Each
from flowengine.language.process import Process, Step
from flowengine.language.types import DataType


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


def type_of(
    process: Process, path: tuple[str, ...], each: Each | None = None
) -> DataType:
    """The type of a field of the order, or of the element of an `each`.

    Raises:
        InvalidInput: There is no such field.
    """
    if each is None or path[0] != each.name:
        return field_type(process, path)
    found = field_type(process, each.items).element
    for name in path[1:]:
        record = process.data.get(found.record or "") if found is not None else None
        found = record.fields.get(name) if record is not None else None
    if found is None or len(path) < 2:
        raise InvalidInput(
            f"Expected a field of the {each.name}, but there is no {'.'.join(path)}."
        )
    return found


def asked_path(step: Step, path: str, element: str | None) -> str:
    """Where an answer goes: `parcel.weight` to `order.parcels#2.weight`."""
    each = step.each
    first, _, rest = path.partition(".")
    if each is None or element is None or first != each.name:
        return path
    return f"{'.'.join(each.items)}#{element}.{rest}"
