"""The whole demo: what must be found in it, and that it is the same every time."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from flowengine.analysis import Cause, as_json, critical_path
from flowengine.calendars import is_open, local_time
from flowengine.demo import DemoResult, run_demo
from flowengine.engine import Engine
from flowengine.errors import StoreRefused
from flowengine.eventlog import SKIPPED, TIMED_OUT, Entry, EntryKind, EventLog
from flowengine.kernel.events import MessageKept, NoteAdded
from flowengine.language.process import RoleId

ORDERS = "order-to-delivery"


def play(directory: Path, *, seed: int = 1, every: int = 1) -> DemoResult:
    return run_demo(directory, seed=seed, progress=lambda done, of: None, every=every)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoResult:
    return play(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def engine(demo: DemoResult) -> Iterator[Engine]:
    with Engine(str(demo.database)) as opened:
        yield opened


@pytest.fixture
def log(engine: Engine) -> EventLog:
    return engine.event_log(ORDERS)


def tasks_of(log: EventLog) -> list[Entry]:
    """Tasks that somebody has worked on."""
    return [
        entry
        for trace in log
        for entry in trace.entries
        if entry.kind is EntryKind.TASK and entry.who is not None
    ]


def test_the_biggest_delay_is_the_credit_check_because_all_there_are_busy(
    demo: DemoResult,
) -> None:
    first, second, *_ = demo.orders.findings.ranked

    assert first.step == "check-credit"
    assert first.department == "finance"
    assert first.main_cause is Cause.ALL_BUSY
    assert first.low > second.waiting
    assert first.busy_minus_slow is not None
    assert first.busy_minus_slow > 0


def test_all_400_orders_come_and_most_are_delivered(
    demo: DemoResult, log: EventLog
) -> None:
    outcomes = [trace.outcome for trace in log]

    of_the_shop = [trace for trace in log if trace.number.count("-") == 1]
    assert len(of_the_shop) == 400
    assert outcomes.count("success") > 300
    assert {"declined", "failure", None}.issubset(outcomes)
    assert demo.orders.findings.orders + demo.orders.work.orders == len(log)


def test_exchanges_and_parts_of_split_orders_are_orders_of_their_own(
    engine: Engine, log: EventLog
) -> None:
    exchanges = [trace for trace in log if "-exchange" in trace.number]
    parts = [trace for trace in engine.event_log("shipment") if trace.closed]

    assert any(trace.outcome == "success" for trace in exchanges)
    assert any(trace.outcome == "success" for trace in parts)
    assert all("-send-parts-" in trace.number for trace in parts)


def test_the_boxes_add_up_to_the_lead_time(log: EventLog) -> None:
    closed = [trace for trace in log if trace.closed is not None]

    for trace in closed:
        assert trace.closed is not None
        path = critical_path(trace)
        tiled = sum(each.waiting + each.paused + each.service for each in path)
        assert tiled == trace.closed - trace.opened


def test_the_database_is_what_its_history_says(engine: Engine) -> None:
    assert engine.upkeep.check() == ()


def test_things_go_wrong_as_they_do(demo: DemoResult, log: EventLog) -> None:
    outcomes = {(entry.step, entry.outcome) for trace in log for entry in trace.entries}

    assert any(trace.holds for trace in log)
    assert ("enter", SKIPPED) in outcomes
    assert ("await-payment", TIMED_OUT) in outcomes
    assert ("pick", "short") in outcomes
    assert ("check-quality", "fail") in outcomes
    assert ("transit", "attempt-failed") in outcomes
    assert demo.returns.findings.orders > 10
    assert demo.refused > 0


def test_people_write_notes_and_pay_before_they_are_asked(
    engine: Engine, log: EventLog
) -> None:
    events = [event for t in log for _, event in engine.order(t.number).history]

    assert any(isinstance(event, NoteAdded) for event in events)
    assert any(isinstance(event, MessageKept) for event in events)


def test_work_begins_only_while_the_role_is_on_shift(
    demo: DemoResult, log: EventLog
) -> None:
    net = demo.orders.net

    for entry in tasks_of(log):
        calendar = net.process.roles[RoleId(entry.role or "")].calendar
        assert calendar is not None
        delay = 26 * 60 * 1_000_000  # somebody who took it may begin a little later
        assert is_open(net.process.calendars[calendar], entry.claimed or entry.started)
        assert entry.started - (entry.claimed or entry.started) <= delay


def test_nobody_works_on_a_public_holiday(demo: DemoResult, log: EventLog) -> None:
    calendar = next(iter(demo.orders.net.process.calendars.values()))

    days = {local_time(calendar, e.started).strftime("%m-%d") for e in tasks_of(log)}

    assert "11-17" in days
    assert "11-18" not in days


def test_nobody_does_two_things_at_once(log: EventLog) -> None:
    by_person: dict[str, list[Entry]] = {}
    for entry in tasks_of(log):
        by_person.setdefault(entry.who or "", []).append(entry)

    for entries in by_person.values():
        entries.sort(key=lambda entry: entry.started)
        for earlier, later in pairwise(entries):
            assert earlier.ended <= later.started


def test_open_orders_lie_where_the_engine_says(
    demo: DemoResult, engine: Engine, log: EventLog
) -> None:
    rows = engine.orders(process=ORDERS, limit=None)
    told = {(row.number, step) for row in rows for step in row.steps}

    lying = [(trace.number, each.step) for trace in log for each in trace.open_entries]

    assert set(lying) == told
    assert sum(step.total for step in demo.orders.work.steps) == len(lying)


def test_the_same_seed_plays_the_same(tmp_path: Path) -> None:
    first = play(tmp_path / "a", every=8)
    second = play(tmp_path / "b", every=8)

    assert as_json(first.orders.findings) == as_json(second.orders.findings)
    assert as_json(first.returns.findings) == as_json(second.returns.findings)
    assert first.orders.work == second.orders.work
    assert history_of(first) == history_of(second)


def test_another_seed_plays_something_else(tmp_path: Path) -> None:
    first = play(tmp_path / "a", every=8)
    second = play(tmp_path / "b", seed=2, every=8)

    assert history_of(first) != history_of(second)


def test_an_older_demo_is_replaced_and_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    older = play(tmp_path, every=100)
    size = len(history_of(older))

    again = run_demo(
        tmp_path, seed=1, progress=lambda done, of: told.append((done, of)), every=100
    )

    assert again.database == older.database
    assert len(history_of(again)) == size
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file", encoding="utf-8")

    with pytest.raises(StoreRefused, match="Expected a folder"):
        play(taken)

    assert taken.read_text(encoding="utf-8") == "a file"


def history_of(result: DemoResult) -> list[tuple[str, tuple[Entry, ...]]]:
    """Everything that happened, without the ids that are drawn anew."""
    with Engine(str(result.database)) as engine:
        return [(trace.number, trace.entries) for trace in engine.event_log(ORDERS)]
