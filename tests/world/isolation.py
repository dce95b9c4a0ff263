"""Which transaction saw and changed what, and whether some order explains it all.

Transactions that ran at once must leave what they would have left one after the other,
in some order. A link that records knows which version of which order a transaction has
read, and which it made. From these follow the dependencies of Adya's theory: who wrote
what another read (wr) or wrote over (ww), and who read what another then replaced (rw).
There is such an order where these have no cycle.

Source: Adya, Liskov, O'Neil, "Generalized isolation level definitions", ICDE 2000.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import cast

import networkx as nx
from sqlalchemy import Engine

from flowengine.store import database, tables
from flowengine.store import statements as sql
from flowengine.store.link import Link, Links, Query, Row
from tests.world.faults import Spoiling
from tests.world.sharing import replaced

#: Where the version stands: in a row of the table, in one that is read.
_STORED = [column.name for column in tables.case_row.columns].index("version")
_READ = 4
_HEAD = sql.SELECT_CASE.partition("WHERE")[0]


@dataclass(slots=True)
class Deal:
    """One transaction: which versions it read, and from which to which it wrote."""

    reads: dict[bytes, int] = field(default_factory=dict)
    writes: dict[bytes, tuple[int, int]] = field(default_factory=dict)


class History:
    """All transactions that were committed, by any thread."""

    def __init__(self) -> None:
        self.deals: list[Deal] = []
        #: How many were not committed.
        self.undone = 0
        self._turn = threading.Lock()

    def keep(self, deal: Deal) -> None:
        with self._turn:
            self.deals.append(deal)

    def forget(self) -> None:
        with self._turn:
            self.undone += 1

    def cycles(self) -> list[list[int]]:
        """Transactions of which each came before the other."""
        graph: nx.DiGraph[int] = nx.DiGraph(self._dependencies())
        found = nx.strongly_connected_components(graph)
        return [sorted(group) for group in found if len(group) > 1]

    def _dependencies(self) -> Iterator[tuple[int, int]]:
        made: dict[tuple[bytes, int], list[int]] = {}
        replacing: dict[tuple[bytes, int], list[int]] = {}
        for place, deal in enumerate(self.deals):
            for case, (before, after) in deal.writes.items():
                made.setdefault((case, after), []).append(place)
                replacing.setdefault((case, before), []).append(place)
        for place, deal in enumerate(self.deals):
            for seen in deal.reads.items():
                yield from ((other, place) for other in made.get(seen, ()))
                yield from ((place, other) for other in replacing.get(seen, ()))
        for seen, writers in made.items():
            later = replacing.get(seen, ())
            yield from ((one, other) for one in writers for other in later)


class RecordingLink:
    """A link that remembers what its transaction has read and written."""

    def __init__(self, link: Link, history: History, spoil: Spoiling) -> None:
        self._link = link
        self._history = history
        self._spoil = spoil
        self._locking = False
        self._deal = Deal()

    def begin(self, *, locking: bool = True) -> None:
        """Begin a transaction."""
        self._locking = locking
        self._deal = Deal()
        self._link.begin(locking=locking)

    def commit(self) -> None:
        """Make everything last."""
        self._link.commit()
        self._history.keep(self._deal)

    def rollback(self) -> None:
        """Forget everything."""
        self._history.forget()
        self._link.rollback()

    def rows(self, text: str, values: Row = ()) -> list[Row]:
        """What a query finds."""
        return self._seen(text, self._link.rows(text, values))

    def rows_kept(self, text: str, values: Row = ()) -> list[Row]:
        """What a query finds, for oneself."""
        return self._seen(text, self._link.rows_kept(text, values))

    def rows_free(self, text: str, values: Row = ()) -> list[Row]:
        """What a query finds that nobody else has."""
        return self._link.rows_free(text, values)

    def together(self, queries: Sequence[Query]) -> list[list[Row]]:
        """What several queries find."""
        found = self._link.together(queries)
        for (text, _), rows in zip(queries, found, strict=True):
            # With locks it is read once more, and only that is used.
            if text == sql.SELECT_CASE_OF_NUMBER and not self._locking:
                self._seen(_HEAD, [row[1:] for row in rows])
        return found

    def run(self, text: str, values: Row) -> int:
        """Write."""
        return self.many(text, (values,))

    def many(self, text: str, rows: Sequence[Row]) -> int:
        """Write with each row."""
        for row in rows:
            if text == sql.INSERT_CASE:
                span: tuple[object, object] = (0, row[_STORED])
                case = row[0]
            elif text == sql.UPDATE_CASE:
                span = (row[-1], row[_STORED - 1])
                case = row[-2]
            else:
                break
            self._deal.writes[cast("bytes", case)] = cast("tuple[int, int]", span)
        said = self._spoil(text)
        return 0 if said is None else self._link.many(said, rows)

    def lock(self, *names: str) -> None:
        """Have names for oneself."""
        self._link.lock(*names)

    def _seen(self, text: str, rows: list[Row]) -> list[Row]:
        if text.startswith(_HEAD):
            for row in rows:
                case = bytes(cast("bytes", row[0]))
                self._deal.reads[case] = cast("int", row[_READ])
        return rows


class RecordingLinks:
    """Links that record into one history."""

    def __init__(self, links: Links, history: History, spoil: Spoiling) -> None:
        self._links = links
        self._history = history
        self._spoil = spoil

    @contextmanager
    def linked(self) -> Iterator[Link]:
        """A link that records."""
        with self._links.linked() as link:
            yield RecordingLink(link, self._history, self._spoil)

    def close(self) -> None:
        """Give them all back."""
        self._links.close()


def recorded(history: History, spoil: Spoiling = str) -> AbstractContextManager[None]:
    """Engines that are opened in this context record what they do."""
    make: Callable[[Engine, str, str], Links] = vars(database)["_links"]

    def links(engine: Engine, address: str, synchronous: str) -> Links:
        return RecordingLinks(make(engine, address, synchronous), history, spoil)

    return replaced(database, "_links", links)
