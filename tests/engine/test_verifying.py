"""A history that somebody has changed is found, at the first event that is wrong."""

from typing import NamedTuple

import pytest
from sqlalchemy import Connection, delete, select, update

from flowengine.engine.verifying import read_seal
from flowengine.errors import InvalidInput, NotFound
from flowengine.store.codec import chain
from flowengine.store.dialect import open_engine, writing
from flowengine.store.tables import case_number, case_row, event, metadata
from tests.engine.world import World

CASE = "(SELECT case_id FROM case_number WHERE number = '2')"


@pytest.fixture
def busy(world: World) -> World:
    for number in ("1", "2", "3"):
        world.open(number)
        world.engine.complete(
            f"{number}/enter", by="anna", answers={"order.total": "9 EUR"}
        )
    return world


class Event(NamedTuple):
    """A row of a history, without its hash."""

    seq: int
    at: int
    kind: str
    by: str
    body: str


def case_id(connection: Connection) -> bytes:
    query = select(case_number.c.case_id).where(case_number.c.number == "2")
    found: bytes = connection.execute(query).scalar_one()
    return found


#: What is done to the history of order 2, and from which event on it is told.
DEEDS = {
    "changed": (
        [f"UPDATE event SET body = '{{}}' WHERE case_id = {CASE} AND seq = 3"],  # noqa: S608 - our own words
        3,
        "event 3 is not as it was recorded",
    ),
    "said to be by another": (
        [f"UPDATE event SET by = 'berta' WHERE case_id = {CASE} AND seq = 2"],  # noqa: S608 - our own words
        2,
        "event 2 is not as it was recorded",
    ),
    "taken out": (
        [f"DELETE FROM event WHERE case_id = {CASE} AND seq = 4"],  # noqa: S608 - our own words
        4,
        "event 4 is missing",
    ),
    "the first taken out": (
        [f"DELETE FROM event WHERE case_id = {CASE} AND seq = 1"],  # noqa: S608 - our own words
        1,
        "event 1 is missing",
    ),
    "taken out, and those after it moved up": (
        [
            f"DELETE FROM event WHERE case_id = {CASE} AND seq = 3",  # noqa: S608 - our own words
            f"UPDATE event SET seq = -seq WHERE case_id = {CASE} AND seq > 3",  # noqa: S608 - our own words
            f"UPDATE event SET seq = -seq - 1 WHERE case_id = {CASE} AND seq < 0",  # noqa: S608 - our own words
        ],
        3,
        "event 3 is not as it was recorded",
    ),
    "put in": (
        [
            f"UPDATE event SET seq = -seq WHERE case_id = {CASE} AND seq > 2",  # noqa: S608 - our own words
            f"UPDATE event SET seq = 1 - seq WHERE case_id = {CASE} AND seq < 0",  # noqa: S608 - our own words
            "INSERT INTO event SELECT case_id, 3, at, 'NoteAdded', by, "  # noqa: S608 - our own words
            f'\'{{"text":"x"}}\', hash FROM event WHERE case_id = {CASE} AND seq = 2',
        ],
        3,
        "event 3 is not as it was recorded",
    ),
    "two changed over": (
        [
            f"UPDATE event SET seq = -2 WHERE case_id = {CASE} AND seq = 2",  # noqa: S608 - our own words
            f"UPDATE event SET seq = 2 WHERE case_id = {CASE} AND seq = 3",  # noqa: S608 - our own words
            f"UPDATE event SET seq = 3 WHERE case_id = {CASE} AND seq = -2",  # noqa: S608 - our own words
        ],
        2,
        "event 2 is not as it was recorded",
    ),
    "the last cut off": (
        [
            f"DELETE FROM event WHERE case_id = {CASE} AND seq = "  # noqa: S608 - our own words
            f"(SELECT max(seq) FROM event WHERE case_id = {CASE})"
        ],
        None,
        "it ends with event",
    ),
    "all of it": (
        [f"DELETE FROM event WHERE case_id = {CASE}"],  # noqa: S608 - our own words
        1,
        "its history is gone",
    ),
}


