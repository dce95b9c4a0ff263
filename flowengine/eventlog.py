"""What happened: the recorded history of cases, whoever recorded it.

Real, simulated and imported history are the same `EventLog`, so that analysis,
conformance, drawing and export never ask where it came from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from flowengine.quantities import Duration, Instant


class EntryKind(StrEnum):
    """What kind of step instance an entry records."""

    TASK = "task"  #: done by people of a role
    WAIT = "wait"  #: a message or a timer was awaited
    #: A decision, a split, a join or a skipped step: zero length.
    PASS = "pass"  # noqa: S105 - not a password


#: Outcomes that the engine itself writes; all others come from the process.
SKIPPED = "skipped"
TIMED_OUT = "timeout"
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Entry:
    """One finished step instance.

    `enabled <= started <= ended`, all in microseconds UTC. Waiting is
    `started - enabled`, service `ended - started - paused`.
    """

    #: Position of its event in the case's history; unique within the trace.
    seq: int
    step: str
    #: First visit is 1.
    visit: int
    kind: EntryKind
    #: The binding predecessor: `seq` of the entry whose end enabled this one;
    #: None for the first step of a case.
    pred: int | None
    enabled: Instant
    #: When somebody took it; None where nobody did.
    claimed: Instant | None
    started: Instant
    ended: Instant
    role: str | None = None
    department: str | None = None
    who: str | None = None
    outcome: str | None = None
    #: Time between started and ended in which work rested.
    paused: Duration = Duration(0)
    #: When it should have been done (its SLA), or None.
    due: Instant | None = None

    @property
    def waiting(self) -> Duration:
        """Time from enabled to started."""
        return Duration(self.started - self.enabled)

    @property
    def service(self) -> Duration:
        """Time from started to ended, pauses out."""
        return Duration(self.ended - self.started - self.paused)


@dataclass(frozen=True, slots=True)
class Hold:
    """A stretch in which a case was held; `ended` is None while it still is."""

    started: Instant
    ended: Instant | None
    reason: str


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """A step instance that is not finished: work in progress."""

    step: str
    visit: int
    kind: EntryKind
    pred: int | None
    enabled: Instant
    claimed: Instant | None = None
    started: Instant | None = None
    role: str | None = None
    department: str | None = None
    who: str | None = None
    due: Instant | None = None
    #: Since when work on it rests; None where it does not.
    rests_since: Instant | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """The history of one case."""

    case: str
    number: str
    opened: Instant
    #: None while the case is open.
    closed: Instant | None
    #: Name of the end reached ("success", "failure", ...), "cancelled", or None.
    outcome: str | None
    #: Sorted by `seq`.
    entries: tuple[Entry, ...]
    #: `seq` of the entry whose end closed the case; None while open.
    last: int | None = None
    holds: tuple[Hold, ...] = ()
    open_entries: tuple[OpenEntry, ...] = ()
    #: When the customer was promised it, or None.
    promised: Instant | None = None
    priority: int = 0
    #: What `measure` of the process file declares, by name, as text.
    measures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody was not there to work, from `since` until before `until`."""

    person: str
    #: What they would have done.
    roles: frozenset[str]
    since: Instant
    until: Instant


@dataclass(frozen=True, slots=True)
class EventLog:
    """Traces of one process, sorted by opening time, then number."""

    process: str
    traces: tuple[Trace, ...]
    #: Who was away, sorted by person and time; empty where that is not known.
    absences: tuple[Absence, ...] = ()

    def __iter__(self) -> Iterator[Trace]:
        return iter(self.traces)

    def __len__(self) -> int:
        return len(self.traces)
