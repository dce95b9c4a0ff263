"""Whether a net is sound: reduce it, then search what is left."""

from dataclasses import dataclass

from flowengine.net.plain import PlainNet, bits
from flowengine.net.reduction import Remainder, reduce
from flowengine.net.search import Exploration, FaultKind, explore, replay, without_delay

#: Markings of a reduced net that are searched before giving up.
VERDICT_LIMIT = 20_000
#: Markings of a net as written that are searched for the shortest runs.
WITNESS_LIMIT = 5_000
#: Faults of a reduced net that are told where the search as written is not complete.
MOST_LIFTED = 50


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
    _, found = _searched(net, limit)
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
    Where that is too large, runs of the reduced net are told in moves of the given one.
    """
    remainder, found = _searched(net, limit)
    if not found.faults:
        left = () if found.complete else _left(remainder.stands_for)
        return Verdict(True if found.complete else None, left=left)
    shown = explore(net, witness_limit)
    if not shown.complete:
        _lift(shown, remainder, witness_limit)
    left = () if shown.complete else _left(remainder.stands_for)
    return Verdict(False, shown, found.faults[0].kind, left)


def _searched(net: PlainNet, limit: int) -> tuple[Remainder, Exploration]:
    """The reduced net and the search of it: its faults are faults of the net as given.

    Where orders can be given up, the net without that is tried first: each parallel
    part that can do so doubles the markings otherwise. What it says is unsound must
    also be so with giving up.
    """
    if any(move.resets for move in net.moves):
        remainder = reduce(net, without_giving_up=True)
        found = explore(remainder.net, limit, first_only=True)
        if not found.faults or _is_fault_of(net, remainder, found):
            return remainder, found
    remainder = reduce(net)
    return remainder, explore(remainder.net, limit, first_only=True)


def _is_fault_of(net: PlainNet, remainder: Remainder, found: Exploration) -> bool:
    """Whether the first fault is one of the net as given, giving up or not."""
    first = found.faults[0]
    if first.kind is FaultKind.DEAD:
        return False
    same = replay(net, remainder.lift(found.run_of(first)))
    return same is not None and same.kind is not FaultKind.LIVELOCK


def _lift(shown: Exploration, remainder: Remainder, limit: int) -> None:
    """Add the faults of the reduced net, with their runs in the net as given."""
    found = explore(remainder.net, limit)
    for fault in found.faults[:MOST_LIFTED]:
        if fault.kind is not FaultKind.DEAD:
            run = without_delay(shown.net, remainder.lift(found.run_of(fault)))
            same = replay(shown.net, run)
            if same is not None and same not in shown.lifted:
                shown.lifted[same] = run
                shown.faults.append(same)


def _left(stands_for: tuple[int, ...]) -> tuple[int, ...]:
    mask = 0
    for moves in stands_for:
        mask |= moves
    return tuple(move.bit_length() - 1 for move in bits(mask))
