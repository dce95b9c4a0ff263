"""Personal values stand in one table only, so that they can be forgotten."""

from flowengine.engine import Receipt
from flowengine.kernel import CaseId, UserId
from flowengine.kernel.commands import OpenCase
from flowengine.language.data import read_data
from flowengine.store.tables import metadata
from tests.engine.world import World

ELSEWHERE = sorted(set(metadata.tables) - {"case_private"})


def texts_of(world: World, table: str) -> str:
    """Everything that a table holds, as one text."""
    return repr(world.rows(f"SELECT * FROM {table}"))  # noqa: S608 - a table of ours


def where_is(world: World, value: str) -> list[str]:
    """Tables that hold a value."""
    return [name for name in sorted(metadata.tables) if value in texts_of(world, name)]


def test_a_personal_field_of_a_new_order_is_in_case_private_only(
    world: World,
) -> None:
    world.open("1", customer="Zelma Liepa")

    assert where_is(world, "Zelma Liepa") == ["case_private"]
    assert world.engine.order("1").private == {"order.customer": "Zelma Liepa"}


def test_a_personal_answer_is_in_case_private_only(world: World) -> None:
    world.open("1")
    world.engine.complete("1/enter", by="anna", answers={"order.total": "9 EUR"})
    world.engine.complete("1/pick", by="peter", outcome="short")

    world.engine.complete(
        "1/recount", by="peter", answers={"order.phone": "+371 29 111"}
    )

    assert where_is(world, "+371 29 111") == ["case_private"]


def test_a_personal_field_that_a_message_sets_is_in_case_private_only(
    world: World,
) -> None:
    world.open("1")

    world.engine.deliver("payment", match="ref-1", body={"order.phone": "+371 29 222"})

    assert where_is(world, "+371 29 222") == ["case_private"]
    assert world.engine.order("1").private["order.phone"] == "+371 29 222"


def test_an_early_message_gives_its_personal_values_away_when_its_order_comes(
    world: World,
) -> None:
    world.engine.deliver("payment", match="ref-1", body={"order.phone": "+371 29 333"})
    assert where_is(world, "+371 29 333") == ["inbox"]

    world.open("1")

    assert where_is(world, "+371 29 333") == ["case_private"]


def test_a_personal_field_that_is_answered_again_has_the_last_value(
    world: World,
) -> None:
    world.open("1")
    world.engine.complete("1/enter", by="anna", answers={"order.total": "9 EUR"})

    for phone in ("+371 29 444", "+371 29 555"):
        world.engine.complete("1/pick", by="peter", outcome="short")
        world.engine.complete("1/recount", by="peter", answers={"order.phone": phone})

    assert world.engine.order("1").private["order.phone"] == "+371 29 555"
    assert where_is(world, "+371 29 444") == []
    assert world.engine.upkeep.check() == ()


def test_the_same_personal_value_is_written_differently_in_each_order(
    world: World,
) -> None:
    world.open("1", customer="Zelma Liepa")
    world.open("2", customer="Zelma Liepa")

    data = [world.engine.order(number).case.data["order"] for number in ("1", "2")]

    digests = {order["customer"] for order in data if isinstance(order, dict)}
    assert len(digests) == 2
    assert all(digest.startswith("sha256:") for digest in digests)


def test_a_submitted_order_is_concealed_and_gets_its_early_messages_too(
    world: World,
) -> None:
    world.engine.deliver("payment", match="ref-7", body={"order.phone": "+371 29 444"})
    process = world.engine.net("sale").process
    written = {"number": "7", "priority": 0, "customer": "Zelma Liepa"}

    (receipt,) = world.engine.submit(
        [
            OpenCase(
                case_id=CaseId("07" * 16),
                at=world.engine.now(),
                by=UserId("anna"),
                number="7",
                process=process.digest,
                data=read_data(process, {**written, "reference": "ref-7"}),
            )
        ]
    )

    assert isinstance(receipt, Receipt)
    assert where_is(world, "Zelma Liepa") == ["case_private"]
    assert where_is(world, "+371 29 444") == ["case_private"]
