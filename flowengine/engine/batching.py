"""Tasks of a batch: claiming one of them claims its mates, in one transaction."""

from dataclasses import replace

from uuid_utils import uuid7

from flowengine.engine.refs import TaskRef
from flowengine.engine.transact import Transactor
from flowengine.engine.values import Receipt
from flowengine.errors import FlowError
from flowengine.kernel.case import CaseId, Task, TaskState
from flowengine.kernel.commands import ClaimTask
from flowengine.language.process import StepId
from flowengine.store.batch import Batch
from flowengine.store.mates import Mate, mates_of

#: How many mates are looked at for each that may be claimed: some may not be theirs.
_LOOK_AT = 4


def claim_with_mates(
    transactor: Transactor, batch: Batch, command: ClaimTask
) -> Receipt:
    """Claim a task; of a `batch` step also what lies beside it, up to its limit.

    Mates are other orders' open tasks of the same step that are alike in what the
    batch goes by, the most urgent first. Those that this person may not do are left.
    """
    task = _batched(batch, command)
    if task is None:
        return transactor.execute(batch, command)
    batch.settle()
    group = uuid7().hex
    receipt = transactor.execute(batch, replace(command, group=group))
    if not receipt.events or receipt.repeated:
        return receipt
    held = batch.load(command.case_id)
    if held is None or held.net is None:
        return receipt
    batching = held.net.steps[task.step].step.batch
    claimed: list[str] = []
    limit = batching.up_to - 1 if batching is not None else 0
    name = held.net.process.name
    found = mates_of(batch.link, name, task.step, task.batch or "", _LOOK_AT * limit)
    for mate in found:
        if len(claimed) >= limit:
            break
        if (mate.case_id, mate.element) == (command.case_id, task.element or ""):
            continue
        if _has_claimed(transactor, batch, command, mate, group):
            visit = None if mate.visit == 1 else mate.visit
            step = StepId(mate.step)
            ref = TaskRef(mate.number, step, visit, mate.element or None)
            claimed.append(ref.text())
    return replace(receipt, mates=tuple(claimed))


def _batched(batch: Batch, command: ClaimTask) -> Task | None:
    """The offered task that is meant, if it lies in a batch."""
    held = batch.load(command.case_id)
    if held is None or held.after is None:
        return None
    for task in held.after.tasks.values():
        is_meant = task.step == command.step and (
            command.element is None or command.element == task.element
        )
        if is_meant and task.batch is not None and task.state is TaskState.OFFERED:
            return task
    return None


def _has_claimed(
    transactor: Transactor, batch: Batch, command: ClaimTask, mate: Mate, group: str
) -> bool:
    """Claim a mate too; False where it is refused to this person."""
    try:
        transactor.execute(
            batch,
            ClaimTask(
                case_id=CaseId(mate.case_id),
                at=command.at,
                by=command.by,
                step=StepId(mate.step),
                visit=mate.visit,
                element=mate.element or None,
                roles=command.roles,
                group=group,
            ),
        )
    except FlowError:
        return False
    return True
