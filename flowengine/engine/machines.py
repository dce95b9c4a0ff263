"""What happens by itself, and the answers of machines."""

from collections.abc import Mapping

from flowengine.engine import rounds
from flowengine.engine.answering import answer_automation
from flowengine.engine.firing import fire_due
from flowengine.engine.opened import Opened
from flowengine.engine.refs import task_ref
from flowengine.engine.values import Errand, Receipt, Worked
from flowengine.quantities import Instant
from flowengine.store import worklist

_NO_VALUES: Mapping[str, object] = {}


class Machines:
    """The part of an engine that workers use."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def answer(
        self,
        ref: str,
        *,
        outcome: str | None = None,
        failed: str | None = None,
        answers: Mapping[str, object] = _NO_VALUES,
        by: str = "machine",
        key: str | None = None,
    ) -> Receipt:
        """Say how an automation ended, or why it `failed` for good.

        Raises:
            NotFound: No such order or automation.
            InvalidInput: An answer is of the wrong form.
        """
        opened = self._opened
        wanted, said = task_ref(ref), opened.said(by, key)
        return answer_automation(
            opened.transactor, wanted, said, outcome, failed, answers
        )

    def work(
        self, limit: int = 100, *, by: str = "worker", again: bool = False
    ) -> Worked:
        """One round of all that happens by itself: timers, children, gates.

        Nothing is due any more where nothing was `done`. With `again` what another
        order could not be told before is tried once more.
        """
        opened = self._opened
        said = opened.said(by)
        return rounds.work(opened.database, opened.transactor, said, limit, again=again)

    def outbox(self, kind: str | None = None) -> tuple[Errand, ...]:
        """What people and machines are to be told, the oldest first."""
        return rounds.errands(self._opened.database, kind)

    def fire_timers(self, limit: int = 100, *, by: str = "timer") -> int:
        """Fire timers that are due, the earliest first; how many there were."""
        opened = self._opened
        return fire_due(opened.database, opened.transactor, opened.said(by), limit)[0]

    def next_timer(self) -> Instant | None:
        """When the next timer is due; None when nothing waits for a time."""
        with self._opened.database.reading() as connection:
            moment = worklist.next_timer(connection)
        return None if moment is None else Instant(moment)
