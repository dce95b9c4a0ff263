"""Where the label of each arrow stands: beside its own line, off everything else."""

from collections.abc import Iterable, Iterator, Mapping

from flowengine.diagram.geometry import Frame, Path

#: Between a label and its line, between two places that are tried, and between a
#: label and other lines.
_BESIDE, _STEP, _CLEAR = 4.0, 6.0, 3.0
#: What it costs to lie on a box, on a label and on an arrow, in points of distance.
_ON_BOX, _ON_LABEL, _ON_ARROW = 4000, 2000, 1500
#: The part of a distance from where room was kept that counts, and from the source.
_OFF, _LATE = 1.0, 0.3
#: How often all labels are placed anew.
_ROUNDS = 2


def settled(
    labels: Mapping[str, Frame], paths: Mapping[str, Path], boxes: Iterable[Frame]
) -> dict[str, Frame]:
    """A place for each label, near where room was kept for it."""
    strokes = {name: tuple(_strokes(path)) for name, path in paths.items()}
    taken = tuple(boxes)
    found = dict(labels)
    for _ in range(_ROUNDS):
        for name, frame in labels.items():
            near = _around(paths[name], frame)
            texts = [found[key] for key in found if key != name]
            foreign = [
                stroke for key in strokes if key != name for stroke in strokes[key]
            ]
            weights = (
                (_ON_BOX, [box for box in taken if box.overlaps(near)]),
                (_ON_LABEL, [text for text in texts if text.overlaps(near)]),
                (_ON_ARROW, [*strokes[name]]),
                (
                    _ON_ARROW,
                    [one.around(_CLEAR) for one in foreign if one.overlaps(near)],
                ),
            )
            tried = [
                (late + _cost(place, frame, weights), number, place)
                for number, (place, late) in enumerate(_places(paths[name], frame))
            ]
            found[name] = min(tried)[2] if tried else frame
    return found


def _strokes(path: Path) -> Iterator[Frame]:
    """The straight runs of a course, as thin frames, and its head."""
    for (x1, y1), (x2, y2) in path.runs():
        line = Frame(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        yield line.around(0.6)
    if path.tip is not None:
        (x1, y1), (x2, y2) = path.points[-1], path.tip
        head = Frame(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        yield head.around(3)


def _around(path: Path, label: Frame) -> Frame:
    """All that a label beside a course may touch."""
    xs, ys = [x for x, _ in path.points], [y for _, y in path.points]
    width, height = label.width + 9, label.height + 9
    return Frame(min(xs) - width, min(ys) - height, max(xs) + width, max(ys) + height)


def _cost(
    place: Frame, kept: Frame, weights: Iterable[tuple[int, list[Frame]]]
) -> float:
    (x, y), (at_x, at_y) = place.middle, kept.middle
    cost = _OFF * (abs(x - at_x) + abs(y - at_y))
    for weight, frames in weights:
        cost += weight * sum(place.overlaps(frame) for frame in frames)
    return cost


def _places(path: Path, label: Frame) -> Iterator[tuple[Frame, float]]:
    """Places beside each straight run, and what they cost by themselves."""
    passed = 0.0
    for (x1, y1), (x2, y2) in path.runs():
        far = abs(x1 - x2) + abs(y1 - y2)
        is_upright = abs(x1 - x2) < abs(y1 - y2)
        for step in range(1 + int(far / _STEP)):
            part = (step + 0.5) * _STEP / far if far > _STEP else 0.5
            x, y = x1 + (x2 - x1) * min(part, 1), y1 + (y2 - y1) * min(part, 1)
            aside = (label.width if is_upright else label.height) / 2 + _BESIDE
            for side in (aside, -aside):
                middle = (x + side, y) if is_upright else (x, y + side)
                yield label.at(middle), _LATE * (passed + far * part) + (side < 0) * 6
        passed += far
