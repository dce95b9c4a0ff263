"""The world notices an engine that is broken: each of these within a few scenarios."""

import pytest

from tests.world.breaking import BROKEN
from tests.world.manners import Manner
from tests.world.scenario import play

#: Scenarios within which a broken engine is noticed.
WITHIN = 150


@pytest.mark.parametrize("manner", BROKEN, ids=[manner.name for manner in BROKEN])
def test_a_broken_engine_is_noticed(manner: Manner) -> None:
    found = next(
        (seed for seed in range(WITHIN) if play(seed, manner).broken is not None), None
    )

    assert found is not None
