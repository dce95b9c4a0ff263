"""What machines are asked under leases: once, with retries, and given up in the end."""

import time
from collections.abc import Iterator

import pytest

from flowengine.engine import Worked
from flowengine.engine.automations import AutomationCall
from flowengine.quantities import SECOND, Duration
from tests.engine.desk import PORT, PRINTED, Desk, asking, boxing, small
from tests.engine.outside import Machine, machine, replying


@pytest.fixture
def printer() -> Iterator[Machine]:
    """The label printer, which prints."""
    with machine(replying(200, PRINTED), PORT) as made:
        yield made


@pytest.fixture
def desk(address: str) -> Iterator[Desk]:
    """A desk that may ask the printer."""
    made = Desk(address, asking())
    yield made
    made.close()


def test_a_machine_is_asked_and_its_order_goes_on(desk: Desk, printer: Machine) -> None:
    desk.order("1", "print")

    worked = desk.engine.machines.work()

    assert worked == Worked(machines=1)
    order = desk.engine.order("1").case.data["order"]
    assert isinstance(order, dict)
    assert order["label"] == "L-17"
    assert desk.engine.machines.outbox() == ()
    assert desk.engine.machines.work() == Worked()
    assert desk.engine.upkeep.check() == ()


def test_a_machine_gets_the_order_as_people_write_it_but_nothing_personal(
    desk: Desk, printer: Machine
) -> None:
    desk.order("1", "print", email="zelma@example.com")
    desk.engine.machines.work()

    (asked,) = printer.asked
    assert asked.said["data"] == {"number": "1", "total": "450.00 EUR"}
    assert b"zelma" not in asked.body
    assert asked.said["attempt"] == 1


def test_a_host_that_may_gets_personal_values_too(
    address: str, printer: Machine
) -> None:
    bench = Desk(address, asking(personal=(printer.host,)))
    bench.order("1", "print", email="zelma@example.com")

    bench.engine.machines.work()

    data = printer.asked[0].said["data"]
    assert isinstance(data, dict)
    assert data["email"] == "zelma@example.com"
    bench.close()


def test_a_host_that_is_not_allowed_is_an_incident_at_once(
    address: str, printer: Machine
) -> None:
    bench = Desk(address, asking(allow="labels.example.com"))
    bench.order("1", "print")

    bench.engine.machines.work()

    assert "http://127.0.0.1:47011 is no host that may be called" in bench.incident("1")
    assert printer.asked == []
    assert bench.engine.machines.outbox() == ()
    bench.close()


def test_what_nobody_has_configured_is_left_to_others(address: str) -> None:
    bench = Desk(address)
    for number, outcome in (("1", "print"), ("2", "pack"), ("3", "tell")):
        bench.order(number, outcome)

    assert bench.engine.machines.work() == Worked()

    assert {errand.kind for errand in bench.engine.machines.outbox()} == {
        "http",
        "python",
        "notify",
    }
    bench.close()


def test_a_machine_in_trouble_is_asked_again_with_the_same_key_after_growing_pauses(
    desk: Desk, printer: Machine
) -> None:
    printer.reply = replying(503)
    desk.order("1", "print")

    first = desk.engine.machines.work()
    early = desk.engine.machines.work()
    (waiting,) = desk.engine.machines.outbox()
    desk.wait(1)
    desk.engine.machines.work()
    printer.reply = replying(200, PRINTED)
    desk.wait(1)
    last = desk.engine.machines.work()

    assert (first.machines, early, last.machines) == (0, Worked(), 1)
    assert "it answers 503" in first.skipped[0].reason
    assert (waiting.attempts, waiting.failed) == (1, "it answers 503")
    assert waiting.due is not None
    assert waiting.due > waiting.at
    keys = {asked.headers["Idempotency-Key"] for asked in printer.asked}
    assert keys == {waiting.key}
    assert [asked.said["attempt"] for asked in printer.asked] == [1, 2, 3]
    assert desk.engine.upkeep.check() == ()


def test_after_all_attempts_it_is_an_incident_that_is_resolved_with_the_same_key(
    desk: Desk, printer: Machine
) -> None:
    printer.reply = replying(503)
    desk.order("1", "print")
    for _ in range(3):
        desk.engine.machines.work()
        desk.wait(1)

    assert desk.incident("1") == "it answers 503"
    assert desk.engine.machines.outbox() == ()

    printer.reply = replying(200, PRINTED)
    desk.engine.repairs.resolve("1/label", "the printer is back", by="anna")
    desk.engine.machines.work()

    assert desk.incident("1") == ""
    assert desk.engine.order("1").case.outcome == "success"
    assert len({asked.headers["Idempotency-Key"] for asked in printer.asked}) == 1
    assert len(printer.asked) == 4
    assert desk.engine.upkeep.check() == ()


def test_a_machine_that_refuses_is_not_asked_again(
    desk: Desk, printer: Machine
) -> None:
    printer.reply = replying(422)
    desk.order("1", "print")

    desk.engine.machines.work()
    desk.wait(60)
    desk.engine.machines.work()

    assert desk.incident("1") == "it answers 422"
    assert len(printer.asked) == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({**PRINTED, "outcome": "perhaps"}, "(ok, bad)"),
        ({"outcome": "ok", "answers": {"order.size": "L"}}, "order.size"),
        ({"status": "ok"}, "a mapping of status"),
    ],
)
def test_an_answer_that_the_step_does_not_know_is_an_incident(
    desk: Desk, printer: Machine, said: object, told: str
) -> None:
    printer.reply = replying(200, said)
    desk.order("1", "print")

    desk.engine.machines.work()

    assert told in desk.incident("1")
    assert desk.steps("1") == ("label",)


def test_a_function_answers_and_may_read_personal_values(address: str) -> None:
    seen: list[AutomationCall] = []

    def choose(order: AutomationCall) -> dict[str, object]:
        seen.append(order)
        return small(order)

    bench = Desk(address, functions={"choose-box": choose})
    bench.order("1", "pack", email="zelma@example.com")

    bench.engine.machines.work()

    assert bench.engine.order("1").case.outcome == "success"
    assert (seen[0].number, seen[0].step, seen[0].attempt) == ("1", "choose-box", 1)
    assert seen[0].data["email"] == "zelma@example.com"
    bench.close()


def test_what_a_function_raises_hides_what_is_personal(address: str) -> None:
    def choose(order: AutomationCall) -> str:
        raise LookupError(f"nothing for {order.data['email']}")

    bench = Desk(address, functions={"choose-box": choose})
    bench.order("1", "pack", email="zelma@example.com")

    worked = bench.engine.machines.work()

    (errand,) = bench.engine.machines.outbox()
    assert errand.failed == "LookupError: nothing for ***"
    assert "zelma" not in worked.skipped[0].reason
    bench.close()


def test_a_function_that_hangs_is_left_and_tried_again(address: str) -> None:
    def choose(order: AutomationCall) -> dict[str, object]:
        if order.attempt == 1:
            time.sleep(0.5)
        return small(order)

    bench = boxing(address, choose, timeout=Duration(SECOND // 20))

    first = bench.engine.machines.work()
    bench.wait(1)
    second = bench.engine.machines.work()

    assert "has not answered within" in first.skipped[0].reason
    assert second.machines == 1
    assert bench.engine.order("1").case.outcome == "success"
    bench.close()


def test_a_function_that_is_not_registered_is_an_incident(address: str) -> None:
    bench = Desk(address, functions={"another": small})
    bench.order("1", "pack")

    bench.engine.machines.work()

    assert "no function is registered as choose-box" in bench.incident("1")
    bench.close()
