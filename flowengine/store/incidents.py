"""Steps that stand still, with who said so and when."""

from typing import NamedTuple, cast

from sqlalchemy import Connection, select

from flowengine.store.json_text import from_json
from flowengine.store.tables import case_row, event, incident, process_version

#: Events that let a step stand still.
_RAISED = ("IncidentRaised", "EffectUndone")


class StoredIncident(NamedTuple):
    """A step of a case that stands still."""

    number: str
    process: str
    #: Digest of the version.
    digest: str
    step: str
    reason: str
    #: When it was raised, and by whom.
    at: int
    by: str


def incidents(connection: Connection) -> list[StoredIncident]:
    """All that stand still, the oldest first."""
    raised = _raised(connection)
    query = (
        select(
            incident.c.case_id,
            case_row.c.number,
            process_version.c.name,
            case_row.c.process,
            incident.c.step,
            incident.c.reason,
            case_row.c.opened,
        )
        .join(case_row, case_row.c.case_id == incident.c.case_id)
        .join(process_version, process_version.c.digest == case_row.c.process)
    )
    found = [
        StoredIncident(
            *row[1:6], *raised.get((row.case_id, row.step), (row.opened, ""))
        )
        for row in connection.execute(query)
    ]
    return sorted(found, key=lambda each: (each.at, each.number, each.step))


def _raised(connection: Connection) -> dict[tuple[bytes, str], tuple[int, str]]:
    """When each was raised last, and by whom, from the history of its order."""
    stand_still = select(incident.c.case_id)
    query = (
        select(event.c.case_id, event.c.at, event.c.by, event.c.body)
        .where(event.c.case_id.in_(stand_still), event.c.kind.in_(_RAISED))
        .order_by(event.c.case_id, event.c.seq)
    )
    found = {}
    for case_id, at, by, body in connection.execute(query):
        step = cast("dict[str, str]", from_json(body))["step"]
        found[case_id, step] = (at, by)
    return found
