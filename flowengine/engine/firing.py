"""Timers: what ends because its time has come, and whom to tell before that."""

from collections.abc import Sequence

from flowengine.engine.submitting import submit
from flowengine.engine.transact import Transactor
from flowengine.engine.values import Receipt, Said, Skipped
from flowengine.errors import FlowError
from flowengine.kernel.case import CaseId
from flowengine.kernel.commands import FireTimer
from flowengine.language.process import StepId
from flowengine.store import worklist
from flowengine.store.database import Database
from flowengine.store.rows import ESCALATION
from flowengine.store.worklist import DueTimer


def fire_due(
    database: Database, transactor: Transactor, said: Said, limit: int
) -> tuple[int, tuple[Skipped, ...]]:
    """Fire at most `limit` due timers, the earliest first.

    Gives how many fired, and those that could not: they never keep others waiting.
    """
    skipped: dict[DueTimer, Skipped] = {}
    fired = 0
    while fired < limit:
        with database.reading() as connection:
            due = worklist.due_timers(connection, said.at, limit + len(skipped))
        due = [timer for timer in due if timer not in skipped][: limit - fired]
        if not due:
            break
        answers = submit(transactor, [_firing(timer, said) for timer in due])
        refused = _refused(database, due, answers)
        fired += len(due) - len(refused)
        skipped |= refused
        if not refused:
            break
    return fired, tuple(skipped.values())


def _firing(timer: DueTimer, said: Said) -> FireTimer:
    return FireTimer(
        case_id=CaseId(timer.case_id.hex()),
        at=said.at,
        by=said.by,
        step=StepId(timer.step),
        visit=timer.visit,
        element=timer.element or None,
        alarm=timer.kind == ESCALATION,
    )


def _refused(
    database: Database,
    due: Sequence[DueTimer],
    answers: Sequence[Receipt | FlowError],
) -> dict[DueTimer, Skipped]:
    refused = {
        timer: answer
        for timer, answer in zip(due, answers, strict=True)
        if isinstance(answer, FlowError)
    }
    if not refused:
        return {}
    with database.reading() as connection:
        numbers = worklist.numbers(connection, [timer.case_id for timer in refused])
    return {
        timer: Skipped(numbers.get(timer.case_id, timer.case_id.hex()), str(answer))
        for timer, answer in refused.items()
    }
