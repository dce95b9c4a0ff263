"""What somebody asks of a case; imperative, refused or answered with events.

Every command says `at` (the moment), `by` (who) and, for those who may repeat
themselves, `key`: the same key twice gives the same answer and acts once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flowengine.kernel.case import CaseId, UserId
from flowengine.language.process import RoleId, StepId
from flowengine.quantities import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What all commands have in common."""

    case_id: CaseId
    at: Instant
    by: UserId
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase(Asked):
    """Begin a case."""

    number: str
    process: str
    #: Typed and complete: `flowengine.language.data.read_data` made it.
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCommand(Asked):
    """A command on the open task of a step."""

    step: StepId
    #: Which visit is meant; None is the open one.
    visit: int | None = None
    #: Roles of the person who acts; None acts as the engine itself (demo, tests).
    roles: frozenset[RoleId] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTask(TaskCommand):
    """Take an offered task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseTask(TaskCommand):
    """Give a claimed task back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartTask(TaskCommand):
    """Begin work; claims an offered task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteTask(TaskCommand):
    """Say how a task ended; claims and starts it where that has not been said."""

    outcome: str | None = None
    #: Answers to `asks`, typed, by dotted path ("order.credit").
    answers: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverMessage(Asked):
    """Hand a message to the case; kept until a step waits for it."""

    name: str
    #: Values for the fields the message sets, typed, by dotted path.
    body: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FireTimer(Asked):
    """A timer of a step's visit is due."""

    step: StepId
    visit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldCase(Asked):
    """Stop a case for a reason; its tasks leave the worklist."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeCase(Asked):
    """Let a held case go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelCase(Asked):
    """Withdraw what is open and do what `on_cancel` says."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(Asked):
    """Write something down beside the case; changes nothing else."""

    text: str


Command = (
    OpenCase
    | ClaimTask
    | ReleaseTask
    | StartTask
    | CompleteTask
    | DeliverMessage
    | FireTimer
    | HoldCase
    | ResumeCase
    | CancelCase
    | AddNote
)
