"""Breadth-first search over the markings of a net, and the faults it meets.

A net is sound when from every marking it can reach it can still reach its final
marking, when nothing else is marked once the final places are, when every move can
happen at some time, and when no place ever gets a second token. The search does not go
on past a fault, so what lies only behind one is not reported as a fault of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flowengine.net.plain import PlainNet, bits

#: By place: the moves that take from it, as number, consumes, produces and resets.
_Takers = Mapping[int, list[tuple[int, int, int, bool]]]


class FaultKind(StrEnum):
    """What is wrong with a net."""

    STUCK = "stuck"  #: nothing can happen and it is not the end
    LIVELOCK = "no way out"  #: it can go on, but to no end
    WORK_OPEN = "ends with work open"  #: the end is marked, and something else
    UNSAFE = "opened twice"  #: a place gets a second token
    DEAD = "dead"  #: a move can never happen


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; `Exploration.run_of` gives a shortest run to it."""

    kind: FaultKind
    #: The marking it shows in, of UNSAFE before the last move; 0 for DEAD.
    marking: int
    #: Places: those that get a second token of UNSAFE, those that are marked besides
    #: the end of WORK_OPEN, else the marked ones.
    places: int
    #: The number of the move that gives the second token of UNSAFE, or of DEAD.
    move: int | None = None


@dataclass(slots=True)
class Exploration:
    """The reachable markings of a net, in the order they were found."""

    net: PlainNet
    #: Each marking with the marking and the move it was first reached by.
    origin: dict[int, tuple[int, int] | None] = field(default_factory=dict)
    #: The markings that lead to a marking, for the search backwards.
    before: defaultdict[int, list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    #: Markings in which the net is over, or at fault.
    ended: list[int] = field(default_factory=list)
    #: Bits of the moves that have happened.
    moved: int = 0
    faults: list[Fault] = field(default_factory=list)
    #: Runs to faults that were found another way; they may not be the shortest.
    lifted: dict[Fault, tuple[int, ...]] = field(default_factory=dict)
    #: False where the limit of markings was met, or the search stopped at a fault.
    complete: bool = False

    def run_of(self, fault: Fault) -> tuple[int, ...]:
        """A run to a fault, as numbers of moves: a shortest one unless it was lifted.

        Empty for a dead move.
        """
        if fault.kind is FaultKind.DEAD:
            return ()
        if fault.marking not in self.origin:
            return self.lifted[fault]
        run = [] if fault.move is None else [fault.move]
        step = self.origin[fault.marking]
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
            return found
        _go_on(found, takers, marking, queue)
        if first_only and found.faults:
            return found
    found.complete = True
    _judge_whole(found)
    return found


def replay(net: PlainNet, run: Iterable[int]) -> Fault | None:
    """The fault at the end of a run from which a net cannot end properly.

    None where the run cannot happen so.
    """
    marking = net.initial
    for number in run:
        move = net.moves[number]
        if marking & move.consumes != move.consumes:
            return None
        kept = 0 if move.resets else marking ^ move.consumes
        if kept & move.produces:
            return Fault(FaultKind.UNSAFE, marking, kept & move.produces, number)
        marking = kept | move.produces
    if marking & net.final == net.final:
        rest = marking & ~net.final
        return Fault(FaultKind.WORK_OPEN, marking, rest) if rest else None
    can_move = any(marking & move.consumes == move.consumes for move in net.moves)
    kind = FaultKind.LIVELOCK if can_move else FaultKind.STUCK
    return Fault(kind, marking, marking)


def without_delay(net: PlainNet, run: Iterable[int]) -> tuple[int, ...]:
    """A run with its urgent moves made at once, up to where a place is marked twice.

    What the run leaves undecided is done by the last move that can. Moves that come
    sooner give their tokens sooner: the run ends as before, or in a fault on the way.
    """
    rest, found, marking = list(run), [], net.initial
    while rest or marking & net.urgent:
        urgent = marking & net.urgent
        number = _urgent_move(net, rest, urgent & -urgent) if urgent else rest[0]
        if number in rest:
            rest.remove(number)
        found.append(number)
        move = net.moves[number]
        kept = 0 if move.resets else marking & ~move.consumes
        if kept & move.produces:
            break
        marking = kept | move.produces
    return tuple(found)


def _urgent_move(net: PlainNet, rest: Iterable[int], place: int) -> int:
    every = [number for number, move in enumerate(net.moves) if move.consumes == place]
    return next((number for number in rest if number in every), every[-1])


def _moves_by_place(net: PlainNet) -> _Takers:
    """Each move under the lowest place it takes from; under 0 if it takes nothing."""
    takers: dict[int, list[tuple[int, int, int, bool]]] = {}
    for number, move in enumerate(net.moves):
        place = move.consumes & -move.consumes
        entry = (number, move.consumes, move.produces, move.resets)
        takers.setdefault(place, []).append(entry)
    return takers


def _go_on(found: Exploration, takers: _Takers, marking: int, queue: list[int]) -> None:
    """Find what can happen in a marking, and add the markings that are new."""
    final = found.net.final
    if marking & final == final:
        found.ended.append(marking)
        if marking != final:
            rest = marking & ~final
            found.faults.append(Fault(FaultKind.WORK_OPEN, marking, rest))
        return
    # Written for speed: this is where the time of a search goes.
    origin, before, can_move = found.origin, found.before, False
    for number, consumes, produces, resets in _around(found.net, takers, marking):
        if marking & consumes != consumes:
            continue
        can_move = True
        found.moved |= 1 << number
        kept = 0 if resets else marking ^ consumes
        if kept & produces:
            found.ended.append(marking)
            twice = Fault(FaultKind.UNSAFE, marking, kept & produces, number)
            found.faults.append(twice)
            continue
        target = kept | produces
        if target not in origin:
            origin[target] = marking, number
            queue.append(target)
        before[target].append(marking)
    if not can_move:
        found.ended.append(marking)
        found.faults.append(Fault(FaultKind.STUCK, marking, marking))


def _around(
    net: PlainNet, takers: _Takers, marking: int
) -> list[tuple[int, int, int, bool]]:
    """The moves that a marking may enable."""
    urgent = marking & net.urgent
    places = urgent & -urgent or marking
    moves = [*takers.get(0, ())]
    while places:
        place = places & -places
        places ^= place
        if place in takers:
            moves += takers[place]
    return moves


def _judge_whole(found: Exploration) -> None:
    """Add the faults that only the whole of the reachable markings shows."""
    reaching = set(found.ended)
    queue = list(reaching)
    for marking in queue:
        for earlier in found.before.get(marking, ()):
            if earlier not in reaching:
                reaching.add(earlier)
                queue.append(earlier)
    for marking, origin in found.origin.items():
        # Only the way into a circle is told, not each marking of the circle.
        if marking not in reaching and (origin is None or origin[0] in reaching):
            found.faults.append(Fault(FaultKind.LIVELOCK, marking, marking))
    never = ((1 << len(found.net.moves)) - 1) & ~found.moved
    found.faults += [
        Fault(FaultKind.DEAD, 0, 0, move.bit_length() - 1) for move in bits(never)
    ]
