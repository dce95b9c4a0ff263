"""Who has which errand, for how long, and whose answer counts; workers that go on."""

import time
from collections.abc import Iterator
from dataclasses import replace
from threading import Thread

import pytest

from flowengine.configuration import Configuration
from flowengine.engine import Engine, Fate, Settled, Trouble, Worked
from flowengine.engine.automations import AutomationCall
from flowengine.engine.backoff import pause_after
from flowengine.errors import LeaseLost, NotFound
from flowengine.kernel.case import UserId
from flowengine.kernel.commands import AnswerAutomation
from flowengine.kernel.events import StepEnded
from flowengine.language.process import StepId
from flowengine.quantities import MINUTE, SECOND, Duration
from tests.engine.desk import PORT, PRINTED, SETTINGS, Desk, asking, boxing, small
from tests.engine.outside import Asked, Machine, Reply, machine, replying
from tests.engine.world import refusal_of


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


def test_a_worker_works_until_it_is_stopped_and_says_that_it_is_there(
    desk: Desk, printer: Machine
) -> None:
    told: list[Worked | Settled | Trouble] = []
    worker = desk.engine.machines.worker("bench", told.append)
    seen: list[str] = []

    def reply(asked: Asked) -> Reply:
        with desk.another() as engine:
            health = engine.machines.health()
            seen.extend(row.name for row in health.workers)
        worker.stop()
        return replying(200, PRINTED)(asked)

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


def test_workers_that_take_in_threads_at_once_never_get_the_same(desk: Desk) -> None:
    for number in range(30):
        desk.order(str(number), "print")
    taken: list[str] = []

    def take(name: str) -> None:
        with desk.another() as engine:
            while errands := engine.machines.take(["http"], by=name, limit=3):
                taken.extend(errand.key for errand in errands)

    threads = [Thread(target=take, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == len(set(taken)) == 30


def test_commands_in_bulk_are_held_to_their_fence_too(desk: Desk) -> None:
    desk.order("1", "print")
    (slow,) = desk.engine.machines.take(["http"], by="slow")
    desk.wait(2)
    desk.engine.machines.take(["http"], by="quick")
    answer = AnswerAutomation(
        case_id=slow.case_id,
        at=desk.at,
        by=UserId("slow"),
        step=StepId("label"),
        visit=1,
        outcome="bad",
        answers={"order.label": "L"},
        fence=slow.fence,
    )

    (refused,) = desk.engine.submit([answer])

    assert isinstance(refused, LeaseLost)
    assert desk.steps("1") == ("label",)


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_the_database_wakes_a_worker_that_rests(
    desk: Desk, printer: Machine, address: str
) -> None:
    rests = replace(asking(), worker=replace(SETTINGS, poll=Duration(MINUTE)))
    asleep = Engine(address, configuration=rests)
    worker = asleep.machines.worker("asleep")
    thread = Thread(target=worker.run)
    thread.start()
    while not asleep.machines.health().workers:
        time.sleep(0.01)
    time.sleep(1)  # it has looked, found nothing, and rests

    begun = time.monotonic()
    desk.order("1", "print")
    while not printer.asked:
        assert time.monotonic() < begun + 20, "it was not woken"
        time.sleep(0.01)

    worker.stop()
    thread.join()
    asleep.close()
    assert time.monotonic() < begun + 20
