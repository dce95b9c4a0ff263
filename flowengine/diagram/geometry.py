"""Rectangles and the courses of arrows, in points, y upwards."""

from collections.abc import Iterator
from dataclasses import dataclass

Point = tuple[float, float]


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

    def moved(self, right: float) -> "Frame":
        """The same rectangle, so much farther to the right."""
        return Frame(self.left + right, self.bottom, self.right + right, self.top)

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

    def reversed(self) -> "Path":
        """The same course the other way round; the tip stays where it is."""
        return Path(self.points[::-1], self.tip)

    def mirrored(self, twice: float) -> "Path":
        """The same course with left and right swapped around the middle `twice / 2`."""
        tip = None if self.tip is None else (twice - self.tip[0], self.tip[1])
        return Path(tuple((twice - x, y) for x, y in self.points), tip)

    def then(self, other: "Path") -> "Path":
        """This course and another behind it, joined by a straight line."""
        start, end = self.points[-1], other.points[0]
        return Path(
            (
                *self.points,
                _between(start, end, 1),
                _between(start, end, 2),
                *other.points,
            ),
            other.tip or self.tip,
        )

    def samples(self) -> Iterator[Point]:
        """Points along it, ten for each Bézier curve."""
        for first in range(0, len(self.points) - 3, 3):
            curve = self.points[first : first + 4]
            for step in range(10):
                yield _on_curve(curve, step / 10)
        yield self.points[-1]

    def text(self) -> str:
        """As the `pos` of an edge."""
        points = " ".join(_point(point) for point in self.points)
        return points if self.tip is None else f"e,{_point(self.tip)} {points}"


def path_of(text: str) -> Path:
    """Read the `pos` of an edge with at most one head."""
    points: list[Point] = []
    tip: Point | None = None
    for word in text.split(";")[0].split():
        *mark, x, y = word.split(",")
        if mark:
            tip = float(x), float(y)
        else:
            points.append((float(x), float(y)))
    return Path(tuple(points), tip)


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
