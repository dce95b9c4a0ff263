"""Fields of an order as people name and write them."""

from flowengine.errors import InvalidInput
from flowengine.language.data import field_type, read_value
from flowengine.language.process import Process


def read_field(process: Process, name: str, raw: object) -> object:
    """The typed value of a field by its dotted path.

    Raises:
        InvalidInput: No such field, or the value is of the wrong form.
    """
    data_type = field_type(process, tuple(name.split(".")))
    try:
        return read_value(data_type, raw, process)
    except InvalidInput as error:
        raise InvalidInput(f"{name}: {error}") from error
