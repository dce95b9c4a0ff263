"""What a step, a role or the head may hold beside names: each one immutable value."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from flowengine.language.position import NOWHERE, Position

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowengine.language.rules import Rule


class StockVerb(StrEnum):
    """What a step does with stock."""

    RECEIVE = "receive"
    MOVE = "move"
    RESERVE = "reserve"
    RELEASE = "release"
    PICK = "pick"
    PACK = "pack"
    SHIP = "ship"
    RETURN = "return"
    RESTOCK = "restock"
    SCRAP = "scrap"
    ADJUST = "adjust"
    TRANSFORM = "transform"


@dataclass(frozen=True, slots=True)
class StockEffect:
    """`VERB LIST [from PLACE] [to PLACE]`: what happens to the goods of a list."""

    verb: StockVerb
    #: A list whose elements have `sku` and `quantity`; may begin with the name of the
    #: step's `each`.
    items: tuple[str, ...]
    source: str | None = None
    target: str | None = None
    at: Position = field(default=NOWHERE, compare=False)


class AutomationKind(StrEnum):
    """What an automation speaks to; the word it begins with in the file."""

    STOCK = "stock"
    SHIP = "ship"
    NOTIFY = "notify"
    HTTP = "http"
    PYTHON = "python"


@dataclass(frozen=True, slots=True)
class Automation:
    """What `do` and `undo` name."""

    kind: AutomationKind
    #: As it stands in the file.
    text: str
    #: The effect of kind STOCK.
    stock: StockEffect | None = None
    #: SHIP: the verb (`rate`); NOTIFY: a role, a department or a field by dotted path;
    #: HTTP: the address; PYTHON: the registered function.
    target: str = ""
    #: The method of HTTP.
    method: str = ""
    #: SHIP: the field it works on, if any.
    field: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """Another process, pinned; one case of it, or one per element with `each`."""

    process: str
    version: int
    #: Field of the child's record to the rule that gives it.
    gives: Mapping[str, Rule] = field(default_factory=dict)
    #: Field set when the child ends, to the path inside the child's record.
    takes: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    at: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Each:
    """`each: parcel in order.parcels where …`: one instance per element."""

    name: str
    items: tuple[str, ...]
    #: Reads the order and the element by its name.
    where: Rule | None = None


@dataclass(frozen=True, slots=True)
class Batching:
    """Tasks claimed together: at most `up_to`, alike in the fields `by`."""

    up_to: int
    by: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Escalation:
    """Whom to tell once a share of the SLA is used up."""

    #: Percent of the SLA's working time; may be over 100.
    share: int
    #: A role or a department.
    notify: str


@dataclass(frozen=True, slots=True)
class Expense:
    """What a step costs beside hands: ten-thousandths of the currency unit."""

    amount: int
    #: Counted per element of this list, else None.
    per: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Season:
    """Months with another number of people."""

    #: 1 is January.
    months: frozenset[int]
    people: int


@dataclass(frozen=True, slots=True)
class Lateness:
    """What a late order costs: ten-thousandths of the currency unit."""

    #: For each day of 24 hours or part of one.
    per_day: int = 0
    #: Once.
    penalty: int = 0
