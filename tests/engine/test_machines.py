"""What machines and people outside are asked and told, and what they answer."""

import pytest

from flowengine.engine import Worked
from flowengine.errors import CommandRejected, NotFound
from flowengine.kernel.events import Escalated, StepEnded
from tests.engine.shop import Shop
from tests.engine.world import refusal_of

LABEL = {"order.label": "L-17"}


@pytest.fixture
def labelling(shop: Shop) -> Shop:
    """An order whose label is to be made."""
    shop.to_gate("1")
    shop.engine.complete("1/pick", by="peter")
    shop.pack("1")
    return shop


def test_an_automation_waits_for_its_answer(labelling: Shop) -> None:
    (errand,) = labelling.engine.machines.outbox("http")

    assert errand.body["text"] == "http POST https://labels.example.com/make"
    assert errand.body["step"] == "label"
    assert [row.number for row in labelling.engine.orders(step="label")] == ["1"]
    assert labelling.engine.orders(process="shop")[0].steps == ("label",)
    assert labelling.work() == Worked()


def test_its_answer_ends_it_and_takes_the_errand_out(labelling: Shop) -> None:
    labelling.engine.machines.answer("1/label", outcome="ok", answers=LABEL, key="m1")

    assert labelling.engine.machines.outbox("http") == ()
    assert labelling.steps("1") == ["hand-over"]
    order = labelling.engine.order("1").case.data["order"]
    assert isinstance(order, dict)
    assert order["label"] == "L-17"
    again = labelling.engine.machines.answer("1/label", outcome="ok", key="m1")
    assert again.repeated
    assert labelling.engine.upkeep.check() == ()


def test_an_answer_that_comes_too_late_changes_nothing(labelling: Shop) -> None:
    labelling.engine.cancel("1", "customer", by="anna")
    before = labelling.events("1")

    receipt = labelling.engine.machines.answer("1/label", outcome="ok")

    assert receipt.events == ()
    assert labelling.events("1") == before
    assert labelling.engine.machines.outbox("http") == ()
    assert labelling.engine.upkeep.check() == ()


def test_an_outcome_that_is_none_of_the_step_is_refused(labelling: Shop) -> None:
    refused = refusal_of(
        lambda: labelling.engine.machines.answer(
            "1/label", outcome="perhaps", answers=LABEL
        )
    )

    assert isinstance(refused, CommandRejected)
    assert "(ok, bad)" in str(refused)


@pytest.mark.parametrize("ref", ["1/pick", "1/nothing", "9/label"])
def test_only_automations_are_answered(labelling: Shop, ref: str) -> None:
    refused = refusal_of(lambda: labelling.engine.machines.answer(ref, outcome="ok"))

    assert isinstance(refused, NotFound)


def test_what_failed_for_good_is_an_incident_and_is_asked_for_no_more(
    labelling: Shop,
) -> None:
    labelling.engine.machines.answer("1/label", failed="the printer is gone")

    assert labelling.engine.order("1").case.incidents == {
        "label": "the printer is gone"
    }
    assert labelling.engine.machines.outbox("http") == ()
    assert labelling.engine.upkeep.check() == ()


def test_somebody_is_told_by_a_row_that_stays_until_it_is_sent(
    labelling: Shop,
) -> None:
    labelling.engine.machines.answer("1/label", outcome="ok", answers=LABEL)
    labelling.work()

    (errand,) = labelling.engine.machines.outbox("notify")

    assert errand.body == {"number": "1", "step": "tell", "visit": 1, "who": "sales"}


def test_an_escalation_is_told_once_when_its_share_of_time_is_used_up(
    shop: Shop,
) -> None:
    shop.engine.open_order(
        "shop",
        {
            "number": "1",
            "priority": 0,
            "zone": "A",
            "customer": "x",
            "total": "1 EUR",
            "lines": [],
            "parcels": [],
        },
        by="anna",
    )
    shop.wait(119)
    assert shop.engine.machines.work() == Worked()
    shop.wait(1)

    assert shop.engine.machines.next_timer() == shop.at
    assert shop.engine.machines.work() == Worked(timers=1)
    assert shop.engine.machines.work() == Worked()

    (errand,) = shop.engine.machines.outbox("notify")
    assert (errand.body["who"], errand.body["share"]) == ("sales", 50)
    assert [type(event) for event in shop.events("1")][-1] is Escalated
    assert not [event for event in shop.events("1") if isinstance(event, StepEnded)]
    assert shop.engine.upkeep.check() == ()


def test_an_order_without_parcels_and_lines_goes_on_by_itself(shop: Shop) -> None:
    fields = {
        "number": "1",
        "priority": 0,
        "zone": "A",
        "customer": "x",
        "total": "1 EUR",
        "lines": [],
        "parcels": [],
    }
    shop.engine.open_order("shop", fields, by="anna")
    shop.engine.complete("1/enter", by="anna")
    shop.work()
    shop.approve("1")
    shop.work()

    shop.engine.complete("1/pick", by="peter")

    assert shop.steps("1") == ["label"]
    assert shop.engine.upkeep.check() == ()
