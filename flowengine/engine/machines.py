"""What happens by itself, and the answers of machines."""

from collections.abc import Mapping, Sequence

from flowengine.engine import rounds
from flowengine.engine.answering import Reply, answer_automation
from flowengine.engine.errands import errand_of, errands, take_errands
from flowengine.engine.firing import fire_due
from flowengine.engine.health import Health, health
from flowengine.engine.opened import Opened
from flowengine.engine.refs import task_ref
from flowengine.engine.values import Errand, KeptMessage, Receipt, Worked
from flowengine.engine.worker import Report, Worker
from flowengine.errors import NotFound
from flowengine.kernel.case import UserId
from flowengine.kernel.messages import KEPT
from flowengine.quantities import MINUTE, Duration, Instant
from flowengine.store import inbox, leases, timers

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
        fence: int | None = None,
    ) -> Receipt:
        """Say how an automation ended, or why it `failed` for good.

        `fence` is that of the errand as it was taken.

        Raises:
            NotFound: No such order or automation.
            LeaseLost: Somebody else has taken it since.
            InvalidInput: An answer is of the wrong form.
        """
        opened = self._opened
        wanted, said = task_ref(ref), opened.said(by, key)
        reply = Reply(outcome, answers, failed)
        return answer_automation(opened.transactor, wanted, said, reply, fence)

    def take(
        self,
        kinds: Sequence[str],
        *,
        by: str,
        limit: int = 1,
        lease: Duration = MINUTE,
    ) -> tuple[Errand, ...]:
        """Take errands that are due, to do them elsewhere and then `answer`.

        Nobody else gets them until the lease is out.
        """
        taken = take_errands(self._opened, limit, by, tuple(kinds), lease)
        return tuple(errand_of(row) for row in taken)

    def work(self, limit: int = 100, *, by: str = "worker") -> Worked:
        """One round of all that happens by itself: timers, children, gates, machines.

        Nothing is due any more where nothing was `done`.
        """
        return rounds.work(self._opened, self._opened.said(by), limit)

    def worker(self, name: str, report: Report | None = None) -> Worker:
        """A worker that goes on until it is stopped; `report` is told what it did."""
        return Worker(self._opened, name, report)

    def outbox(self, kind: str | None = None) -> tuple[Errand, ...]:
        """What people and machines are to be told, the oldest first."""
        return errands(self._opened, kind)

    def retry(self, key: str | None = None) -> int:
        """Let errands that failed be due now, all or one; how many there were.

        Raises:
            NotFound: No errand with this key has failed.
        """
        opened = self._opened
        with opened.database.writing() as connection:
            found = leases.retry(connection, key, opened.now())
        if key is not None and not found:
            raise NotFound(
                f"Expected an errand {key} that has failed, but there is none: "
                "see `flowengine worker status`."
            )
        return found

    def messages(self) -> tuple[KeptMessage, ...]:
        """Messages that no order has taken, the oldest first."""
        opened = self._opened
        oldest = opened.now() - KEPT
        with opened.database.reading() as connection:
            return tuple(
                KeptMessage(
                    key=message.key,
                    name=message.message,
                    match=message.value,
                    at=Instant(message.at),
                    by=UserId(message.by),
                    fields=tuple(sorted(message.body)),
                    is_late=message.at < oldest,
                    number=number,
                )
                for message, number in inbox.kept(connection)
            )

    def drop_message(self, key: str) -> None:
        """Throw a message away that no order has taken. Raises NotFound."""
        with self._opened.database.writing() as connection:
            found = inbox.drop(connection, key)
        if not found:
            raise NotFound(
                f"Expected a message {key} that no order has taken, but there is none: "
                "see `flowengine message list`."
            )

    def health(self) -> Health:
        """Whether workers are there and keep up."""
        return health(self._opened)

    def fire_timers(self, limit: int = 100, *, by: str = "timer") -> int:
        """Fire timers that are due, the earliest first; how many there were."""
        opened = self._opened
        return fire_due(opened.database, opened.transactor, opened.said(by), limit)[0]

    def next_timer(self) -> Instant | None:
        """When the next timer is due; None when nothing waits for a time."""
        with self._opened.database.reading() as connection:
            moment = timers.next_timer(connection)
        return None if moment is None else Instant(moment)
