"""Whether amounts can lie between bounds while their differences do, and where.

Every bound says that one amount is at most so much above another, or above zero.
Amounts are whole numbers, and the tightest bounds that follow from all of them are
found by the shortest ways between them (Floyd and Warshall): there are such amounts
unless some amount would have to be below itself.
"""

from collections.abc import Iterable, Mapping

Span = tuple[int | None, int | None]


class Bounds:
    """What is known of some amounts and their differences; always possible."""

    def __init__(self, amounts: Iterable[int]) -> None:
        #: Zero is None; `(a, b)` to the most that a is above b.
        self._names: list[int | None] = [None, *amounts]
        self._most: dict[tuple[int | None, int | None], int] = {}

    def knows(self, amount: int) -> bool:
        """Whether the amount is one of these."""
        return amount in self._names

    def lie(self, amount: int, span: Span) -> bool:
        """Add where an amount lies; False where that is not possible."""
        return self.differ(amount, None, span)

    def differ(self, left: int, right: int | None, span: Span) -> bool:
        """Add where the left amount minus the right one lies."""
        low, high = span
        if high is not None and not self._add(left, right, high):
            return False
        return low is None or self._add(right, left, -low)

    def span(self, amount: int) -> Span:
        """From where to where an amount can lie, given all the rest."""
        least = self._most.get((None, amount))
        return None if least is None else -least, self._most.get((amount, None))

    def _add(self, one: int | None, other: int | None, most: int) -> bool:
        """Add that `one` is at most `most` above `other`, and what follows."""
        back = self._most.get((other, one))
        if back is not None and back + most < 0:
            return False
        known = self._most.get((one, other))
        if known is not None and known <= most:
            return True
        before = [(a, self._way(a, one)) for a in self._names]
        after = [(b, self._way(other, b)) for b in self._names]
        for first, there in before:
            for last, onward in after:
                if there is None or onward is None or first == last:
                    continue
                through = there + most + onward
                shortest = self._most.get((first, last))
                if shortest is None or through < shortest:
                    self._most[first, last] = through
        return True

    def _way(self, one: int | None, other: int | None) -> int | None:
        return 0 if one == other else self._most.get((one, other))


def bounds_of(
    spans: Mapping[int, Span], differences: Mapping[tuple[int, int], Span]
) -> Bounds | None:
    """Amounts by number with where they lie, and their differences; None if none do."""
    bounds = Bounds(spans)
    for amount, span in spans.items():
        if not bounds.lie(amount, span):
            return None
    for (left, right), span in differences.items():
        if not bounds.differ(left, right, span):
            return None
    return bounds
