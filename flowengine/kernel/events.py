"""What happened to a case; past tense, frozen, versioned by class name.

An event's place in the history is its `seq`, the case's version after it. Events that
end a step instance carry everything analysis needs, so that nothing is guessed later.
"""

from collections.abc import Mapping
from dataclasses import field

from flowengine.eventlog import EntryKind
from flowengine.kernel.case import CaseId, Parent, Pause, UserId
from flowengine.kernel.happened import Happened, OfInstance
from flowengine.kernel.outside_events import (
    AutomationAsked,
    ChildAnswered,
    ChildAsked,
    EffectUndone,
    Escalated,
    GatePlaceReturned,
    Notified,
    StockAnswered,
    StockAsked,
)
from flowengine.kernel.values import dataclass
from flowengine.language.process import DepartmentId, RoleId, StepId
from flowengine.quantities import Instant

__all__ = [
    "AutomationAsked",
    "CancelBegun",
    "CancelPassed",
    "CaseCancelled",
    "CaseClosed",
    "CaseHeld",
    "CaseMigrated",
    "CaseOpened",
    "CaseResumed",
    "ChildAnswered",
    "ChildAsked",
    "DataChanged",
    "EffectUndone",
    "Escalated",
    "Event",
    "GatePlaceReturned",
    "Happened",
    "IncidentRaised",
    "IncidentResolved",
    "MessageKept",
    "NoteAdded",
    "Notified",
    "OfInstance",
    "StepEnded",
    "StepOpened",
    "StepRetimed",
    "StockAnswered",
    "StockAsked",
    "TaskClaimed",
    "TaskPaused",
    "TaskReassigned",
    "TaskReleased",
    "TaskResumed",
    "TaskStarted",
    "TokenMoved",
]


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
    #: The call it is the child of.
    parent: Parent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOpened(Happened):
    """A step became ready and waits: a task was offered, or a wait began.

    A step with `each` has one for every element, all with the same visit.
    """

    step: StepId
    visit: int
    kind: EntryKind
    pred: int | None = None
    enabled: Instant
    due: Instant | None = None
    timer: Instant | None = None
    element: str | None = None
    #: When to escalate, earliest first.
    alarms: tuple[Instant, ...] = ()
    #: What tasks that may be claimed together have in common.
    batch: str | None = None
    #: Fields that the instance will answer anew, by dotted path.
    cleared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskClaimed(Happened):
    """Somebody took a task."""

    step: StepId
    visit: int
    element: str | None = None
    #: Tasks claimed together have the same.
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReleased(Happened):
    """Somebody gave a task back."""

    step: StepId
    visit: int
    element: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStarted(Happened):
    """Work on a task began."""

    step: StepId
    visit: int
    element: str | None = None


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
    #: The way it left by ("next", "choice:0", "outcome:ok:then", "all:0,2"); None if
    #: no token moved: it was withdrawn, or another element of its `each` is open.
    way: str | None = None
    consumed: int = 0
    produced: int = 0
    #: Whether `way` counts against an `at_most`.
    counted: bool = False
    #: Fields set as it ended, by dotted path; of an element "order.parcels#2.weight".
    answers: Mapping[str, object] = field(default_factory=dict)
    #: Key of the kept message that ended it.
    message: str | None = None
    element: str | None = None
    #: What it cost beside hands: ten-thousandths of the currency unit.
    cost: int | None = None
    #: The case's priority from now on, where its fields changed it.
    priority: int | None = None
    #: Whether `who` may not do another step.
    remembered: bool = False
    #: Whether cancelling reverses it.
    reversible: bool = False
    #: Whether it is a gate whose place the case holds from now on.
    gated: bool = False
    #: When work rested between `started` and the end.
    pauses: tuple[Pause, ...] = ()


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
    #: The element that somebody reported it for.
    element: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(Happened):
    """Somebody wrote something down."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalForgotten(Happened):
    """The personal values that the case held so far were erased."""

    reason: str
    #: Whose values they were, by dotted path.
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed(Happened):
    """The case reached an end."""

    outcome: str
    #: `seq` of the entry whose end closed it.
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelBegun(Happened):
    """The case is being cancelled: its children are asked to end, effects undone."""

    reason: str
    #: `seq` of the entry that led here, or of the withdrawn one enabled last.
    pred: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMigrated(Happened):
    """The case goes on by another version of its process."""

    #: Its digest.
    process: str
    #: Bits of marked places, before to after.
    bits: Mapping[int, int]
    #: Steps whose names changed, before to after.
    steps: Mapping[StepId, StepId] = field(default_factory=dict)
    #: Steps, by their new names, that no longer end by a time; only old histories
    #: say it here, `StepRetimed` says it since.
    untimed: tuple[StepId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPaused(OfInstance):
    """A started task was put aside; `by` is its owner or whoever leads the work."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskResumed(OfInstance):
    """The owner of a paused task goes on with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReassigned(OfInstance):
    """A task was given to somebody.

    It is claimed by them; one that was started is paused until they go on.
    """

    to: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentResolved(Happened):
    """A step that stood still may go on; what was done about it is the reason."""

    step: StepId
    reason: str
    #: Whether the step is tried anew.
    again: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenMoved(Happened):
    """A repair took the case from one step to another, past the arrows.

    `consumed` and `produced` are masks over the places of the case's net; instances
    that were open have been withdrawn before.
    """

    from_step: StepId
    to_step: StepId
    consumed: int
    produced: int
    reason: str
    #: `seq` of the withdrawn instance enabled last; of a join that waited for more
    #: tokens too.
    pred: int | None = None
    #: Whether the counts of `at_most` began anew.
    reset: bool = False
    #: Cases of withdrawn calls; they are to be cancelled.
    children: tuple[CaseId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DataChanged(Happened):
    """Fields were corrected by hand."""

    #: By dotted path; None took the value away.
    values: Mapping[str, object]
    reason: str
    #: The case's priority from now on, where its fields changed it.
    priority: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRetimed(OfInstance):
    """The times of an open instance moved: another version counts them, or the data.

    All three stand here as they are from now on.
    """

    due: Instant | None = None
    timer: Instant | None = None
    alarms: tuple[Instant, ...] = ()
    #: What moved them: "version", "data", or "again" after an incident.
    reason: str


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
    | PersonalForgotten
    | CaseClosed
    | StockAsked
    | StockAnswered
    | EffectUndone
    | AutomationAsked
    | Notified
    | Escalated
    | ChildAsked
    | ChildAnswered
    | GatePlaceReturned
    | CancelBegun
    | CaseMigrated
    | TaskPaused
    | TaskResumed
    | TaskReassigned
    | IncidentResolved
    | TokenMoved
    | DataChanged
    | StepRetimed
)
