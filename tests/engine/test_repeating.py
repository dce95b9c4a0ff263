"""Idempotency keys: said twice, done once, answered the same."""

from collections.abc import Callable

import pytest

from flowengine.engine import Receipt
from flowengine.errors import Conflict
from flowengine.kernel import CaseId, UserId
from flowengine.kernel.case import TaskId
from flowengine.kernel.commands import AddNote, CompleteTask
from flowengine.language.process import StepId
from tests.engine.world import World, refusal_of

DEEDS: dict[str, Callable[[World, str], Receipt | None]] = {
    "claim": lambda w, key: w.engine.claim("1/enter", by="anna", key=key),
    "start": lambda w, key: w.engine.start("1/enter", by="anna", key=key),
    "complete": lambda w, key: w.engine.complete(
        "1/enter", by="anna", answers={"order.total": "9 EUR"}, key=key
    ),
    "hold": lambda w, key: w.engine.hold("1", "address", by="anna", key=key),
    "cancel": lambda w, key: w.engine.cancel("1", "customer", by="anna", key=key),
    "note": lambda w, key: w.engine.note("1", "call first", by="anna", key=key),
    "deliver": lambda w, key: w.engine.deliver("payment", match="ref-1", key=key),
}


@pytest.mark.parametrize("name", DEEDS)
def test_the_same_key_again_gives_the_first_answer_and_changes_nothing(
    world: World, name: str
) -> None:
    world.open("1")

    first = DEEDS[name](world, "k1")
    world.wait(5)
    world.engine.note("1", "something else", by="berta")
    before = world.events("1")
    again = DEEDS[name](world, "k1")

    assert first is not None
    assert again is not None
    assert first.events
    assert not first.repeated
    assert again.repeated
    assert again.events == first.events
    assert world.events("1") == before


def test_a_key_is_remembered_when_the_program_starts_again(world: World) -> None:
    world.open("1")
    world.engine.note("1", "call first", by="anna", key="k1")
    world.reopen()

    again = world.engine.note("1", "call first", by="anna", key="k1")

    assert again.repeated
    assert len(again.events) == 1
    assert world.engine.upkeep.check() == ()


def test_the_answer_of_a_command_that_changed_nothing_is_remembered_too(
    world: World,
) -> None:
    world.open("1")
    world.engine.claim("1/enter", by="anna")

    first = world.engine.claim("1/enter", by="anna", key="k1")
    world.engine.release("1/enter", by="anna")
    again = world.engine.claim("1/enter", by="anna", key="k1")

    assert (first.events, first.repeated) == ((), False)
    assert (again.events, again.repeated) == ((), True)
    assert world.engine.order("1").case.tasks[TaskId("enter")].owner is None


def test_a_refused_command_does_not_use_up_its_key(world: World) -> None:
    world.open("1")
    world.engine.hold("1", "address", by="anna")

    refused = refusal_of(lambda: world.engine.claim("1/enter", by="anna", key="k1"))
    world.engine.resume("1", by="anna")
    receipt = world.engine.claim("1/enter", by="anna", key="k1")

    assert refused is not None
    assert not receipt.repeated


def test_one_key_belongs_to_one_order(world: World) -> None:
    world.open("1")
    world.open("2")

    receipts = [
        world.engine.note(number, "call first", by="anna", key="k1")
        for number in ("1", "2")
    ]

    assert [receipt.repeated for receipt in receipts] == [False, False]


def test_a_key_said_twice_among_many_commands_acts_once(world: World) -> None:
    world.open("1")
    case_id = world.engine.order("1").case.id
    note = AddNote(case_id=case_id, at=world.at, by=UserId("anna"), text="a", key="k1")

    first, second = world.engine.submit([note, note])

    assert isinstance(first, Receipt)
    assert isinstance(second, Receipt)
    assert second.repeated
    assert first.events == second.events
    assert len(world.events("1")) == first.version


def test_of_many_commands_the_wrong_ones_are_refused_and_the_others_done(
    world: World,
) -> None:
    world.open("1")
    world.open("2")
    first, second = (world.engine.order(number).case.id for number in ("1", "2"))

    def enter(case_id: CaseId) -> CompleteTask:
        return CompleteTask(
            case_id=case_id,
            at=world.at,
            by=UserId("anna"),
            step=StepId("enter"),
            answers={"order.total": 9_0000},
        )

    unknown = CaseId("ff" * 16)
    answers = world.engine.submit(
        [enter(first), enter(first), enter(unknown), enter(second)]
    )

    assert [isinstance(answer, Receipt) for answer in answers] == [
        True,
        False,
        False,
        True,
    ]
    assert isinstance(answers[1], Conflict)
    assert "pick" in world.engine.order("2").case.tasks
    assert world.engine.upkeep.check() == ()


def test_nothing_to_do_is_nothing_done(world: World) -> None:
    assert world.engine.submit([]) == ()
