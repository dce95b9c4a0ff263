"""Places in a process file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file: line and column from 1, and how many characters it covers."""

    line: int
    column: int
    width: int = 1


NOWHERE = Position(1, 1)
