"""The floor: the statements that the engine ran, played by the bare driver.

They are written down once, at the link that all commands are written on, with their
values, and played into a database of the same tables with the same orders open: by
sqlite3, by SQLAlchemy Core on sqlite3, by psycopg with the same pipelines. What is
left out is deciding, and turning states into rows and back.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, cast

import psycopg
import sqlalchemy

from benchmarks.contest import Contestant, Figures
from benchmarks.ours import OnFile, OnServer, complete_all
from benchmarks.standard_work import STEPS
from flowengine.engine import Engine
from flowengine.store.link import Link

Row = Sequence[object]


class Call(NamedTuple):
    """One thing that was asked of a link."""

    #: begin, read, write, commit
    verb: str
    text: str = ""
    rows: Sequence[Row] = ()
    #: For `begin`: whether the transaction excludes others.
    is_locking: bool = False


class Transaction(NamedTuple):
    """Calls as psycopg takes them: what is read first, then what is written."""

    #: Whether it excludes others, with BEGIN and COMMIT around.
    is_locking: bool
    reads: Sequence[tuple[bytes, Row]]
    writes: Sequence[tuple[bytes, Sequence[Row]]]


class Recorder:
    """A link that writes down what it is asked, and has another do it."""

    def __init__(self, link: Link, calls: list[Call]) -> None:
        self._link = link
        self._calls = calls

    def begin(self, *, locking: bool = True) -> None:
        """Note and begin."""
        self._calls.append(Call("begin", is_locking=locking))
        self._link.begin(locking=locking)

    def together(self, queries: Sequence[tuple[str, Row]]) -> object:
        """Note and ask them all."""
        self._calls += [Call("read", text, (values,)) for text, values in queries]
        return self._link.together(
            cast("list[tuple[str, tuple[object, ...]]]", queries)
        )

    def run(self, text: str, values: Row) -> object:
        """Note and write."""
        self._calls.append(Call("write", text, (values,)))
        return self._link.run(text, cast("tuple[object, ...]", values))

    def many(self, text: str, rows: Sequence[Row]) -> object:
        """Note and write."""
        self._calls.append(Call("write", text, tuple(rows)))
        return self._link.many(text, cast("Sequence[tuple[object, ...]]", rows))

    def commit(self) -> None:
        """Note and commit."""
        self._calls.append(Call("commit"))
        self._link.commit()

    def __getattr__(self, name: str) -> Callable[..., object]:
        asked: Callable[..., object] = getattr(self._link, name)
        if not name.startswith("rows"):
            return asked

        def read(text: str, values: Row = ()) -> object:
            self._calls.append(Call("read", text, (values,)))
            return asked(text, values)

        return read


def recorded(address: str, orders: int, batch: int) -> list[Call]:
    """What the engine asks of its links for the standard work."""
    calls: list[Call] = []
    with Engine(address, synchronous="OFF") as engine:
        database = engine._opened.database
        linked = database.linked

        @contextmanager
        def noting() -> Iterator[Link]:
            with linked() as link:
                yield cast("Link", Recorder(link, calls))

        database.linked = noting  # type: ignore[method-assign]  # the one seam there is
        complete_all(engine, orders, batch)
    return calls


def bare_sqlite(prepared: OnFile, calls: Sequence[Call], name: str) -> Contestant:
    """The driver alone."""

    def play(synchronous: str) -> tuple[float, float]:
        place = prepared.place()
        connection = sqlite3.connect(place.address, isolation_level=None)
        connection.execute(f"PRAGMA synchronous={synchronous}")
        cpu, wall = time.process_time(), time.perf_counter()
        for call in calls:
            if call.verb == "read":
                connection.execute(call.text, call.rows[0]).fetchall()
            elif call.verb == "begin":
                connection.execute("BEGIN IMMEDIATE")
            elif call.verb == "commit":
                connection.execute("COMMIT")
            elif len(call.rows) == 1:
                connection.execute(call.text, call.rows[0])
            else:
                connection.executemany(call.text, call.rows)
        spent = time.process_time() - cpu, time.perf_counter() - wall
        connection.close()
        return spent

    return Contestant(name, lambda: _figures(prepared.orders, play))


def core_sqlite(prepared: OnFile, calls: Sequence[Call], name: str) -> Contestant:
    """The same through SQLAlchemy Core: each text prepared once, with named values."""
    named = {call.text: _named(call.text) for call in calls if call.text}

    def play(synchronous: str) -> tuple[float, float]:
        place = prepared.place()
        core = sqlalchemy.create_engine(f"sqlite:///{place.address}")
        with core.connect() as connection:
            driver = cast("sqlite3.Connection", connection.connection.driver_connection)
            driver.isolation_level = None
            driver.execute(f"PRAGMA synchronous={synchronous}")
            cpu, wall = time.process_time(), time.perf_counter()
            for call in calls:
                _core(connection, call, named)
            spent = time.process_time() - cpu, time.perf_counter() - wall
        core.dispose()
        return spent

    return Contestant(name, lambda: _figures(prepared.orders, play))


def _core(
    connection: sqlalchemy.Connection,
    call: Call,
    named: dict[str, sqlalchemy.TextClause],
) -> None:
    if call.verb == "begin":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    if call.verb == "commit":
        connection.commit()
        return
    rows = [{f"v{n}": value for n, value in enumerate(row)} for row in call.rows]
    answer = connection.execute(named[call.text], rows[0] if len(rows) == 1 else rows)
    if call.verb == "read":
        answer.fetchall()


def _named(text: str) -> sqlalchemy.TextClause:
    parts = text.replace(":", "\\:").split("?")
    pieces = [f"{part}:v{number}" for number, part in enumerate(parts[:-1])]
    return sqlalchemy.text("".join(pieces) + parts[-1])


def _figures(orders: int, play: Callable[[str], tuple[float, float]]) -> Figures:
    steps = orders * STEPS
    return {
        "cpu_us": play("OFF")[0] / steps * 1e6,
        "steps_per_s": steps / play("FULL")[1],
    }


def bare_postgres(prepared: OnServer, calls: Sequence[Call], name: str) -> Contestant:
    """The driver alone: what is read at once, then what is written in one pipeline."""
    batches = list(_transactions(calls))

    def run() -> Figures:
        place = prepared.place()
        with psycopg.connect(
            place.address, autocommit=True, prepare_threshold=0
        ) as connection:
            connection.prepared_max = None
            seconds = place.server_seconds()
            cpu, wall = time.process_time(), time.perf_counter()
            for batch in batches:
                _play(connection, batch)
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
            seconds = place.server_seconds() - seconds
        prepared.server.drop(place)
        steps = prepared.orders * STEPS
        return {
            "cpu_us": cpu / steps * 1e6,
            "server_cpu_us": seconds / steps * 1e6,
            "steps_per_s": steps / wall,
        }

    return Contestant(name, run)


def _transactions(calls: Sequence[Call]) -> Iterator[Transaction]:
    reads: list[tuple[bytes, Row]] = []
    writes: list[tuple[bytes, Sequence[Row]]] = []
    is_locking = False
    for call in calls:
        text = call.text.replace("?", "%s").encode()
        if call.verb == "begin":
            is_locking = call.is_locking
        elif call.verb == "read":
            reads.append((text, call.rows[0]))
        elif call.verb == "write":
            writes.append((text, call.rows))
        else:
            yield Transaction(is_locking, reads, writes)
            reads, writes = [], []


def _play(connection: psycopg.Connection, batch: Transaction) -> None:
    with connection.pipeline():
        if batch.is_locking:
            connection.execute("BEGIN")
        answers = [
            connection.cursor(binary=True).execute(text, row)
            for text, row in batch.reads
        ]
        for answer in answers:
            answer.fetchall()
    with connection.pipeline():
        for text, rows in batch.writes:
            if len(rows) == 1:
                connection.execute(text, rows[0])
            else:
                connection.cursor().executemany(text, rows)
        if batch.is_locking:
            connection.execute("COMMIT")
