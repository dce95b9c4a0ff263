"""What is happening to one order: the state that events fold into."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import NewType

from flowengine.eventlog import EntryKind
from flowengine.kernel.values import changed, dataclass
from flowengine.language.parts import StockVerb
from flowengine.language.process import StepId
from flowengine.quantities import Instant

__all__ = [
    "Arrival",
    "Cancellation",
    "Case",
    "CaseId",
    "CaseState",
    "Effect",
    "KeptMessage",
    "Parent",
    "Pause",
    "StockAsk",
    "StockItem",
    "Task",
    "TaskId",
    "TaskState",
    "UserId",
    "changed",
    "task_id",
]

#: A UUIDv7 in hex.
CaseId = NewType("CaseId", str)
#: A person, as `flowengine user add` names them, or a worker.
UserId = NewType("UserId", str)
#: An open instance: its step ("pack"), with `each` also its element ("pack#2").
TaskId = NewType("TaskId", str)
#: A stretch in which work on a task rested; one that still lasts has no end.
Pause = tuple[Instant, Instant | None]


def task_id(step: StepId, element: str | None = None) -> TaskId:
    """The id of the instance of a step, and of an element where the step has `each`."""
    return TaskId(step) if element is None else TaskId(f"{step}#{element}")


class CaseState(StrEnum):
    """How a case stands; what its order is called publicly is derived elsewhere."""

    OPEN = "open"
    HELD = "held"
    #: Cancelled; the children have to answer before `on_cancel` begins.
    CANCELLING = "cancelling"
    CLOSED = "closed"


class TaskState(StrEnum):
    """How far a task is."""

    OFFERED = "offered"
    CLAIMED = "claimed"
    STARTED = "started"
    #: Started, and put aside for now.
    PAUSED = "paused"
    #: Not a task of hands: the case waits for a message or a time.
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A token in a place: the entry (`seq`) whose end put it there, and when."""

    seq: int | None
    at: Instant


@dataclass(frozen=True)
class Task:
    """An open step instance: a task of a role, or something else that is awaited.

    A wait, a gate, a call and an automation that is being carried out are of kind WAIT.
    """

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
    #: Which element of the step's `each`; its id in the list ("2").
    element: str | None = None
    #: When to escalate, what is past left out; earliest first.
    alarms: tuple[Instant, ...] = ()
    #: What tasks that may be claimed together have in common (`batch`).
    batch: str | None = None
    #: Tasks claimed together have the same.
    group: str | None = None
    #: The case of a call.
    child: CaseId | None = None
    #: When work on it rested, from and until; the last one may still last (None).
    pauses: tuple[Pause, ...] = ()

    @property
    def id(self) -> TaskId:
        """What the instance is called among the open ones of its case."""
        return task_id(self.step, self.element)


@dataclass(frozen=True, slots=True)
class Parent:
    """The call that a case is the child of."""

    case_id: CaseId
    step: StepId
    visit: int
    element: str | None = None


@dataclass(frozen=True, slots=True)
class StockItem:
    """So much of one article, for one line of a list."""

    #: The line's address in the data: "order.lines#1".
    line: str
    sku: str
    #: In the units of its field: pieces, or millionths where it is a `number`.
    quantity: int


@dataclass(frozen=True, slots=True)
class StockAsk:
    """What has been asked of the stock and is to be answered in this transaction."""

    step: StepId
    visit: int
    element: str | None
    verb: StockVerb
    items: tuple[StockItem, ...]
    #: True where it reverses the step: the order is being cancelled.
    undo: bool = False
    #: How many were asked before it in this transaction.
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Effect:
    """What a completed step has booked and its `undo` reverses on cancel."""

    step: StepId
    visit: int
    element: str | None = None
    #: The goods, where the effect was one on stock.
    items: tuple[StockItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A cancel that has begun and waits for children, or for stock to be undone."""

    reason: str
    #: `seq` of the entry that `on_cancel` will follow.
    pred: int | None


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
    #: Open step instances.
    tasks: Mapping[TaskId, Task] = field(default_factory=dict)
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
    #: Who did a step last, for steps that another must not be done by the same person.
    doers: Mapping[StepId, UserId] = field(default_factory=dict)
    #: What to reverse on cancel, oldest first.
    effects: tuple[Effect, ...] = ()
    #: What each line has reserved and not yet used, by its address ("order.lines#1").
    reserved: Mapping[str, int] = field(default_factory=dict)
    #: Gates that let the case through and whose place it still holds.
    gates: tuple[StepId, ...] = ()
    parent: Parent | None = None
    #: Set only inside a transaction: `AnswerStock` comes next.
    asked: StockAsk | None = None
    #: Set while the state is CANCELLING.
    cancellation: Cancellation | None = None
