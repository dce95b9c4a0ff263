"""Courses of arrows: upright and level runs with round corners, past every box.

Each arrow takes the cheapest way over a `Grid` from a side of its source to a side of
its target, past its label if it has one. The shortest go first, those that lead back
last, and each keeps off those before it.
"""

from collections.abc import Callable, Iterable, Mapping
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from flowengine.diagram.geometry import Path, Point, rounded
from flowengine.diagram.grid import Grid
from flowengine.diagram.ports import (
    DOWN,
    UP,
    Box,
    Port,
    ports_in,
    ports_out,
    straight_down,
)

#: What a bend costs, in points.
_BEND = 40.0
#: What an arrow may cost more to pass the room that was kept for its label.
_FOR_LABEL = 120
#: What a course may cost beyond the distance before another is sought.
_DETOUR = 200
#: What an arrow costs that cannot keep off boxes.
_NO_WAY = 5000.0
_NEVER = float("inf")

#: A point of the grid, and the way an arrow runs there.
_State = tuple[int, int]


class Line(NamedTuple):
    """An arrow to find a course for."""

    id: str
    source: Box
    target: Box
    is_back: bool = False
    #: Where it passes beside its label, and whether it goes up there.
    passing: Point | None = None
    is_upward: bool = False


class _Found(NamedTuple):
    """The points of the grid that a course takes, and where on the sides it ends."""

    start: Point | None
    places: list[int]
    end: Point | None
    cost: float


def courses(lines: Iterable[Line], grid: Grid) -> tuple[Mapping[str, Path], float]:
    """A course for each arrow, by id, and what they cost together."""
    found: dict[str, Path] = {}
    total = 0.0
    for line in sorted(lines, key=_length):
        points, cost = _points(line, grid)
        found[line.id] = rounded(_corners(points))
        total += cost
    return found, total


def _length(line: Line) -> tuple[bool, float, str]:
    (x1, y1), (x2, y2) = line.source.frame.middle, line.target.frame.middle
    return line.is_back, abs(x1 - x2) + abs(y1 - y2), line.id


def _points(line: Line, grid: Grid) -> tuple[list[Point], float]:
    """The course from side to side and its cost; straight where no way is free."""
    if line.passing is None:
        direct = straight_down(line.source, line.target)
        if direct is not None:
            _hold_straight(*direct, grid)
            return list(direct), 0.0
    starts = ports_out(line.source, grid, is_back=line.is_back)
    ends = ports_in(line.target, grid, is_back=line.is_back)
    found = None
    if line.passing is not None:
        found = _past_label(line, grid, starts, ends)
    if found is None or found.cost > _length(line)[1] + _DETOUR:
        free = _cheapest(grid, starts, ends)
        if free and (not found or free.cost + _FOR_LABEL < found.cost):
            found = free
    if found is None:
        return [line.source.frame.middle, line.target.frame.middle], _NO_WAY
    grid.take(found.places)
    _hold_ends(found, grid)
    points = [found.start, *map(grid.point, found.places), found.end]
    return [point for point in points if point is not None], found.cost


def _hold_straight(start: Point, end: Point, grid: Grid) -> None:
    """Keep others off a short straight arrow downwards."""
    for row in range(grid.row(end[1]), grid.row(start[1]) + 1):
        place = row * grid.columns + grid.column(start[0])
        grid.hold(place, is_upright=True)


def _hold_ends(found: _Found, grid: Grid) -> None:
    """Keep others from leaving or arriving where an arrow does."""
    for place, edge in ((found.places[0], found.start), (found.places[-1], found.end)):
        grid.hold(place, is_upright=bool(edge and edge[0] == grid.point(place)[0]))


def _past_label(
    line: Line, grid: Grid, starts: Iterable[Port], ends: Iterable[Port]
) -> _Found | None:
    """The cheapest course beside the label."""
    x, y = line.passing or line.source.frame.middle
    place = grid.row(y) * grid.columns + grid.column(x)
    stop = (Port(place, UP if line.is_upward else DOWN),)
    first, second = _cheapest(grid, starts, stop), _cheapest(grid, stop, ends)
    if first is None or second is None:
        return None
    places = [*first.places, *second.places[1:]]
    return _Found(first.start, places, second.end, first.cost + second.cost)


def _corners(points: list[Point]) -> list[Point]:
    """A course without the points that it only runs through."""
    found = points[:1]
    for here, after in pairwise(points[1:]):
        before = found[-1]
        is_level = before[1] == here[1] == after[1]
        if not (is_level or before[0] == here[0] == after[0]):
            found.append(here)
    return [*found, points[-1]]


def _cheapest(
    grid: Grid, starts: Iterable[Port], ends: Iterable[Port]
) -> _Found | None:
    """The cheapest way from a start to an end: A*."""
    goals: dict[_State, Port] = {(end.place, end.way): end for end in ends}
    firsts: dict[_State, Port] = {(port.place, port.way): port for port in starts}
    if not goals:
        return None
    rest = _rest(grid, goals.values())
    best = {state: port.cost for state, port in firsts.items()}
    before: dict[_State, _State] = {}
    heap = sorted((best[state] + rest(*state), *state) for state in firsts)
    done: set[_State] = set()
    while heap:
        total, place, way = heappop(heap)
        if place < 0:
            state = -place - 1, way
            places, first = _traced(state, before)
            return _Found(firsts[first].edge, places, goals[state].edge, total)
        state = place, way
        if state in done:
            continue
        done.add(state)
        spent = best[state]
        if state in goals:
            heappush(heap, (spent + goals[state].cost, -place - 1, way))
        for after, cost in _next(grid, place, way):
            total = spent + cost
            if after not in done and total < best.get(after, _NEVER):
                best[after] = total
                before[after] = state
                heappush(heap, (total + rest(*after), *after))
    return None


def _traced(state: _State, before: Mapping[_State, _State]) -> tuple[list[int], _State]:
    """The points of a course that ends so, and how it begins."""
    places = [state[0]]
    while state in before:
        state = before[state]
        if state[0] != places[-1]:
            places.append(state[0])
    return places[::-1], state


def _next(grid: Grid, place: int, way: int) -> list[tuple[_State, float]]:
    """Where an arrow may go from a point: a turn there, or a step on."""
    turned = way ^ 1
    found = [((place, turned), _BEND), ((place, turned ^ 2), _BEND)]
    far, after = grid.step(place, way)
    if far:
        found.append(((after, way), far))
    return found


def _rest(grid: Grid, goals: Iterable[Port]) -> Callable[[int, int], float]:
    """The least that is still to come: straight to the goals' frame, and its bends."""
    points = [grid.point(port.place) for port in goals]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    across = [max(left - x, 0.0, x - right) for x in grid.xs]
    up = [max(low - y, 0.0, y - high) for y in grid.ys]
    x_turns = [_turns(x, left, right, (0, 2)) for x in grid.xs]
    y_turns = [_turns(y, low, high, (1, 3)) for y in grid.ys]
    columns = grid.columns

    def rest(place: int, way: int) -> float:
        row, column = divmod(place, columns)
        turns = max(x_turns[column][way], y_turns[row][way])
        return across[column] + up[row] + turns

    return rest


def _turns(
    at: float, low: float, high: float, ways: tuple[int, int]
) -> tuple[float, ...]:
    """What the bends cost at least, for each way an arrow may run."""
    rising, falling = ways
    if low <= at <= high:
        return (0.0,) * 4
    wrong = falling if at < low else rising
    return tuple(
        2 * _BEND if way == wrong else 0.0 if way in ways else _BEND for way in range(4)
    )
