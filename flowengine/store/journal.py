"""What a batch takes back where one piece of its work is refused.

Changes in memory are undone one by one, the last first. Whoever writes in the
database by itself gets a savepoint before it does.
"""

from collections.abc import Callable

from flowengine.store.link import Link


class Journal:
    """The changes of a batch since its open attempts began; attempts may nest."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._undo: list[Callable[[], object]] = []
        #: Of each open attempt, the outermost first: how many changes were before it.
        self._attempts: list[int] = []
        #: How many of them have a savepoint: always the outermost ones.
        self._saved = 0

    @property
    def is_open(self) -> bool:
        """Whether there is an attempt."""
        return bool(self._attempts)

    @property
    def is_changed(self) -> bool:
        """Whether the outermost attempt has changed anything in memory."""
        return bool(self._undo)

    def begin(self) -> None:
        """Begin an attempt."""
        self._attempts.append(len(self._undo))

    def note(self, undo: Callable[[], object]) -> None:
        """Say how a change is undone; outside of attempts that is never asked."""
        if self._attempts:
            self._undo.append(undo)

    def save(self) -> None:
        """Make what comes in the database undoable too."""
        if self._saved < len(self._attempts):
            # Savepoints belong to a transaction of the database's own.
            self._link.lock()
        while self._saved < len(self._attempts):
            self._link.run("SAVEPOINT attempt", ())
            self._saved += 1

    def forget_saved(self) -> None:
        """Give up the savepoints, where nothing was written since."""
        while self._saved:
            self._link.run("RELEASE SAVEPOINT attempt", ())
            self._saved -= 1

    def keep(self) -> None:
        """End an attempt that is accepted: it is a part of the one around it."""
        if self._saved == len(self._attempts):
            self._link.run("RELEASE SAVEPOINT attempt", ())
            self._saved -= 1
        self._attempts.pop()
        if not self._attempts:
            self._undo.clear()

    def take_back(self) -> None:
        """End an attempt that is refused: everything is as before it."""
        if self._saved == len(self._attempts):
            self._link.run("ROLLBACK TO SAVEPOINT attempt", ())
            self._link.run("RELEASE SAVEPOINT attempt", ())
            self._saved -= 1
        before = self._attempts.pop()
        while len(self._undo) > before:
            self._undo.pop()()
