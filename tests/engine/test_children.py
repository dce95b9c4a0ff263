"""Called processes: opened once, answered once, cancelled with their callers."""

from collections.abc import Sequence

from flowengine.engine import Worked
from flowengine.kernel import CaseState
from flowengine.kernel.events import CaseOpened, ChildAnswered, StepEnded
from tests.engine.shop import Shop


def rows_of_outbox(shop: Shop) -> Sequence[tuple[object, ...]]:
    return shop.rows("SELECT * FROM outbox ORDER BY id")


def put_back(shop: Shop, rows: Sequence[tuple[object, ...]]) -> None:
    """As it is where a worker was killed before it could take them out."""
    shop.put("outbox", rows)


def test_a_call_opens_a_case_that_is_named_after_its_caller(shop: Shop) -> None:
    shop.order("1")

    worked = shop.engine.machines.work()

    assert worked == Worked(children=1)
    child = shop.engine.order("1-credit")
    assert child.case.parent is not None
    assert child.case.parent.case_id == shop.engine.order("1").case.id
    assert list(child.case.tasks) == ["look"]
    assert shop.engine.upkeep.check() == ()


def test_the_end_of_a_child_decides_the_way_of_its_caller(shop: Shop) -> None:
    for number in ("1", "2"):
        shop.order(number)
    shop.work()

    shop.approve("1")
    shop.approve("2", "refused")
    shop.work()

    assert shop.steps("1") == ["pick"]
    assert shop.engine.order("2").case.outcome == "declined"
    order = shop.engine.order("1").case.data["order"]
    assert isinstance(order, dict)
    assert order["credit"] == "ok"
    assert shop.engine.upkeep.check() == ()


def test_personal_values_go_to_the_child_and_stay_apart_there(shop: Shop) -> None:
    shop.order("1")
    shop.work()

    child = shop.engine.order("1-credit")

    assert child.private == {
        "request.customer": "Customer 1",
        "request.boxes#1.receiver": "Zelma",
        "request.boxes#2.receiver": "Ilze",
    }
    assert "Zelma" not in repr(child.history)
    assert "Zelma" not in repr(rows_of_outbox(shop))


def test_a_worker_that_is_killed_after_opening_a_child_opens_no_second_one(
    shop: Shop,
) -> None:
    shop.order("1")
    rows = rows_of_outbox(shop)
    shop.work()

    put_back(shop, rows)
    shop.work()

    assert rows_of_outbox(shop) == []
    assert len(shop.engine.orders(process="credit-check")) == 1
    opened = [e for e in shop.events("1-credit") if isinstance(e, CaseOpened)]
    assert len(opened) == 1
    assert shop.engine.upkeep.check() == ()


def test_the_end_of_a_child_that_is_told_twice_counts_once(shop: Shop) -> None:
    shop.order("1")
    shop.work()
    shop.approve("1")
    rows = rows_of_outbox(shop)
    shop.work()
    before = shop.events("1")

    put_back(shop, rows)
    shop.work()

    assert shop.events("1") == before
    assert shop.engine.upkeep.check() == ()


def test_a_caller_that_is_cancelled_waits_until_its_child_has_ended(
    shop: Shop,
) -> None:
    shop.order("1")
    shop.work()

    shop.engine.cancel("1", "customer", by="anna")
    assert shop.engine.order("1").case.state is CaseState.CANCELLING
    assert [row.state for row in shop.engine.orders(state="cancelling")] == [
        CaseState.CANCELLING
    ]
    assert shop.engine.upkeep.check() == ()
    shop.work()

    assert shop.engine.order("1-credit").case.outcome == "cancelled"
    assert shop.steps("1") == ["put-back"]
    assert shop.engine.upkeep.check() == ()


def test_a_caller_that_is_cancelled_before_its_child_was_opened_ends_too(
    shop: Shop,
) -> None:
    shop.order("1")

    shop.engine.cancel("1", "customer", by="anna")
    shop.work()

    assert shop.steps("1") == ["put-back"]
    assert shop.engine.upkeep.check() == ()


def test_a_child_that_cannot_be_opened_is_skipped_and_tried_again(
    shop: Shop,
) -> None:
    shop.engine.open_order(
        "credit-check",
        {"number": "1-credit", "total": "1 EUR", "customer": "x", "boxes": []},
        by="anna",
    )
    shop.order("1")
    shop.order("2")

    worked = shop.engine.machines.work()
    assert (worked.children, [s.number for s in worked.skipped]) == (1, ["1"])
    assert "1-credit" in worked.skipped[0].reason
    assert shop.engine.machines.work() == Worked()
    shop.wait(1)
    assert len(shop.engine.machines.work().skipped) == 1
    assert shop.engine.upkeep.check() == ()


def test_a_caller_whose_child_could_not_be_opened_can_be_cancelled(
    shop: Shop,
) -> None:
    fields = {"number": "1-credit", "total": "1 EUR", "customer": "x", "boxes": []}
    shop.engine.open_order("credit-check", fields, by="anna")
    shop.order("1")
    shop.engine.machines.work()

    shop.engine.cancel("1", "customer", by="anna")
    shop.work()

    assert shop.steps("1") == ["put-back"]
    assert rows_of_outbox(shop) == []
    assert shop.engine.upkeep.check() == ()


def test_the_call_is_a_fact_whose_outcome_is_the_end_of_the_child(
    shop: Shop,
) -> None:
    shop.to_gate("1")

    (trace,) = shop.engine.event_log("shop")

    credit = next(entry for entry in trace.entries if entry.step == "credit")
    assert credit.outcome == "success"
    assert not [e for e in shop.events("1") if isinstance(e, ChildAnswered)]
    ended = [e.step for e in shop.events("1-credit") if isinstance(e, StepEnded)]
    assert ended == ["look", "good"]
