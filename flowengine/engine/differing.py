"""Where a table differs from what the events say, and what would put it right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flowengine.store.link import Row
from flowengine.store.proof import columns_of, keys_of

#: So much of a value is shown.
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not what the events say."""

    table: str
    #: The order's number, or the id of a case without one; None for no order.
    order: str | None
    text: str
    #: The row that is to go, and the one that is to come, where that is known.
    stored: Row | None = None
    expected: Row | None = None

    @property
    def can_be_rebuilt(self) -> bool:
        """Whether the events say how the table should be."""
        return self.stored is not None or self.expected is not None

    def __str__(self) -> str:
        """One line."""
        order = "" if self.order is None else f"order {self.order}: "
        return f"{order}{self.table}: {self.text}"


def compared(
    table: str, number: str, stored: Sequence[Row], expected: Sequence[Row]
) -> Iterator[Difference]:
    """Rows that are wrong, missing or too many."""
    if len(stored) == len(expected) == 1 and stored[0] == expected[0]:
        return
    places = keys_of(table)
    there = {tuple(row[place] for place in places): row for row in stored}
    wanted = {tuple(row[place] for place in places): row for row in expected}
    for key, row in there.items():
        right = wanted.get(key)
        if right is None:
            text = f"{told_row(table, row)} does not follow from its events"
            yield Difference(table, number, text, stored=row)
        elif row != right:
            text = _told_values(table, row, right)
            yield Difference(table, number, text, stored=row, expected=right)
    for key, row in wanted.items():
        if key not in there:
            text = f"{told_row(table, row)} is missing"
            yield Difference(table, number, text, expected=row)


def told_row(table: str, row: Row) -> str:
    """A row by its key, without the case."""
    columns = columns_of(table)
    words = [str(row[place]) for place in keys_of(table) if columns[place] != "case_id"]
    return " ".join(word for word in words if word) or "its row"


def _told_values(table: str, stored: Row, expected: Row) -> str:
    wrong = [
        f"{column} is {_shown(is_)} instead of {_shown(should)}"
        for column, is_, should in zip(columns_of(table), stored, expected, strict=True)
        if is_ != should
    ]
    return f"{told_row(table, stored)}: {', '.join(wrong)}"


def _shown(value: object) -> str:
    if isinstance(value, bytes):
        value = value.hex()
    text = "nothing" if value is None else str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
