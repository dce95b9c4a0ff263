"""Open tasks that may be claimed together."""

from typing import NamedTuple, cast

from flowengine.store.link import Link

#: The partial index needs its own condition word for word.
_SELECT = (
    "SELECT t.case_id, t.number, t.step, t.element, t.visit FROM task_row AS t "
    "JOIN case_row ON case_row.case_id = t.case_id "
    "WHERE t.batch IS NOT NULL AND t.state = 'offered' AND t.held = 0 "
    "AND t.process = ? AND t.step = ? AND t.batch = ? "
    "ORDER BY t.priority DESC, t.due IS NULL, t.due, t.enabled, t.number, "
    "length(t.element), t.element LIMIT ?"
)


class Mate(NamedTuple):
    """An offered task of a batch."""

    case_id: str
    number: str
    step: str
    element: str
    visit: int


def mates_of(link: Link, process: str, step: str, batch: str, limit: int) -> list[Mate]:
    """Offered tasks of a step that are alike, the most urgent first.

    Nobody else claims of them in the meantime; those of orders that somebody is just
    changing are left to them.
    """
    link.lock()
    found = link.rows_free(_SELECT, (process, step, batch, limit))
    return [Mate._make((cast("bytes", row[0]).hex(), *row[1:])) for row in found]
