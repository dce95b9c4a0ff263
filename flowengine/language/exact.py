"""Values of order data as machines read and write them: exact, with their units.

What is written so is read back by `read_data` as it was.
"""

from collections.abc import Callable, Mapping

from flowengine.language.process import Process
from flowengine.language.types import ELEMENT_ID, DataType, Kind
from flowengine.quantities import (
    duration_text,
    iso_time,
    length_text,
    money_text,
    number_text,
    volume_text,
    weight_text,
)

#: Where a value stands: names, and places in lists counted from 0.
Place = tuple[str | int, ...]


def exact_data(
    process: Process,
    data: Mapping[str, object],
    personal: Callable[[Place], object],
) -> object:
    """The fields of an order, `personal` giving what stands for a personal value.

    A personal value for which it gives None is left out.
    """

    def plain(data_type: DataType, place: Place, value: object) -> object:
        if data_type.personal:
            return personal(place)
        if isinstance(value, Mapping) and data_type.record is not None:
            fields = process.data[data_type.record].fields
            found = {
                name: plain(inner, (*place, name), value[name])
                for name, inner in fields.items()
                if value.get(name) is not None
            }
            return {name: each for name, each in found.items() if each is not None}
        if isinstance(value, list) and data_type.element is not None:
            element = data_type.element
            return [
                plain(element, (*place, number), each)
                for number, each in enumerate(value)
            ]
        return _exact(data_type, value, process)

    root = DataType(Kind.RECORD, record=process.subject)
    return plain(root, (), data.get(process.subject))


def names_kept_by(
    process: Process, data: Mapping[str, object], place: Place
) -> tuple[str, str]:
    """How a personal value is called where it is kept: by ids of elements, by places.

    Databases of the first tables have places.
    """
    value: object = data.get(process.subject)
    by_id = by_place = process.subject
    for part in place:
        name = f".{part}"
        by_place += name
        if isinstance(part, int) and isinstance(value, list):
            value = value[part]
            if isinstance(value, Mapping):
                name = f"#{value.get(ELEMENT_ID, part + 1)}"
        elif isinstance(value, Mapping):
            value = value.get(part)
        by_id += name
    return by_id, by_place


def _exact(data_type: DataType, value: object, process: Process) -> object:
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    if data_type.kind is Kind.MONEY:
        return money_text(value, data_type.currency or process.currency)
    return _EXACT.get(data_type.kind, int)(value)


_EXACT: Mapping[Kind, Callable[[int], object]] = {
    Kind.NUMBER: number_text,
    Kind.WEIGHT: weight_text,
    Kind.LENGTH: length_text,
    Kind.VOLUME: volume_text,
    Kind.DURATION: duration_text,
    Kind.TIME: iso_time,
}
