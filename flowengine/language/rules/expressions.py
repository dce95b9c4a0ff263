"""A rule as a typed tree: what the typing makes of the text and the compiler reads.

Every node has the `type` of its value. Names are resolved, literals are canonical
integers, and numbers are on the scale that their operator needs, so that whoever reads
the tree (the compiler, later SQL) knows nothing of units.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from flowengine.calendars import WorkCalendar
from flowengine.language.types import DataType, Kind

YES_NO = DataType(Kind.YES_NO)
INTEGER = DataType(Kind.INTEGER)
NUMBER = DataType(Kind.NUMBER)
TIME = DataType(Kind.TIME)
DURATION = DataType(Kind.DURATION)


class Operator(StrEnum):
    """What stands between two amounts."""

    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    OVER = "/"


class Relation(StrEnum):
    """What a comparison asks."""

    EQUAL = "=="
    UNEQUAL = "!="
    LESS = "<"
    LESS_OR_EQUAL = "<="
    MORE = ">"
    MORE_OR_EQUAL = ">="


class Junction(StrEnum):
    """What joins conditions."""

    AND = "and"
    OR = "or"


class Fold(StrEnum):
    """What many values become."""

    SUM = "sum"
    LOWEST = "lowest"
    HIGHEST = "highest"


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that stands in the text."""

    type: DataType
    value: bool | int | str


@dataclass(frozen=True, slots=True)
class Field:
    """A field: of the process's subject, or of an element named by a quantifier.

    `path` starts with the subject or the element's name; with nothing after that it
    is the element itself.
    """

    type: DataType
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Now:
    """The moment of the command that asks."""

    type: DataType = TIME


@dataclass(frozen=True, slots=True)
class Scaled:
    """A whole number on the scale of plain numbers: `value * by`."""

    type: DataType
    operand: "Expression"
    by: int


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus the operand."""

    type: DataType
    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two amounts; missing where one is, or where the divisor is 0.

    `left * right / over` and `left * times / right` are rounded half to even; `times`
    and `over` set the scale of the result.
    """

    type: DataType
    operator: Operator
    left: "Expression"
    right: "Expression"
    times: int = 1
    over: int = 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values of one type; false where one is missing."""

    relation: Relation
    left: "Expression"
    right: "Expression"
    type: DataType = YES_NO


@dataclass(frozen=True, slots=True)
class Membership:
    """Whether a value is one of `members`.

    False where the value is missing, and under `not in` also where a member is.
    """

    operand: "Expression"
    members: "tuple[Expression, ...]"
    negated: bool
    type: DataType = YES_NO


@dataclass(frozen=True, slots=True)
class Contained:
    """Whether a value stands in a list field; false where one is missing."""

    operand: "Expression"
    list: Field
    negated: bool
    type: DataType = YES_NO


@dataclass(frozen=True, slots=True)
class Between:
    """Whether a value lies between two, both included; false where one is missing."""

    operand: "Expression"
    low: "Expression"
    high: "Expression"
    negated: bool
    type: DataType = YES_NO


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether a value is given, or is missing."""

    operand: "Expression"
    given: bool
    type: DataType = YES_NO


@dataclass(frozen=True, slots=True)
class Negation:
    """`not`: true where the operand is not true."""

    operand: "Expression"
    type: DataType = YES_NO


@dataclass(frozen=True, slots=True)
class Joined:
    """Conditions joined by `and` or by `or`."""

    junction: Junction
    parts: "tuple[Expression, ...]"
    type: DataType = YES_NO


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of a list that a condition holds for, under a name."""

    variable: str
    list: Field
    where: "Expression | None" = None


@dataclass(frozen=True, slots=True)
class Quantifier:
    """`any` or `all` of a list (all of nothing is true); false if it is missing."""

    every: bool
    elements: Elements
    type: DataType = YES_NO


@dataclass(frozen=True, slots=True)
class Count:
    """How many elements; missing where the list is."""

    elements: Elements
    type: DataType = INTEGER


@dataclass(frozen=True, slots=True)
class Folded:
    """Sum, lowest or highest over a list; missing where the list or one value is.

    The sum of nothing is 0, the lowest and the highest of nothing are missing.
    """

    type: DataType
    fold: Fold
    body: "Expression"
    elements: Elements


@dataclass(frozen=True, slots=True)
class Extreme:
    """The lowest or highest of values that stand in the text; missing where one is."""

    type: DataType
    fold: Fold
    operands: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class BusinessDays:
    """Business days after the first moment's day, up to the second's."""

    start: "Expression"
    end: "Expression"
    calendar: WorkCalendar
    type: DataType = INTEGER


Expression: TypeAlias = (
    Constant
    | Field
    | Now
    | Scaled
    | Negative
    | Arithmetic
    | Comparison
    | Membership
    | Contained
    | Between
    | Presence
    | Negation
    | Joined
    | Quantifier
    | Count
    | Folded
    | Extreme
    | BusinessDays
)
