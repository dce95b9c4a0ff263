"""When people were on shift and busy, as open stretches one after the other.

A `Timeline` is the answer for the people of one role, or for one person. It is swept
once, from sorted starts and ends; questions about a wait are then answered by
bisection, and those about overtaking together, in `split`.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from flowengine.quantities import Duration, Instant

#: Before any moment: nothing is being worked on.
NEVER = -(1 << 63)


class Work(NamedTuple):
    """Somebody working on a task, from its start until its end."""

    start: int
    end: int
    #: When the task was enabled: its place in the queue.
    enabled: int
    #: Who; a value of its own for each piece of work whose worker is not known.
    person: str


class Stretch(NamedTuple):
    """A part of a wait, and when the waiting task was enabled."""

    start: int
    end: int
    enabled: int


class Split(NamedTuple):
    """A stretch cut by what kept it waiting; the four add up to its length."""

    closed: int
    overtaken: int
    all_busy: int
    free: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Open stretches of constant load, ascending; closed time lies between them."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    #: How many people worked.
    busy: tuple[int, ...]
    #: When the task enabled last, of those worked on, was enabled.
    latest: tuple[int, ...]
    #: Whether everybody on shift worked.
    full: tuple[bool, ...]
    #: Open time, and full time, before each stretch.
    open_before: tuple[int, ...]
    full_before: tuple[int, ...]

    def open_time(self, start: int, end: int) -> Duration:
        """Open time between two moments."""
        return Duration(self._open_until(end) - self._open_until(start))

    def full_time(self, start: int, end: int) -> Duration:
        """Open time between two moments in which everybody on shift worked."""
        return Duration(self._full_until(end) - self._full_until(start))

    def busy_time(self, start: int, end: int) -> Duration:
        """Person-time worked in open hours between two moments."""
        stretches = zip(self.starts, self.ends, self.busy, strict=True)
        return Duration(
            sum(
                count * max(0, min(stop, end) - max(begin, start))
                for begin, stop, count in stretches
            )
        )

    def index_at(self, at: int) -> int:
        """The last stretch that begins at or before a moment, or -1."""
        return bisect_right(self.starts, at) - 1

    def inside(self, index: int, at: int) -> int:
        """How much of a stretch lies before a moment that is not before it."""
        return min(at, self.ends[index]) - self.starts[index]

    def _open_until(self, at: int) -> int:
        index = self.index_at(at)
        if index < 0:
            return 0
        return self.open_before[index] + self.inside(index, at)

    def _full_until(self, at: int) -> int:
        index = self.index_at(at)
        if index < 0:
            return 0
        within = self.inside(index, at) if self.full[index] else 0
        return self.full_before[index] + within


def sweep(
    work: Iterable[Work], people: int, spans: Iterable[tuple[Instant, Instant]]
) -> Timeline:
    """The timeline of `people` who do `work` and are on shift in `spans`.

    Somebody with several started tasks counts once.
    """
    edges: list[tuple[int, int, Work | None]] = []
    for piece in work:
        edges += ((piece.start, 1, piece), (piece.end, -1, piece))
    for opening, closing in spans:
        edges += ((opening, 1, None), (closing, -1, None))
    edges.sort(key=itemgetter(0))
    load, rows, is_open, reached = _Load(), [], 0, 0
    for at, change, piece_or_shift in edges:
        if is_open and at > reached:
            rows.append((reached, at, load.people, load.latest()))
        reached = at
        if piece_or_shift is None:
            is_open += change
        else:
            load.change(piece_or_shift, change)
    return _timeline(rows, people)


def split(timeline: Timeline, stretches: Sequence[Stretch]) -> list[Split]:
    """Cut each stretch by what kept it waiting; see `flowengine.analysis.causes`."""
    overtaken = _overtaken(timeline, stretches)
    result = []
    for stretch, passed in zip(stretches, overtaken, strict=True):
        open_time = timeline.open_time(stretch.start, stretch.end)
        full = timeline.full_time(stretch.start, stretch.end)
        closed = stretch.end - stretch.start - open_time
        result.append(Split(closed, passed, full - passed, open_time - full))
    return result


class _Load:
    """Who works at the moment of a sweep, and on what."""

    def __init__(self) -> None:
        self._tasks: Counter[str] = Counter()
        self._running: Counter[int] = Counter()
        self._queue: list[int] = []

    @property
    def people(self) -> int:
        return len(self._tasks)

    def change(self, piece: Work, change: int) -> None:
        """Somebody begins (1) or ends (-1) a piece of work."""
        self._tasks[piece.person] += change
        if not self._tasks[piece.person]:
            del self._tasks[piece.person]
        self._running[piece.enabled] += change
        if change > 0:
            heappush(self._queue, -piece.enabled)

    def latest(self) -> int:
        """When the task enabled last, of those worked on, was enabled."""
        while self._queue and not self._running[-self._queue[0]]:
            heappop(self._queue)
        return -self._queue[0] if self._queue else NEVER


def _timeline(rows: Sequence[tuple[int, int, int, int]], people: int) -> Timeline:
    full = tuple(count >= people for _, _, count, _ in rows)
    lengths = [end - start for start, end, _, _ in rows]
    full_lengths = [
        length if is_full else 0 for length, is_full in zip(lengths, full, strict=True)
    ]
    return Timeline(
        starts=tuple(row[0] for row in rows),
        ends=tuple(row[1] for row in rows),
        busy=tuple(row[2] for row in rows),
        latest=tuple(row[3] for row in rows),
        full=full,
        open_before=tuple(accumulate(lengths, initial=0))[:-1],
        full_before=tuple(accumulate(full_lengths, initial=0))[:-1],
    )


def _overtaken(timeline: Timeline, stretches: Sequence[Stretch]) -> list[int]:
    """Full time of each stretch in which somebody worked on a task enabled later.

    Stretches are answered from the one enabled last to the one enabled first, while
    full time is added in the order of `latest`: so a sum over all added so far is the
    answer, and many orders in a long queue do not cost their product.
    """
    waiting = sorted(range(len(stretches)), key=lambda i: -stretches[i].enabled)
    full = [index for index, is_full in enumerate(timeline.full) if is_full]
    full.sort(key=lambda index: timeline.latest[index])
    sums = _PrefixSums(len(timeline.starts))
    result = [0] * len(stretches)
    for position in waiting:
        start, end, enabled = stretches[position]
        while full and timeline.latest[full[-1]] > enabled:
            index = full.pop()
            sums.add(index, timeline.ends[index] - timeline.starts[index])
        result[position] = _overtaken_until(timeline, sums, end, enabled)
        result[position] -= _overtaken_until(timeline, sums, start, enabled)
    return result


def _overtaken_until(
    timeline: Timeline, sums: "_PrefixSums", at: int, enabled: int
) -> int:
    index = timeline.index_at(at)
    if index < 0:
        return 0
    counts = timeline.full[index] and timeline.latest[index] > enabled
    return sums.before(index) + (timeline.inside(index, at) if counts else 0)


class _PrefixSums:
    """Sums over the first so many places, while values are still being added.

    A Fenwick tree: P. Fenwick, "A new data structure for cumulative frequency
    tables", Software: Practice and Experience 24 (3), 1994.
    """

    def __init__(self, size: int) -> None:
        self._tree = [0] * (size + 1)

    def add(self, index: int, value: int) -> None:
        """Add a value at a place, counted from 0."""
        index += 1
        while index < len(self._tree):
            self._tree[index] += value
            index += index & -index

    def before(self, index: int) -> int:
        """The sum over all places before one."""
        total = 0
        while index:
            total += self._tree[index]
            index &= index - 1
        return total
