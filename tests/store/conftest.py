"""A world of its own for each test of the store."""

from collections.abc import Iterator

import pytest

from tests.engine.world import World


@pytest.fixture
def world(address: str) -> Iterator[World]:
    """The sale process, some people, and nothing open."""
    made = World(address)
    yield made
    made.close()
