"""Timers: what ends because its time has come, and whom to tell before that."""

from collections.abc import Callable
from functools import partial

from flowengine.engine.transact import Transactor, tried
from flowengine.engine.values import Said, Skipped
from flowengine.errors import FlowError
from flowengine.kernel.case import CaseId
from flowengine.kernel.commands import FireTimer
from flowengine.language.process import StepId
from flowengine.store import timers
from flowengine.store.batch import Batch
from flowengine.store.database import Database
from flowengine.store.rows import ESCALATION
from flowengine.store.timers import DueTimer

#: Timers that could not fire, and why.
Refused = dict[DueTimer, FlowError]


def fire_due(
    database: Database, transactor: Transactor, said: Said, limit: int
) -> tuple[int, tuple[Skipped, ...]]:
    """Fire at most `limit` due timers, the earliest first.

    Orders that another worker is just working on are left to it. Gives how many
    fired, and those that could not: they never keep others waiting.
    """
    with database.reading() as connection:
        moment = timers.next_timer(connection)
    if moment is None or moment > said.at:
        return 0, ()
    refused: Refused = {}
    fired = 0
    while fired < limit:
        done, failed = transactor.run(
            _firing(transactor, said, limit - fired, refused), locking=True
        )
        fired += done
        refused |= failed
        if not failed:
            break
    skipped = (Skipped(timer.number, str(error)) for timer, error in refused.items())
    return fired, tuple(skipped)


def _firing(
    transactor: Transactor, said: Said, limit: int, refused: Refused
) -> Callable[[Batch], tuple[int, Refused]]:
    """Fire in one transaction what is due and was not refused before."""

    def work(batch: Batch) -> tuple[int, Refused]:
        batch.settle()
        due = timers.due_timers(batch.link, said.at, limit + len(refused))
        due = [timer for timer in due if timer not in refused][:limit]
        batch.preload(CaseId(timer.case_id.hex()) for timer in due)
        failed: Refused = {}
        for timer in due:
            command = _command(timer, said)
            answer = tried(batch, partial(transactor.execute, command=command))
            if isinstance(answer, FlowError):
                failed[timer] = answer
        return len(due) - len(failed), failed

    return work


def _command(timer: DueTimer, said: Said) -> FireTimer:
    return FireTimer(
        case_id=CaseId(timer.case_id.hex()),
        at=said.at,
        by=said.by,
        step=StepId(timer.step),
        visit=timer.visit,
        element=timer.element or None,
        alarm=timer.kind == ESCALATION,
    )
