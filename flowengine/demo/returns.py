"""Goods that come back in the demo: some of what was delivered, and older orders."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flowengine.demo.floor import PlayedOrder
from flowengine.demo.habits import chance_of, drawn
from flowengine.quantities import DAY, HOUR, MINUTE, Instant

#: Returns of orders delivered before the demo begins.
_OLDER = 14
_SHARE = 0.07


@dataclass(frozen=True, slots=True)
class ReturnRequest:
    """A return that a customer will ask for: when, and the fields of the case."""

    at: Instant
    fields: Mapping[str, object]


def return_of(
    order: PlayedOrder, closed: Instant, seed: int
) -> Iterator[ReturnRequest]:
    """The return of a delivered order, if its customer will want one."""
    chance = chance_of(seed, order.number, "return")
    if chance.random() >= _SHARE:
        return
    days = chance.randint(1, 4)
    at = Instant(closed + days * DAY + chance.randint(-120, 240) * MINUTE)
    yield ReturnRequest(at, _fields(order.number, order.fields, days, seed))


def older_returns(
    rows: Sequence[Mapping[str, object]], start: Instant, seed: int
) -> Iterator[ReturnRequest]:
    """Returns of earlier orders, which look like those of the sheet."""
    for position in range(_OLDER):
        number = f"SO-{9_900 + position}"
        chance = chance_of(seed, number, "return")
        day = Instant(start + chance.randint(0, 15) * DAY)
        at = Instant(day + 9 * HOUR + chance.randint(0, 8 * 60) * MINUTE)
        row = rows[chance.randrange(len(rows))]
        yield ReturnRequest(at, _fields(number, row, chance.randint(5, 40), seed))


def _fields(
    number: str, order: Mapping[str, object], days: int, seed: int
) -> Mapping[str, object]:
    chance = chance_of(seed, number, "return", "fields")
    lines = order.get("lines")
    first = lines[:1] if isinstance(lines, list) else []
    reasons = ((15, "damaged"), (15, "wrong"), (10, "late"), (55, "not_wanted"))
    return {
        "number": number.replace("SO-", "RMA-"),
        "order": number,
        "customer": order.get("customer"),
        "country": order.get("country"),
        "tier": order.get("tier"),
        "reason": drawn(chance, (*reasons, (5, "other"))),
        "wish": drawn(chance, ((70, "refund"), (20, "exchange"), (10, "credit"))),
        "days": days,
        "value": f"{chance.randint(8, 180)} EUR",
        "priority": 50,
        "lines": [
            {name: line[name] for name in ("sku", "quantity", "weight")}
            for line in first
            if isinstance(line, Mapping)
        ],
        "parcels": [{"weight": "3 kg"}],
    }
