"""Whether what should happen by itself does: workers, what is overdue, what failed."""

from dataclasses import dataclass

from flowengine.engine.opened import Opened
from flowengine.quantities import MINUTE, Duration, Instant
from flowengine.store import workers
from flowengine.store.outbox import TO_CASES
from flowengine.store.workers import Overdue, WorkerRow

#: A worker that was not seen for so long is not there.
SEEN_WITHIN = MINUTE
#: What is due for longer is late, whatever the disk does.
PATIENCE = Duration(5 * MINUTE)

_TIMER = "timer"


@dataclass(frozen=True, slots=True)
class Health:
    """What an operator looks at."""

    at: Instant
    workers: tuple[WorkerRow, ...]
    #: Due for longer than the patience of an operator.
    overdue: tuple[Overdue, ...]
    #: The same of kinds that this installation leaves to others.
    left: tuple[Overdue, ...]
    #: How much is tried no more until somebody says so.
    given_up: int

    def is_there(self, worker: WorkerRow) -> bool:
        """Whether a worker was seen lately."""
        return worker.seen >= self.at - SEEN_WITHIN

    @property
    def is_good(self) -> bool:
        """Whether a worker is there and keeps up."""
        return not self.overdue and any(map(self.is_there, self.workers))


def health(opened: Opened) -> Health:
    """How it stands now."""
    at = opened.now()
    ours = {_TIMER, *TO_CASES, *opened.outfit.kinds}
    with opened.database.reading() as connection:
        late = workers.overdue(connection, at - PATIENCE)
        return Health(
            at=at,
            workers=tuple(workers.workers(connection)),
            overdue=tuple(each for each in late if each.kind in ours),
            left=tuple(each for each in late if each.kind not in ours),
            given_up=workers.given_up(connection),
        )
