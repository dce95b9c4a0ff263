"""A batch: claiming one task claims its mates, the most urgent first."""

import pytest

from tests.engine.shop import SHOP, Shop


@pytest.fixture
def picking(shop: Shop) -> Shop:
    """Six orders to be picked, of two zones, in a shop without a narrow gate."""
    wide = SHOP.replace("version: 1\n", "version: 2\n", 1)
    shop.engine.add_process(wide.replace("limit: 2", "limit: 99"), "shop.yaml")
    for number, zone, priority in (
        ("1", "A", 0),
        ("2", "B", 0),
        ("3", "A", 0),
        ("4", "A", 0),
        ("5", "A", 9),
        ("6", "A", 0),
    ):
        shop.order(number, zone=zone, priority=priority)
        shop.wait(1)
    shop.engine.machines.work()
    for number in "123456":
        shop.approve(number)
    shop.work()
    return shop


def owners(shop: Shop) -> dict[str, str | None]:
    return {task.number: task.owner for task in shop.engine.tasks()}


def test_mates_are_claimed_together_the_most_urgent_first(picking: Shop) -> None:
    receipt = picking.engine.claim("3/pick", by="peter")

    assert receipt.mates == ("5/pick", "1/pick")
    groups = {task.number: task.group for task in picking.engine.tasks()}
    assert len({groups["3"], groups["5"], groups["1"]}) == 1
    assert groups["3"] is not None
    assert groups["2"] is groups["4"] is groups["6"] is None
    assert picking.engine.upkeep.check() == ()


def test_the_next_one_gets_what_is_left(picking: Shop) -> None:
    picking.engine.claim("3/pick", by="peter")

    receipt = picking.engine.claim("4/pick", by="paul")

    assert receipt.mates == ("6/pick",)
    assert picking.engine.claim("2/pick", by="paul").mates == ()
    assert owners(picking)["6"] == "paul"


def test_a_held_mate_is_left(picking: Shop) -> None:
    picking.engine.hold("5", "address unclear", by="anna")

    receipt = picking.engine.claim("3/pick", by="peter")

    assert receipt.mates == ("1/pick", "4/pick")


def test_claiming_again_claims_no_more(picking: Shop) -> None:
    first = picking.engine.claim("3/pick", by="peter", key="c1")

    assert picking.engine.claim("3/pick", by="peter").mates == ()
    assert picking.engine.claim("3/pick", by="peter", key="c1").repeated
    assert list(owners(picking).values()).count("peter") == 1 + len(first.mates)


def test_each_task_of_a_batch_is_completed_alone(picking: Shop) -> None:
    picking.engine.claim("3/pick", by="peter")

    picking.engine.complete("5/pick", by="peter")

    assert picking.steps("5") == ["pack#1", "pack#2"]
    assert picking.steps("1") == ["pick"]
    assert picking.engine.upkeep.check() == ()
