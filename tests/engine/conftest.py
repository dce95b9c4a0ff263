"""A world of its own for each test."""

from collections.abc import Iterator

import pytest

from tests.engine.shop import Shop
from tests.engine.world import World


@pytest.fixture
def world(address: str) -> Iterator[World]:
    """The sale process, some people, and nothing open."""
    made = World(address)
    yield made
    made.close()


@pytest.fixture
def shop(address: str) -> Iterator[Shop]:
    """The shop that uses every construct, with everything in stock."""
    made = Shop(address)
    yield made
    made.close()
