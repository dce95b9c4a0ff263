"""How a step instance ends: which way it takes, what that leaves behind, cancelling."""

from collections.abc import Mapping

from flowengine.eventlog import WITHDRAWN, EntryKind
from flowengine.kernel.case import Task, TaskState, task_id
from flowengine.kernel.events import (
    CaseCancelled,
    CaseClosed,
    IncidentRaised,
    StepEnded,
)
from flowengine.kernel.evolve import bits
from flowengine.kernel.run import Run
from flowengine.language.process import StepId, StepKind
from flowengine.net.net import NetStep, Transition, WayKind
from flowengine.quantities import Instant

#: Outcome of a case that was cancelled and has no `on_cancel` to follow.
CANCELLED = "cancelled"

_NOTHING: Mapping[str, object] = {}
_ENTRY_KINDS = {StepKind.TASK: EntryKind.TASK, StepKind.WAIT: EntryKind.WAIT}


def leave(
    run: Run,
    task: Task,
    transition: Transition,
    *,
    outcome: str | None = None,
    answers: Mapping[str, object] = _NOTHING,
    message: str | None = None,
) -> None:
    """End an instance by a way: its tokens move on.

    A token that would meet another in one place is an incident, never a merge: the
    instance ends, its token stays, and somebody must look.
    """
    blocked = run.case.marking & ~transition.consumes & transition.produces
    moves = not blocked
    run.record(
        _ended(
            run,
            task,
            outcome=outcome,
            way=way_name(transition),
            consumed=transition.consumes if moves else 0,
            produced=0 if blocked or transition.resets else transition.produces,
            counted=transition.at_most is not None,
            answers=answers,
            message=message,
        )
    )
    if blocked:
        reason = f"the step after {task.step} has work open already"
        run.record(IncidentRaised(at=run.at, by=run.by, step=task.step, reason=reason))
    elif transition.resets:
        cancel(run, f"{task.step} led to cancel", pred=run.case.version)
    else:
        run.reached.extend(transition.targets)


def way_of(run: Run, net_step: NetStep, kind: WayKind, label: str) -> Transition:
    """The way out of a step, or the one that `at_most` leaves once it is used up."""
    transition = net_step.ways[kind, label]
    if transition.at_most is None or transition.then is None:
        return transition
    used = run.case.uses.get(f"{transition.step}/{way_name(transition)}", 0)
    if used < transition.at_most:
        return transition
    return run.net.transitions[transition.then]


def chosen_way(run: Run, net_step: NetStep) -> Transition:
    """The way that the step's rules, or its plain arrow, give now."""
    for position, branch in enumerate(net_step.step.choose):
        if branch.rule is None or branch.rule.evaluate(run.case.data, run.at) is True:
            return way_of(run, net_step, WayKind.CHOICE, str(position))
    return way_of(run, net_step, WayKind.NEXT, "")


def way_name(transition: Transition) -> str:
    """A name for a way that outlives recompilation: "choice:0", "outcome:ok:then"."""
    name = transition.kind.value
    if transition.label:
        name = f"{name}:{transition.label}"
    return f"{name}:then" if transition.is_then else name


def cancel(run: Run, reason: str, pred: int | None = None) -> None:
    """Withdraw what is open, then follow `on_cancel` or close.

    `pred` is the entry that led here; else the withdrawn instance enabled last.
    """
    latest: Instant | None = None
    for task in (*run.case.tasks.values(), *_resting(run)):
        run.record(_ended(run, task, outcome=WITHDRAWN))
        if latest is None or task.enabled >= latest:
            latest = task.enabled
            withdrawn = run.case.version
    if pred is None and latest is not None:
        pred = withdrawn
    follows = run.net.cancelled != run.net.final
    marking = run.net.cancelled if follows else 0
    run.record(
        CaseCancelled(at=run.at, by=run.by, reason=reason, marking=marking, pred=pred)
    )
    run.reached.clear()
    on_cancel = run.net.process.on_cancel
    if follows and on_cancel is not None:
        run.reached.extend(on_cancel.arrow.targets)
    else:
        run.record(CaseClosed(at=run.at, by=run.by, outcome=CANCELLED, last=pred))


def instance_of(run: Run, net_step: NetStep) -> Task:
    """The instance of a step whose input places are all marked, not yet open.

    Its binding predecessor is the arrival with the highest `seq`
    (architecture: the entry whose end put the last token needed).
    """
    binding = None
    for bit in bits(net_step.inputs):
        arrival = run.case.arrivals[bit]
        if binding is None or (arrival.seq or 0) >= (binding.seq or 0):
            binding = arrival
    if binding is None:
        raise ValueError(f"Step {net_step.step.id} has no input place.")
    step = net_step.step
    kind = _ENTRY_KINDS.get(step.kind, EntryKind.PASS)
    return Task(
        step=step.id,
        visit=run.case.visits.get(step.id, 0) + 1,
        kind=kind,
        state=TaskState.WAITING,
        enabled=binding.at,
        pred=binding.seq,
    )


def resting_steps(run: Run) -> tuple[StepId, ...]:
    """Steps that are ready but not open: reached while held, or after an incident."""
    marking = run.case.marking
    return tuple(
        step_id
        for step_id, net_step in run.net.steps.items()
        if marking & net_step.inputs == net_step.inputs
        and net_step.inputs
        and task_id(step_id) not in run.case.tasks
    )


def _resting(run: Run) -> tuple[Task, ...]:
    return tuple(instance_of(run, run.net.steps[step]) for step in resting_steps(run))


def _ended(
    run: Run,
    task: Task,
    *,
    outcome: str | None,
    way: str | None = None,
    consumed: int = 0,
    produced: int = 0,
    counted: bool = False,
    answers: Mapping[str, object] = _NOTHING,
    message: str | None = None,
) -> StepEnded:
    """The event that ends an instance, with everything analysis needs."""
    step = run.net.steps[task.step].step
    return StepEnded(
        at=run.at,
        by=run.by,
        step=task.step,
        visit=task.visit,
        kind=task.kind,
        pred=task.pred,
        enabled=task.enabled,
        started=run.at if task.started is None else task.started,
        claimed=task.claimed,
        who=task.owner,
        role=step.role if task.kind is EntryKind.TASK else None,
        department=step.department,
        outcome=outcome,
        due=task.due,
        way=way,
        consumed=consumed,
        produced=produced,
        counted=counted,
        answers=answers,
        message=message,
    )
