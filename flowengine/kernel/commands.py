"""What somebody asks of a case; imperative, refused or answered with events.

Every command says `at` (the moment), `by` (who) and, for those who may repeat
themselves, `key`: the same key twice gives the same answer and acts once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flowengine.kernel.case import CaseId, Parent, UserId
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
    #: The call that asked for it, for a child.
    parent: Parent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCommand(Asked):
    """A command on the open task of a step."""

    step: StepId
    #: Which visit is meant; None is the open one.
    visit: int | None = None
    #: Which element of the step's `each`; None is the only one that is open.
    element: str | None = None
    #: Roles of the person who acts; None acts as the engine itself (demo, tests).
    roles: frozenset[RoleId] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTask(TaskCommand):
    """Take an offered task."""

    #: Tasks of a batch are claimed with the same group, one command for each.
    group: str | None = None


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
    #: Answers to `asks`, typed, by dotted path as `asks` says it ("order.credit",
    #: or "parcel.weight" of the element).
    answers: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseTask(TaskCommand):
    """Put a started task aside; its owner says so, or whoever leads the work."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeTask(TaskCommand):
    """Go on with a paused task; only its owner does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReassignTask(TaskCommand):
    """Give a task to somebody; one that was started is paused until they go on."""

    to: UserId
    #: Roles of that person; None asks for none.
    to_roles: frozenset[RoleId] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverMessage(Asked):
    """Hand a message to the case; kept until a step waits for it."""

    name: str
    #: Values for the fields the message sets, typed, by dotted path.
    body: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FireTimer(Asked):
    """A timer of a step's visit is due; with `alarm`, an escalation is."""

    step: StepId
    visit: int
    element: str | None = None
    alarm: bool = False


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPersonal(Asked):
    """Say that the case's personal values are erased; also of a closed one."""

    reason: str
    #: Whose values they were, by dotted path.
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceCommand(Asked):
    """A command on one instance of a step; one that comes too late does nothing."""

    step: StepId
    visit: int
    element: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerStock(InstanceCommand):
    """What became of `Case.asked`; belongs into the transaction that asked.

    Its `at` and `by` are those of the command that asked.
    """

    #: Quantities given, by line; a line left out was given nothing.
    given: Mapping[str, int] = field(default_factory=dict)
    #: What is short, in words; nothing was booked.
    refused: str | None = None
    #: The command of this transaction; it is decided to its end after the answer.
    of: "Command"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAutomation(InstanceCommand):
    """How an automation ended, or that it failed for good."""

    outcome: str | None = None
    #: Values of the fields that the step `asks`, typed, by dotted path.
    answers: Mapping[str, object] = field(default_factory=dict)
    #: Why it failed after all attempts: an incident.
    failed: str | None = None
    #: Which lease answers; the engine checks it, the rules do not.
    fence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveGate(InstanceCommand):
    """Its turn has come: the gate's counter has been moved in this transaction.

    The counter is left alone where the case holds a place already (`Case.gates`).
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildClosed(InstanceCommand):
    """A child of a call ended; its instance is found by the child, not by the step."""

    child: CaseId
    #: Name of the end it reached, or "cancelled".
    outcome: str
    #: The child's own record, for `takes`.
    result: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrateCase(Asked):
    """Go on by another version; decided with the net of that version."""

    #: Digest of the version to go on by.
    process: str
    #: Bits of the present net to those of the new one.
    bits: Mapping[int, int]
    #: Steps whose names changed, present to new; all others keep theirs.
    steps: Mapping[StepId, StepId] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIncident(Asked):
    """Say that an open step cannot go on; it stands still until that is resolved."""

    step: StepId
    #: Where the step has `each`: the element that it is about.
    element: str | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveIncident(Asked):
    """Say that a step that stands still may go on."""

    step: StepId
    #: What was done about it.
    reason: str
    #: Whether the step is tried anew: a machine is asked again, a step whose token
    #: rests is entered again, a wait looks at its time and messages again.
    again: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveToken(Asked):
    """Take the case from one step to another, whatever the arrows say: a repair."""

    from_step: StepId
    to_step: StepId
    reason: str
    #: Whether the counts of `at_most` begin anew.
    reset: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeData(Asked):
    """Correct fields of the case, whatever step asks for them."""

    #: Typed, by dotted path ("order.zone"); of an element "order.parcels#2.weight".
    #: None takes the value away.
    values: Mapping[str, object]
    reason: str


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
    | AnswerStock
    | AnswerAutomation
    | LeaveGate
    | ChildClosed
    | MigrateCase
    | PauseTask
    | ResumeTask
    | ReassignTask
    | ReportIncident
    | ResolveIncident
    | MoveToken
    | ChangeData
    | ForgetPersonal
)
