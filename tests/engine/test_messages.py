"""Messages find their order, wait for it, and say nothing twice."""

from flowengine.errors import CommandRejected, InvalidInput
from flowengine.kernel.events import MessageKept
from tests.engine.world import World, refusal_of


def test_a_message_that_comes_before_its_order_is_handed_to_it(world: World) -> None:
    assert world.engine.deliver(
        "payment", match="ref-1", body={"order.paid": True}
    ) is (None)
    world.reopen()

    world.open("1")

    case = world.engine.order("1").case
    assert [kept.name for kept in case.kept] == ["payment"]
    world.engine.complete("1/enter", by="anna", answers={"order.total": "9 EUR"})
    case = world.engine.order("1").case
    assert "book" in case.tasks
    assert case.kept == ()
    assert case.data["order"] == {**_order(world), "paid": True}
    assert world.engine.upkeep.check() == ()


def test_the_same_early_message_again_is_kept_once(world: World) -> None:
    for _ in range(3):
        world.engine.deliver("payment", match="ref-1", key="bank-17")

    world.open("1")
    again = world.engine.deliver("payment", match="ref-1", key="bank-17")

    kept = [e for e in world.events("1") if isinstance(e, MessageKept)]
    assert len(kept) == 1
    assert again is not None
    assert again.repeated


def test_two_senders_may_number_their_messages_alike(world: World) -> None:
    world.engine.deliver("payment", match="ref-1", by="bank", key="1")
    world.engine.deliver("pickup", match="1", by="carrier", key="1")

    world.open("1")

    kept = {kept.name for kept in world.engine.order("1").case.kept}
    assert kept == {"payment", "pickup"}


def test_the_key_of_a_message_is_not_the_key_of_a_person(world: World) -> None:
    world.open("1")
    world.engine.note("1", "call first", by="anna", key="1")

    receipt = world.engine.deliver("payment", match="ref-1", by="bank", key="1")

    assert receipt is not None
    assert not receipt.repeated


def test_a_message_that_several_orders_match_is_refused(world: World) -> None:
    world.open("1", reference="shared")
    world.open("2", reference="shared")
    before = world.events("1"), world.events("2")

    refused = refusal_of(lambda: world.engine.deliver("payment", match="shared"))

    assert isinstance(refused, CommandRejected)
    assert "2 match" in str(refused)
    assert (world.events("1"), world.events("2")) == before


def test_a_message_is_never_for_a_closed_order_that_used_the_value_before(
    world: World,
) -> None:
    world.open("1", reference="shared")
    world.to_hand_over("1", "shared")
    world.engine.complete("1/hand-over", by="peter")
    world.engine.deliver("pickup", match="1")
    world.open("2", reference="shared")

    receipt = world.engine.deliver("payment", match="shared", key="second")

    assert receipt is not None
    assert receipt.number == "2"


def test_a_message_may_set_only_what_its_process_lets_it(world: World) -> None:
    world.open("1")

    refused = refusal_of(
        lambda: world.engine.deliver(
            "payment", match="ref-1", body={"order.total": "0 EUR"}
        )
    )

    assert isinstance(refused, InvalidInput)
    assert "order.paid" in str(refused)
    assert "total" not in _order(world)


def test_a_message_that_nobody_waits_for_is_kept_until_somebody_does(
    world: World,
) -> None:
    world.open("1")
    world.engine.deliver("pickup", match="1")
    world.to_hand_over("1")

    world.engine.complete("1/hand-over", by="peter")

    assert world.engine.order("1").case.outcome == "success"
    assert world.engine.upkeep.check() == ()


def _order(world: World) -> dict[str, object]:
    order = world.engine.order("1").case.data["order"]
    assert isinstance(order, dict)
    return order


def test_a_message_older_than_thirty_days_waits_for_somebody_to_look_at_it(
    world: World,
) -> None:
    world.engine.deliver("payment", match="ref-1", body={"order.paid": True}, key="1")
    world.wait(29 * 24 * 60)
    world.engine.deliver("payment", match="ref-1", body={"order.paid": True}, key="2")
    assert not any(kept.is_stuck for kept in world.engine.machines.messages())
    world.wait(2 * 24 * 60)

    world.open("1")

    (late,) = world.engine.machines.messages()
    assert (late.key, late.fields) == ("outside/1", ("order.paid",))
    assert late.is_late
    kept = world.engine.order("1").case.kept
    assert [message.key for message in kept] == ["outside/2"]


def test_a_message_that_its_order_could_not_read_names_the_order(world: World) -> None:
    world.engine.deliver("payment", match="ref-1", body={"order.total": "1 EUR"})

    world.open("1")

    (stuck,) = world.engine.machines.messages()
    assert stuck.is_stuck
    assert (stuck.number, stuck.is_late) == ("1", False)
    world.engine.machines.drop_message(stuck.key)
    assert world.engine.machines.messages() == ()
