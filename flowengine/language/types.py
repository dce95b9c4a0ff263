"""The types of order data, and the records a process declares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

#: The key under which an element of a list of records carries its id. The engine gives
#: ids; no file, rule or input can name one, and nobody is shown one.
ELEMENT_ID = "#"


class Kind(StrEnum):
    """What a value is; the right side is the word in the file."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    YES_NO = "yes/no"
    MONEY = "money"
    WEIGHT = "weight"
    LENGTH = "length"
    VOLUME = "volume"
    COUNTRY = "country"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    ONE_OF = "one of"
    LIST = "list of"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class DataType:
    """One type: a kind, and what that kind needs.

    In a case's data a value is plain JSON: str for text, country, date
    ("2026-06-19") and one of; bool for yes/no; int in the units of
    `flowengine.quantities` for the rest (time is an Instant); list and dict for list
    and record. A missing value is an absent key.
    """

    kind: Kind
    optional: bool = False
    #: The value lives in `case_private` only; the data holds a salted digest.
    personal: bool = False
    #: The values of ONE_OF.
    choices: tuple[str, ...] = ()
    #: The element of LIST.
    element: "DataType | None" = None
    #: The name of a RECORD.
    record: str | None = None
    #: The currency of MONEY where it is not the head's.
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A named group of fields."""

    name: str
    fields: Mapping[str, DataType] = field(default_factory=dict)
