"""The data of an order, for people and for machines; personal values are hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from flowengine.cli.output import iso_time
from flowengine.language.data import show_value
from flowengine.language.process import Process
from flowengine.language.types import ELEMENT_ID, DataType, Kind
from flowengine.quantities import (
    duration_text,
    length_text,
    money_text,
    number_text,
    volume_text,
    weight_text,
)

if TYPE_CHECKING:
    from flowengine.engine import Order

#: What stands in place of a personal value that was not asked for.
HIDDEN = "***"

#: Where a value stands: names, and places in lists counted from 0.
_Path = tuple[str | int, ...]

#: How machines read amounts: exact, with the unit, as `order open --from` takes them.
_EXACT: Mapping[Kind, Callable[[int], object]] = {
    Kind.NUMBER: number_text,
    Kind.WEIGHT: weight_text,
    Kind.LENGTH: length_text,
    Kind.VOLUME: volume_text,
    Kind.DURATION: duration_text,
    Kind.TIME: iso_time,
}


def field_texts(
    order: Order, lang: str, *, personal: bool
) -> Iterator[tuple[str, str]]:
    """Every field that has a value, by its path below the subject, for people."""
    process = order.net.process
    root = DataType(Kind.RECORD, record=process.subject)
    data = order.case.data.get(process.subject)
    for path, data_type, value in _leaves(process, root, (), data):
        # Elements of lists are counted from 1 for people.
        counted = (part + 1 if isinstance(part, int) else part for part in path)
        shown = ".".join(str(part) for part in counted)
        if data_type.personal:
            yield shown, _personal(order, path, personal=personal)
        else:
            yield shown, show_value(data_type, value, lang, process)


def data_json(order: Order, *, personal: bool) -> object:
    """The fields of an order for machines, as `order open --from` takes them."""
    process = order.net.process
    root = DataType(Kind.RECORD, record=process.subject)

    def plain(data_type: DataType, path: _Path, value: object) -> object:
        if data_type.personal:
            return _personal(order, path, personal=personal)
        if isinstance(value, Mapping) and data_type.record is not None:
            fields = process.data[data_type.record].fields
            return {
                name: plain(inner, (*path, name), value[name])
                for name, inner in fields.items()
                if value.get(name) is not None
            }
        if isinstance(value, list) and data_type.element is not None:
            element = data_type.element
            return [
                plain(element, (*path, place), each) for place, each in enumerate(value)
            ]
        return _exact(data_type, value, process)

    return plain(root, (), order.case.data.get(process.subject))


def _exact(data_type: DataType, value: object, process: Process) -> object:
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    if data_type.kind is Kind.MONEY:
        return money_text(value, data_type.currency or process.currency)
    return _EXACT.get(data_type.kind, int)(value)


def _personal(order: Order, path: _Path, *, personal: bool) -> str:
    if not personal:
        return HIDDEN
    return next(
        (order.private[kept] for kept in _kept(order, path) if kept in order.private),
        HIDDEN,
    )


def _kept(order: Order, path: _Path) -> tuple[str, str]:
    """How a personal value is called: by the ids of elements, or by their places.

    Databases of the first tables have places.
    """
    value: object = order.case.data.get(order.net.process.subject)
    by_id = by_place = order.net.process.subject
    for part in path:
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


def _leaves(
    process: Process, data_type: DataType, path: _Path, value: object
) -> Iterator[tuple[_Path, DataType, object]]:
    """The values inside a value that are neither records nor lists."""
    if data_type.personal:
        yield path, data_type, value
    elif isinstance(value, Mapping) and data_type.record is not None:
        for name, inner in process.data[data_type.record].fields.items():
            if value.get(name) is not None:
                yield from _leaves(process, inner, (*path, name), value[name])
    elif isinstance(value, list) and data_type.element is not None:
        for place, element in enumerate(value):
            yield from _leaves(process, data_type.element, (*path, place), element)
    else:
        yield path, data_type, value
