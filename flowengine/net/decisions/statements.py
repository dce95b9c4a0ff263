"""Statements over questions: what rules say once every value has become a cell.

A variable has cells, numbered from 0; a `Literal` holds where the variable's cell is
one of a mask. Negation is pushed into the masks, so there are only `Every` and `Some`.
"""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias


class Literal(NamedTuple):
    """Whether a variable's cell is one of those in a mask."""

    variable: int
    mask: int


class Every(NamedTuple):
    """All of the parts hold."""

    parts: "tuple[Statement, ...]"


class Some(NamedTuple):
    """At least one of the parts holds."""

    parts: "tuple[Statement, ...]"


Statement: TypeAlias = bool | Literal | Every | Some


def every(parts: Iterable[Statement]) -> Statement:
    """All of them, flat and without what is known."""
    kept: list[Statement] = []
    for part in parts:
        if part is False:
            return False
        if isinstance(part, Every):
            kept += part.parts
        elif part is not True:
            kept.append(part)
    if len(kept) < 2:
        return kept[0] if kept else True
    return Every(tuple(kept))


def some(parts: Iterable[Statement]) -> Statement:
    """One of them, flat and without what is known."""
    kept: list[Statement] = []
    for part in parts:
        if part is True:
            return True
        if isinstance(part, Some):
            kept += part.parts
        elif part is not False:
            kept.append(part)
    if len(kept) < 2:
        return kept[0] if kept else False
    return Some(tuple(kept))
