"""What keeps a database trustworthy."""

from flowengine.engine.checking import Progress, differences
from flowengine.engine.differing import Difference
from flowengine.engine.opened import Opened
from flowengine.engine.rebuilding import Rebuilt, rebuild


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
