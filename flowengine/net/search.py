"""Breadth-first search over the markings of a net, and the faults it meets.

A net is sound when from every marking it can reach it can still reach its final
marking, when nothing else is marked once the final places are, when every move can
happen at some time, and when no place ever gets a second token. The search does not go
on past a fault, so what lies only behind one is not reported as a fault of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from flowengine.net.plain import PlainNet, bits


class FaultKind(StrEnum):
    """What is wrong with a net."""

    STUCK = "stuck"  #: nothing can happen and it is not the end
    LIVELOCK = "no way out"  #: it can go on, but to no end
    WORK_OPEN = "ends with work open"  #: the end is marked, and something else
    UNSAFE = "opened twice"  #: a place gets a second token
    DEAD = "dead"  #: a move can never happen


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, with a shortest run that shows it."""

    kind: FaultKind
    #: Numbers of moves from the initial marking on; the last one of UNSAFE gives the
    #: second token. Empty for DEAD.
    run: tuple[int, ...]
    #: The marking after the run, of UNSAFE before its last move.
    marking: int
    #: Places: those that get a second token of UNSAFE, those that are marked besides
    #: the end of WORK_OPEN, else the marked ones.
    places: int
    #: The number of the move of DEAD.
    move: int | None = None


@dataclass(slots=True)
class Exploration:
    """The reachable markings of a net, in the order they were found."""

    net: PlainNet
    #: Each marking with the marking and the move it was first reached by.
    origin: dict[int, tuple[int, int] | None] = field(default_factory=dict)
    #: Markings that lead to a marking, for the search backwards.
    before: dict[int, list[int]] = field(default_factory=dict)
    #: Markings in which the net is over, or at fault.
    ended: list[int] = field(default_factory=list)
    #: Bits of the moves that have happened.
    moved: int = 0
    faults: list[Fault] = field(default_factory=list)
    #: False where the limit of markings was met.
    complete: bool = True

    def run_to(self, marking: int) -> tuple[int, ...]:
        """A shortest run to a marking that was found."""
        run: list[int] = []
        step = self.origin[marking]
        while step is not None:
            run.append(step[1])
            step = self.origin[step[0]]
        return tuple(reversed(run))


def explore(net: PlainNet, limit: int, *, first_only: bool = False) -> Exploration:
    """Search the markings of a net, up to `limit` of them.

    With `first_only` it stops at the first fault, which is a shortest one.
    """
    found = Exploration(net)
    takers = _moves_by_place(net)
    found.origin[net.initial] = None
    queue = [net.initial]
    for marking in queue:
        if len(queue) > limit:
            found.complete = False
            return found
        _go_on(found, takers, marking, queue)
        if first_only and found.faults:
            return found
    _judge_whole(found)
    return found


def _moves_by_place(net: PlainNet) -> dict[int, list[tuple[int, int, int, bool]]]:
    """Each move under the lowest place it takes from; under 0 if it takes nothing."""
    takers: dict[int, list[tuple[int, int, int, bool]]] = {}
    for number, move in enumerate(net.moves):
        place = move.consumes & -move.consumes
        entry = (number, move.consumes, move.produces, move.resets)
        takers.setdefault(place, []).append(entry)
    return takers


def _go_on(
    found: Exploration,
    takers: dict[int, list[tuple[int, int, int, bool]]],
    marking: int,
    queue: list[int],
) -> None:
    """Find what can happen in a marking, and add the markings that are new."""
    final = found.net.final
    if marking & final == final:
        found.ended.append(marking)
        if marking != final:
            _add(found, FaultKind.WORK_OPEN, marking, marking & ~final)
        return
    can_move = False
    origin, before = found.origin, found.before
    rest, moves = marking, takers.get(0, [])
    while True:
        for number, consumes, produces, resets in moves:
            if marking & consumes != consumes:
                continue
            can_move = True
            found.moved |= 1 << number
            kept = 0 if resets else marking ^ consumes
            if kept & produces:
                _add(found, FaultKind.UNSAFE, marking, kept & produces, number)
                continue
            target = kept | produces
            if target not in origin:
                origin[target] = marking, number
                before[target] = []
                queue.append(target)
            before.setdefault(target, []).append(marking)
        if not rest:
            break
        low = rest & -rest
        rest ^= low
        moves = takers.get(low, [])
    if not can_move:
        found.ended.append(marking)
        _add(found, FaultKind.STUCK, marking, marking)


def _add(
    found: Exploration,
    kind: FaultKind,
    marking: int,
    places: int,
    last: int | None = None,
) -> None:
    run = found.run_to(marking)
    if last is not None:
        run = (*run, last)
        found.ended.append(marking)
    found.faults.append(Fault(kind, run, marking, places))


def _judge_whole(found: Exploration) -> None:
    """Add the faults that only the whole of the reachable markings shows."""
    reaching = set(found.ended)
    queue = list(reaching)
    for marking in queue:
        for earlier in found.before.get(marking, ()):
            if earlier not in reaching:
                reaching.add(earlier)
                queue.append(earlier)
    for marking in found.origin:
        if marking not in reaching:
            run = found.run_to(marking)
            found.faults.append(Fault(FaultKind.LIVELOCK, run, marking, marking))
            break
    for number in _dead(found):
        found.faults.append(Fault(FaultKind.DEAD, (), 0, 0, number))


def _dead(found: Exploration) -> Iterable[int]:
    never = (1 << len(found.net.moves)) - 1 & ~found.moved
    return (move.bit_length() - 1 for move in bits(never))