@pytest.mark.parametrize("name", DEEDS)
def test_a_manipulated_history_is_told_from_its_first_wrong_event(
    busy: World, name: str
) -> None:
    deeds, seq, word = DEEDS[name]
    last = len(busy.events("2"))
    for deed in deeds:
        assert busy.change(deed) > 0

    found = busy.engine.upkeep.verify_all()

    (broken,) = found.broken
    assert broken.order == "2"
    assert broken.seq == (last if seq is None else seq)
    assert word in broken.text
    if name != "all of it":
        assert busy.engine.upkeep.verify("2").broken == (broken,)
    assert busy.engine.upkeep.verify("1").broken == ()


def test_whole_histories_are_told_as_such(busy: World) -> None:
    found = busy.engine.upkeep.verify_all()

    assert found.broken == ()
    assert found.orders == 3
    assert found.events == sum(len(busy.events(number)) for number in "123")
    assert busy.engine.upkeep.verify("1").events == len(busy.events("1"))
    with pytest.raises(NotFound):
        busy.engine.upkeep.verify("9")


def rewrite(world: World, later: int) -> None:
    """What somebody who knows everything does: all hashes anew."""
    engine = open_engine(world.address)
    with writing(engine) as connection:
        key = case_id(connection)
        query = select(*(event.c[name] for name in Event._fields))
        found = connection.execute(
            query.where(event.c.case_id == key).order_by(event.c.seq)
        )
        rows = [Event._make(row) for row in found]
        rows[-1] = rows[-1]._replace(at=rows[-1].at + later)
        last = b""
        for row in rows:
            last = chain(last, *row)
            connection.execute(
                update(event)
                .where(event.c.case_id == key, event.c.seq == row.seq)
                .values(at=row.at, hash=last)
            )
        order = update(case_row).where(case_row.c.case_id == key)
        connection.execute(order.values(hash=last))
    engine.dispose()


def test_hashes_made_anew_are_found_by_a_seal_only(busy: World) -> None:
    upkeep = busy.engine.upkeep
    seal = upkeep.verify_all().seal
    rewrite(busy, 7)

    found = upkeep.verify_all(seal)

    assert found.broken == ()
    assert found.seal is not None
    assert seal is not None
    assert found.seal.digest != seal.digest
    rewrite(busy, -7)
    assert upkeep.verify_all(seal).seal == seal


def test_a_seal_stays_true_while_work_goes_on(busy: World) -> None:
    seal = busy.engine.upkeep.verify_all().seal
    busy.engine.complete("2/pick", by="peter", outcome="ok")
    busy.open("4")
    busy.engine.upkeep.forget("1", "asked", by="anna")

    found = busy.engine.upkeep.verify_all(seal)

    assert found.seal == seal
    assert found.orders == 4
    assert busy.engine.upkeep.verify_all().seal != seal


@pytest.mark.parametrize(
    "tables", [("event", "case_row"), ("event", "case_row", "case_number", "feed")]
)
def test_an_order_that_is_taken_out_whole_is_found_by_a_seal(
    busy: World, tables: tuple[str, ...]
) -> None:
    seal = busy.engine.upkeep.verify_all().seal
    engine = open_engine(busy.address)
    with writing(engine) as connection:
        key = case_id(connection)
        for table in map(metadata.tables.__getitem__, tables):
            connection.execute(delete(table).where(table.c.case_id == key))
    engine.dispose()

    found = busy.engine.upkeep.verify_all(seal)

    assert found.broken == ()
    assert found.seal != seal


def test_a_history_put_where_no_order_is_is_told(busy: World) -> None:
    engine = open_engine(busy.address)
    with writing(engine) as connection:
        order = update(case_row).where(case_row.c.case_id == case_id(connection))
        connection.execute(order.values(case_id=b"\0" * 16))
    engine.dispose()

    found = busy.engine.upkeep.verify_all()

    assert {broken.text for broken in found.broken} == {
        "its history is gone",
        "there is a history, but no order of it",
    }


def test_a_seal_is_read_from_its_line_and_nothing_else(busy: World) -> None:
    seal = busy.engine.upkeep.verify_all().seal
    assert seal is not None

    assert read_seal(f"June:\n{seal.text()}\n") == seal
    with pytest.raises(InvalidInput, match="flowengine-seal"):
        read_seal("sha256=abc")
