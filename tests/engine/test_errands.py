"""What machines are asked under leases: once, with retries, and given up in the end."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from flowengine.configuration import Configuration
from flowengine.engine import Engine, Fate, Settled, Trouble, Worked
from flowengine.engine.automations import AutomationCall, Function
from flowengine.engine.backoff import pause_after
from flowengine.errors import LeaseLost, NotFound
from flowengine.kernel.events import StepEnded
from flowengine.quantities import MINUTE, SECOND, Duration
from tests.engine.desk import PORT, SETTINGS, Desk, asking
from tests.engine.outside import Machine, machine, replying
from tests.engine.world import refusal_of

PRINTED = {"outcome": "ok", "answers": {"order.label": "L-17"}}


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


def boxing(address: str, function: Function, **settings: Duration) -> Desk:
    """A desk with one function, and an order that waits for it."""
    worker = replace(SETTINGS, **settings)
    made = Desk(address, Configuration(worker=worker), {"choose-box": function})
    made.order("1", "pack")
    return made


def small(_: AutomationCall) -> dict[str, object]:
    return {"outcome": "ok", "answers": {"order.box": "small"}}


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


# Leases


def test_what_one_worker_has_taken_no_other_gets_until_the_lease_is_out(
    desk: Desk,
) -> None:
    desk.order("1", "print")
    other = desk.another()

    (mine,) = desk.engine.machines.take(["http"], by="one", limit=5)
    theirs = other.machines.take(["http"], by="two", limit=5)
    desk.wait(2)
    (later,) = other.machines.take(["http"], by="two", limit=5)

    assert theirs == ()
    assert (mine.fence, mine.worker, mine.attempts) == (1, "one", 1)
    assert (later.key, later.fence, later.worker) == (mine.key, 2, "two")
    other.close()


def test_two_workers_that_take_at_once_never_get_the_same(desk: Desk) -> None:
    for number in range(10):
        desk.order(str(number), "print")
    other = desk.another()

    taken = [
        errand.key
        for _ in range(4)
        for engine, name in ((desk.engine, "one"), (other, "two"))
        for errand in engine.machines.take(["http"], by=name, limit=2)
    ]

    assert len(taken) == len(set(taken)) == 10
    other.close()


def test_the_answer_of_a_worker_slower_than_its_lease_is_refused(desk: Desk) -> None:
    desk.order("1", "print")
    (slow,) = desk.engine.machines.take(["http"], by="slow", lease=MINUTE)
    desk.wait(2)
    (quick,) = desk.engine.machines.take(["http"], by="quick", lease=MINUTE)

    refused = refusal_of(
        lambda: desk.engine.machines.answer("1/label", outcome="bad", fence=slow.fence)
    )
    desk.engine.machines.answer(
        "1/label", outcome="ok", answers={"order.label": "L"}, fence=quick.fence
    )
    late = desk.engine.machines.answer("1/label", outcome="bad", fence=slow.fence)

    assert isinstance(refused, LeaseLost)
    assert late.events == ()
    ends = [event for event in desk.events("1") if isinstance(event, StepEnded)]
    assert [end.outcome for end in ends if end.step == "label"] == ["ok"]
    assert desk.engine.upkeep.check() == ()


def test_a_worker_that_was_too_slow_finds_that_the_other_ones_answer_stands(
    address: str,
) -> None:
    others: list[Engine] = []
    told: list[object] = []

    def choose(order: AutomationCall) -> dict[str, object]:
        if order.attempt == 1:  # the lease runs out while it works
            bench.wait(10)
            told.append(others[0].machines.work(by="quick"))
            return {"outcome": "none", "answers": {}}
        return small(order)

    bench = boxing(address, choose)
    others.append(bench.another())

    worked = bench.engine.machines.work(by="slow")

    assert told == [Worked(machines=1)]
    assert worked == Worked()
    ends = [event for event in bench.events("1") if isinstance(event, StepEnded)]
    boxes = [(end.by, end.outcome) for end in ends if end.step == "choose-box"]
    assert boxes == [("quick", "ok")]
    assert bench.engine.upkeep.check() == ()
    others[0].close()
    bench.close()


def test_an_answer_for_an_order_that_was_cancelled_meanwhile_changes_nothing(
    address: str,
) -> None:
    def choose(order: AutomationCall) -> dict[str, object]:
        bench.engine.cancel(order.number, "not wanted", by="anna")
        return small(order)

    bench = boxing(address, choose)

    assert bench.engine.machines.work() == Worked()

    assert bench.engine.order("1").case.outcome == "cancelled"
    assert bench.engine.machines.outbox() == ()
    assert bench.engine.upkeep.check() == ()
    bench.close()


def test_only_what_has_failed_is_retried_by_hand(desk: Desk, printer: Machine) -> None:
    printer.reply = replying(503)
    desk.order("1", "print")
    desk.engine.machines.work()
    desk.order("2", "print")
    key = desk.engine.machines.outbox()[0].key

    assert desk.engine.machines.retry(key) == 1
    assert isinstance(
        refusal_of(lambda: desk.engine.machines.retry("no-such-key")), NotFound
    )
    assert {errand.attempts for errand in desk.engine.machines.outbox()} == {0}


def test_pauses_double_up_to_the_longest_and_differ_by_key() -> None:
    pauses = [
        pause_after(attempt, "a", SECOND, Duration(MINUTE)) for attempt in range(1, 12)
    ]

    assert all(0.75 <= pauses[n] / (SECOND << n) <= 1.25 for n in range(5))
    assert all(0.75 <= pause / MINUTE <= 1.25 for pause in pauses[6:])
    assert pauses == [pause_after(n, "a", SECOND, MINUTE) for n in range(1, 12)]
    assert pause_after(1, "b") != pause_after(1, "a")


# A worker that goes on


def test_a_worker_works_until_it_is_stopped_and_says_that_it_is_there(
    desk: Desk, printer: Machine
) -> None:
    told: list[Worked | Settled | Trouble] = []
    worker = desk.engine.machines.worker("bench", told.append)
    seen: list[str] = []

    def reply(asked: object) -> tuple[int, bytes, dict[str, str]]:
        with desk.another() as engine:
            health = engine.machines.health()
            seen.extend(row.name for row in health.workers)
        worker.stop()
        return replying(200, PRINTED)(asked)  # type: ignore[arg-type,return-value]

    printer.reply = reply
    desk.order("1", "print")

    worker.run()

    # What was in hand when it was stopped is finished.
    assert seen == ["bench"]
    assert [one.fate for one in told if isinstance(one, Settled)] == [Fate.DONE]
    assert desk.engine.order("1").case.outcome == "success"
    assert desk.engine.machines.health().workers == ()


def test_a_worker_without_a_function_that_it_is_to_have_does_not_begin(
    address: str,
) -> None:
    bench = Desk(address, Configuration(automations={"choose-box": "no_such:thing"}))

    refused = refusal_of(bench.engine.machines.worker("bench").run)

    assert "no_such:thing" in str(refused)
    bench.close()


def test_health_is_bad_without_a_worker_and_where_something_is_late(
    desk: Desk,
) -> None:
    assert not desk.engine.machines.health().is_good

    desk.order("1", "print")
    desk.order("2", "pack")
    desk.wait(10)
    health = desk.engine.machines.health()

    assert [(late.kind, late.rows) for late in health.overdue] == [("http", 1)]
    assert [(left.kind, left.rows) for left in health.left] == [("python", 1)]
