"""Open tasks that may be claimed together."""

from typing import NamedTuple, cast

from flowengine.store.link import Link

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


def mates_of(link: Link, process: str, step: str, batch: str) -> list[Mate]:
    """Offered tasks of a step that are alike, the most urgent first.

    Nobody else claims of them in the meantime.
    """
    link.lock(f"batch {process}/{step} {batch}")
    found = link.rows(_SELECT, (process, step, batch))
    return [Mate._make((cast("bytes", row[0]).hex(), *row[1:])) for row in found]
