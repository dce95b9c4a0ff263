"""What changed between two versions of a process: as values, and in words.

    change      the values: a difference, its changes, their edits
    compare     `difference(old, new)`: every key that is not the same, guesses marked
    renaming    which steps only have another name: same content under another id
    keys        the name of each key for people
    words       an edit, a change or the whole difference as people read it

Order and comments take no part, as they mean nothing; nor does the version number.
"""

from flowengine.language.difference.change import (
    Change,
    Difference,
    Edit,
    Part,
    What,
)
from flowengine.language.difference.compare import difference
from flowengine.language.difference.words import (
    change_text,
    difference_json,
    difference_text,
    edit_text,
)

__all__ = [
    "Change",
    "Difference",
    "Edit",
    "Part",
    "What",
    "change_text",
    "difference",
    "difference_json",
    "difference_text",
    "edit_text",
]
