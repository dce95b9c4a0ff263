"""Rounding that keeps sums: parts that add up to the whole they were taken from."""

from collections.abc import Sequence


def parts_of_mean(totals: Sequence[int], count: int, mean: int) -> tuple[int, ...]:
    """Each total divided by `count`, as whole numbers that add up to `mean`.

    `mean` is the sum of the totals divided by `count`, rounded either way. The parts
    with the largest remainders are rounded up, the first of equals first (method of
    the largest remainder).
    """
    if not count:
        return tuple(0 for _ in totals)
    parts = [total // count for total in totals]
    by_remainder = sorted(range(len(totals)), key=lambda n: (-(totals[n] % count), n))
    for n in by_remainder[: mean - sum(parts)]:
        parts[n] += 1
    return tuple(parts)
