"""The virtual clock and what is to happen on it."""

import heapq
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from flowengine.quantities import Instant

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Agenda:
    """A clock that stands still while things happen, then jumps to the next one.

    Things of one moment happen in the order in which they were added.
    """

    def __init__(self, now: Instant) -> None:
        self.now = now
        self._ahead: list[tuple[Instant, int, Callable[[], None]]] = []
        self._added = 0

    def clock(self) -> datetime:
        """The virtual moment, as a `flowengine.clock.Clock` gives it."""
        return _EPOCH + timedelta(microseconds=self.now)

    def add(self, at: Instant, act: Callable[[], None]) -> None:
        """Let something happen at a moment, or now where that is past."""
        self._added += 1
        heapq.heappush(self._ahead, (max(at, self.now), self._added, act))

    def moments(self, until: Instant) -> Iterator[tuple[Callable[[], None], ...]]:
        """Move to each moment up to `until` in turn, and give what happens then."""
        while self._ahead and self._ahead[0][0] <= until:
            self.now = self._ahead[0][0]
            acts = []
            while self._ahead and self._ahead[0][0] == self.now:
                acts.append(heapq.heappop(self._ahead)[2])
            yield tuple(acts)
        self.now = until
