"""What the engine answers with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from flowengine.loading import Module

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowengine.kernel import events as kernel_events
    from flowengine.kernel.case import Case, CaseId, CaseState, TaskState, UserId
    from flowengine.kernel.events import Event
    from flowengine.language.process import DepartmentId, RoleId, StepId, Title
    from flowengine.language.types import DataType
    from flowengine.net.net import Net
    from flowengine.quantities import Instant
else:
    kernel_events = Module("flowengine.kernel.events")


class Said(NamedTuple):
    """When somebody says something, who, and by which idempotency key."""

    at: Instant
    by: UserId
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a command that was accepted."""

    case_id: CaseId
    number: str
    #: The case's version after it.
    version: int
    #: What happened, in order; empty where the command changed nothing.
    events: tuple[Event, ...]
    #: The same idempotency key had been answered before; this is that answer.
    repeated: bool = False
    #: Tasks of other orders that were claimed with it as one batch, by their names.
    mates: tuple[str, ...] = ()
    #: The task that `claim_next` has chosen, by its name.
    task: str | None = None

    @property
    def opened(self) -> tuple[StepId, ...]:
        """Steps that the command made ready and that now wait."""
        kind = kernel_events.StepOpened
        return tuple(event.step for event in self.events if isinstance(event, kind))


@dataclass(frozen=True, slots=True)
class ProcessVersion:
    """One stored version of a process."""

    name: str
    version: int
    digest: str
    title: Title
    #: Open orders that run by it.
    orders: int = 0


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order in a list."""

    number: str
    process: str
    #: The version it goes by.
    version: int
    state: CaseState
    #: Steps that stand open.
    steps: tuple[StepId, ...]
    priority: int
    opened: Instant
    promised: Instant | None
    closed: Instant | None
    outcome: str | None
    #: When the first of its open tasks is due.
    due: Instant | None = None

    @property
    def due_first(self) -> Instant | None:
        """The earlier of what was promised and what is due; None once it is closed."""
        moments = [at for at in (self.promised, self.due) if at is not None]
        return min(moments, default=None) if self.closed is None else None


@dataclass(frozen=True, slots=True)
class Order:
    """One order with its net and its whole history, `(seq, event)` in order."""

    case: Case
    net: Net
    history: tuple[tuple[int, Event], ...]
    #: Personal values by dotted path; what was forgotten is not there.
    private: Mapping[str, str]
    #: Numbers of the orders that it has called, and of the one that called it.
    relatives: Mapping[CaseId, str] = field(default_factory=dict)
    #: Numbers of the versions that it has moved to, by digest.
    versions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task in the worklist."""

    #: What people call it: "NUMBER/step", with "#element" where the step has one task
    #: for each, and "/visit" from the second visit on.
    ref: str
    case_id: CaseId
    number: str
    process: str
    step: StepId
    visit: int
    title: Title
    role: RoleId
    department: DepartmentId | None
    department_title: Title
    state: TaskState
    owner: UserId | None
    enabled: Instant
    due: Instant | None
    priority: int
    #: Which element of the step's `each`.
    element: str | None = None
    #: Tasks claimed together have the same.
    group: str | None = None


@dataclass(frozen=True, slots=True)
class TaskDetail:
    """One task with what it asks for."""

    row: TaskRow
    #: Fields to answer, as dotted paths with their types.
    asks: tuple[tuple[str, DataType], ...]
    outcomes: tuple[str, ...]
    data: Mapping[str, object]
    net: Net
    #: What a scanner reads, in this order.
    scan: tuple[str, ...] = ()
    #: What the element of the step's `each` holds, by field, with types.
    element: tuple[tuple[str, DataType, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not be done by itself; somebody must look."""

    #: The order it was for.
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Worked:
    """What one pass of everything that happens by itself has done."""

    timers: int = 0
    #: Orders opened for a call, ends told to their parents, children cancelled.
    children: int = 0
    #: Orders that gates have let through.
    gates: int = 0
    skipped: tuple[Skipped, ...] = ()
    #: Automations that have answered, and people that were told; also what failed for
    #: good.
    machines: int = 0

    @property
    def done(self) -> int:
        """How much was done: nothing is due any more where it is 0."""
        return self.timers + self.children + self.gates + self.machines


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that the world outside is to be told, or to do."""

    #: Whoever receives it twice acts once by this key.
    key: str
    #: `notify`, `http`, `python`, `ship`; `child`, `child-closed`, `cancel` for cases.
    kind: str
    case_id: CaseId
    at: Instant
    #: Step, visit and what is to be said; personal values as digests only.
    body: Mapping[str, object]
    #: Why it could not be done so far.
    failed: str | None = None
    #: How often it was tried.
    attempts: int = 0
    #: When it is tried next; None where it was given up.
    due: Instant | None = None
    #: Who has it in hand, and how often it was taken.
    worker: str | None = None
    fence: int = 0


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message that no order has taken."""

    key: str
    name: str
    #: What it looks for.
    match: str
    at: Instant
    by: UserId
    #: Which fields it would set; what they say may be personal.
    fields: tuple[str, ...]
    #: Too old: an order that is opened now does not take it any more.
    is_late: bool
    #: The order that it is for, which was there and could not take it.
    number: str | None = None

    @property
    def is_stuck(self) -> bool:
        """Whether somebody must look at it: nothing happens by itself any more."""
        return self.is_late or self.number is not None


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who acts, and the roles they have."""

    name: str
    roles: tuple[RoleId, ...]
    email: str | None = None
    #: Until when they are away; None where they are here.
    away_until: Instant | None = None
    #: When they go away next, and until when.
    away_next: tuple[Instant, Instant] | None = None
