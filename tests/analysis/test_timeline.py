"""The swept timeline gives what looking at each moment one by one gives."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from flowengine.analysis.timeline import Split, Stretch, Work, split, sweep
from flowengine.quantities import Instant

LENGTH = 30

MOMENTS = st.integers(0, LENGTH)
SPANS = st.tuples(MOMENTS, MOMENTS).map(lambda pair: (min(pair), max(pair)))
WORK = st.builds(
    lambda span, before, who: Work(span[0], span[1], span[0] - before, who),
    SPANS,
    st.integers(0, 8),
    st.sampled_from(["ann", "bob", "cid"]),
).filter(lambda work: work.start < work.end)
STRETCHES = st.builds(
    lambda span, before: Stretch(span[0], span[1], span[0] - before),
    SPANS,
    st.integers(0, 8),
)


def look_at_each_moment(
    work: Sequence[Work], people: int, is_open: Sequence[bool], stretch: Stretch
) -> Split:
    """The definition of the causes, applied to one unit of time after the other."""
    counts = {"closed": 0, "overtaken": 0, "all_busy": 0, "free": 0}
    for moment in range(stretch.start, stretch.end):
        now = [piece for piece in work if piece.start <= moment < piece.end]
        if not is_open[moment]:
            counts["closed"] += 1
        elif len({piece.person for piece in now}) < people:
            counts["free"] += 1
        elif any(piece.enabled > stretch.enabled for piece in now):
            counts["overtaken"] += 1
        else:
            counts["all_busy"] += 1
    return Split(**counts)


@given(
    st.lists(WORK, max_size=8),
    st.integers(1, 3),
    st.lists(st.booleans(), min_size=LENGTH, max_size=LENGTH),
    st.lists(STRETCHES, max_size=6),
)
def test_a_split_is_what_each_moment_says(
    work: list[Work], people: int, is_open: list[bool], stretches: list[Stretch]
) -> None:
    spans = [
        (Instant(moment), Instant(moment + 1))
        for moment in range(LENGTH)
        if is_open[moment]
    ]

    timeline = sweep(work, people, spans)

    assert split(timeline, stretches) == [
        look_at_each_moment(work, people, is_open, stretch) for stretch in stretches
    ]
    person_time = sum(
        len({piece.person for piece in work if piece.start <= moment < piece.end})
        for moment in range(5, 20)
        if is_open[moment]
    )
    assert timeline.busy_time(5, 20) == person_time


def test_a_timeline_without_shifts_or_work_is_closed_all_the_time() -> None:
    timeline = sweep([], 2, [])

    assert split(timeline, [Stretch(3, 9, 0)]) == [Split(6, 0, 0, 0)]
