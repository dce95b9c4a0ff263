"""Proof that gates count right, and that what others are to be told is on its way."""

from collections import Counter
from collections.abc import Iterator
from typing import cast

from flowengine.kernel.case import Case, CaseState
from flowengine.net.net import Net
from flowengine.store.link import Link
from flowengine.store.outbox import (
    TO_MACHINES,
    errand_key,
    kind_of,
)
from flowengine.store.rows import Row, key_of

_SELECT_OUTBOX = (
    "SELECT case_id, seq, kind, step, key, body, at FROM outbox WHERE case_id = ?"
)


def gate_differences(link: Link, places: Counter[tuple[str, str]]) -> Iterator[str]:
    """Compare the counters of gates with the places that cases hold."""
    stored = {(process, step): count for process, step, count in _counters(link)}
    for process, step in sorted(stored.keys() | places.keys()):
        counted, held = stored.get((process, step), 0), places[process, step]
        if counted != held:
            yield (
                f"gate {process}/{step}: {counted} places are counted, "
                f"but {held} are held"
            )


def _counters(link: Link) -> list[tuple[str, str, int]]:
    found = link.rows("SELECT process, step, count FROM gate_count")
    return cast("list[tuple[str, str, int]]", found)


def outside_differences(
    link: Link, net: Net, case: Case, errands: list[Row]
) -> Iterator[str]:
    """What a case gave to tell: nothing is made up, nothing awaited is lost."""
    stored = link.rows(_SELECT_OUTBOX, (key_of(case),))
    given = {row[:-1] for row in errands}
    if any(row not in given for row in stored):
        yield f"order {case.number}: outbox differs from its events"
    keys = {str(row[4]) for row in stored}
    for name in _lost(link, net, case, keys):
        yield f"order {case.number}: {name} waits for an answer that nobody will give"


def _lost(link: Link, net: Net, case: Case, keys: set[str]) -> Iterator[str]:
    """Open instances that wait for somebody who does not know of it."""
    for name, task in case.tasks.items():
        if task.child is not None:
            is_known = _is_child_on_its_way(link, task.child, keys)
        elif kind_of(net, task.step) in TO_MACHINES:
            is_known = errand_key(case, task.step, task.visit, task.element) in keys
        else:
            is_known = True
        if not is_known:
            yield name


def _is_child_on_its_way(link: Link, child: str, keys: set[str]) -> bool:
    """It is still to be opened, or open, or its end is still to be told."""
    found = link.rows(
        "SELECT state FROM case_row WHERE case_id = ?", (bytes.fromhex(child),)
    )
    if not found:
        return child in keys
    if found[0][0] != CaseState.CLOSED.value:
        return True
    return bool(link.rows("SELECT 1 FROM outbox WHERE key = ?", (f"{child}:closed",)))
