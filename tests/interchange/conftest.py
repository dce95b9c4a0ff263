"""A process whose orders have a field of every kind."""

import pytest

from flowengine.language.process import Process, StepId, Title
from flowengine.language.types import DataType, Kind, Record


@pytest.fixture(scope="session")
def process() -> Process:
    """Orders with lines, tags and perhaps an address."""
    order = {
        "number": DataType(Kind.TEXT),
        "customer": DataType(Kind.TEXT, personal=True),
        "total": DataType(Kind.MONEY),
        "placed": DataType(Kind.DATE),
        "promised_at": DataType(Kind.TIME, optional=True),
        "express": DataType(Kind.YES_NO, optional=True),
        "service": DataType(Kind.ONE_OF, choices=("standard", "same_day")),
        "priority": DataType(Kind.INTEGER, optional=True),
        "rate": DataType(Kind.NUMBER, optional=True),
        "country": DataType(Kind.COUNTRY, optional=True),
        "address": DataType(Kind.RECORD, optional=True, record="address"),
        "lines": DataType(Kind.LIST, element=DataType(Kind.RECORD, record="line")),
        "tags": DataType(Kind.LIST, element=DataType(Kind.TEXT)),
    }
    line = {
        "sku": DataType(Kind.TEXT),
        "quantity": DataType(Kind.INTEGER),
        "weight": DataType(Kind.WEIGHT, optional=True),
    }
    address = {
        "street": DataType(Kind.TEXT),
        "floor": DataType(Kind.INTEGER, optional=True),
    }
    return Process(
        name="sheet",
        version=1,
        title=Title("Sheet", "Lapa"),
        subject="order",
        number=("order", "number"),
        data={
            "order": Record("order", order),
            "line": Record("line", line),
            "address": Record("address", address),
        },
        steps={},
        start=StepId("first"),
    )
