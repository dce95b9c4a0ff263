"""Following what happened: each event once, in order, none passed over."""

import multiprocessing
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from flowengine.engine import Cursor, Engine, FeedEvent, Page
from flowengine.engine.database import back_up, restore
from flowengine.errors import ConcurrentChange, InvalidInput
from flowengine.kernel.events import NoteAdded
from flowengine.store.dialect import open_engine
from flowengine.store.feed import begin_anew
from tests.builders import MONDAY
from tests.engine.world import World

WRITERS = 3
NOTES = 40
ORDERS = 4


def pages(engine: Engine, limit: int, after: str | None = None) -> Iterator[Page]:
    """The feed, page by page, until there is no more."""
    while True:
        page = engine.events(after, limit)
        if not page.events:
            return
        yield page
        after = page.cursor


def histories(world: World) -> dict[str, list[object]]:
    """What each order says of itself."""
    rows = world.engine.orders(limit=None)
    return {row.number: list(world.engine.order(row.number).history) for row in rows}


def by_order(events: list[FeedEvent]) -> dict[str, list[object]]:
    """What the feed says of each order, as it came."""
    found: dict[str, list[object]] = defaultdict(list)
    for each in events:
        found[each.number].append((each.seq, each.event))
    return dict(found)


@pytest.fixture
def busy(world: World) -> World:
    """Some orders on their way, moved in turn."""
    for number in "123":
        world.open(number)
    for number in "13":
        world.to_hand_over(number)
    world.engine.cancel("2", "customer", by="anna")
    world.engine.hold("3", "address", by="anna")
    return world


@pytest.mark.parametrize("limit", [1, 2, 7, 1000])
def test_a_reader_who_goes_on_from_each_page_sees_each_event_once(
    busy: World, limit: int
) -> None:
    found = list(pages(busy.engine, limit))

    events = [event for page in found for event in page.events]
    assert all(len(page.events) <= limit for page in found)
    assert by_order(events) == histories(busy)
    assert events[0].case_id == busy.engine.order("1").case.id


def test_a_reader_may_go_on_from_any_event(busy: World) -> None:
    events = busy.engine.events().events

    for position, event in enumerate(events, 1):
        assert busy.engine.events(event.cursor).events == events[position:]


def test_events_come_in_the_order_in_which_they_were_stored(world: World) -> None:
    world.open("1")
    world.open("2")
    world.engine.note("1", "first", by="anna")
    world.engine.note("2", "second", by="anna")
    world.engine.note("1", "third", by="anna")

    notes = [
        (each.number, each.event.text)
        for each in world.engine.events().events
        if isinstance(each.event, NoteAdded)
    ]

    assert notes == [("1", "first"), ("2", "second"), ("1", "third")]


def test_at_the_end_the_cursor_stays_until_something_happens(busy: World) -> None:
    engine = busy.engine
    end = engine.events().cursor

    assert engine.events(end) == Page((), end)
    engine.note("1", "once more", by="anna")
    (event,) = engine.events(end).events

    assert isinstance(event.event, NoteAdded)
    assert engine.events(event.cursor).events == ()


def test_nothing_has_happened_in_an_empty_database(world: World) -> None:
    page = world.engine.events()

    assert page.events == ()
    assert world.engine.events(page.cursor) == page


@pytest.mark.parametrize(
    "cursor", ["", "latest", "1", "1-2", "1-2-x", "-1-2-3", "٣-1-1"]
)
def test_what_is_no_cursor_is_refused(world: World, cursor: str) -> None:
    with pytest.raises(InvalidInput, match="Expected the cursor of an event"):
        world.engine.events(cursor)


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_what_could_still_come_before_an_event_is_waited_for(world: World) -> None:
    world.open("1")
    world.open("2")
    engine = world.engine
    end = engine.events().cursor
    case = engine.order("1").case
    other = open_engine(world.address)

    with other.connect() as slow:
        # Its transaction has a number, and will be committed last.
        slow.execute(text("SELECT pg_current_xact_id()"))
        engine.note("2", "quick", by="anna")
        meanwhile = engine.events(end).events
        slow.execute(
            text("INSERT INTO feed (case_id, first, last) VALUES (:case, 1, 1)"),
            {"case": bytes.fromhex(case.id)},
        )
        slow.commit()
    other.dispose()

    assert meanwhile == ()
    numbers = [event.number for event in engine.events(end).events]
    assert numbers == ["1", "2"]


def test_a_reader_beside_writing_programs_sees_each_event_once(world: World) -> None:
    for number in range(ORDERS):
        world.open(str(number))
    context = multiprocessing.get_context("spawn")
    work = [
        context.Process(target=write, args=(world.address, writer))
        for writer in range(WRITERS)
    ]
    for each in work:
        each.start()

    seen: list[FeedEvent] = []
    after: Cursor | None = None
    is_over = False
    until = time.monotonic() + 60
    while not is_over:
        assert time.monotonic() < until
        time.sleep(0.02)
        # What was committed before the last one ended is there in the last round.
        is_over = not any(each.is_alive() for each in work)
        for page in pages(world.engine, 5, after):
            seen += page.events
            after = page.cursor
    for each in work:
        each.join()

    assert [each.exitcode for each in work] == [0] * WRITERS
    assert by_order(seen) == histories(world)
    notes = [each for each in seen if isinstance(each.event, NoteAdded)]
    assert len(notes) == WRITERS * NOTES


def write(address: str, writer: int) -> None:
    """A program that writes notes beside the same orders as others."""
    clock = partial(datetime.now, UTC)
    with Engine(address, clock=clock, synchronous="OFF") as engine:
        for number in range(NOTES):
            while True:
                try:
                    order = str((writer + number) % ORDERS)
                    engine.note(order, f"{writer}-{number}", by="anna")
                    break
                except ConcurrentChange:
                    continue


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_what_happens_after_an_older_state_was_put_back_is_behind_every_cursor(
    busy: World, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    back_up(busy.address, copy)
    for number in range(20):
        busy.engine.note("1", f"lost {number}", by="anna")
    cursor = busy.engine.events().cursor
    busy.engine.close()

    restore(copy, busy.address, force=True)
    busy.engine = busy.another()

    before = busy.engine.events(cursor)
    busy.engine.note("1", "anew", by="anna")
    (event,) = busy.engine.events(cursor).events
    assert before.events == ()
    assert isinstance(event.event, NoteAdded)
    assert event.event.text == "anew"
    assert by_order(list(busy.engine.events().events)) == histories(busy)


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_on_another_server_the_feed_goes_on_by_its_own_numbers(busy: World) -> None:
    # As a dump of a server that has run for longer brings them.
    busy.change("UPDATE feed SET tx = '900000000000'")
    assert busy.engine.events().events == ()

    begin_anew(busy.address, MONDAY)

    assert by_order(list(busy.engine.events().events)) == histories(busy)
    end = busy.engine.events().cursor
    busy.engine.note("1", "anew", by="anna")
    assert len(busy.engine.events(end).events) == 1
    with pytest.raises(InvalidInput, match="is ahead of it"):
        busy.engine.events("900000000000-1-1")


def test_a_cursor_ahead_of_everything_is_refused(busy: World) -> None:
    transaction, _, seq = busy.engine.events().cursor.split("-")

    with pytest.raises(InvalidInput, match="is ahead of it"):
        busy.engine.events(f"{transaction}-999999-{seq}")
