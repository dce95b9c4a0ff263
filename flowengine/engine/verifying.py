"""Whether a history is the one that was recorded: its chain of hashes.

Each event's hash covers the event and the hash of the one before it, and the order's
row holds the last one. So an event that was changed, taken out, put in or moved breaks
the chain, and a history that was cut off ends where its order does not.
"""

from collections.abc import Sequence
from typing import NamedTuple

from flowengine.store.codec import chain
from flowengine.store.held import NO_HASH
from flowengine.store.proof import StoredEvent


class Chain(NamedTuple):
    """How far a history holds together."""

    #: Events up to which every hash is right.
    whole: int
    #: The hash of the last of those.
    hash: bytes
    #: What is wrong with the next one; None where there is none.
    broken: str | None


def followed(history: Sequence[StoredEvent]) -> Chain:
    """Recompute the hashes of a history up to the first that is not right."""
    last = NO_HASH
    for number, event in enumerate(history, 1):
        if event.seq != number:
            return Chain(number - 1, last, f"event {number} is missing")
        found = chain(last, event.seq, event.at, event.kind, event.by, event.body)
        if found != event.hash:
            return Chain(number - 1, last, f"event {number} is not as it was recorded")
        last = found
    return Chain(len(history), last, None)
