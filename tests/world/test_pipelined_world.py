"""Nothing is lost or doubled where commands are written as on PostgreSQL either."""

import pytest

from tests.world.manners import PIPELINED
from tests.world.many import CHUNK, SCENARIOS, broken_in


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("first", range(0, SCENARIOS // 2, CHUNK))
def test_no_scenario_as_on_postgresql_loses_or_doubles_anything(first: int) -> None:
    assert broken_in(first, PIPELINED) == []
