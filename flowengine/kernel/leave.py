"""How the tokens of an instance move on."""

from collections.abc import Mapping

from flowengine.kernel.cancelling import cancel
from flowengine.kernel.case import Task
from flowengine.kernel.events import IncidentRaised
from flowengine.kernel.evolve import bits
from flowengine.kernel.instances import (
    NOTHING,
    PLAIN,
    Marks,
    ended,
    instance_of,
    resting_steps,
)
from flowengine.kernel.run import Run
from flowengine.kernel.ways import is_counted
from flowengine.net.net import Transition, WayKind

__all__ = ["cancel", "instance_of", "leave", "resting_steps"]

#: A member looked up once, see `advance`.
_ALL = WayKind.ALL


def leave(
    run: Run,
    task: Task,
    transition: Transition,
    *,
    outcome: str | None = None,
    answers: Mapping[str, object] = NOTHING,
    message: str | None = None,
    marks: Marks = PLAIN,
) -> None:
    """End an instance by a way: its tokens move on.

    A token that would meet another in one place is an incident, never a merge: the
    instance ends, its token stays, and somebody must look.
    """
    blocked = run.case.marking & ~transition.consumes & transition.produces
    run.record(
        ended(
            run,
            task,
            outcome=outcome,
            way=transition.name,
            consumed=0 if blocked else transition.consumes,
            produced=0 if blocked or transition.resets else transition.produces,
            counted=is_counted(run.net.steps[task.step], transition),
            answers=answers,
            message=message,
            marks=marks,
        )
    )
    if blocked:
        reason = f"the step after {task.step} has work open already"
        run.record(IncidentRaised(at=run.at, by=run.by, step=task.step, reason=reason))
    elif transition.resets:
        cancel(run, f"{task.step} led to cancel", pred=run.case.version)
    else:
        run.reached.extend(transition.targets)
        if transition.kind is _ALL:
            _reach_skipped(run, transition)


def _reach_skipped(run: Run, transition: Transition) -> None:
    """A branch that was not opened has put its token at the join itself."""
    for bit in bits(transition.produces):
        step = run.net.step_of_place[bit]
        if step is not None and step not in run.reached:
            run.reached.append(step)
