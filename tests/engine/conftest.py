"""A world of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.shop import Shop
from tests.engine.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The sale process, some people, and nothing open."""
    made = World(tmp_path / "shop.db")
    yield made
    made.close()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """The shop that uses every construct, with everything in stock."""
    made = Shop(tmp_path / "shop.db")
    yield made
    made.close()
