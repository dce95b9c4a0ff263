"""Derived tables made again from the events, in one transaction."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from flowengine.engine.checking import differences
from flowengine.engine.differing import Difference
from flowengine.engine.registry import Registry
from flowengine.store import proof
from flowengine.store.proof import Progress


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was put right, or would be, and what the events cannot put right."""

    #: Rows that were wrong, missing or too many, by table.
    rows: Mapping[str, int] = field(default_factory=dict)
    left: tuple[Difference, ...] = ()


def rebuild(
    connection: Connection,
    registry: Registry,
    progress: Progress | None = None,
    *,
    dry_run: bool = False,
    trusting: bool = False,
) -> Rebuilt:
    """Put right every row that is not what the events say, in this transaction.

    Rows that are right stay as they are: readers who follow the facts or the feed meet
    only what is new.
    """
    rows: Counter[str] = Counter()
    left: list[Difference] = []
    if not dry_run:
        proof.keep_others_out(connection)
    for difference in differences(connection, registry, progress, trusting=trusting):
        if not difference.can_be_rebuilt:
            left.append(difference)
            continue
        rows[difference.table] += 1
        if dry_run:
            continue
        if difference.stored is not None:
            proof.take_out(connection, difference.table, difference.stored)
        if difference.expected is not None:
            proof.put_in(connection, difference.table, difference.expected)
    return Rebuilt(dict(sorted(rows.items())), tuple(left))
