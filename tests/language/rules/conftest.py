"""A small shop, as the scope of the rules under test."""

from collections.abc import Callable, Mapping

import pytest

from flowengine.calendars import WorkCalendar
from flowengine.language.position import NOWHERE
from flowengine.language.rules import Rule, RuleProblem, Scope, compile_rule
from flowengine.language.types import DataType, Kind, Record
from flowengine.quantities import Instant

#: Friday 2023-11-17, 12:00 in Riga.
NOON = Instant(1_700_215_200_000_000)

_OFFICE = WorkCalendar(
    frozenset(range(5)), ((540, 1080),), holidays="LV", zone="Europe/Riga"
)


def _list_of(record: str) -> DataType:
    return DataType(Kind.LIST, element=DataType(Kind.RECORD, record=record))


_RECORDS = (
    Record(
        "order",
        {
            "number": DataType(Kind.TEXT),
            "total": DataType(Kind.MONEY),
            "limit": DataType(Kind.MONEY, optional=True),
            "duty": DataType(Kind.MONEY, currency="SEK"),
            "country": DataType(Kind.COUNTRY),
            "customer": DataType(Kind.TEXT, personal=True),
            "credit": DataType(
                Kind.ONE_OF, optional=True, choices=("ok", "prepay", "missing")
            ),
            "weight": DataType(Kind.WEIGHT),
            "pieces": DataType(Kind.INTEGER),
            "rate": DataType(Kind.NUMBER),
            "placed_at": DataType(Kind.TIME),
            "wanted_on": DataType(Kind.DATE),
            "urgent": DataType(Kind.YES_NO),
            "lines": _list_of("line"),
            "parcels": _list_of("parcel"),
            "tags": DataType(Kind.LIST, element=DataType(Kind.TEXT)),
            "address": DataType(Kind.RECORD, record="address"),
            "contact": DataType(Kind.RECORD, record="address", personal=True),
        },
    ),
    Record(
        "line",
        {
            "sku": DataType(Kind.TEXT),
            "quantity": DataType(Kind.INTEGER),
            "price": DataType(Kind.MONEY),
        },
    ),
    Record(
        "parcel",
        {
            "weight": DataType(Kind.WEIGHT, optional=True),
            "damaged": DataType(Kind.YES_NO),
            "lines": _list_of("line"),
        },
    ),
    Record("address", {"country": DataType(Kind.COUNTRY)}),
)

SCOPE = Scope(
    records={record.name: record for record in _RECORDS},
    subject="order",
    currency="EUR",
    calendars={"office": _OFFICE, "two-shift": _OFFICE},
    calendar="office",
)

Evaluate = Callable[..., object]
Problems = Callable[..., tuple[RuleProblem, ...]]


def _compiled(text: str, expected: DataType | None = None) -> Rule:
    compiled = compile_rule(text, SCOPE, NOWHERE, expected)
    assert isinstance(compiled, Rule), compiled
    return compiled


@pytest.fixture(scope="session")
def compiled() -> Callable[..., Rule]:
    """The rule that a text says; fails where it says none."""
    return _compiled


@pytest.fixture(scope="session")
def evaluate() -> Evaluate:
    """A rule's value for the fields of an order, on a Friday noon."""

    def value(text: str, fields: Mapping[str, object] | None = None) -> object:
        return _compiled(text).evaluate({"order": fields or {}}, NOON)

    return value


@pytest.fixture(scope="session")
def problems() -> Problems:
    """All that is wrong with a text."""

    def wrong(text: str, expected: DataType | None = None) -> tuple[RuleProblem, ...]:
        found = compile_rule(text, SCOPE, NOWHERE, expected)
        assert not isinstance(found, Rule), f"{text} is a rule"
        return found

    return wrong
