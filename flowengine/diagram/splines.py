"""The courses of arrows: Bézier splines as Graphviz writes and reads them."""

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Path:
    """One or more splines of 3n + 1 points, the tip of the arrow after the last."""

    splines: tuple[tuple[Point, ...], ...]
    #: Where the arrow's head ends; None without a head.
    tip: Point | None = None
    #: True while the tip stands before the first point instead.
    is_turned: bool = False

    def reversed(self) -> "Path":
        """The same course the other way round."""
        return Path(
            tuple(points[::-1] for points in self.splines[::-1]),
            self.tip,
            not self.is_turned,
        )

    @staticmethod
    def chain(pieces: "list[Path]") -> "Path":
        """Pieces one after the other, with gaps where they do not meet."""
        splines = tuple(spline for piece in pieces for spline in piece.splines)
        tips = [piece.tip for piece in pieces if piece.tip is not None]
        return Path(splines, tips[-1] if tips else None)

    def text(self) -> str:
        """As the `pos` of an edge."""
        last = len(self.splines) - 1
        return ";".join(
            ("e," + _point(self.tip) + " " if self.tip and number == last else "")
            + " ".join(_point(point) for point in points)
            for number, points in enumerate(self.splines)
        )


def path_of(text: str) -> Path:
    """Read the `pos` of an edge with at most one head."""
    splines: list[tuple[Point, ...]] = []
    tip: Point | None = None
    is_turned = False
    for part in text.split(";"):
        points: list[Point] = []
        for word in part.split():
            *mark, x, y = word.split(",")
            if mark:
                tip, is_turned = (float(x), float(y)), mark == ["s"]
            else:
                points.append((float(x), float(y)))
        splines.append(tuple(points))
    return Path(tuple(splines), tip, is_turned)


def _point(point: Point) -> str:
    return f"{point[0]:.2f},{point[1]:.2f}"
