"""Random nets for comparing reduce-then-search with plain search.

Half are grown from one move by sequence, choice, parallel part, branches of which some
are opened, loop and cancel, and then changed at few places, so that many are sound and
many nearly so; the rest are thrown together.
"""

import random

from flowengine.net.plain import Move, PlainNet

START, END = 1, 2


def random_net(chance: random.Random) -> PlainNet:
    """One net of about ten places."""
    if chance.random() < 0.35:
        return _thrown_together(chance)
    net = _Grown(chance)
    for _ in range(chance.randint(1, 8)):
        net.grow()
    for _ in range(chance.choice([0, 0, 1, 1, 2])):
        net.change()
    chance.shuffle(net.moves)
    moves = tuple(move for move in net.moves if move.consumes)
    return PlainNet(moves, START, END, _urgent(net.urgent, moves))


def _urgent(places: int, moves: tuple[Move, ...]) -> int:
    """Those of the places whose tokens can just move on, also after all changes."""
    for move in moves:
        shared = move.consumes & (move.consumes - 1)
        if shared or move.resets or move.produces & places:
            places &= ~move.consumes
    return places


def _thrown_together(chance: random.Random) -> PlainNet:
    places = chance.randint(2, 7)
    final = 1 << (places - 1)
    moves = tuple(
        Move(
            _some(chance, places - 1, chance.choice([1, 1, 1, 1, 2, 2, 3])),
            _some(chance, places, chance.choice([1, 1, 1, 1, 2, 2, 0])),
            chance.random() < 0.12,
        )
        for _ in range(chance.randint(1, 9))
    )
    initial = START if chance.random() < 0.8 else _some(chance, places - 1, 2)
    return PlainNet(moves, initial, final)


def _some(chance: random.Random, places: int, count: int) -> int:
    mask = 0
    for _ in range(count):
        mask |= 1 << chance.randrange(places)
    return mask


class _Grown:
    """A net that begins as one move from start to end and is refined."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._places = 2
        #: Places at which a later branch is opened or skipped.
        self.urgent = 0
        self.moves = [Move(START, END)]

    def grow(self) -> None:
        """Refine one move in a way that keeps a sound net sound."""
        number = self._chance.randrange(len(self.moves))
        move = self.moves[number]
        kind = self._chance.random()
        if kind < 0.3:
            place = self._place()
            self.moves[number] = Move(move.consumes, place)
            self.moves.append(Move(place, move.produces))
        elif kind < 0.5:
            self.moves.append(Move(move.consumes, move.produces))
        elif kind < 0.75:
            a, b, c, d = (self._place() for _ in range(4))
            self.moves[number] = Move(move.consumes, a | b)
            self.moves += [Move(a, c), Move(b, d), Move(c | d, move.produces)]
        elif kind < 0.85:
            self._loop(number)
        elif kind < 0.92:
            self._open(number)
        else:
            self.moves.append(Move(move.consumes & -move.consumes, END, resets=True))

    def _loop(self, number: int) -> None:
        move, place = self.moves[number], self._place()
        self.moves[number] = Move(move.consumes, place)
        self.moves.append(Move(place, move.produces))
        if self._chance.random() < 0.5:
            self.moves.append(Move(place, place))
        else:
            again = self._place()
            self.moves += [Move(place, again), Move(again, place)]

    def _open(self, number: int) -> None:
        """At least one of two branches: the first one and perhaps the other, or it."""
        move = self.moves[number]
        a, b, later, c, d = (self._place() for _ in range(5))
        self.urgent |= later
        self.moves[number] = Move(move.consumes, a | later)
        self.moves += [Move(move.consumes, c | b), Move(later, b), Move(later, d)]
        self.moves += [Move(a, c), Move(b, d), Move(c | d, move.produces)]

    def change(self) -> None:
        """Change one thing, which may make a sound net unsound."""
        number = self._chance.randrange(len(self.moves))
        move, kind = self.moves[number], self._chance.random()
        place = 1 << self._chance.randrange(self._places)
        if kind < 0.3:
            changed = Move(move.consumes, move.produces ^ place, move.resets)
        elif kind < 0.5:
            consumes = move.consumes ^ (place & ~END)
            changed = Move(consumes, move.produces, move.resets)
        elif kind < 0.7:
            changed = Move(move.consumes, place, move.resets)
        elif kind < 0.8:
            changed = Move(move.consumes, move.produces, not move.resets)
        else:
            changed = Move(move.consumes, move.produces | place, move.resets)
        self.moves[number] = changed
        if self._chance.random() < 0.2:
            source = 1 << self._chance.randrange(self._places)
            resets = self._chance.random() < 0.3
            self.moves.append(Move(source & ~END or START, place, resets))

    def _place(self) -> int:
        self._places += 1
        return 1 << (self._places - 1)
