"""What should happen: a process compiled to a 1-safe net over bitmask markings.

One place per step, one per source for a step that joins, one for the end. A step is
enabled when all its input places are marked; its tokens stay there while it is open.
Each way out of a step is a transition: the timeout, the messages, the outcomes, the
branches of a decision, and the way that `at_most` leaves are free choices of one net.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flowengine.calendars import WorkCalendar
from flowengine.language.process import Process, Step, StepId


class WayKind(StrEnum):
    """What makes the order leave a step by this way."""

    NEXT = "next"
    CHOICE = "choice"  #: a branch of `choose`, by its position
    OUTCOME = "outcome"
    MESSAGE = "message"
    TIMEOUT = "timeout"
    END = "end"


@dataclass(frozen=True, slots=True)
class Transition:
    """One way out of a step.

    Masks have one bit per place. A transition that `resets` empties the whole marking
    before it produces (the reserved target `cancel`).
    """

    index: int
    step: StepId
    kind: WayKind
    #: "" for next and end; the position of the branch, the outcome, or the message.
    label: str
    consumes: int
    produces: int
    #: Steps it leads to, in file order; empty for an end and for `cancel`.
    targets: tuple[StepId, ...] = ()
    resets: bool = False
    #: How often it may be used in a case's life; None is without bound.
    at_most: int | None = None
    #: Index of the transition that is taken once `at_most` is used up.
    then: int | None = None
    #: True for a transition that is only reached as the `then` of another.
    is_then: bool = False


@dataclass(frozen=True, slots=True)
class NetStep:
    """A step as the kernel needs it: its places, its ways out, its hours."""

    step: Step
    #: Input places; all of them marked is enabled.
    inputs: int
    #: Ways out by kind and label, `then` ways left out.
    ways: Mapping[tuple[WayKind, str], Transition]
    #: Working time of its role, else of the head's calendar, else always open.
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True)
class Net:
    """A compiled process."""

    process: Process
    #: Names in the order of their bits: "step", "source>step" for joins, then "end".
    places: tuple[str, ...]
    transitions: tuple[Transition, ...]
    steps: Mapping[StepId, NetStep]
    #: The step each place belongs to, by bit; None for the end.
    step_of_place: tuple[StepId | None, ...]
    initial: int
    final: int
    #: What cancelling produces: the places of `on_cancel`, or the end.
    cancelled: int
    #: Bound on automatic advance in one command: more steps than this is a bug.
    advance_limit: int
