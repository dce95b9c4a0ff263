"""Whatever happens to a derived table, it is made again from the events."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.engine import Engine
from flowengine.store.proof import OF_CASES
from flowengine.store.tables import metadata
from tests.engine.shop import PACKED, Shop
from tests.engine.world import SALE

#: A circle of steps that are all skipped: the order stands still, with an incident.
CIRCLE = SALE[: SALE.index("on_cancel")].replace("process: sale", "process: circle")
CIRCLE += """\
steps:
  enter: {role: clerk, next: pack}
  pack: {role: clerk, skip_when: order.priority > 0, next: check}
  check:
    role: clerk
    skip_when: order.priority > 0
    skip_as: again
    outcomes: {ok: done, again: pack}
  done: {end: success}
"""

#: What no event says: it is told where it does not fit, and stays.
SOURCES = {"case_private", "idempotency"}
DERIVED = sorted({*OF_CASES, "gate_count"} - SOURCES)
#: A history is not derived: what its order says of its end is no table's fault.
PROOFS = {("case_row", name) for name in ("case_id", "hash", "version")}


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Orders in the middle of everything, with a row in every derived table."""
    shop = Shop(tmp_path_factory.mktemp("rebuilding") / "shop.db")
    live(shop)
    shop.close()
    return shop.path


def live(shop: Shop) -> None:
    shop.to_gate("1", "2", "3")
    shop.engine.claim("1/pick", by="peter")
    for number in "12":
        shop.engine.complete(f"{number}/pick", by="peter")
    shop.pack("1")
    shop.engine.complete("2/pack#2", by="peter", answers=PACKED)
    shop.order("4")
    shop.order("5")
    shop.work()
    shop.approve("5", "refused")
    shop.engine.add_process(SALE, "sale.yaml")
    shop.engine.add_process(CIRCLE, "circle.yaml")
    shop.open("6")
    shop.engine.complete("6/enter", by="anna", answers={"order.total": "9 EUR"})
    fields = {"number": "7", "priority": 1, "customer": "x", "reference": "ref-7"}
    shop.engine.open_order("circle", fields, by="anna")
    shop.engine.complete("7/enter", by="anna")
    assert shop.engine.upkeep.check() == ()


@pytest.fixture
def shop(lived_in: Path, tmp_path: Path) -> Shop:
    return copied(lived_in, tmp_path / "shop.db")


def copied(database: Path, path: Path) -> Shop:
    source, target = sqlite3.connect(database), sqlite3.connect(path)
    with source, target:
        source.backup(target)
    source.close()
    target.close()
    return Shop(path)


def contents(path: Path, tables: Sequence[str] = DERIVED) -> dict[str, list[str]]:
    """What tables hold, running numbers left out."""
    connection = sqlite3.connect(path)
    found = {}
    for table in tables:
        names = [
            f'"{column.name}"'
            for column in metadata.tables[table].columns
            if column.name not in ("id", "tx")
        ]
        rows = connection.execute(f"SELECT {', '.join(names)} FROM {table}")  # noqa: S608 - a table of ours
        found[table] = sorted(map(repr, rows))
    connection.close()
    return found


def do(path: Path, *statements: str) -> int:
    connection = sqlite3.connect(path, isolation_level=None)
    changed = sum(connection.execute(each).rowcount for each in statements)
    connection.close()
    return changed


def damage(path: Path, table: str, chance: Random) -> None:
    """Lose, change and double some rows of a table."""
    columns = [
        column
        for column in metadata.tables[table].columns
        if column.name not in ("id", "tx") and (table, column.name) not in PROOFS
    ]
    connection = sqlite3.connect(path, isolation_level=None)
    rows = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - a table of ours
    assert rows, table
    keys = [column.name for column in metadata.tables[table].primary_key]
    names = [column.name for column in metadata.tables[table].columns]
    for row in rows:
        where = " AND ".join(f'"{key}" = ?' for key in keys)
        key = [row[names.index(name)] for name in keys]
        kind = chance.random()
        if kind < 0.3:
            connection.execute(f"DELETE FROM {table} WHERE {where}", key)  # noqa: S608 - a table of ours
        elif kind < 0.8:
            column = chance.choice(columns)
            value: object = chance.randint(1, 9)
            if column.type.python_type is bytes:
                value = chance.randbytes(16)
            elif column.type.python_type is str:
                value = str(value)
            connection.execute(
                f'UPDATE OR REPLACE {table} SET "{column.name}" = ? WHERE {where}',  # noqa: S608 - a table of ours
                (value, *key),
            )
    connection.close()


