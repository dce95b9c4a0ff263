"""One round of everything that happens by itself, and what is still to be told."""

from flowengine.engine.calling import tell_cases
from flowengine.engine.firing import fire_due
from flowengine.engine.releasing import release
from flowengine.engine.transact import Transactor
from flowengine.engine.values import Errand, Said, Worked
from flowengine.kernel.case import CaseId, UserId
from flowengine.quantities import Instant
from flowengine.store import outbox
from flowengine.store.database import Database

#: Who fires timers.
TIMER = UserId("timer")


def work(
    database: Database,
    transactor: Transactor,
    said: Said,
    limit: int,
    *,
    again: bool,
) -> Worked:
    """Fire timers, tell children and parents, let gates through: each once.

    What cannot be done is skipped and never keeps the rest waiting. With `again` what
    could not be told to another case before is tried once more.
    """
    if again:
        with database.writing() as connection:
            outbox.try_again(connection)
    timer = said._replace(by=TIMER)
    timers, late = fire_due(database, transactor, timer, limit)
    told, failed = tell_cases(database, transactor, said, limit)
    passed, stopped = release(database, transactor, said, limit)
    return Worked(timers, told, passed, (*late, *failed, *stopped))


def errands(database: Database, kind: str | None) -> tuple[Errand, ...]:
    """What is to be told or done outside, the oldest first."""
    with database.reading() as connection:
        rows = outbox.rows(connection, kind)
    return tuple(
        Errand(
            key=row.key,
            kind=row.kind,
            case_id=CaseId(row.case_id.hex()),
            at=Instant(row.at),
            body=row.body,
            failed=row.failed,
        )
        for row in rows
    )
