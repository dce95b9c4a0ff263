"""What keeps a database trustworthy."""

from flowengine.engine.checking import differences
from flowengine.engine.differing import Difference
from flowengine.engine.forgetting import Forgotten, forget
from flowengine.engine.opened import Opened
from flowengine.engine.rebuilding import Rebuilt, rebuild
from flowengine.engine.refs import no_order
from flowengine.engine.verifying import Seal, Verified, verify_all, verify_one
from flowengine.engine.working import refuse_empty
from flowengine.store import erasing, proof
from flowengine.store.proof import Progress


class Upkeep:
    """The part of an engine that proves what is stored, and puts it right."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def check(self, progress: Progress | None = None) -> tuple[Difference, ...]:
        """Where the tables differ from the replayed events; () is clean.

        People and workers go on meanwhile: it looks at one moment.
        """
        opened = self._opened
        with opened.database.reading() as connection:
            return tuple(differences(connection, opened.registry, progress))

    def rebuild(
        self,
        progress: Progress | None = None,
        *,
        dry_run: bool = False,
        trusting: bool = False,
    ) -> Rebuilt:
        """Make all derived tables what the events say, in one transaction.

        Others wait meanwhile. A history that does not end as its order says is left as
        it is, unless it is `trusting`: then the events are what counts. With `dry_run`
        it only says what it would do.
        """
        opened = self._opened
        where = opened.database.reading if dry_run else opened.database.writing
        with where() as connection:
            return rebuild(
                connection,
                opened.registry,
                progress,
                dry_run=dry_run,
                trusting=trusting,
            )

    def verify(self, number: str) -> Verified:
        """Whether the history of an order is the one that was recorded.

        Raises:
            NotFound: There is no such order.
        """
        with self._opened.database.reading() as connection:
            record = proof.record_of(connection, number)
            if record is None:
                raise no_order(number)
            return verify_one(connection, record.case_id, record)

    def verify_all(
        self, seal: Seal | None = None, progress: Progress | None = None
    ) -> Verified:
        """Whether all histories are the ones that were recorded.

        The answer has a seal over them, as they were when `seal` was made: its digest
        is the same where nothing that was stored then has been changed since.
        """
        cut = None if seal is None else seal.cut
        with self._opened.database.reading() as connection:
            return verify_all(connection, cut, progress)

    def forget(
        self, number: str, reason: str, *, by: str, key: str | None = None
    ) -> Forgotten:
        """Erase the personal values of an order and of those that it has called.

        Its history says that it was done, by whom and why. Backups still hold them.

        Raises:
            NotFound: There is no such order.
            InvalidInput: The reason is empty.
        """
        refuse_empty(reason)
        opened = self._opened
        done = forget(opened.transactor, number, opened.said(by, key), reason)
        erasing.leave_no_trace(opened.database)
        return done
