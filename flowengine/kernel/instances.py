"""Instances of steps: what is ready, what begins, and the event that ends it."""

from collections.abc import Mapping

from flowengine.eventlog import EntryKind
from flowengine.kernel.case import Pause, Task, TaskState
from flowengine.kernel.events import StepEnded
from flowengine.kernel.evolve import bits
from flowengine.kernel.run import Run
from flowengine.kernel.values import dataclass
from flowengine.language.process import StepId, StepKind
from flowengine.net.net import NetStep
from flowengine.quantities import Instant

NOTHING: Mapping[str, object] = {}
_ENTRY_KINDS = {
    StepKind.TASK: EntryKind.TASK,
    StepKind.WAIT: EntryKind.WAIT,
    StepKind.GATE: EntryKind.WAIT,
    StepKind.CALL: EntryKind.WAIT,
}


@dataclass(frozen=True, slots=True)
class Marks:
    """What the end of an instance says beside its way and its answers."""

    cost: int | None = None
    priority: int | None = None
    reversible: bool = False
    gated: bool = False


PLAIN = Marks()
#: Members looked up once, see `advance`.
_TASK, _PASS, _WAITING = EntryKind.TASK, EntryKind.PASS, TaskState.WAITING


def instance_of(run: Run, net_step: NetStep) -> Task:
    """The instance of a step that tokens have come to, not yet open.

    Its binding predecessor is the arrival with the highest `seq`
    (architecture: the entry whose end put the last token needed).
    """
    binding = None
    for bit in bits(net_step.inputs & run.case.marking):
        arrival = run.case.arrivals[bit]
        if binding is None or (arrival.seq or 0) >= (binding.seq or 0):
            binding = arrival
    if binding is None:
        raise ValueError(f"No token has come to step {net_step.step.id}.")
    step = net_step.step
    return Task(
        step.id,
        run.case.visits.get(step.id, 0) + 1,
        _ENTRY_KINDS.get(step.kind, _PASS),
        _WAITING,
        enabled=binding.at,
        pred=binding.seq,
    )


def open_instances(run: Run, step: StepId) -> tuple[Task, ...]:
    """All open instances of a step: one, or with `each` one per element."""
    return tuple(task for task in run.case.tasks.values() if task.step == step)


def resting_steps(run: Run) -> tuple[StepId, ...]:
    """Steps that are ready but not open: reached while held, or after an incident."""
    marking = run.case.marking
    opened = {task.step for task in run.case.tasks.values()}
    return tuple(
        step_id
        for step_id, net_step in run.net.steps.items()
        if marking & net_step.inputs == net_step.inputs
        and net_step.inputs
        and step_id not in opened
    )


def resting(run: Run) -> tuple[Task, ...]:
    """The instances that the resting steps would begin."""
    return tuple(instance_of(run, run.net.steps[step]) for step in resting_steps(run))


def stranded(run: Run) -> tuple[Task, ...]:
    """The instances of joins that some tokens have come to, and the others have not."""
    marking = run.case.marking
    return tuple(
        instance_of(run, net_step)
        for net_step in run.net.steps.values()
        if 0 != marking & net_step.inputs != net_step.inputs
    )


def ended(
    run: Run,
    task: Task,
    *,
    outcome: str | None,
    way: str | None = None,
    consumed: int = 0,
    produced: int = 0,
    counted: bool = False,
    answers: Mapping[str, object] = NOTHING,
    message: str | None = None,
    marks: Marks = PLAIN,
) -> StepEnded:
    """The event that ends an instance, with everything analysis needs."""
    net_step = run.net.steps[task.step]
    step = net_step.step
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
        role=step.role if task.kind is _TASK else None,
        department=step.department,
        outcome=outcome,
        due=task.due,
        way=way,
        consumed=consumed,
        produced=produced,
        counted=counted,
        answers=answers,
        message=message,
        element=task.element,
        cost=marks.cost,
        priority=marks.priority,
        remembered=net_step.remembered and task.owner is not None,
        reversible=marks.reversible,
        gated=marks.gated,
        pauses=_pauses(task, run.at) if task.pauses else (),
    )


def _pauses(task: Task, end: Instant) -> tuple[Pause, ...]:
    """What rests as it ends has rested until then."""
    return tuple(
        (since, end if until is None else until) for since, until in task.pauses
    )
