"""Whether a worker still has what it answers."""

from flowengine.errors import LeaseLost
from flowengine.kernel.commands import AnswerAutomation
from flowengine.store import leases
from flowengine.store.batch import Batch
from flowengine.store.outbox import OutboxRow, errand_name


def check_lease(batch: Batch, row: OutboxRow) -> None:
    """Refuse who comes too late; the lease stands until the transaction ends.

    Raises:
        LeaseLost: Another worker has taken it since, or it is answered.
    """
    if leases.fence_of(batch.link, row.key) != (row.id, row.fence):
        raise _lost(row.key)


def check_fence(batch: Batch, command: AnswerAutomation) -> None:
    """Refuse an answer under an older fence.

    One that names no fence, or is for what nobody has any more, is let pass.

    Raises:
        LeaseLost: Another worker has taken it since.
    """
    if command.fence is None:
        return
    key = errand_name(command.case_id, command.step, command.visit, command.element)
    held = leases.fence_of(batch.link, key)
    if held is not None and held[1] != command.fence:
        raise _lost(key)


def _lost(key: str) -> LeaseLost:
    return LeaseLost(
        f"Expected the lease of {key} to stand, but it has run out and another worker "
        "has taken it, or it is answered: this answer is not used."
    )
