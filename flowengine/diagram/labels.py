"""Labels that an arrow would strike through, moved to the other side of their line."""

from collections.abc import Iterable, Mapping

from flowengine.diagram.geometry import Frame, Path, Point


def settled(
    labels: Mapping[str, Frame],
    across: float,
    paths: Mapping[str, Path],
    boxes: Iterable[Frame],
) -> dict[str, Frame]:
    """Each label where it is, or across its own line where that is clearer.

    `across` is the width of the strip that the line passes in, negative where the line
    passes on the label's left. A label that is free stays, so most never move.
    """
    courses = {name: tuple(path.samples()) for name, path in paths.items()}
    taken = tuple(boxes)
    found = dict(labels)
    for name, frame in labels.items():
        others = [*taken, *(found[key] for key in found if key != name)]
        strokes = [courses[key] for key in courses if key != name]
        if not _struck(frame, others, strokes):
            continue
        width = frame.width + abs(across)
        moved = frame.moved(width if across > 0 else -width)
        if not _struck(moved, others, strokes):
            found[name] = moved
    return found


def _struck(
    frame: Frame, others: list[Frame], strokes: list[tuple[Point, ...]]
) -> bool:
    return any(frame.overlaps(other) for other in others) or any(
        frame.holds(point) for course in strokes for point in course
    )
