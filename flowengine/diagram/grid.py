"""The lines that arrows may follow, what blocks them, and what runs on them already.

The lines stand where arrows like to run: through the middles of nodes, past their
sides, and about `_PITCH` apart between them. A point of the grid is the number
`row * columns + column`.
"""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

from flowengine.diagram.geometry import Frame, Point

#: Arrows stay so far from boxes, and rather so far.
_CLEAR, _EASY = 3.5, 6.5
#: Two lines this near look like one.
_NEAR = 6.5
#: Where lines may stand, and the widest gap between two.
_LEAST, _PITCH = 2.6, 13.0
#: What it costs, in points, to run on another arrow, across one, through a label, and
#: close to a box, for each point of the grid.
_SHARED, _CROSSED, _THROUGH_LABEL, _HUGGING = 45, 22, 220, 6


class Grid:
    """Lines over a page, the cost of every point on them, and the arrows so far."""

    def __init__(
        self,
        boxes: Iterable[Frame],
        labels: Iterable[Frame],
        lines: Iterable[float],
        bounds: Frame,
    ) -> None:
        solid, texts = tuple(boxes), tuple(labels)
        self.xs = _lines(
            [*lines, *(box.middle[0] for box in solid)],
            [x for box in solid for x in (box.left - 7, box.right + 7)]
            + [x for box in solid for x in (box.left - 14, box.right + 14)],
            (bounds.left, bounds.right),
        )
        self.ys = _lines(
            [box.middle[1] for box in (*solid, *texts)],
            [y for box in solid for y in (box.bottom - 8, box.top + 14)],
            (bounds.bottom, bounds.top),
        )
        self.columns = len(self.xs)
        size = self.columns * len(self.ys)
        #: What is not to be entered.
        self.blocked = bytearray(size)
        #: What entering a point costs, by whether one goes up or down.
        self._soft = bytearray(size)
        self.cost = ([0] * size, [0] * size)
        for box in solid:
            self._mark(box, _EASY, self._soft, _HUGGING)
        for label in texts:
            self._mark(label, 1, self._soft, _THROUGH_LABEL)
        for box in solid:
            self._mark(box, _CLEAR, self.blocked, 1)
        for number, soft in enumerate(self._soft):
            self.cost[0][number] = self.cost[1][number] = soft

    def column(self, x: float) -> int:
        """The number of the line nearest to `x`."""
        return _nearest(self.xs, x)

    def row(self, y: float) -> int:
        """The number of the line nearest to `y`."""
        return _nearest(self.ys, y)

    def point(self, place: int) -> Point:
        """Where a point of the grid is."""
        row, column = divmod(place, self.columns)
        return self.xs[column], self.ys[row]

    def step(self, place: int, way: int) -> tuple[float, int]:
        """What a step right, up, left or down costs, and where it leads; 0 is none."""
        row, column = divmod(place, self.columns)
        is_upright = way % 2
        number, lines = (row, self.ys) if is_upright else (column, self.xs)
        to = number + (1 if way < 2 else -1)
        if not 0 <= to < len(lines):
            return 0.0, place
        after = place + (to - number) * (self.columns if is_upright else 1)
        if self.blocked[after]:
            return 0.0, place
        return abs(lines[to] - lines[number]) + self.cost[is_upright][after], after

    def take(self, places: list[int]) -> None:
        """Remember an arrow: others shall not run on it or close beside it."""
        for one, other in pairwise(places):
            is_upright = one % self.columns == other % self.columns
            for place in (one, other):
                self.cost[not is_upright][place] += _CROSSED // 2
                self.hold(place, is_upright=is_upright)

    def hold(self, place: int, *, is_upright: bool) -> None:
        """Keep others from running through a point in the same direction."""
        for beside in self._beside(place, is_upright=is_upright):
            self.cost[is_upright][beside] += _SHARED

    def _beside(self, place: int, *, is_upright: bool) -> Iterable[int]:
        """The point, and those so near beside it that arrows would touch."""
        row, column = divmod(place, self.columns)
        lines, at = (self.xs, column) if is_upright else (self.ys, row)
        step = 1 if is_upright else self.columns
        yield place
        for way in (-1, 1):
            number = at + way
            while 0 <= number < len(lines) and abs(lines[number] - lines[at]) < _NEAR:
                yield place + (number - at) * step
                number += way

    def _mark(self, box: Frame, margin: float, marks: bytearray, mark: int) -> None:
        left = bisect_left(self.xs, box.left - margin)
        right = bisect_left(self.xs, box.right + margin)
        low = bisect_left(self.ys, box.bottom - margin)
        for row in range(low, bisect_left(self.ys, box.top + margin)):
            first = row * self.columns
            for place in range(first + left, first + right):
                marks[place] = max(marks[place], mark)


def _lines(
    firm: Iterable[float], wanted: Iterable[float], ends: tuple[float, float]
) -> list[float]:
    """Lines at `firm` and where there is room at `wanted`, and more in wide gaps."""
    kept: list[float] = []
    for group in (firm, wanted, ends):
        for line in sorted(set(group)):
            at = bisect_left(kept, line)
            if all(
                abs(line - near) >= _LEAST for near in kept[max(at - 1, 0) : at + 1]
            ):
                kept.insert(at, line)
    found = kept[:1]
    for line in kept[1:]:
        parts = max(1, round((line - found[-1]) / _PITCH))
        last, width = found[-1], (line - found[-1]) / parts
        found += [last + width * part for part in range(1, parts)]
        found.append(line)
    return found


def _nearest(lines: list[float], value: float) -> int:
    at = bisect_left(lines, value)
    around = range(max(at - 1, 0), min(at + 1, len(lines)))
    return min(around, key=lambda number: abs(lines[number] - value))
