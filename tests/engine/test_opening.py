"""Opening orders: one number is one order, and a key opens once."""

from flowengine.engine import Receipt
from flowengine.errors import Conflict, InvalidInput, NotFound
from flowengine.kernel import CaseId, UserId
from flowengine.kernel.commands import OpenCase
from tests.engine.world import SALE, World, refusal_of

FIELDS = {"number": "1", "priority": 0, "customer": "Jānis"}


def opening(world: World, case: int, number: str, key: str | None = None) -> OpenCase:
    return OpenCase(
        case_id=CaseId(f"{case:032x}"),
        at=world.at,
        by=UserId("shop"),
        key=key,
        number=number,
        process=world.engine.net("sale").process.digest,
        data={"order": {"number": number, "priority": 0}},
    )


def test_a_second_order_with_the_same_number_is_refused(world: World) -> None:
    world.open("1")
    before = world.events("1")

    refused = refusal_of(lambda: world.open("1"))

    assert isinstance(refused, Conflict)
    assert "order 1 is there already" in str(refused)
    assert world.events("1") == before


def test_opening_with_the_same_key_gives_the_first_answer_again(world: World) -> None:
    first = world.engine.open_order("sale", FIELDS, by="anna", key="click-1")
    world.engine.claim("1/enter", by="anna")

    again = world.engine.open_order("sale", FIELDS, by="anna", key="click-1")

    assert not first.repeated
    assert again.repeated
    assert (again.case_id, again.events) == (first.case_id, first.events)
    assert len(world.engine.orders()) == 1
    assert world.engine.upkeep.check() == ()


def test_the_same_rows_again_open_nothing_new(world: World) -> None:
    rows = [{**FIELDS, "number": str(number)} for number in range(3)]

    first = world.engine.open_orders("sale", rows, by="import")
    again = world.engine.open_orders("sale", rows, by="import")

    assert [getattr(a, "repeated", None) for a in first] == [False] * 3
    assert [getattr(a, "repeated", None) for a in again] == [True] * 3
    assert len(world.engine.orders()) == 3


def test_of_many_rows_the_wrong_ones_are_refused_and_the_others_open(
    world: World,
) -> None:
    rows = [
        FIELDS,
        {**FIELDS, "number": "2", "total": "a lot"},
        {**FIELDS, "number": "3"},
    ]

    answers = world.engine.open_orders("sale", rows, by="import")

    assert isinstance(answers[1], InvalidInput)
    assert "order.total" in str(answers[1])
    assert {order.number for order in world.engine.orders()} == {"1", "3"}


def test_commands_that_open_one_number_twice_open_it_once(world: World) -> None:
    first, second = world.engine.submit(
        [opening(world, 1, "7"), opening(world, 2, "7")]
    )

    assert isinstance(first, Receipt)
    assert isinstance(second, Conflict)
    assert world.engine.upkeep.check() == ()


def test_an_order_of_an_unknown_process_names_those_that_there_are(
    world: World,
) -> None:
    refused = refusal_of(lambda: world.engine.open_order("sales", FIELDS, by="anna"))

    assert isinstance(refused, NotFound)
    assert "sale" in str(refused)


def test_all_wrong_fields_are_told_at_once(world: World) -> None:
    fields = {"number": "1", "priority": "high", "colour": "red"}

    refused = refusal_of(lambda: world.engine.open_order("sale", fields, by="anna"))

    assert isinstance(refused, InvalidInput)
    for name in ("order.priority", "order.customer", "order.colour"):
        assert name in str(refused)
    assert world.engine.orders() == ()


def test_the_same_text_is_the_same_version(world: World) -> None:
    again = world.engine.add_process(SALE, "another-name.yaml")

    assert (again.name, again.version) == ("sale", 1)
    assert world.engine.processes() == (again,)


def test_other_text_under_the_same_version_is_a_conflict(world: World) -> None:
    other = SALE.replace("sla: 2h", "sla: 3h")

    refused = refusal_of(lambda: world.engine.add_process(other, "sale.yaml"))

    assert isinstance(refused, Conflict)
    assert "write `version: 2`" in str(refused)
    assert len(world.engine.processes()) == 1


def test_an_open_order_keeps_its_version_and_new_ones_take_the_newest(
    world: World,
) -> None:
    world.open("old")
    second = SALE.replace("version: 1", "version: 2").replace(
        "- {else: release}", ("- {else: approve}")
    )
    world.engine.add_process(second, "sale.yaml")
    world.open("new")
    for number in ("old", "new"):
        world.engine.complete(
            f"{number}/enter", by="anna", answers={"order.total": "9 EUR"}
        )

    assert "pick" in world.engine.order("old").case.tasks
    assert "approve" in world.engine.order("new").case.tasks
    assert world.engine.order("old").net.process.version == 1
    assert world.engine.upkeep.check() == ()


def test_a_version_that_another_program_stored_is_used_at_once(world: World) -> None:
    world.open("1")
    other = world.another()
    other.add_process(SALE.replace("version: 1", "version: 2"), "sale.yaml")
    other.close()

    world.open("2")

    assert world.engine.order("2").net.process.version == 2
