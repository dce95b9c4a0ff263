"""One round of everything that happens by itself, and what is still to be told."""

from flowengine.engine.calling import tell_cases
from flowengine.engine.errands import do_errands, skipped_of
from flowengine.engine.firing import fire_due
from flowengine.engine.opened import Opened
from flowengine.engine.releasing import release
from flowengine.engine.settling import Fate
from flowengine.engine.values import Said, Worked
from flowengine.kernel.case import UserId

#: Who fires timers.
TIMER = UserId("timer")


def work(opened: Opened, said: Said, limit: int) -> Worked:
    """Do what `work_inside` does, and what machines are asked: each once."""
    inside = work_inside(opened, said, limit)
    settled = do_errands(opened, limit, said.by)
    return Worked(
        inside.timers,
        inside.children,
        inside.gates,
        (*inside.skipped, *skipped_of(settled)),
        machines=sum(one.fate in (Fate.DONE, Fate.GIVEN_UP) for one in settled),
    )


def work_inside(opened: Opened, said: Said, limit: int) -> Worked:
    """Fire timers, tell children and parents, let gates through: each once.

    What cannot be done is skipped and never keeps the rest waiting.
    """
    database, transactor = opened.database, opened.transactor
    timer = said._replace(by=TIMER)
    timers, late = fire_due(database, transactor, timer, limit)
    told, failed = tell_cases(database, transactor, said, limit)
    passed, stopped = release(database, transactor, said, limit)
    return Worked(timers, told, passed, (*late, *failed, *stopped))
