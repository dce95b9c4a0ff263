"""Personal values are erased for good, and the history still proves itself."""

import pytest

from flowengine.errors import NotFound
from flowengine.kernel.events import MessageKept, PersonalForgotten, StepEnded
from flowengine.store.dialect import is_postgres
from flowengine.store.tables import metadata
from tests.engine.shop import PACKED, Shop
from tests.engine.world import World

#: Values that stand nowhere else.
NAME, PHONE, RECEIVER = "Zelma Liepa-Ozola", "+371 29 876543", "Dace Kalniņa-Bērza"


def holds(world: World, *values: str) -> list[str]:
    """Which values stand anywhere: in a file's bytes, deleted or not, or in a table."""
    if is_postgres(world.address):
        content = "".join(
            repr(world.rows(f"SELECT * FROM {name}"))  # noqa: S608 - a table of ours
            for name in metadata.tables
        ).encode()
    else:
        files = [world.path, *world.path.parent.glob(f"{world.path.name}-*")]
        content = b"".join(file.read_bytes() for file in files)
    return [value for value in values if value.encode() in content]


def test_no_byte_of_a_personal_value_is_left(world: World) -> None:
    world.open("1", customer=NAME)
    world.open("2", customer="Somebody else")
    world.engine.complete("1/enter", by="anna", answers={"order.total": "9 EUR"})
    for phone in ("+371 26 111111", PHONE):
        world.engine.complete("1/pick", by="peter", outcome="short")
        answers = {"order.phone": phone}
        world.engine.complete("1/recount", by="peter", answers=answers)
    assert holds(world, NAME, PHONE) == [NAME, PHONE]

    done = world.engine.upkeep.forget("1", "asked to be forgotten", by="anna")

    assert done.fields == ("1 order.customer", "1 order.phone")
    assert holds(world, NAME, PHONE, "+371 26 111111") == []
    assert world.engine.order("1").private == {}
    assert world.engine.order("2").private == {"order.customer": "Somebody else"}


def test_the_history_says_who_did_it_and_why_and_proves_itself(world: World) -> None:
    world.open("1", customer=NAME)

    world.engine.upkeep.forget("1", "letter of 2026-06-01", by="anna")

    last = world.events("1")[-1]
    assert isinstance(last, PersonalForgotten)
    assert (last.by, last.reason) == ("anna", "letter of 2026-06-01")
    assert last.fields == ("order.customer",)
    assert world.engine.upkeep.verify("1").broken == ()
    assert world.engine.upkeep.check() == ()
    assert world.engine.upkeep.rebuild().rows == {}


def test_a_closed_order_is_forgotten_too(world: World) -> None:
    world.open("1", customer=NAME)
    world.to_hand_over("1")
    world.engine.complete("1/hand-over", by="peter")
    world.engine.deliver("pickup", match="1")

    world.engine.upkeep.forget("1", "three years are over", by="anna")

    assert world.engine.order("1").case.outcome == "success"
    assert holds(world, NAME) == []
    assert world.engine.upkeep.check() == ()


def test_work_goes_on_after_it_and_new_values_are_kept_apart_again(
    world: World,
) -> None:
    world.open("1", customer=NAME)
    world.engine.upkeep.forget("1", "asked", by="anna")

    world.engine.complete("1/enter", by="anna", answers={"order.total": "9 EUR"})
    world.engine.complete("1/pick", by="peter", outcome="short")
    world.engine.complete("1/recount", by="peter", answers={"order.phone": PHONE})

    assert world.engine.order("1").private == {"order.phone": PHONE}
    assert world.engine.upkeep.check() == ()


