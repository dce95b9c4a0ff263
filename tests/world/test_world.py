"""Whatever goes wrong while many work at once, nothing is lost and nothing doubled."""

import pytest

from tests.world.manners import PLAIN
from tests.world.many import CHUNK, SCENARIOS, broken_in
from tests.world.scenario import play


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("first", range(0, SCENARIOS // 2, CHUNK))
def test_no_scenario_loses_or_doubles_anything(first: int) -> None:
    assert broken_in(first, PLAIN) == []


def test_the_same_seed_plays_the_same_scenario() -> None:
    first = [play(seed).digest for seed in (3, 4, 5)]

    again = [play(seed).digest for seed in (5, 3, 4)]

    assert again == [first[2], first[0], first[1]]
