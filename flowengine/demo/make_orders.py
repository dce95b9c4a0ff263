"""Writes the 400 orders of the demo: `python -m flowengine.demo.make_orders`.

Three weeks of November 2026 with a public holiday (the 18th) and a busy middle one.
One row per order line; the same seed writes the same bytes.
"""

import csv
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import TypeVar

_Value = TypeVar("_Value")

_SEED = 20261102
_FIRST_DAY = date(2026, 11, 2)
#: Orders a day, Monday to Saturday; a sale begins on Monday of the busy week.
_WEEKS = (
    (20, 16, 14, 13, 12, 4),
    (80, 62, 34, 22, 14, 5),
    (22, 12, 0, 36, 34, 0),
)
#: Share of orders by hour of the day from 07:00.
_HOURS = (2, 4, 6, 8, 9, 9, 8, 8, 8, 8, 7, 7, 6, 6, 4)
#: The last day is played until the evening only, so its orders come before.
_HOURS_OF_LAST_DAY = _HOURS[:9]
_COLUMNS = (
    "number",
    "placed_at",
    "customer",
    "country",
    "zone",
    "channel",
    "tier",
    "first_order",
    "total",
    "service",
    "priority",
    "ship_complete",
    "sampled",
    "lines.sku",
    "lines.quantity",
    "lines.weight",
    "parcels.weight",
)
#: Lines of an order by share: small, middle, large, and very large ones.
_SIZES = ((55, (1, 1)), (35, (2, 5)), (9, (6, 14)), (1, (21, 28)))
_FIRST_NAMES = (
    *("Anna", "Jānis", "Ilze", "Mārtiņš", "Līga", "Edgars", "Kristīne", "Andris"),
    *("Dace", "Kārlis", "Zane", "Pēteris", "Elīna", "Juris", "Agnese", "Raimonds"),
)
_FAMILY_NAMES = (
    *("Bērziņš", "Kalniņš", "Ozols", "Liepa", "Krūmiņš", "Zariņš", "Eglītis"),
    *("Vītols", "Šmits", "Petrovs", "Tamm", "Kazlauskas", "Jansons", "Balodis"),
)


def orders_csv() -> str:
    """The sheet of orders as text."""
    chance = random.Random(_SEED)  # noqa: S311 (a demo, not a secret)
    sheet = StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for position, placed in enumerate(_moments(chance), 1):
        writer.writerows(_order(chance, f"SO-{10_000 + position}", placed))
    return sheet.getvalue()


def _moments(chance: random.Random) -> Iterator[datetime]:
    days = [
        (_FIRST_DAY + timedelta(days=7 * week + weekday), count)
        for week, counts in enumerate(_WEEKS)
        for weekday, count in enumerate(counts)
        if count
    ]
    for day, count in days:
        hours = _HOURS_OF_LAST_DAY if day == days[-1][0] else _HOURS
        drawn_hours = chance.choices(range(7, 7 + len(hours)), hours, k=count)
        yield from sorted(
            datetime.combine(day, time(hour, chance.randrange(60)))
            for hour in drawn_hours
        )


def _order(
    chance: random.Random, number: str, placed: datetime
) -> Iterator[Sequence[str]]:
    """The rows of one order: its fields stand in the first one only."""
    low, high = _drawn(chance, _SIZES)
    lines = [_line(chance) for _ in range(chance.randint(low, high))]
    express = chance.random() < 0.08
    total = sum(chance.uniform(18, 160) * quantity for _, quantity, _ in lines)
    weight = sum(quantity * grams for _, quantity, grams in lines)
    parcels = _parcels(weight)
    name = f"{chance.choice(_FIRST_NAMES)} {chance.choice(_FAMILY_NAMES)}"
    head = (
        number,
        f"{placed:%Y-%m-%dT%H:%M}",
        name,
        _drawn(chance, ((76, "LV"), (14, "EE"), (10, "LT"))),
        _zone(lines[0][0]),
        _drawn(chance, ((20, "manual"), (55, "web"), (25, "api"))),
        _drawn(chance, ((10, "A"), (40, "B"), (50, "C"))),
        _yes(chance.random() < 0.15),
        f"{total:.2f} EUR",
        "express" if express else "standard",
        "90" if express else "50",
        _yes(chance.random() < 0.3),
        _yes(chance.random() < 0.05),
    )
    for row in range(max(len(lines), len(parcels))):
        fields = head if row == 0 else (number, *[""] * (len(head) - 1))
        line = ("", "", "")
        if row < len(lines):
            sku, quantity, grams = lines[row]
            line = (sku, str(quantity), f"{grams} g")
        yield (*fields, *line, f"{parcels[row]} g" if row < len(parcels) else "")


def _zone(sku: str) -> str:
    """Where an item lies: what is heavy lies apart."""
    item = int(sku.removeprefix("SKU-"))
    return "front" if item < 120 else "high_bay" if item < 216 else "bulky"


def _line(chance: random.Random) -> tuple[str, int, int]:
    """An item, how many of it, and the grams of one."""
    item = chance.randrange(240)
    return f"SKU-{item:04}", _drawn(chance, ((70, 1), (20, 2), (10, 4))), 80 + item * 9


def _parcels(weight: int) -> list[int]:
    """Grams of each parcel, none over 18 kg."""
    count = -(-weight // 18_000)
    return [
        weight * (part + 1) // count - weight * part // count for part in range(count)
    ]


def _drawn(chance: random.Random, shares: Sequence[tuple[int, _Value]]) -> _Value:
    values = [value for _, value in shares]
    return chance.choices(values, [share for share, _ in shares])[0]


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"


if __name__ == "__main__":
    sys.stdout.write(orders_csv())
