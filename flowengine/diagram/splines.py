"""The courses of arrows: Bézier splines as Graphviz writes and reads them."""

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Path:
    """A spline of 3n + 1 points, and the tip of the arrow beyond its last one."""

    points: tuple[Point, ...]
    #: Where the arrow's head ends; None without a head.
    tip: Point | None = None

    def reversed(self) -> "Path":
        """The same course the other way round; the tip stays where it is."""
        return Path(self.points[::-1], self.tip)

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


def _between(start: Point, end: Point, thirds: int) -> Point:
    return (
        start[0] + (end[0] - start[0]) * thirds / 3,
        start[1] + (end[1] - start[1]) * thirds / 3,
    )


def _point(point: Point) -> str:
    return f"{point[0]:.2f},{point[1]:.2f}"
