"""What is wrong with the flow of a process, with the run that shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flowengine.language.position import NOWHERE, Position
from flowengine.language.problems import Severity
from flowengine.language.process import StepId
from flowengine.net.flow import Flow, arrow_of
from flowengine.net.net import Transition


@dataclass(frozen=True, slots=True)
class FlowFault:
    """One fault, at the step or the arrow that is to blame.

    The run is kept as transitions, so that the diagram can paint what the message
    tells.
    """

    code: str
    step: StepId
    message: str
    help: str
    #: A shortest run that shows it, from the start of the order or of cancelling.
    run: tuple[Transition, ...] = ()
    #: The way out of the step that is to blame, where it is one.
    way: Transition | None = None
    severity: Severity = Severity.ERROR
    at: Position = NOWHERE


def fault_at_step(
    flow: Flow,
    code: str,
    step: StepId,
    message: str,
    help_text: str,
    run: tuple[Transition, ...] = (),
) -> FlowFault:
    """A fault of a step, at the step."""
    at = flow.step(step).at
    return FlowFault(code, step, message, help_text, run, at=at)


def fault_at_arrow(
    flow: Flow,
    code: str,
    way: Transition,
    message: str,
    help_text: str,
    run: tuple[Transition, ...] = (),
) -> FlowFault:
    """A fault of a way out of a step, at its arrow."""
    arrow = arrow_of(flow.net, way)
    at = flow.step(way.step).at if arrow is None else arrow.at
    return FlowFault(code, way.step, message, help_text, run, way, at=at)


def named(steps: Iterable[str], last: str = "and") -> str:
    """Steps in a sentence: `a`, `b` and `c`."""
    quoted = [f"`{step}`" for step in steps]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def are(steps: Sequence[str]) -> str:
    """The verb behind `named` steps."""
    return "is" if len(steps) == 1 else "are"


def free_name(flow: Flow, *names: str) -> str:
    """The first of these names that no step has; the last one with a number if none."""
    taken, number = flow.net.process.steps, 2
    for name in names:
        if name not in taken:
            return name
    while (free := f"{names[-1]}-{number}") in taken:
        number += 1
    return free
