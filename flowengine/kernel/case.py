"""What is happening to one order: the state that events fold into."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from flowengine.eventlog import EntryKind
from flowengine.language.process import StepId
from flowengine.quantities import Instant

__all__ = [
    "Arrival",
    "Case",
    "CaseId",
    "CaseState",
    "KeptMessage",
    "Task",
    "TaskState",
    "UserId",
    "changed",
]

if TYPE_CHECKING:
    from dataclasses import replace as changed
else:

    def changed(value, **changes):
        """`dataclasses.replace` without its field loop: a fifth of the time.

        Copying a case is half of the kernel's work, so `Case` and `Task` have no slots
        and are copied as dictionaries; type checkers see `replace` itself.
        """
        copy = object.__new__(type(value))
        fields = copy.__dict__
        fields.update(value.__dict__)
        fields.update(changes)
        return copy


#: A UUIDv7 in hex.
CaseId = NewType("CaseId", str)
#: A person, as `flowengine user add` names them, or a worker.
UserId = NewType("UserId", str)


class CaseState(StrEnum):
    """How a case stands; what its order is called publicly is derived elsewhere."""

    OPEN = "open"
    HELD = "held"
    CLOSED = "closed"


class TaskState(StrEnum):
    """How far a task is."""

    OFFERED = "offered"
    CLAIMED = "claimed"
    STARTED = "started"
    #: Not a task of hands: the case waits for a message or a time.
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A token in a place: the entry (`seq`) whose end put it there, and when."""

    seq: int | None
    at: Instant


@dataclass(frozen=True)
class Task:
    """An open step instance: a task of a role, or a wait."""

    step: StepId
    visit: int
    kind: EntryKind
    state: TaskState
    enabled: Instant
    #: `seq` of the binding predecessor; None at the first step.
    pred: int | None
    due: Instant | None = None
    #: When its timer fires (timeout, or the end of a timed wait).
    timer: Instant | None = None
    owner: UserId | None = None
    claimed: Instant | None = None
    started: Instant | None = None


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message that came before anything waited for it."""

    name: str
    key: str
    at: Instant
    body: Mapping[str, object]


@dataclass(frozen=True)
class Case:
    """One order's state. Mappings are never changed in place."""

    id: CaseId
    number: str
    #: Digest of the process version it runs by.
    process: str
    state: CaseState
    #: One bit per place of the net.
    marking: int
    #: Number of events so far; the optimistic lock.
    version: int
    opened: Instant
    #: The latest moment recorded: within a case time never goes back.
    at: Instant
    data: Mapping[str, object]
    priority: int = 0
    promised: Instant | None = None
    #: What the process declares under `measure`, evaluated at opening, as text.
    measures: Mapping[str, str] = field(default_factory=dict)
    #: Open step instances by step.
    tasks: Mapping[StepId, Task] = field(default_factory=dict)
    #: The token of each marked place, by bit number.
    arrivals: Mapping[int, Arrival] = field(default_factory=dict)
    #: Visits so far by step.
    visits: Mapping[StepId, int] = field(default_factory=dict)
    #: Uses of the ways that have an `at_most`, by "step/way".
    uses: Mapping[str, int] = field(default_factory=dict)
    kept: tuple[KeptMessage, ...] = ()
    held_since: Instant | None = None
    hold_reason: str | None = None
    cancelling: bool = False
    #: A token first entered the `until` step of `on_cancel`: too late to cancel.
    past_cancel: bool = False
    closed: Instant | None = None
    outcome: str | None = None
    #: Steps that stand still because something that should not happen did.
    incidents: Mapping[StepId, str] = field(default_factory=dict)
