"""The data of an order, for people and for machines; personal values are hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from flowengine.language.data import show_value
from flowengine.language.exact import Place, exact_data, names_kept_by
from flowengine.language.process import Process
from flowengine.language.types import DataType, Kind

if TYPE_CHECKING:
    from flowengine.engine import Order

#: What stands in place of a personal value that was not asked for.
HIDDEN = "***"


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
    return exact_data(
        order.net.process,
        order.case.data,
        lambda place: _personal(order, place, personal=personal),
    )


def _personal(order: Order, path: Place, *, personal: bool) -> str:
    if not personal:
        return HIDDEN
    names = names_kept_by(order.net.process, order.case.data, path)
    return next(
        (order.private[kept] for kept in names if kept in order.private), HIDDEN
    )


def _leaves(
    process: Process, data_type: DataType, path: Place, value: object
) -> Iterator[tuple[Place, DataType, object]]:
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
