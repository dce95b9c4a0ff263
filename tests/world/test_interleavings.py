"""However two people and a crash meet on three steps, each step is done once."""

import pytest

from tests.world.interleavings import meetings
from tests.world.manners import PIPELINED, PLAIN, Manner
from tests.world.many import IS_SOAK

ALL = ("first", "second", "third")

#: How engines are, what both do, how often one dies, and how many ways there are.
MEETINGS = [
    pytest.param(PLAIN, ALL, 0, 70, id="three steps"),
    pytest.param(PLAIN, ALL, 1, 5000, id="three steps and a crash"),
    pytest.param(PIPELINED, ALL[:2], 0, 250, id="two steps as on PostgreSQL"),
    pytest.param(PIPELINED, ALL[:1], 1, 600, id="a step and a crash as on PostgreSQL"),
]


@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("manner", "steps", "deaths", "least"), MEETINGS)
def test_in_every_way_of_meeting_each_step_is_done_once(
    manner: Manner, steps: tuple[str, ...], deaths: int, least: int
) -> None:
    count = 0
    for meeting in meetings(manner, steps, deaths=deaths, at_every_write=IS_SOAK):
        count += 1
        told = (meeting.choices, "\n".join(map(" ".join, meeting.trace)))
        assert meeting.broken is None, (*told, repr(meeting.broken))

    print(f"{count} ways")  # noqa: T201 - shown by `pytest -rP`
    assert count >= least
