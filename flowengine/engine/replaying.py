"""What the history of a case says that every derived table must hold."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flowengine.engine.registry import Registry
from flowengine.kernel.case import Case
from flowengine.kernel.events import CaseClosed, Event, StepEnded
from flowengine.kernel.evolve import evolve
from flowengine.net.net import Net
from flowengine.store import rows
from flowengine.store.codec import read_event
from flowengine.store.derived import DERIVED
from flowengine.store.link import Row
from flowengine.store.outbox import rows_of
from flowengine.store.proof import StoredEvent, columns_of

#: What stands in a history in place of a personal value.
_DIGEST = re.compile(r"sha256:[0-9a-f]{32}")


@dataclass(slots=True)
class Past:
    """What the events of one case say."""

    case: Case
    #: Of the version it goes by now.
    net: Net
    events: list[Event] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    closed: list[Row] = field(default_factory=list)
    #: What was ever to be told, by key, as the outbox holds it; and how it was last.
    given: set[Row] = field(default_factory=set)
    errands: dict[str, Row] = field(default_factory=dict)
    #: What stands for personal values, and for those that were forgotten.
    digests: set[str] = field(default_factory=set)
    forgotten: set[str] = field(default_factory=set)

    def rows(self, last_hash: bytes) -> Mapping[str, Sequence[Row]]:
        """The rows of each table that holds exactly what the events say."""
        tasks = self.case.tasks.values()
        found: dict[str, Sequence[Row]] = {
            "case_row": [rows.case_values(self.case, last_hash)],
            "step_fact": self.facts,
            "case_fact": self.closed,
        }
        for derived in DERIVED:
            found[derived.name] = list(
                derived.rows(self.net, self.case, tasks).values()
            )
        return found


def replayed(registry: Registry, history: Sequence[StoredEvent]) -> Past:
    """Replay events, each with the net of the version that the case went by then.

    Raises:
        InvalidProcess: A version cannot be read any more.
        NotFound: A version is not stored.
    """
    past: Past | None = None
    for row in history:
        event = read_event(row.kind, row.at, row.by, row.body)
        case = evolve(None if past is None else past.case, event)
        if past is None:
            past = Past(case, registry.net(case.process))
        elif case.process != past.case.process:
            past.net = registry.net(case.process)
        past.case = case
        past.events.append(event)
        past.digests.update(_DIGEST.findall(row.body))
        if row.kind == "PersonalForgotten":
            past.forgotten |= past.digests
        _take_in(past, row, event)
    if past is None:
        raise ValueError("A history has at least one event.")
    return past


def _take_in(past: Past, row: StoredEvent, event: Event) -> None:
    if isinstance(event, StepEnded):
        past.facts.append(rows.fact_values(past.net, row.case_id, row.seq, event))
    elif isinstance(event, CaseClosed):
        past.closed.append(rows.closed_values(past.net, past.case, event))
    for errand in rows_of(past.net, past.case, row.seq, event):
        told = errand[: len(columns_of("outbox"))]
        past.given.add(told)
        past.errands[str(told[4])] = told
