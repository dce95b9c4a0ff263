"""What goes into compiling a rule, and what comes out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flowengine.calendars import WorkCalendar
from flowengine.language.position import NOWHERE, Position
from flowengine.language.rules.expressions import Expression
from flowengine.language.types import DataType, Record
from flowengine.quantities import Instant

#: The data of a case and the moment of the command, to a value; None is missing.
RuleFunction = Callable[[Mapping[str, object], Instant], object]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a rule may name."""

    #: Every record of `data`, by name.
    records: Mapping[str, Record]
    #: The record that moves through the process; paths begin with its name.
    subject: str
    currency: str
    calendars: Mapping[str, WorkCalendar]
    #: The head's calendar, for `business_days_between` of two moments alone.
    calendar: str | None = None
    #: More names that a path may begin with, such as the element of an `each`; each
    #: stands in the data beside the subject.
    variables: Mapping[str, DataType] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """One thing that is wrong, with its place in the rule's own text."""

    code: str
    #: Characters before it, and how many it covers.
    offset: int
    width: int
    message: str
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the file: its text as written, and what it was compiled to."""

    text: str
    type: DataType
    #: Every field it reads, as paths; of an element as the list's path and the field.
    reads: frozenset[tuple[str, ...]]
    expression: Expression = field(compare=False, repr=False)
    function: RuleFunction = field(compare=False, repr=False)
    at: Position = field(default=NOWHERE, compare=False)

    def evaluate(self, data: Mapping[str, object], now: Instant) -> object:
        """The rule's value in the units of its type, or None where it is missing.

        Never an error for data of the declared types. A rule of type yes/no holds
        where the value is True.
        """
        return self.function(data, now)
