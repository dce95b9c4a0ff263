"""Rectangles and the courses of arrows, in points, y upwards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot

Point = tuple[float, float]

#: The length of an arrow's head, the radius of a corner, and where its handles lie.
HEAD, _RADIUS, _HANDLE = 8.6, 7.0, 0.55
#: What is no slope, and how far apart the points of a sample are.
_STRAIGHT, _APART = 0.1, 5.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Whether a point is inside, at least `margin` from every side."""
        x, y = point
        return (
            self.left + margin < x < self.right - margin
            and self.bottom + margin < y < self.top - margin
        )

    def at(self, middle: Point) -> "Frame":
        """A rectangle of the same size around another middle."""
        (x, y), wide, tall = middle, self.width / 2, self.height / 2
        return Frame(x - wide, y - tall, x + wide, y + tall)

    def around(self, margin: float) -> "Frame":
        """The rectangle that stands out so much on every side."""
        return Frame(
            self.left - margin,
            self.bottom - margin,
            self.right + margin,
            self.top + margin,
        )

    def overlaps(self, other: "Frame") -> bool:
        """Whether two rectangles share more than their edges."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    @property
    def middle(self) -> tuple[float, float]:
        """The centre, x and y."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Path:
    """A spline of 3n + 1 points, and the tip of the arrow beyond its last one."""

    points: tuple[Point, ...]
    #: Where the arrow's head ends; None without a head.
    tip: Point | None = None

    def runs(self) -> Iterator[tuple[Point, Point]]:
        """The ends of its pieces that are upright or level."""
        for first in range(0, len(self.points) - 3, 3):
            start, end = self.points[first], self.points[first + 3]
            if abs(start[0] - end[0]) < _STRAIGHT or abs(start[1] - end[1]) < _STRAIGHT:
                yield start, end

    def samples(self) -> Iterator[Point]:
        """Points along it, and its tip."""
        for first in range(0, len(self.points) - 3, 3):
            curve = self.points[first : first + 4]
            far = _far(curve[0], curve[3])
            steps = max(3, int(far / _APART))
            for step in range(steps):
                yield _on_curve(curve, step / steps)
        yield self.points[-1] if self.tip is None else self.tip

    def text(self) -> str:
        """As the `pos` of an edge."""
        points = " ".join(_point(point) for point in self.points)
        return points if self.tip is None else f"e,{_point(self.tip)} {points}"


def rounded(corners: Sequence[Point]) -> Path:
    """A course through corners, rounded, whose head ends at the last of them."""
    tip = corners[-1]
    ends = [*corners[:-1], _towards(tip, corners[-2], HEAD)]
    points = [ends[0]]
    for before, corner, after in zip(ends, ends[1:], ends[2:], strict=False):
        reach = min(_RADIUS, _far(before, corner) / 2, _far(corner, after) / 2)
        start, end = _towards(corner, before, reach), _towards(corner, after, reach)
        points += _straight(points[-1], start)
        points += [
            _towards(start, corner, reach * _HANDLE),
            _towards(end, corner, reach * _HANDLE),
            end,
        ]
    return Path((*points, *_straight(points[-1], ends[-1])), tip)


def _straight(start: Point, end: Point) -> list[Point]:
    return [_between(start, end, 1), _between(start, end, 2), end]


def _far(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _towards(start: Point, end: Point, way: float) -> Point:
    """The point so far from `start` on the line to `end`."""
    far = _far(start, end)
    if not far:
        return start
    return (
        start[0] + (end[0] - start[0]) * way / far,
        start[1] + (end[1] - start[1]) * way / far,
    )


def _on_curve(curve: tuple[Point, ...], t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x = sum(weight * point[0] for weight, point in zip(weights, curve, strict=True))
    y = sum(weight * point[1] for weight, point in zip(weights, curve, strict=True))
    return x, y


def _between(start: Point, end: Point, thirds: int) -> Point:
    return (
        start[0] + (end[0] - start[0]) * thirds / 3,
        start[1] + (end[1] - start[1]) * thirds / 3,
    )


def _point(point: Point) -> str:
    return f"{point[0]:.2f},{point[1]:.2f}"
