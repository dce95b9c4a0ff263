"""Proof that the derived tables say what the events say.

All histories are replayed, and the rows of every table are read beside them in the
order of their cases. Each difference says which row is to go and which is to come:
`check` tells it, `rebuild` does it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection

from flowengine.engine.checking_inside import (
    answer_differences,
    feed_differences,
    number_differences,
    private_differences,
)
from flowengine.engine.checking_outside import (
    gate_differences,
    outside_differences,
    version_differences,
)
from flowengine.engine.differing import Difference, compared, told_row
from flowengine.engine.registry import Registry
from flowengine.engine.replaying import Past, replayed
from flowengine.engine.verifying import Chain, followed, wrong_end
from flowengine.errors import FlowError
from flowengine.store import proof
from flowengine.store.codec import CaseRecord
from flowengine.store.gates import places_of
from flowengine.store.link import Row
from flowengine.store.proof import Beside, Progress, StoredEvent

#: What no event says is never taken out.
_SOURCES = frozenset({"case_private", "idempotency"})


def differences(
    connection: Connection,
    registry: Registry,
    progress: Progress | None = None,
    *,
    trusting: bool = False,
) -> Iterator[Difference]:
    """Where the tables differ from the replayed events.

    A history that ends otherwise than its order says is told and not compared any
    further, unless it is `trusting`.
    """
    yield from version_differences(connection)
    checker = _Checker(connection, registry, trusting)
    total = proof.cases_counted(connection)
    for done, (case_id, history) in enumerate(proof.histories(connection)):
        if progress is not None:
            progress(min(done, total), total)
        yield from checker.passed(case_id)
        yield from checker.case(case_id, history)
    yield from checker.passed(None)
    if not checker.has_unread:
        yield from gate_differences(connection, checker.places)
    if progress is not None:
        progress(total, total)


#: The rows of one case by table.
_Stored = Mapping[str, Sequence[Row]]


class _Checker:
    """Compares case by case, in the order of their ids."""

    def __init__(
        self, connection: Connection, registry: Registry, trusting: bool
    ) -> None:
        self._connection = connection
        self._registry = registry
        self._trusting = trusting
        self._beside = {name: Beside(connection, name) for name in proof.OF_CASES}
        #: Places at gates that cases hold, by process and step.
        self.places: Counter[tuple[str, str]] = Counter()
        #: Whether a history could not be replayed: then places cannot be counted.
        self.has_unread = False

    def passed(self, case_id: bytes | None) -> Iterator[Difference]:
        """Rows of cases before this one: they have no history."""
        found: dict[bytes, dict[str, list[Row]]] = {}
        for name, beside in self._beside.items():
            for unknown, rows in beside.passed(case_id):
                found.setdefault(unknown, {})[name] = rows
        for unknown, stored in sorted(found.items()):
            if "case_row" in stored:
                # All that is left of an order: nothing of it is thrown away.
                self.has_unread = True
                number = _number_of(unknown, stored)
                yield Difference("event", number, "its history is gone")
                continue
            for name, rows in stored.items():
                for row in rows:
                    yield _orphan(name, unknown, row)

    def case(
        self, case_id: bytes, history: Sequence[StoredEvent]
    ) -> Iterator[Difference]:
        """How the rows of one case differ from its history."""
        stored = {name: beside.taken(case_id) for name, beside in self._beside.items()}
        number = _number_of(case_id, stored)
        chain = followed(history)
        wrong = chain.broken or self._wrong_end(chain, stored)
        if wrong is not None:
            # What somebody else wrote need not even be readable.
            yield Difference(
                "event",
                number,
                f"its history is not the one that was recorded: {wrong}",
            )
            self.has_unread = True
            return
        try:
            past = replayed(self._registry, history)
        except (FlowError, ValueError) as error:
            yield Difference("event", number, f"it cannot be replayed: {error}")
            self.has_unread = True
            return
        process = past.net.process.name
        self.places.update((process, step) for step in places_of(past.case))
        yield from self._compared(past, chain, stored)

    def _wrong_end(self, chain: Chain, stored: _Stored) -> str | None:
        record = _record(stored)
        if record is None or self._trusting:
            return None
        return wrong_end(chain, record)

    def _compared(
        self, past: Past, chain: Chain, stored: _Stored
    ) -> Iterator[Difference]:
        number = past.case.number
        for name, expected in past.rows(chain.hash).items():
            yield from compared(name, number, stored[name], expected)
        keys = stored["idempotency"]
        yield from number_differences(past, stored["case_number"], keys)
        yield from answer_differences(past, keys)
        yield from private_differences(past, stored["case_private"])
        yield from feed_differences(past, stored["feed"])
        yield from outside_differences(
            self._connection, self._registry, past, stored["outbox"]
        )


def _record(stored: _Stored) -> CaseRecord | None:
    found = stored.get("case_row")
    return CaseRecord._make(found[0]) if found else None


def _number_of(case_id: bytes, stored: _Stored) -> str:
    record = _record(stored)
    return case_id.hex() if record is None else record.number


def _orphan(name: str, case_id: bytes, row: Row) -> Difference:
    """A row of a case of which nothing else is there."""
    is_source = name in _SOURCES
    text = f"{told_row(name, row)} belongs to no order"
    return Difference(name, case_id.hex(), text, stored=None if is_source else row)
