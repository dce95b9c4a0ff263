"""PostgreSQL: what a command costs there, and what happens when others are faster."""

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg
import pytest

from flowengine.engine import Engine
from flowengine.engine.database import create_database
from flowengine.engine.transact import TRIES
from flowengine.errors import (
    CommandRejected,
    FlowError,
    StoreMissing,
    StoreOutdated,
    StoreRefused,
    StoreTooNew,
)
from flowengine.kernel.case import UserId
from flowengine.kernel.commands import AddNote
from flowengine.kernel.events import NoteAdded, TaskClaimed
from flowengine.store.batch import Batch
from flowengine.store.link import NeedsLock
from flowengine.store.postgres import PostgresLink
from tests import servers
from tests.engine.world import World, refusal_of

pytestmark = pytest.mark.parametrize("address", ["postgresql"], indirect=True)


class Trips:
    """How often we asked the server and waited for what it says."""

    def __init__(self) -> None:
        self.count = 0


@contextmanager
def counted(world: World) -> Iterator[Trips]:
    """Count the trips of the engine's one link by the trace of its connection."""
    trips = Trips()
    with world.engine._opened.database.linked() as link:
        assert isinstance(link, PostgresLink)
        connection = link._connection.pgconn
    with tempfile.TemporaryFile() as file:
        connection.trace(file.fileno())
        yield trips
        connection.untrace()
        file.seek(0)
        sides = [line.split(b"\t")[1] for line in file if b"\t" in line]
    said = zip(sides, [*sides[1:], b"F"], strict=True)
    trips.count = sum(1 for side, following in said if side == b"F" != following)


def test_a_command_takes_two_round_trips(world: World) -> None:
    for number in ("1", "2"):  # the first time all statements are prepared
        world.open(number)
        world.engine.complete(
            f"{number}/enter", by="anna", key="k", answers={"order.total": "9 EUR"}
        )
        world.engine.start(f"{number}/pick", by="peter")
    world.open("3")

    with counted(world) as completing:
        world.engine.complete(
            "3/enter", by="anna", key="k", answers={"order.total": "9 EUR"}
        )
    with counted(world) as starting:
        world.engine.start("3/pick", by="peter")
    with counted(world) as refusing:
        refused = refusal_of(lambda: world.engine.start("3/pick", by="anna"))

    assert (completing.count, starting.count) == (2, 2)
    assert isinstance(refused, FlowError)
    assert refusing.count == 1
    assert world.engine.upkeep.check() == ()


def test_many_commands_together_take_a_trip_for_all_of_their_writes(
    world: World,
) -> None:
    fields = [
        {"number": str(number), "priority": 0, "customer": "x", "reference": "r"}
        for number in range(20)
    ]
    with counted(world) as opening:
        world.engine.open_orders("sale", fields, by="anna")

    assert opening.count < 5 * len(fields)
    assert world.engine.upkeep.check() == ()


def test_a_command_that_was_overtaken_is_done_on_what_the_other_left(
    world: World,
) -> None:
    world.open("1")
    other = world.another()
    note = _note(world)
    tries = []

    def overtaken(batch: Batch) -> int:
        tries.append(batch.load(note.case_id))
        if len(tries) == 1:
            other.note("1", "faster", by="berta")
        return world.engine._transactor.execute(batch, note).version

    version = world.engine._transactor.run(overtaken)
    other.close()

    assert (len(tries), version) == (2, 4)
    notes = [event for event in world.events("1") if isinstance(event, NoteAdded)]
    assert [event.by for event in notes] == ["berta", "anna"]
    assert world.engine.upkeep.check() == ()


def test_what_was_written_is_read_only_by_a_transaction_with_locks(
    world: World,
) -> None:
    found = []

    def work(batch: Batch) -> None:
        link = batch.link
        link.run("DELETE FROM inbox WHERE key = ?", ("x",))
        try:
            found.append(link.rows("SELECT key FROM inbox"))
        except NeedsLock:
            found.append([("needs lock",)])
            raise

    world.engine._transactor.run(work)

    assert found == [[("needs lock",)], []]


def test_work_with_locks_that_is_refused_leaves_no_transaction_open(
    world: World,
) -> None:
    def refused_late(batch: Batch) -> None:
        batch.link.rows("SELECT 1")
        batch.link.run("DELETE FROM role_of WHERE name = ?", ("anna",))
        batch.link.rows("SELECT 1")
        raise CommandRejected("Expected something else.")

    run = partial(world.engine._transactor.run, refused_late, locking=True)

    assert isinstance(refusal_of(run), CommandRejected)
    open_ones = "SELECT pid FROM pg_stat_activity WHERE state = 'idle in transaction'"
    assert world.rows(open_ones) == []
    (anna,) = [user for user in world.engine.people.all() if user.name == "anna"]
    assert anna.roles == ("clerk",)


