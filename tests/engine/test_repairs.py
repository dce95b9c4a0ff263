"""Repairs through the database: tables, errands and personal values follow them."""

import pytest

from flowengine.errors import Conflict
from flowengine.kernel.case import CaseId, CaseState, TaskState, UserId
from flowengine.kernel.commands import AnswerAutomation, Command, ResolveIncident
from flowengine.kernel.events import ChildAnswered
from flowengine.language.process import StepId
from flowengine.quantities import MINUTE, Instant
from flowengine.store.tables import metadata
from tests.engine.shop import Shop


@pytest.fixture
def labelling(shop: Shop) -> Shop:
    """Order 1 waits for its label."""
    shop.to_gate("1")
    shop.engine.complete("1/pick", by="peter")
    shop.pack("1")
    return shop


def where_is(shop: Shop, value: str) -> list[str]:
    """Tables that hold a value."""
    return [
        name
        for name in sorted(metadata.tables)
        if value in repr(shop.rows(f"SELECT * FROM {name}"))  # noqa: S608 - a table of ours
    ]


def at_label(shop: Shop) -> list[Command]:
    """What a machine and then somebody says: it failed, it is mended, it failed."""
    case = shop.engine.order("1").case
    step = StepId("label")

    def failed(why: str) -> AnswerAutomation:
        return AnswerAutomation(
            case_id=CaseId(case.id),
            at=Instant(case.at + MINUTE),
            by=UserId("worker"),
            step=step,
            visit=1,
            failed=why,
        )

    mended = ResolveIncident(
        case_id=CaseId(case.id),
        at=Instant(case.at + MINUTE),
        by=UserId("olga"),
        step=step,
        reason="new paper",
    )
    return [failed("no paper"), mended, failed("no ink"), mended]


def test_a_machine_is_asked_again_under_the_same_key(labelling: Shop) -> None:
    (before,) = labelling.engine.machines.outbox("http")
    labelling.engine.machines.answer("1/label", failed="no paper")
    assert labelling.engine.machines.outbox("http") == ()

    labelling.engine.repairs.resolve("1/label", "new paper", by="olga")

    (after,) = labelling.engine.machines.outbox("http")
    assert (after.key, after.failed) == (before.key, None)
    assert labelling.engine.upkeep.check() == ()


def test_failing_and_asking_again_in_one_transaction_leaves_one_errand(
    labelling: Shop,
) -> None:
    for answer in labelling.engine.submit(at_label(labelling)):
        assert not isinstance(answer, Exception)

    (errand,) = labelling.engine.machines.outbox("http")

    assert errand.failed is None
    assert labelling.engine.upkeep.check() == ()


def test_what_is_reported_leaves_the_worklist_and_comes_back(shop: Shop) -> None:
    shop.to_gate("1")
    assert [task.ref for task in shop.engine.tasks(user="peter")] == ["1/pick"]

    shop.engine.repairs.report("1/pick", "the shelf has fallen", by="peter")
    assert shop.engine.tasks(user="peter") == ()
    assert shop.engine.upkeep.check() == ()
    shop.engine.repairs.resolve("1/pick", "put up again", by="olga")

    assert [task.ref for task in shop.engine.tasks(user="peter")] == ["1/pick"]
    assert shop.engine.upkeep.check() == ()


def test_the_child_of_a_call_that_is_left_is_cancelled_by_a_worker(shop: Shop) -> None:
    shop.order("1")
    shop.work()

    shop.engine.repairs.move("1", "credit", "reserve", "known well", by="olga")
    shop.work()

    assert shop.engine.order("1-credit").case.state is CaseState.CLOSED
    assert any(isinstance(event, ChildAnswered) for event in shop.events("1"))
    assert shop.steps("1") == ["pick"]
    assert shop.engine.upkeep.check() == ()


def test_the_place_at_a_gate_is_given_to_the_next_order(shop: Shop) -> None:
    shop.to_gate("1", "2", "3")
    assert shop.steps("3") == ["release"]

    shop.engine.repairs.move("1", "pick", "give-up", "broken", by="olga")
    shop.work()

    assert shop.steps("3") == ["pick"]
    assert shop.engine.upkeep.check() == ()


def test_a_personal_value_that_was_corrected_is_in_case_private_only(
    shop: Shop,
) -> None:
    shop.order("1")

    shop.engine.repairs.change(
        "1",
        {"order.customer": "Zelma Liepa", "order.parcels#2.receiver": "Aija Ozola"},
        "a wrong name",
        by="olga",
    )

    private = shop.engine.order("1").private
    assert private["order.customer"] == "Zelma Liepa"
    assert private["order.parcels#2.receiver"] == "Aija Ozola"
    assert where_is(shop, "Zelma Liepa") == ["case_private"]
    assert where_is(shop, "Aija Ozola") == ["case_private"]


def test_personal_values_of_a_corrected_list_stay_with_their_elements(
    shop: Shop,
) -> None:
    shop.order("1")
    parcels = [{"receiver": "Zelma"}, {"receiver": "Ilze"}, {"receiver": "Dace"}]

    shop.engine.repairs.change("1", {"order.parcels": parcels}, "one more", by="olga")

    private = shop.engine.order("1").private
    names = [private[f"order.parcels#{number}.receiver"] for number in (1, 2, 3)]
    assert names == ["Zelma", "Ilze", "Dace"]
    assert where_is(shop, "Dace") == ["case_private"]


def test_paused_time_stands_in_the_facts_and_not_in_working_time(shop: Shop) -> None:
    shop.to_gate("1")
    engine = shop.engine
    engine.start("1/pick", by="peter")
    shop.wait(10)
    engine.pause("1/pick", "lunch", by="olga")
    shop.wait(30)
    (open_task,) = engine.tasks(number="1")
    assert open_task.state is TaskState.PAUSED

    engine.complete("1/pick", by="peter")

    (trace,) = (each for each in engine.event_log("shop") if each.number == "1")
    entry = next(each for each in trace.entries if each.step == "pick")
    assert (entry.paused, entry.service) == (30 * MINUTE, 10 * MINUTE)
    assert engine.upkeep.check() == ()


def test_a_task_that_rests_is_open_work_that_nobody_is_at(shop: Shop) -> None:
    shop.to_gate("1")
    shop.engine.start("1/pick", by="peter")
    shop.wait(10)
    shop.engine.pause("1/pick", "lunch", by="peter")

    (trace,) = (each for each in shop.engine.event_log("shop") if each.number == "1")
    (entry,) = trace.open_entries

    assert entry.rests_since == shop.engine.order("1").case.at


def test_a_repair_said_twice_with_one_key_acts_once(shop: Shop) -> None:
    shop.order("1")
    shop.work()

    first, again = (
        shop.engine.repairs.move("1", "credit", "reserve", "known", by="olga", key="k")
        for _ in range(2)
    )

    assert again.repeated
    assert again.events == first.events
    with pytest.raises(Conflict, match="Expected a token of order 1 at credit"):
        shop.engine.repairs.move("1", "credit", "reserve", "known", by="olga")
