"""How an errand went, in the database: done, tried again later, or given up."""

from dataclasses import dataclass
from enum import StrEnum

from flowengine.engine.answering import Reply, answer_errand
from flowengine.engine.automations import Answer, Done, Failed
from flowengine.engine.backoff import pause_after
from flowengine.engine.opened import Opened
from flowengine.engine.outfit import Outfit
from flowengine.errors import CommandRejected, ConcurrentChange, InvalidInput, LeaseLost
from flowengine.kernel.case import CaseId
from flowengine.kernel.commands import AddNote
from flowengine.quantities import Instant
from flowengine.store import leases
from flowengine.store.outbox import TO_MACHINES, OutboxRow


class Fate(StrEnum):
    """What became of an errand."""

    DONE = "done"
    #: It failed and is tried again.
    AGAIN = "again"
    #: It failed, and is tried no more until somebody says so.
    GIVEN_UP = "given-up"
    #: Another worker has it, or nobody waits for it any more.
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an errand, and why."""

    row: OutboxRow
    fate: Fate
    reason: str = ""
    #: When it is tried again.
    due: Instant | None = None
    #: Of the order that it was for.
    number: str = ""


def settle(
    opened: Opened, outfit: Outfit, row: OutboxRow, answer: Answer, by: str
) -> Settled:
    """Write down how an errand went, if the lease still stands."""
    if isinstance(answer, Done):
        try:
            return _done(opened, row, answer, by)
        except ConcurrentChange as error:
            # Somebody works on that order: the same answer is asked for again.
            answer = Failed(str(error))
        except LeaseLost:
            return Settled(row, Fate.LOST)
        except (CommandRejected, InvalidInput) as error:
            answer = Failed(str(error), again=False)
    most = outfit.configuration.worker.attempts
    if answer.again and row.attempts < most:
        return _again(opened, outfit, row, answer)
    try:
        return _given_up(opened, row, answer, by)
    except (LeaseLost, ConcurrentChange):
        # Where somebody works on that order, the lease runs out and it is tried anew.
        return Settled(row, Fate.LOST)


def _done(opened: Opened, row: OutboxRow, answer: Done, by: str) -> Settled:
    if row.kind in TO_MACHINES:
        reply = Reply(answer.outcome, answer.answers)
        answer_errand(opened.transactor, row, opened.said(by), reply)
        return Settled(row, Fate.DONE)
    with opened.database.writing() as connection:
        is_ours = leases.finish(connection, row)
    return Settled(row, Fate.DONE if is_ours else Fate.LOST)


def _again(opened: Opened, outfit: Outfit, row: OutboxRow, answer: Failed) -> Settled:
    said = outfit.configuration.worker
    pause = pause_after(row.attempts, row.key, said.first_pause, said.longest_pause)
    due = Instant(opened.now() + pause)
    with opened.database.writing() as connection:
        is_ours = leases.postpone(connection, row, due, answer.reason)
    if not is_ours:
        return Settled(row, Fate.LOST)
    return Settled(row, Fate.AGAIN, answer.reason, due)


def _given_up(opened: Opened, row: OutboxRow, answer: Failed, by: str) -> Settled:
    """What a case waits for is an incident there; the rest stays to be looked at."""
    reason = answer.reason
    if row.kind in TO_MACHINES:
        answer_errand(opened.transactor, row, opened.said(by), Reply(failed=reason))
        return Settled(row, Fate.GIVEN_UP, reason)
    with opened.database.writing() as connection:
        is_ours = leases.give_up(connection, row, reason)
    if not is_ours:
        return Settled(row, Fate.LOST)
    said = opened.said(by)
    note = AddNote(
        case_id=CaseId(row.case_id.hex()),
        at=said.at,
        by=said.by,
        key=f"{row.key}:given-up:{row.fence}",
        text=f"Not told to {row.body.get('who', '')}: {reason}",
    )
    opened.transactor.run(lambda batch: opened.transactor.execute(batch, note))
    return Settled(row, Fate.GIVEN_UP, reason)
