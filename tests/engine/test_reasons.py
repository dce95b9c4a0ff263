"""What history keeps for ever says why; an empty reason says nothing."""

from collections.abc import Callable

import pytest

from flowengine import Engine
from flowengine.errors import InvalidInput
from tests.engine.shop import Shop

ASKED: dict[str, Callable[[Engine, str], object]] = {
    "hold": lambda engine, why: engine.hold("1", why, by="olga"),
    "cancel": lambda engine, why: engine.cancel("1", why, by="olga"),
    "pause": lambda engine, why: engine.pause("1/pick", why, by="peter"),
    "forget": lambda engine, why: engine.upkeep.forget("1", why, by="olga"),
}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("reason", ["", "  "])
def test_an_empty_reason_is_refused_and_changes_nothing(
    shop: Shop, asked: str, reason: str
) -> None:
    shop.to_gate("1")
    shop.engine.start("1/pick", by="peter")
    before = shop.engine.order("1").case

    with pytest.raises(InvalidInput, match="a reason that history keeps"):
        ASKED[asked](shop.engine, reason)

    assert shop.engine.order("1").case == before


def test_nobody_has_an_empty_name(shop: Shop) -> None:
    with pytest.raises(InvalidInput, match="the name of a person"):
        shop.engine.people.add(" ", ["packer"])
    assert " " not in {person.name for person in shop.engine.people.all()}
