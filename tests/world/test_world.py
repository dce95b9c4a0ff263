"""Whatever goes wrong while many work at once, nothing is lost and nothing doubled."""

import os

import pytest

from tests.world.scenario import play

#: How many seeds are played; `make soak` plays more, and others.
SCENARIOS = int(os.environ.get("FLOWENGINE_SCENARIOS", "2000"))

#: Whether this is a long run, for which time is no reason to leave anything out.
IS_SOAK = SCENARIOS > 2000

#: Seeds in one test, so that a failure is known before all are played.
CHUNK = 100


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("first", range(0, SCENARIOS, CHUNK))
def test_no_scenario_loses_or_doubles_anything(first: int) -> None:
    last = min(first + CHUNK, SCENARIOS)

    broken = [
        f"python -m tests.world --seed {run.seed} --trace: {run.broken!r}"
        for run in map(play, range(first, last))
        if run.broken is not None
    ]

    assert broken == []


def test_the_same_seed_plays_the_same_scenario() -> None:
    first = [play(seed).digest for seed in (3, 4, 5)]

    again = [play(seed).digest for seed in (5, 3, 4)]

    assert again == [first[2], first[0], first[1]]