def test_a_connection_that_ended_while_it_was_idle_is_not_noticed(
    world: World,
) -> None:
    world.open("1")
    _end_all_others(world.address)

    world.engine.claim("1/enter", by="anna")

    assert world.engine.upkeep.check() == ()


def test_a_connection_that_is_lost_at_work_is_told_and_the_next_command_goes_on(
    world: World,
) -> None:
    world.open("1")
    case_id = world.engine.order("1").case.id

    def cut_off(batch: Batch) -> None:
        batch.load(case_id)
        _end_all_others(world.address)
        batch.link.rows("SELECT 1")

    refused = refusal_of(lambda: world.engine._transactor.run(cut_off))

    assert isinstance(refused, StoreRefused)
    assert "the same key tells" in str(refused)
    world.engine.claim("1/enter", by="anna")


def test_a_database_that_may_only_be_read_says_so(world: World) -> None:
    world.open("1")
    world.engine.close()
    name = world.address.rpartition("/")[2].partition("?")[0]
    world.change(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    world.engine = world.another()

    refused = refusal_of(lambda: world.engine.claim("1/enter", by="anna"))

    assert isinstance(refused, StoreRefused)
    assert "read-only" in str(refused)
    assert world.engine.order("1").case.version == 2


def test_text_that_the_database_cannot_hold_is_refused(world: World) -> None:
    world.open("1")

    refused = refusal_of(lambda: world.engine.note("1", "a\0b", by="anna"))
    by_name = refusal_of(lambda: world.engine.claim("1/enter", by="an\0na"))

    assert isinstance(refused, FlowError | None)
    assert isinstance(by_name, FlowError)
    assert world.engine.upkeep.check() == ()


def test_threads_of_one_engine_work_at_once(world: World) -> None:
    numbers = [str(number) for number in range(24)]
    for number in numbers:
        world.open(number)

    def claim(person: str) -> int:
        claims = [
            partial(world.engine.claim, f"{number}/enter", by=person)
            for number in numbers
        ]
        return sum(isinstance(refusal_of(claim), FlowError) for claim in claims)

    with ThreadPoolExecutor(6) as pool:
        refused = sum(pool.map(claim, ["anna", "berta", "olga"] * 2))

    assert refused == 4 * len(numbers)
    for number in numbers:
        claimed = [type(event) for event in world.events(number)].count(TaskClaimed)
        assert claimed == 1
    assert world.engine.upkeep.check() == ()


def test_a_place_without_a_database_or_tables_is_said(address: str) -> None:
    nothing = refusal_of(lambda: Engine(address).close())
    servers.make(address)
    empty = refusal_of(lambda: Engine(address).close())

    assert isinstance(nothing, StoreMissing)
    assert "createdb" in str(nothing)
    assert isinstance(empty, StoreMissing)
    assert "flowengine db init" in str(empty)


@pytest.mark.parametrize(
    ("revision", "expected"), [("0002", StoreOutdated), ("9999", StoreTooNew)]
)
def test_a_database_of_another_version_is_refused(
    world: World, revision: str, expected: type[FlowError]
) -> None:
    world.change(f"UPDATE alembic_version SET version_num = '{revision}'")  # noqa: S608 - our own words

    refused = refusal_of(lambda: world.another().close())

    assert type(refused) is expected


def test_somebody_elses_database_is_left_alone(address: str) -> None:
    servers.make(address)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE invoice (id INTEGER PRIMARY KEY)")

    with pytest.raises(StoreRefused, match="invoice"):
        create_database(address)


def test_a_server_that_is_not_there_is_said_without_the_password(
    address: str, tmp_path: Path
) -> None:
    silent = f"postgresql://shop:geheim@/shop?host={tmp_path}"

    refused = refusal_of(lambda: Engine(silent).close())

    assert isinstance(refused, StoreRefused)
    assert "see whether it runs" in str(refused)
    assert "geheim" not in str(refused)


def test_a_command_that_is_overtaken_again_and_again_keeps_others_out_at_last(
    world: World,
) -> None:
    world.open("1")
    other = world.another()
    note = _note(world)

    tries = []

    def late(batch: Batch) -> int:
        batch.load(note.case_id)
        tries.append(batch)
        if len(tries) < TRIES:
            other.note("1", "faster again", by="berta")
        return world.engine._transactor.execute(batch, note).version

    version = world.engine._transactor.run(late)
    other.close()

    assert (len(tries), version) == (TRIES, 2 + TRIES)
    assert world.engine.upkeep.check() == ()


def _note(world: World) -> AddNote:
    case_id = world.engine.order("1").case.id
    return AddNote(case_id=case_id, at=world.at, by=UserId("anna"), text="mine")


def _end_all_others(address: str) -> None:
    """End all connections to a database, as a server does that stops."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
