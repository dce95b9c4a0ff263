"""A difference of two processes as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flowengine.language.process import Process, StepId


class Part(StrEnum):
    """Where something changed, in the order in which it is told."""

    HEAD = "head"
    STEP = "step"
    ROLE = "role"
    DEPARTMENT = "department"
    CALENDAR = "calendar"
    RECORD = "record"
    MESSAGE = "message"
    MEASURE = "measure"


class What(StrEnum):
    """What became of it."""

    ADDED = "added"
    REMOVED = "removed"
    #: Guessed: the same content under another id.
    RENAMED = "renamed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Edit:
    """One key that is not the same."""

    #: The field of the value: `sla`, `outcomes`.
    key: str
    #: Values as the language has them; None where there is none.
    old: object
    new: object
    #: Which of several: the outcome, the message, the field, the branch's rule.
    item: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing of a process that is not the same."""

    part: Part
    #: Its id, the new one where it was renamed; the process's name for the head.
    name: str
    what: What
    #: The id it had before, of what was renamed.
    before: str = ""
    #: What was changed on it; empty for what was added or removed.
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that is not the same, sorted by part and by name."""

    old: Process
    new: Process
    changes: tuple[Change, ...] = ()
    #: Steps that were renamed, by their old ids.
    renamed: Mapping[StepId, StepId] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing but comments, order and the version number changed."""
        return not self.changes
