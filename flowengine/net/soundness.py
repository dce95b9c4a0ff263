"""Whether a net is sound: reduce it, then search what is left."""

from dataclasses import dataclass

from flowengine.net.plain import PlainNet, bits
from flowengine.net.reduction import reduce
from flowengine.net.search import Exploration, FaultKind, explore

#: Markings of a reduced net that are searched before giving up.
VERDICT_LIMIT = 200_000
#: Markings of a net as written that are searched for the shortest runs.
WITNESS_LIMIT = 30_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of a net."""

    #: None: not decided within the limit.
    is_sound: bool | None
    #: Where it is not sound, the search of the net that was asked about: its faults
    #: and the shortest runs to them. Incomplete where that search met its limit.
    shown: Exploration | None = None
    #: A fault of the reduced net: its kind holds even where `shown` found no run.
    kind: FaultKind | None = None
    #: Numbers of the moves that could not be reduced, where a search met its limit.
    left: tuple[int, ...] = ()


def is_sound(net: PlainNet, limit: int = VERDICT_LIMIT) -> bool | None:
    """Whether a net is sound; None when the search meets its limit."""
    remainder = reduce(net).net
    found = explore(remainder, limit, first_only=True)
    if found.faults:
        return False
    return True if found.complete else None


def judge(
    net: PlainNet,
    limit: int = VERDICT_LIMIT,
    witness_limit: int = WITNESS_LIMIT,
) -> Verdict:
    """Whether a net is sound, and if not, the search that shows it.

    The runs are searched in the net as given, since the reduced one has other moves.
    """
    remainder = reduce(net)
    found = explore(remainder.net, limit, first_only=True)
    if not found.faults:
        left = () if found.complete else _left(remainder.stands_for)
        return Verdict(True if found.complete else None, left=left)
    shown = explore(net, witness_limit)
    left = () if shown.complete else _left(remainder.stands_for)
    return Verdict(False, shown, found.faults[0].kind, left)


def _left(stands_for: tuple[int, ...]) -> tuple[int, ...]:
    mask = 0
    for moves in stands_for:
        mask |= moves
    return tuple(move.bit_length() - 1 for move in bits(mask))