def test_orders_that_it_has_called_are_forgotten_with_it(shop: Shop) -> None:
    fields = {
        "number": "1",
        "priority": 0,
        "zone": "A",
        "customer": NAME,
        "total": "100 EUR",
        "lines": [{"sku": "A1", "quantity": 1}],
        "parcels": [{"receiver": RECEIVER}],
    }
    shop.engine.open_order("shop", fields, by="anna")
    shop.engine.complete("1/enter", by="anna")
    shop.work()
    assert shop.engine.order("1-credit").private

    done = shop.engine.upkeep.forget("1", "asked", by="anna")

    assert done.numbers == ("1", "1-credit")
    assert holds(shop, NAME, RECEIVER) == []
    assert isinstance(shop.events("1-credit")[-1], PersonalForgotten)
    assert shop.engine.upkeep.check() == ()
    shop.approve("1")
    shop.work()
    shop.engine.complete("1/pick", by="peter")
    shop.engine.complete("1/pack#1", by="peter", answers=PACKED)
    assert shop.engine.upkeep.check() == ()


def test_a_call_that_was_not_opened_yet_opens_without_them(shop: Shop) -> None:
    shop.order("1")

    shop.engine.upkeep.forget("1", "asked", by="anna")
    shop.work()

    assert "Customer 1" not in shop.engine.order("1-credit").private.values()
    assert holds(shop, "Customer 1", "Zelma") == []


def test_messages_that_could_not_be_given_to_it_are_thrown_away(world: World) -> None:
    world.engine.deliver(
        "payment", match="ref-1", body={"order.phone": PHONE, "order.colour": "red"}
    )
    world.open("1")
    assert holds(world, PHONE) == [PHONE]

    done = world.engine.upkeep.forget("1", "asked", by="anna")

    assert done.messages == 1
    assert holds(world, PHONE) == []


def test_the_key_of_a_message_does_not_tell_what_it_said(world: World) -> None:
    body = {"order.phone": PHONE}
    for number in ("1", "2"):
        world.open(number)
    world.engine.deliver("payment", match="ref-1", body=body)
    world.engine.complete("1/enter", by="anna", answers={"order.total": "9 EUR"})
    world.engine.deliver("payment", match="ref-2", body={"order.phone": PHONE})
    keys = [
        event.key if isinstance(event, MessageKept) else event.message
        for number in ("1", "2")
        for event in world.events(number)
        if isinstance(event, MessageKept)
        or (isinstance(event, StepEnded) and event.message)
    ]

    from_outside = world.another()
    repeated = from_outside.deliver("payment", match="ref-1", body=body)
    from_outside.close()

    assert repeated is not None
    assert repeated.repeated
    assert len(set(keys)) == 2
    # Whoever knows everything but the number could try them all, were it a plain hash.
    world.engine.upkeep.forget("1", "asked", by="anna")
    assert holds(world, "#messages") == ["#messages"]  # of order 2
    world.engine.upkeep.forget("2", "asked", by="anna")
    assert holds(world, "#messages") == []


def test_a_message_without_personal_fields_keeps_its_plain_key(world: World) -> None:
    world.open("1")

    for _ in range(2):
        receipt = world.engine.deliver(
            "payment", match="ref-1", body={"order.paid": True}
        )

    assert receipt is not None
    assert receipt.repeated
    assert holds(world, "#messages") == []


def test_what_somebody_wrote_into_a_note_is_named_as_it_stays(world: World) -> None:
    world.open("1", customer=NAME)
    world.engine.note("1", f"{NAME} will come herself", by="anna")

    done = world.engine.upkeep.forget("1", "asked", by="anna")

    assert done.plain == ("1 2",) or done.plain == (f"1 {len(world.events('1')) - 1}",)
    assert holds(world, NAME) == [NAME]


def test_an_order_that_is_not_there_is_told(world: World) -> None:
    with pytest.raises(NotFound):
        world.engine.upkeep.forget("9", "asked", by="anna")


def test_two_programs_may_forget_at_once(world: World) -> None:
    world.open("1", customer=NAME)

    with world.another() as other:
        first = world.engine.upkeep.forget("1", "asked", by="anna", key="letter")
        again = other.upkeep.forget("1", "asked", by="anna", key="letter")

    assert (first.repeated, again.repeated) == (False, True)
    assert sum(isinstance(each, PersonalForgotten) for each in world.events("1")) == 1
