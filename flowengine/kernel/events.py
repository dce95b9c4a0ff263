"""What happened to a case; past tense, frozen, versioned by class name.

An event's place in the history is its `seq`, the case's version after it. Events that
end a step instance carry everything analysis needs, so that nothing is guessed later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flowengine.eventlog import EntryKind
from flowengine.kernel.case import CaseId, UserId
from flowengine.language.process import DepartmentId, RoleId, StepId
from flowengine.quantities import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What all events have in common."""

    at: Instant
    by: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened(Happened):
    """A case began; its first token lies in the start place."""

    case_id: CaseId
    number: str
    process: str
    data: Mapping[str, object]
    marking: int
    priority: int = 0
    promised: Instant | None = None
    #: `measure` of the process, evaluated at opening, as text by name.
    measures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOpened(Happened):
    """A step became ready and waits: a task was offered, or a wait began."""

    step: StepId
    visit: int
    kind: EntryKind
    pred: int | None = None
    enabled: Instant
    due: Instant | None = None
    timer: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskClaimed(Happened):
    """Somebody took a task."""

    step: StepId
    visit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReleased(Happened):
    """Somebody gave a task back."""

    step: StepId
    visit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStarted(Happened):
    """Work on a task began."""

    step: StepId
    visit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEnded(Happened):
    """A step instance ended: done, messaged, timed out, passed, skipped or withdrawn.

    `at` is its end. `consumed` and `produced` are masks over the places of the case's
    net. It becomes one `Entry` of the event log and one row of `step_fact`.
    """

    step: StepId
    visit: int
    kind: EntryKind
    pred: int | None = None
    enabled: Instant
    started: Instant
    claimed: Instant | None = None
    who: UserId | None = None
    role: RoleId | None = None
    department: DepartmentId | None = None
    outcome: str | None = None
    due: Instant | None = None
    #: The way it left by ("next", "choice:0", "outcome:ok:then"); None if withdrawn.
    way: str | None = None
    consumed: int = 0
    produced: int = 0
    #: Whether `way` counts against an `at_most`.
    counted: bool = False
    #: Fields set as it ended, by dotted path.
    answers: Mapping[str, object] = field(default_factory=dict)
    #: Key of the kept message that ended it.
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKept(Happened):
    """A message came before anything waited for it."""

    name: str
    key: str
    body: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHeld(Happened):
    """A case was stopped."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResumed(Happened):
    """A held case went on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCancelled(Happened):
    """A case was cancelled; the marking is now `marking` (0 when nothing follows)."""

    reason: str
    marking: int
    #: `seq` of the withdrawn instance enabled last, or None.
    pred: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelPassed(Happened):
    """A token entered the `until` step of `on_cancel`: cancelling is over."""

    step: StepId


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRaised(Happened):
    """Something that should not happen did; the case stands still at a step."""

    step: StepId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(Happened):
    """Somebody wrote something down."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed(Happened):
    """The case reached an end."""

    outcome: str
    #: `seq` of the entry whose end closed it.
    last: int | None = None


Event = (
    CaseOpened
    | StepOpened
    | TaskClaimed
    | TaskReleased
    | TaskStarted
    | StepEnded
    | MessageKept
    | CaseHeld
    | CaseResumed
    | CaseCancelled
    | CancelPassed
    | IncidentRaised
    | NoteAdded
    | CaseClosed
)
