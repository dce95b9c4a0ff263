"""What should happen: a process compiled to a 1-safe net over bitmask markings.

One place per step, one per source for a step that joins, one for the end. A step is
enabled when all its input places are marked; its tokens stay there while it is open.
Each way out of a step is a transition: the timeout, the messages, the outcomes, the
branches of a decision, and the way that `at_most` leaves are free choices of one net.
Branches of `choose_all` are left by together: those that hold give what they produce,
the others what they skip to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from flowengine.calendars import WorkCalendar
from flowengine.language.process import Process, Step, StepId


class WayKind(StrEnum):
    """What makes the order leave a step by this way."""

    NEXT = "next"
    CHOICE = "choice"  #: a branch of `choose`, by its position
    ALL = "all"  #: a branch of `choose_all`, by its position; `else` is the last
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
    #: Positions with commas for branches of `choose_all` together (`opened_together`).
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
    #: A branch of `choose_all`: what it produces where its rule does not hold and
    #: another's does (its place at the join). 0 for `else`, and for all other ways.
    skips: int = 0
    #: A name that outlives recompilation: "next", "choice:0", "outcome:ok:then".
    name: str = field(init=False)

    def __post_init__(self) -> None:
        parts = (self.kind.value, self.label, "then" if self.is_then else "")
        object.__setattr__(self, "name", ":".join(part for part in parts if part))


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
    #: Whether another step must not be done by whoever did this one last.
    remembered: bool = False


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


def opened_together(net: Net, taken: Sequence[Transition]) -> Transition:
    """The way out of a `choose_all` that opens these branches and skips the others.

    `taken` holds branches of one step in the order of the file, or the `then` of one,
    at least one, and never its `else`, which is a way of its own. The label names the
    branches: "0,2", or "0,2:then". `at_most` counts each branch for itself.
    """
    first = taken[0]
    opened = {way.label for way in taken}
    produces = 0
    for way in taken:
        produces |= way.produces
    for (kind, label), way in net.steps[first.step].ways.items():
        if kind is WayKind.ALL and label not in opened:
            produces |= way.skips
    return Transition(
        index=first.index,
        step=first.step,
        kind=WayKind.ALL,
        label=",".join(
            f"{way.label}:then" if way.is_then else way.label for way in taken
        ),
        consumes=first.consumes,
        produces=produces,
        targets=tuple(dict.fromkeys(step for way in taken for step in way.targets)),
        resets=any(way.resets for way in taken),
    )
