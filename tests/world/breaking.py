"""Engines that are broken on purpose, each in one way."""

import re

from flowengine.engine import stock
from flowengine.store import gates, leases
from tests.world.faults import Spoiling, told
from tests.world.manners import Manner


def without(said: str) -> Spoiling:
    """An engine that forgets a statement."""
    return lambda text: None if told(text)[1] == said else text


def replacing(old: str, new: str) -> Spoiling:
    """An engine whose statements say something else."""
    pattern = re.compile(old)
    return lambda text: pattern.sub(new, text)


class Anything:
    """Equal to everything."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return 0


FORGOTTEN = [
    "INSERT idempotency",
    "INSERT feed",
    "INSERT outbox",
    "INSERT task_row",
    "INSERT timer",
    "INSERT message_wait",
    "INSERT step_fact",
    "INSERT reserved",
    "DELETE task_row",
    "DELETE timer",
    "DELETE gate_wait",
    "UPDATE gate_count",
]

BROKEN = [
    *(Manner(f"no {said}", spoil=without(said)) for said in FORGOTTEN),
    Manner(
        "a version that is not looked at",
        is_pipelined=True,
        spoil=replacing(r"^INSERT INTO event\b", "INSERT OR REPLACE INTO event"),
    ),
    Manner("a commit that does not commit", spoil=replacing("^COMMIT$", "ROLLBACK")),
    Manner(
        "a lease that binds nobody",
        instead=((leases, "fence_of", lambda *_: Anything()),),
    ),
    Manner(
        "pieces that others have reserved",
        instead=((stock, "reserved_of", lambda *_: 0),),
    ),
    Manner(
        "a gate whose places are not counted",
        spoil=replacing(r"gate_count\.count < \?", "gate_count.count < 9 + ?"),
        instead=((gates, "places_taken", lambda *_: 0),),
    ),
]
