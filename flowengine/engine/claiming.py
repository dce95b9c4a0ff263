"""The next task for somebody: the most urgent one that they may do, taken at once."""

from collections.abc import Sequence
from dataclasses import replace

from flowengine.engine.batching import claim_with_mates
from flowengine.engine.refs import TaskRef
from flowengine.engine.transact import Transactor
from flowengine.engine.values import Receipt, Said
from flowengine.engine.working import refuse_away, roles_of
from flowengine.errors import CommandRejected, ConcurrentChange, FlowError
from flowengine.kernel.case import CaseId
from flowengine.kernel.commands import ClaimTask, StartTask
from flowengine.language.process import RoleId, StepId
from flowengine.store.batch import Batch
from flowengine.store.offered import PAGES, Offered, free_tasks, is_any_offered


def claim_next(
    transactor: Transactor, role: str | None, said: Said, *, start: bool
) -> Receipt | None:
    """Take the most urgent task of a role, or of all roles that somebody has.

    What they may not do is passed over (`not_same_person_as`), as are orders that
    others are at work on at this moment: nobody waits, and none is taken twice.

    Raises:
        NotFound: Nobody has that name.
        CommandRejected: They are away, or do not have that role.
    """

    def work(batch: Batch) -> Receipt | None:
        has = roles_of(batch, said.by)
        refuse_away(batch, said.by, said.at)
        batch.settle()
        wanted = sorted(has) if role is None else [_had(RoleId(role), has, said)]
        return _Search(transactor, batch, said, has, start=start).first(wanted)

    return transactor.run(work, locking=True)


def _had(role: RoleId, has: frozenset[RoleId], said: Said) -> RoleId:
    if role in has:
        return role
    raise CommandRejected(
        f"Expected somebody with role {role}, but {said.by} has "
        f"{', '.join(sorted(has)) or 'no role'}."
    )


class _Search:
    """One look for a task, in one transaction."""

    def __init__(
        self,
        transactor: Transactor,
        batch: Batch,
        said: Said,
        has: frozenset[RoleId],
        *,
        start: bool,
    ) -> None:
        self._transactor = transactor
        self._batch = batch
        self._said = said
        self._has = has
        self._start = start
        #: Looked at, and not to be had.
        self._passed: set[Offered] = set()

    def first(self, roles: Sequence[str]) -> Receipt | None:
        """The receipt of the first task that can be taken; None where there is none.

        Raises:
            ConcurrentChange: All that is left is in the hands of others.
        """
        for limit in PAGES:
            receipt, is_all = self._on_page(roles, limit)
            if receipt is not None:
                return receipt
            if is_all:
                break
        else:
            return None  # so much of it is not for them that we look no further
        if is_any_offered(self._batch.link, roles, self._passed):
            raise ConcurrentChange(
                f"Expected a free task for {self._said.by}, but others are taking "
                "what there is: say it again."
            )
        return None

    def _on_page(self, roles: Sequence[str], limit: int) -> tuple[Receipt | None, bool]:
        """What was taken of the first so many of each role; whether those were all."""
        found = free_tasks(self._batch.link, roles, limit)
        self._batch.preload(CaseId(task.case_id.hex()) for task in found)
        left = {role: sum(task.role == role for task in found) for role in roles}
        full = {role for role in roles if left[role] == limit}
        for task in found:
            if task not in self._passed:
                receipt = self._taken(task)
                if receipt is not None:
                    return receipt, True
                self._passed.add(task)
            left[task.role] -= 1
            # What follows in this role may be more urgent than the next of another.
            if task.role in full and not left[task.role]:
                return None, False
        return None, not full

    def _taken(self, task: Offered) -> Receipt | None:
        """The receipt of a task that could be claimed; None where that is refused."""
        said = self._said
        claim = ClaimTask(
            case_id=CaseId(task.case_id.hex()),
            at=said.at,
            by=said.by,
            step=StepId(task.step),
            visit=task.visit,
            element=task.element or None,
            roles=self._has,
        )
        try:
            receipt = claim_with_mates(self._transactor, self._batch, claim)
        except ConcurrentChange:
            raise
        except FlowError:
            return None
        if not receipt.events:
            return None  # theirs already, by a command of this very transaction
        if self._start:
            receipt = self._started(receipt, claim)
        visit = None if task.visit == 1 else task.visit
        ref = TaskRef(task.number, claim.step, visit, claim.element)
        return replace(receipt, task=ref.text())

    def _started(self, receipt: Receipt, claim: ClaimTask) -> Receipt:
        """Begin what was claimed, in the same transaction."""
        begun = StartTask(
            case_id=claim.case_id,
            at=claim.at,
            by=claim.by,
            step=claim.step,
            visit=claim.visit,
            element=claim.element,
            roles=claim.roles,
        )
        started = self._transactor.execute(self._batch, begun)
        events = (*receipt.events, *started.events)
        return replace(receipt, version=started.version, events=events)
