"""Open tasks that may be claimed together."""

import sqlite3
from typing import NamedTuple

#: The partial index needs its own condition word for word.
_SELECT = (
    "SELECT case_id, number, step, element, visit FROM task_row "
    "WHERE batch IS NOT NULL AND state = 'offered' AND held = 0 "
    "AND process = ? AND step = ? AND batch = ? "
    "ORDER BY priority DESC, due IS NULL, due, enabled, number, "
    "length(element), element"
)


class Mate(NamedTuple):
    """An offered task of a batch."""

    case_id: str
    number: str
    step: str
    element: str
    visit: int


def mates_of(
    connection: sqlite3.Connection, process: str, step: str, batch: str
) -> list[Mate]:
    """Offered tasks of a step that are alike, the most urgent first."""
    found = connection.execute(_SELECT, (process, step, batch))
    return [Mate(case_id.hex(), *rest) for case_id, *rest in found]
