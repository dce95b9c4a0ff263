"""Who is measured in one run: all in turn, round after round, then medians."""

import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

#: What one round of a contestant gave, by name.
Figures = dict[str, object]

#: A round that takes longer, in seconds, is not repeated.
LONG = 30.0


class Refused(Exception):  # noqa: N818 - a contestant said no, which is shown
    """Something cannot be measured here; the text says why."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """Somebody who does the work once when asked."""

    name: str
    run: Callable[[], Figures]


def contest(contestants: Sequence[Contestant], rounds: int) -> dict[str, Figures]:
    """The medians of all figures, alternating; `error` for who could not do it."""
    found: dict[str, list[Figures]] = {each.name: [] for each in contestants}
    ended: set[str] = set()
    for number in range(rounds):
        for each in contestants:
            if each.name in ended:
                continue
            print(f"round {number + 1}: {each.name}", file=sys.stderr)
            begun = time.perf_counter()
            try:
                found[each.name].append(each.run())
            except Refused as refused:
                found[each.name].append({"error": str(refused)})
                ended.add(each.name)
            if time.perf_counter() - begun > LONG:
                ended.add(each.name)
    return {name: medians(figures) for name, figures in found.items()}


def medians(rounds: Sequence[Mapping[str, object]]) -> Figures:
    """One set of figures for many: medians of numbers, the last of all else."""
    found: Figures = {}
    for name in rounds[-1]:
        values = [figures.get(name) for figures in rounds]
        numbers = [value for value in values if isinstance(value, int | float)]
        same = len(numbers) == len(values)
        found[name] = readable(statistics.median(numbers)) if same else values[-1]
    return found


def readable(value: float) -> float:
    """A number with as many digits as a measurement has."""
    if value >= 1000:
        return round(value)
    return round(value, 1 if value >= 20 else 3)


def ratio(one: object, other: object) -> float | None:
    """How many times one number is another; None where one is missing."""
    if isinstance(one, int | float) and isinstance(other, int | float) and other:
        return round(one / other, 2)
    return None
