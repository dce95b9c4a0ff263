"""Making a net smaller without changing whether it is sound.

The rules are those of T. Murata, "Petri Nets: Properties, Analysis and Applications"
(Proceedings of the IEEE 77, 1989, section VI), each with the conditions under which it
also keeps dead moves, a second token and an improper end visible:

- series places: p -> t -> q with nothing else at p's exit becomes q;
- series moves: t -> p -> u with nothing else at p becomes one move;
- parallel places and parallel moves: one of two with the same neighbours goes;
- a move that gives back the one token it takes goes. With two tokens it must stay:
  removing it would hide that it never comes to have both.

A move that resets is not fused by these: between its cause and it, anything may happen.
Giving up has rules of its own, see `reduce`.
What is urgent is not told apart: that changes which runs there are, not the verdict.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from flowengine.net.plain import Move, PlainNet, bits


@dataclass(frozen=True, slots=True)
class Remainder:
    """What is left of a net, and which moves of the original each move stands for."""

    net: PlainNet
    #: By number of the remaining move: bits of the original moves.
    stands_for: tuple[int, ...]
    #: Original moves that lead from the original start to the remaining one.
    begins_by: tuple[int, ...]
    #: By number of the remaining move: original moves that do what it does.
    done_by: tuple[tuple[int, ...], ...]

    def lift(self, run: Iterable[int]) -> tuple[int, ...]:
        """A run of the original net that does what a run of the remaining one does."""
        moves = chain.from_iterable(self.done_by[number] for number in run)
        return (*self.begins_by, *moves)


def reduce(net: PlainNet, *, without_giving_up: bool = False) -> Remainder:
    """The smallest net that the rules lead to; it is sound exactly if `net` is.

    `without_giving_up` also drops each move that resets to the end or the beginning
    and takes just what another, plain one takes: it comes to no new marking, is dead
    only with the other, and where it can happen nothing is stuck. What is left is sound
    only if `net` is; it is not sound, too, where giving up is the only way out.
    """
    work = _Reduction(net)
    if without_giving_up:
        work.drop_giving_up()
    work.run()
    kept = [number for number, alive in enumerate(work.alive) if alive]
    moves = tuple(
        Move(work.consumes[number], work.produces[number], work.resets[number])
        for number in kept
    )
    return Remainder(
        PlainNet(moves, work.initial, net.final),
        tuple(work.stands_for[number] for number in kept),
        work.begins_by,
        tuple(work.done_by[number] for number in kept),
    )


class _Reduction:
    """A net being reduced: masks of places by move, masks of moves by place bit."""

    def __init__(self, net: PlainNet) -> None:
        self.initial = net.initial
        self.final = net.final
        self.consumes = [move.consumes for move in net.moves]
        self.produces = [move.produces for move in net.moves]
        self.resets = [move.resets for move in net.moves]
        self.alive = [True] * len(net.moves)
        self.stands_for = [1 << number for number in range(len(net.moves))]
        self.done_by: list[tuple[int, ...]] = [
            (number,) for number in range(len(net.moves))
        ]
        self.begins_by: tuple[int, ...] = ()
        #: By place bit: the moves that give to it, and those that take from it.
        self.givers: dict[int, int] = {}
        self.takers: dict[int, int] = {}
        places = net.initial | net.final
        for move in net.moves:
            places |= move.consumes | move.produces
        for place in bits(places):
            self.givers[place] = self.takers[place] = 0
        for number in range(len(net.moves)):
            self._link(number)
        #: Places where a rule may apply, the last one touched first.
        self.todo = dict.fromkeys(self.givers)

    def run(self) -> None:
        """Apply the rules at every place until none applies."""
        while self.todo:
            place, _ = self.todo.popitem()
            if place in self.givers and self._reduce_at(place):
                self.todo[place] = None

    def drop_giving_up(self) -> None:
        """Drop the moves that reset where they change nothing but what is left."""
        todo = [number for number, resets in enumerate(self.resets) if resets]
        for number in todo:
            todo += self._give_up_sooner(number)
        for number in todo:
            goes_on = any(
                other != number and not self.resets[other]
                for other in self._taking(self.consumes[number])
            )
            known = self.produces[number] in (self.final, self.initial)
            if goes_on and known and self.alive[number]:
                self._remove(number)

    def _give_up_sooner(self, number: int) -> tuple[int, ...]:
        """Let what comes to giving up alone give up itself; the moves that now do.

        What happens in between can happen before, beside the token that it takes: so
        the moves that lead here must all take the same, and give nothing else.
        """
        place = self.consumes[number]
        if not self.alive[number] or place not in self.givers:
            return ()
        takers, givers = _numbers(self.takers[place]), _numbers(self.givers[place])
        taken = {(self.consumes[each], self.produces[each]) for each in takers}
        given = {(self.consumes[each], self.produces[each]) for each in givers}
        plain = not any(self.resets[giver] for giver in givers)
        if not plain or len(given) != 1 or place & (self.initial | self.final):
            return ()
        (before, produced), *_ = given
        alike = taken == {(place, self.produces[number])}
        if not (alike and before and produced == place):
            return ()
        return self._move_back(place, givers, takers)

    def _move_back(
        self, place: int, givers: tuple[int, ...], takers: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Let the givers of a place reset as its takers do; the place goes."""
        if not all(self.resets[taker] for taker in takers):
            return ()
        last = takers[0]
        stands = 0
        for taker in takers:
            stands |= self.stands_for[taker]
            self._remove(taker)
        for giver in givers:
            self._remove(giver)
            self.produces[giver], self.resets[giver] = self.produces[last], True
            self.stands_for[giver] |= stands
            self.done_by[giver] += self.done_by[last]
            self.alive[giver] = True
            self._link(giver)
        self._forget(place)
        return givers

    def _taking(self, places: int) -> tuple[int, ...]:
        """The moves that take just these places."""
        takers = _numbers(self.takers.get(places & -places, 0))
        return tuple(taker for taker in takers if self.consumes[taker] == places)

    def _reduce_at(self, place: int) -> bool:
        return (
            self._drop_loops(place)
            or self._fuse_series_places(place)
            or self._fuse_series_moves(place)
            or self._drop_parallel_moves(place)
            or self._drop_parallel_place(place)
        )

    def _drop_loops(self, place: int) -> bool:
        loops = self.givers[place] & self.takers[place]
        fed = self.givers[place] & ~loops or place & self.initial
        if not loops or not fed or place & self.final:
            return False
        for move in bits(loops):
            number = move.bit_length() - 1
            only = self.consumes[number] == place == self.produces[number]
            if only and not self.resets[number]:
                self._remove(number)
                return True
        return False

    def _fuse_series_places(self, place: int) -> bool:
        number = _only(self.takers[place])
        if number is None or place & self.final or self.consumes[number] != place:
            return False
        target = self.produces[number]
        if self.resets[number] or target == place or target & (target - 1):
            return False
        givers = self.givers[place]
        if not target or givers & self.givers[target]:
            return False
        begins = place & self.initial
        if not (givers or begins) or (begins and target & self.initial):
            return False
        self._remove(number)
        for move in bits(givers):
            giver = move.bit_length() - 1
            self.produces[giver] ^= place | target
            self.stands_for[giver] |= self.stands_for[number]
            self.done_by[giver] += self.done_by[number]
        self.givers[target] |= givers
        if begins:
            self.initial ^= place | target
            self.begins_by += self.done_by[number]
        self._forget(place)
        self.todo[target] = None
        return True

    def _fuse_series_moves(self, place: int) -> bool:
        first = _only(self.givers[place])
        second = _only(self.takers[place])
        if first is None or second is None or first == second:
            return False
        if place & (self.initial | self.final) or self.consumes[second] != place:
            return False
        if self.resets[first] or self.resets[second]:
            return False
        rest = self.produces[first] ^ place
        if not self.produces[second] or rest & self.produces[second]:
            return False
        given, stands = self.produces[second], self.stands_for[second]
        self._remove(second)
        self._remove(first)
        self._forget(place)
        self.produces[first] = rest | given
        self.stands_for[first] |= stands
        self.done_by[first] += self.done_by[second]
        self.alive[first] = True
        self._link(first)
        self._touch(self.consumes[first] | self.produces[first])
        return True

    def _drop_parallel_moves(self, place: int) -> bool:
        if _only(self.takers[place]) is not None:
            return False
        seen: dict[tuple[int, int], int] = {}
        for move in bits(self.takers[place]):
            number = move.bit_length() - 1
            if self.resets[number]:
                continue
            key = self.consumes[number], self.produces[number]
            if key in seen:
                self.stands_for[seen[key]] |= self.stands_for[number]
                self._remove(number)
                return True
            seen[key] = number
        return False

    def _drop_parallel_place(self, place: int) -> bool:
        takers, givers = self.takers[place], self.givers[place]
        if not takers or place & self.final:
            return False
        alongside = self.consumes[takers.bit_length() - 1] ^ place
        if givers:
            alongside &= self.produces[givers.bit_length() - 1]
        for other in bits(alongside):
            alike = self.takers[other] == takers and self.givers[other] == givers
            begins = bool(other & self.initial) == bool(place & self.initial)
            if alike and begins and not other & self.final:
                self._drop_place(other)
                return True
        return False

    def _drop_place(self, place: int) -> None:
        for move in bits(self.takers[place]):
            self.consumes[move.bit_length() - 1] ^= place
        for move in bits(self.givers[place]):
            self.produces[move.bit_length() - 1] ^= place
        for move in bits(self.takers[place] | self.givers[place]):
            number = move.bit_length() - 1
            self._touch(self.consumes[number] | self.produces[number])
        self.initial &= ~place
        self._forget(place)

    def _link(self, number: int) -> None:
        move = 1 << number
        for place in bits(self.consumes[number]):
            self.takers[place] |= move
        for place in bits(self.produces[number]):
            self.givers[place] |= move
        if self.__dict__.get("todo") is not None:
            self._touch(self.consumes[number] | self.produces[number])

    def _remove(self, number: int) -> None:
        move = 1 << number
        for place in bits(self.consumes[number]):
            self.takers[place] ^= move
        for place in bits(self.produces[number]):
            self.givers[place] ^= move
        self.alive[number] = False
        self._touch(self.consumes[number] | self.produces[number])

    def _forget(self, place: int) -> None:
        del self.givers[place], self.takers[place]
        self.todo.pop(place, None)

    def _touch(self, places: int) -> None:
        for place in bits(places):
            self.todo[place] = None


def _only(moves: int) -> int | None:
    """The number of the one move in a mask, or None for none or several."""
    return None if not moves or moves & (moves - 1) else moves.bit_length() - 1


def _numbers(moves: int) -> tuple[int, ...]:
    """The numbers of the moves in a mask, the lowest first."""
    return tuple(move.bit_length() - 1 for move in bits(moves))
