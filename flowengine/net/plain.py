"""A net as soundness needs it: numbered transitions over bitmask markings, no steps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Move:
    """One transition: the places it takes a token from and those it gives one to.

    A move that `resets` empties the whole marking before it gives its tokens.
    """

    consumes: int
    produces: int
    resets: bool = False


@dataclass(frozen=True, slots=True)
class PlainNet:
    """A net whose places are the bits of an int and whose moves have numbers."""

    moves: tuple[Move, ...]
    #: The marking it begins in.
    initial: int
    #: The marking it is meant to end in; nothing else may be marked then.
    final: int
    #: Places whose tokens move on before anything else happens, the lowest first; a
    #: move that takes from one takes from nothing else.
    urgent: int = 0


def plain_net(
    places: Sequence[str],
    moves: Iterable[tuple[Iterable[str], Iterable[str]]],
    initial: Iterable[str],
) -> PlainNet:
    """The net of places and moves (consumes, produces) given by name.

    It is meant to end where its sinks are marked: the places that no move takes from.
    """
    bit = {name: 1 << number for number, name in enumerate(places)}
    written = tuple(
        Move(_mask(bit[name] for name in taken), _mask(bit[name] for name in given))
        for taken, given in moves
    )
    taken_from = _mask(move.consumes for move in written)
    return PlainNet(
        moves=written,
        initial=_mask(bit[name] for name in initial),
        final=_mask(bit.values()) & ~taken_from,
    )


def bits(mask: int) -> Iterator[int]:
    """Each bit of a mask as a mask of its own, lowest first."""
    while mask:
        low = mask & -mask
        yield low
        mask ^= low


def _mask(parts: Iterable[int]) -> int:
    mask = 0
    for part in parts:
        mask |= part
    return mask