@pytest.mark.parametrize("table", DERIVED)
def test_a_table_that_is_lost_is_made_again(shop: Shop, table: str) -> None:
    same = [name for name in DERIVED if name != "feed"]
    before = contents(shop.path, same)
    # What was told once and awaits no answer is nowhere: whether it is on its way.
    lost = "WHERE kind NOT IN ('notify', 'cancel')" if table == "outbox" else ""
    assert do(shop.path, f"DELETE FROM {table} {lost}")  # noqa: S608 - a table of ours
    assert shop.engine.upkeep.check() != ()

    done = shop.engine.upkeep.rebuild()

    assert done.left == ()
    assert done.rows[table] >= 1
    assert shop.engine.upkeep.check() == ()
    assert contents(shop.path, same) == before
    shop.close()


@settings(max_examples=max(3, settings().max_examples // 25))
@given(seed=st.integers(0, 10**9))
@pytest.mark.parametrize("table", DERIVED)
def test_a_table_with_random_damage_is_put_right(
    lived_in: Path, tmp_path_factory: pytest.TempPathFactory, table: str, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - draws damage, guards no secret
    shop = copied(lived_in, tmp_path_factory.mktemp("damaged") / "shop.db")
    same = [name for name in DERIVED if name not in ("feed", "outbox")]
    before = contents(shop.path, same)
    damage(shop.path, table, chance)

    done = shop.engine.upkeep.rebuild()

    assert done.left == ()
    assert shop.engine.upkeep.check() == ()
    assert contents(shop.path, same) == before
    shop.close()


def test_a_dry_run_says_what_it_would_do_and_does_nothing(shop: Shop) -> None:
    do(shop.path, "DELETE FROM task_row", "UPDATE step_fact SET working = 7")
    damaged = contents(shop.path)

    would = shop.engine.upkeep.rebuild(dry_run=True)

    assert contents(shop.path) == damaged
    assert set(would.rows) == {"step_fact", "task_row"}
    assert shop.engine.upkeep.rebuild() == would
    shop.close()


def test_what_is_right_already_keeps_its_running_number(shop: Shop) -> None:
    query = "SELECT id, case_id, seq FROM step_fact WHERE step <> 'pick'"
    do(shop.path, "DELETE FROM step_fact WHERE step = 'pick'")
    before = rows_of(shop.path, query)

    shop.engine.upkeep.rebuild()

    assert rows_of(shop.path, query) == before
    shop.close()


def test_a_cut_off_history_is_not_taken_for_the_truth_unless_one_says_so(
    shop: Shop,
) -> None:
    case = "(SELECT case_id FROM case_number WHERE number = '4')"
    last = f"(SELECT max(seq) FROM event WHERE case_id = {case})"  # noqa: S608 - our own words
    assert do(shop.path, f"DELETE FROM event WHERE case_id = {case} AND seq = {last}")  # noqa: S608 - our own words

    done = shop.engine.upkeep.rebuild()

    assert [difference.table for difference in done.left] == ["event"]
    assert "it ends with event" in str(done.left[0])
    assert "order 4" in str(shop.engine.upkeep.check()[0])
    assert shop.engine.upkeep.rebuild(trusting=True).left == ()
    assert shop.engine.upkeep.check() == ()
    shop.close()


def test_a_lost_history_takes_no_other_table_with_it(shop: Shop) -> None:
    case = "(SELECT case_id FROM case_number WHERE number = '2')"
    do(shop.path, f"DELETE FROM event WHERE case_id = {case}")  # noqa: S608 - our own words

    done = shop.engine.upkeep.rebuild()

    told = {(each.order, each.text) for each in done.left}
    assert ("2", "its history is gone") in told
    assert rows_of(shop.path, f"SELECT 1 FROM case_row WHERE case_id = {case}")  # noqa: S608 - our own words
    shop.close()


def test_an_answer_that_is_no_answer_still_lets_its_key_act_only_once(
    shop: Shop,
) -> None:
    shop.engine.note("4", "once", by="anna", key="once")
    do(shop.path, "UPDATE idempotency SET last = 99 WHERE key LIKE '%once'")
    (told,) = shop.engine.upkeep.check()
    assert "events" in told.text

    assert shop.engine.upkeep.rebuild().rows == {"idempotency": 1}

    assert shop.engine.note("4", "once", by="anna", key="once").repeated
    assert shop.engine.upkeep.check() == ()
    shop.close()


@pytest.mark.parametrize(
    ("deed", "word"),
    [
        ("UPDATE case_private SET value = 'x'", "is not the value that was given"),
        ("UPDATE case_private SET salt = X'00'", "is not the value that was given"),
        ("DELETE FROM case_private", "is missing"),
        ("UPDATE process_version SET text = text || ' '", "is not the text"),
        ("UPDATE process_version SET places = '[\"x\"]'", "other places"),
    ],
)
def test_what_no_event_says_is_told_and_left_to_a_backup(
    shop: Shop, deed: str, word: str
) -> None:
    assert do(shop.path, deed)

    told = shop.engine.upkeep.check()

    assert word in " ".join(map(str, told))
    left = shop.engine.upkeep.rebuild().left
    assert {str(each) for each in left} == {
        str(each) for each in told if not each.can_be_rebuilt
    }
    assert left
    shop.close()


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE process_version SET name = name || 'x'",
        "UPDATE process_version SET version = version + 7",
        "UPDATE process_version SET titles = '{}'",
    ],
)
def test_what_a_version_is_called_follows_from_its_text(shop: Shop, deed: str) -> None:
    before = contents(shop.path, ["process_version"])
    assert do(shop.path, deed)
    assert shop.engine.upkeep.check() != ()

    assert shop.engine.upkeep.rebuild().left == ()

    assert shop.engine.upkeep.check() == ()
    assert contents(shop.path, ["process_version"]) == before
    shop.close()


def test_the_work_goes_on_after_a_rebuild(shop: Shop) -> None:
    do(shop.path, *(f"DELETE FROM {table}" for table in DERIVED if table != "outbox"))  # noqa: S608 - a table of ours
    shop.engine.upkeep.rebuild()

    shop.engine.complete("2/pack#1", by="peter", answers=PACKED)
    shop.engine.machines.answer("1/label", outcome="ok", answers={"order.label": "L-1"})

    assert shop.steps("2") == ["label"]
    assert "label" not in shop.steps("1")
    assert shop.engine.upkeep.check() == ()
    shop.close()


@pytest.fixture
def anywhere(address: str) -> Iterator[Shop]:
    """The same orders, on either database."""
    shop = Shop(address)
    live(shop)
    yield shop
    shop.close()


def test_everything_is_made_again_on_either_database(anywhere: Shop) -> None:
    same = [name for name in DERIVED if name not in ("feed", "outbox")]
    before = {name: sorted(map(repr, told(anywhere, name))) for name in same}
    for table in DERIVED:
        if table != "outbox":
            assert anywhere.change(f"DELETE FROM {table}") > 0  # noqa: S608 - a table of ours
    anywhere.change("DELETE FROM outbox WHERE kind = 'http'")
    would = anywhere.engine.upkeep.rebuild(dry_run=True)
    assert set(would.rows) == set(DERIVED)

    done = anywhere.engine.upkeep.rebuild()

    assert done == would
    assert done.left == ()
    assert {name: sorted(map(repr, told(anywhere, name))) for name in same} == before
    assert anywhere.engine.upkeep.check() == ()


def told(shop: Shop, table: str) -> list[tuple[object, ...]]:
    names = [
        f'"{column.name}"'
        for column in metadata.tables[table].columns
        if column.name not in ("id", "tx")
    ]
    return shop.rows(f"SELECT {', '.join(names)} FROM {table}")  # noqa: S608 - a table of ours


def test_progress_is_told_from_the_first_order_to_the_last(shop: Shop) -> None:
    told: list[tuple[int, int]] = []

    with Engine(str(shop.path)) as engine:
        engine.upkeep.check(lambda done, total: told.append((done, total)))

    total = len(rows_of(shop.path, "SELECT 1 FROM case_row"))
    assert told[-1] == (total, total)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    shop.close()


def rows_of(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    found = connection.execute(query).fetchall()
    connection.close()
    return found
