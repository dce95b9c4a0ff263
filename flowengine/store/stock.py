"""What orders have reserved: which article, how much of it, for which of their lines.

Derived from the cases until the ledger of movements exists; part of the hot path of
steps that ask for goods.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import cast

from sqlalchemy import bindparam, func, select

from flowengine.kernel.case import Case, CaseState, Task
from flowengine.kernel.elements import elements_of
from flowengine.language.process import Process
from flowengine.language.types import DataType, Kind
from flowengine.net.net import Net
from flowengine.quantities import NUMBER_SCALE
from flowengine.store.link import Link
from flowengine.store.statements import text_of
from flowengine.store.tables import reserved

_SELECT_SUM = text_of(
    select(func.sum(reserved.c.quantity)).where(
        reserved.c.sku == bindparam("the_sku"),
    )
)
#: Ten thousand million pieces: sums of what no shop has must still fit 64 bits.
_MOST = 10**16
#: Field of a line that names the article, and the one that counts it.
_SKU, _QUANTITY = "sku", "quantity"


def reserved_values(
    net: Net, case: Case, tasks: Iterable[Task] = ()
) -> dict[str, tuple[object, ...]]:
    """The rows of `reserved` by line; a closed order has nothing reserved."""
    if case.state is CaseState.CLOSED:
        return {}
    key = bytes.fromhex(case.id)
    return {
        line: (
            key,
            line,
            _sku_of(case.data, line),
            min(quantity * unit_of(net.process, line), _MOST),
        )
        for line, quantity in case.reserved.items()
        if quantity
    }


def reserved_by_sku(net: Net, case: Case) -> Counter[str]:
    """Millionths of a piece by article that a case has reserved."""
    found: Counter[str] = Counter()
    if not case.reserved:
        return found
    for _, _, sku, quantity in reserved_values(net, case).values():
        if isinstance(sku, str) and isinstance(quantity, int):
            found[sku] += quantity
    return found


def unit_of(process: Process, line: str) -> int:
    """Millionths that one of a line's quantity is: pieces are whole, numbers not."""
    found: DataType | None = DataType(Kind.RECORD, record=process.subject)
    for part in [*line.split(".")[1:], _QUANTITY]:
        name = part.partition("#")[0]
        record = process.data.get(found.record or "") if found is not None else None
        found = record.fields.get(name) if record is not None else None
        if found is not None and found.element is not None:
            found = found.element
    is_number = found is not None and found.kind is Kind.NUMBER
    return 1 if is_number else NUMBER_SCALE


def wanted(link: Link, skus: Iterable[str]) -> None:
    """Have articles for oneself: nobody else reserves of them in the meantime."""
    link.lock(*(f"stock {sku}" for sku in skus))


def reserved_of(link: Link, sku: str) -> int:
    """Millionths of a piece of an article that stored orders have reserved."""
    ((total,),) = link.rows(_SELECT_SUM, (sku,))
    # PostgreSQL gives the sum of large numbers as a decimal one.
    return int(cast("int | None", total) or 0)


def _sku_of(data: Mapping[str, object], line: str) -> str:
    """The article of a line; "" where the line is gone."""
    record: object = data
    path: list[str] = []
    for part in line.split("."):
        name, _, element = part.partition("#")
        path.append(name)
        if not element:
            continue
        inner = record if isinstance(record, Mapping) else {}
        record = dict(elements_of(inner, path)).get(element)
        path = []
    return str(record.get(_SKU, "")) if isinstance(record, Mapping) else ""
