"""Going on by another version: the case moves whole, or not at all."""

from collections.abc import Sequence

from flowengine.errors import CommandRejected, Conflict
from flowengine.eventlog import EntryKind
from flowengine.kernel.case import Case, CaseState, Task
from flowengine.kernel.commands import MigrateCase
from flowengine.kernel.events import CaseMigrated, GatePlaceReturned
from flowengine.kernel.evolve import bits
from flowengine.kernel.gates import return_places
from flowengine.kernel.run import Run
from flowengine.kernel.times import BY_VERSION, retime
from flowengine.language.process import StepId, StepKind
from flowengine.net.net import NetStep


def migrate(run: Run, command: MigrateCase) -> None:
    """Carry tokens and open instances over to the version that `run.net` is.

    Their times are counted anew by its hours and service levels.

    Raises:
        Conflict: The case is closed, or is being cancelled.
        CommandRejected: Something open has no place in that version.
    """
    case = run.case
    if case.state is CaseState.CLOSED or case.state is CaseState.CANCELLING:
        raise Conflict(
            f"Expected order {case.number} to be open to migrate it, "
            f"but it is {case.state.value}."
        )
    marked = bits(case.marking)
    lost = [bit for bit in marked if bit not in command.bits]
    if lost:
        steps = ", ".join(_waiting_at(case)) or "a step"
        raise CommandRejected(
            f"Expected a place in {_version(run)} for all of order {case.number}, "
            f"but there is none for what is open at {steps}."
        )
    _refuse_merged(run, command, marked)
    marking = sum(1 << command.bits[bit] for bit in marked)
    for task in case.tasks.values():
        _refuse_changed(run, command, task, marking)
    _return_renamed(run, command)
    run.record(
        CaseMigrated(
            at=run.at,
            by=run.by,
            process=command.process,
            bits={bit: command.bits[bit] for bit in marked},
            steps=command.steps,
        )
    )
    for task in tuple(run.case.tasks.values()):
        retime(run, task, BY_VERSION)
    return_places(run)


def _refuse_merged(run: Run, command: MigrateCase, marked: Sequence[int]) -> None:
    """Two tokens never become one: a place holds one token."""
    new = [command.bits[bit] for bit in marked]
    twice = sorted({bit for bit in new if new.count(bit) > 1})
    if twice:
        places = ", ".join(run.net.places[bit] for bit in twice)
        raise CommandRejected(
            f"Expected a place of its own in {_version(run)} for each token of order "
            f"{run.case.number}, but several would come to {places}."
        )


def _refuse_changed(run: Run, command: MigrateCase, task: Task, marking: int) -> None:
    """An open instance must be the same kind of thing there, with all its tokens."""
    name = _new_name(command, task.step)
    net_step = run.net.steps.get(name)
    reason = None
    if net_step is None:
        reason = "is not there"
    elif not _is_alike(task, net_step):
        reason = f"is a {net_step.step.kind.value} of another kind there"
    elif marking & net_step.inputs != net_step.inputs:
        reason = "waits for more there"
    elif name != task.step and net_step.step.kind is StepKind.AUTOMATION:
        reason = "is being carried out under its old name"
    if reason is not None:
        raise CommandRejected(
            f"Expected {run.case.number}/{task.id} to go on in {_version(run)}, "
            f"but {name} {reason}."
        )


def _is_alike(task: Task, net_step: NetStep) -> bool:
    step = net_step.step
    if (task.element is not None) is not (step.each is not None):
        return False
    if task.kind is EntryKind.TASK or step.kind is StepKind.TASK:
        return task.kind is EntryKind.TASK and step.kind is StepKind.TASK
    return (task.child is not None) is (step.kind is StepKind.CALL) and (
        step.kind in (StepKind.WAIT, StepKind.GATE, StepKind.CALL, StepKind.AUTOMATION)
    )


def _return_renamed(run: Run, command: MigrateCase) -> None:
    """A gate under another name counts anew: the place of the old one is given back."""
    for gate in run.case.gates:
        name = _new_name(command, gate)
        if name != gate or name not in run.net.steps:
            run.record(GatePlaceReturned(at=run.at, by=run.by, step=gate))


def _waiting_at(case: Case) -> list[str]:
    return sorted({str(task.id) for task in case.tasks.values()})


def _new_name(command: MigrateCase, step: StepId) -> StepId:
    return command.steps.get(step, step)


def _version(run: Run) -> str:
    return f"{run.net.process.name} version {run.net.process.version}"
