"""Where arrows may leave and reach a node, and what each place costs."""

from collections.abc import Iterator
from typing import NamedTuple

from flowengine.diagram.geometry import Frame, Point
from flowengine.diagram.grid import Grid
from flowengine.diagram.picture import Shape

#: Steps over the grid: right, up, left, down.
STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))
UP, DOWN = 1, 3
#: What it costs in points to leave by the right, upper, left and lower side, and to
#: reach a node by it; arrows that lead back prefer the sides.
_OUT, _IN = (24, 160, 24, 0), (28, 0, 28, 160)
_OUT_BACK, _IN_BACK = (0, 50, 0, 25), (0, 25, 0, 60)
#: What a point away from the middle of a side costs; on a bar all are alike.
_ASIDE, _ASIDE_BAR = 0.35, 0.05
#: Room before a side where arrows leave, and where their heads and a bend stand.
_ROOM_OUT, _ROOM_IN = 6.0, 14.0


class Box(NamedTuple):
    """A node as arrows see it."""

    frame: Frame
    shape: Shape


class Port(NamedTuple):
    """A point of the grid before a side, the way an arrow runs there, its cost."""

    place: int
    way: int
    cost: float = 0.0
    #: Where on the side the arrow ends.
    edge: Point | None = None


def ports_out(box: Box, grid: Grid, *, is_back: bool) -> tuple[Port, ...]:
    """Where an arrow may leave a node."""
    return tuple(_ports(box, grid, _OUT_BACK if is_back else _OUT, _ROOM_OUT))


def ports_in(box: Box, grid: Grid, *, is_back: bool) -> tuple[Port, ...]:
    """Where an arrow may reach a node; it runs against the way out."""
    found = _ports(box, grid, _IN_BACK if is_back else _IN, _ROOM_IN)
    return tuple(port._replace(way=(port.way + 2) % 4) for port in found)


def _ports(box: Box, grid: Grid, costs: tuple[int, ...], room: float) -> Iterator[Port]:
    for way, cost in enumerate(costs):
        is_level = bool(STEPS[way][0])
        if not (is_level and box.shape in (Shape.BAR, Shape.START)):
            yield from _ports_of(box, grid, way, cost, room)


def _ports_of(box: Box, grid: Grid, way: int, cost: int, room: float) -> Iterator[Port]:
    """The places of one side."""
    is_level, (x, y) = bool(STEPS[way][0]), box.frame.middle
    lines, middle = (grid.ys, y) if is_level else (grid.xs, x)
    span = _span(box, is_level=is_level)
    before = _before(box.frame, way, grid, room)
    aside = _ASIDE_BAR if box.shape is Shape.BAR else _ASIDE
    for number, line in enumerate(lines):
        if before is None or abs(line - middle) > span:
            continue
        row, column = (number, before) if is_level else (before, number)
        place = row * grid.columns + column
        if not grid.blocked[place]:
            edge, point = _edge(box.frame, way, line), grid.point(place)
            far = abs(edge[0] - point[0]) + abs(edge[1] - point[1])
            taken = grid.cost[not is_level][place]
            price = cost + far + taken + aside * abs(line - middle)
            yield Port(place, way, price, edge)


def straight_down(source: Box, target: Box) -> tuple[Point, Point] | None:
    """The ends of a straight arrow to a node right below, where nothing else fits."""
    upper, lower = source.frame, target.frame
    if not 0 < upper.bottom - lower.top < _ROOM_OUT + 2 * _ROOM_IN:
        return None
    (x1, _), (x2, _) = upper.middle, lower.middle
    span_1, span_2 = (_span(box, is_level=False) for box in (source, target))
    low, high = max(x1 - span_1, x2 - span_2), min(x1 + span_1, x2 + span_2)
    if low > high:
        return None
    wished = x1 if span_1 < span_2 else x2
    x = min(max(wished, low), high)
    return (x, upper.bottom), (x, lower.top)


def _span(box: Box, *, is_level: bool) -> float:
    """How far from the middle of a side an arrow may stand."""
    width, height = box.frame.width, box.frame.height
    match box.shape:
        case Shape.BOX:
            return max(0.5, (height if is_level else width) / 2 - 9)
        case Shape.BAR:
            return width / 2 - 4
        case Shape.END if not is_level:
            return max(0.5, width / 2 - 12)
        case Shape.DECISION | Shape.CANCEL if not is_level:
            return width / 4
        case _:
            return 0.5


def _before(frame: Frame, way: int, grid: Grid, room: float) -> int | None:
    """The first line with so much room between it and a side."""
    across, up = STEPS[way]
    lines = grid.xs if across else grid.ys
    numbers = range(len(lines))
    if across + up > 0:
        side = (frame.right if across else frame.top) + room
        return next((number for number in numbers if lines[number] >= side), None)
    side = (frame.left if across else frame.bottom) - room
    return next((n for n in reversed(numbers) if lines[n] <= side), None)


def _edge(frame: Frame, way: int, line: float) -> Point:
    match way:
        case 0:
            return frame.right, line
        case 1:
            return line, frame.top
        case 2:
            return frame.left, line
        case _:
            return line, frame.bottom
