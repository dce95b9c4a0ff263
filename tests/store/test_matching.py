"""A rule asked of the database picks the cases for which the compiled rule holds."""

from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    Text,
    create_engine,
    select,
)

from flowengine.language.position import NOWHERE
from flowengine.language.rules import Rule, Scope, compile_rule
from flowengine.language.types import DataType, Kind, Record
from flowengine.quantities import Instant
from flowengine.store.dialect import open_engine
from flowengine.store.json_text import to_json
from flowengine.store.matching import matching
from tests import servers

NOW = Instant(1_700_215_200_000_000)
YES_NO = DataType(Kind.YES_NO)
LINES = DataType(Kind.LIST, element=DataType(Kind.RECORD, record="line"), optional=True)
SCOPE = Scope(
    records={
        "order": Record(
            "order",
            {
                "total": DataType(Kind.MONEY, optional=True),
                "limit": DataType(Kind.MONEY, optional=True),
                "pieces": DataType(Kind.INTEGER, optional=True),
                "rate": DataType(Kind.NUMBER, optional=True),
                "country": DataType(Kind.COUNTRY, optional=True),
                "credit": DataType(Kind.ONE_OF, choices=("ok", "no"), optional=True),
                "urgent": DataType(Kind.YES_NO, optional=True),
                "until": DataType(Kind.TIME, optional=True),
                "tags": DataType(Kind.LIST, element=DataType(Kind.TEXT), optional=True),
                "lines": LINES,
            },
        ),
        "line": Record(
            "line",
            {
                "sku": DataType(Kind.TEXT),
                "price": DataType(Kind.MONEY, optional=True),
                "fragile": DataType(Kind.YES_NO),
                "lots": DataType(Kind.LIST, element=DataType(Kind.TEXT)),
            },
        ),
    },
    subject="order",
    currency="EUR",
    calendars={},
)
STORED = Table("stored", MetaData(), Column("number", Text), Column("data", Text))


def rule_of(text: str) -> Rule:
    """The rule that a text says."""
    rule = compile_rule(text, SCOPE, NOWHERE, YES_NO)
    assert isinstance(rule, Rule), (text, rule)
    return rule


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database with nothing but the table."""
    if request.param == "sqlite":
        engine = create_engine("sqlite://")
        STORED.metadata.create_all(engine)
        yield engine
    else:
        address = servers.new_address()
        servers.make(address)
        engine = open_engine(address, "OFF")
        STORED.metadata.create_all(engine)
        yield engine
        servers.drop(address)
    engine.dispose()


def found(
    database: Engine, orders: Sequence[Mapping[str, object]], rule: Rule
) -> list[int]:
    """The positions of the orders that SQL picks."""
    with database.connect() as connection:
        _store(connection, orders)
        query = select(STORED.c.number).where(
            matching(rule, STORED.c.data, NOW).condition
        )
        picked = [int(number) for (number,) in connection.execute(query)]
        connection.rollback()
    return sorted(picked)


def _store(connection: Connection, orders: Sequence[Mapping[str, object]]) -> None:
    if orders:
        rows = [
            {"number": str(number), "data": to_json({"order": order})}
            for number, order in enumerate(orders)
        ]
        connection.execute(STORED.insert(), rows)


MONEY = st.integers(-3, 3).map(lambda amount: amount * 10_000)
LINE = st.fixed_dictionaries(
    {
        "sku": st.sampled_from(["a", "b"]),
        "fragile": st.booleans(),
        "lots": st.lists(st.sampled_from(["x", "y"]), max_size=2),
    },
    optional={"price": MONEY},
)
ORDER = st.fixed_dictionaries(
    {},
    optional={
        "total": MONEY,
        "limit": MONEY,
        "pieces": st.integers(-2, 2),
        "rate": st.integers(-2_000_000, 2_000_000),
        "country": st.sampled_from(["LV", "EE"]),
        "credit": st.sampled_from(["ok", "no"]),
        "urgent": st.booleans(),
        "until": st.integers(NOW - 1, NOW + 1),
        "tags": st.lists(st.sampled_from(["red", "blue"]), max_size=2),
        "lines": st.lists(LINE, max_size=2),
    },
)
AMOUNTS = st.sampled_from(
    [
        "order.total",
        "order.limit",
        "1 EUR",
        "-1 EUR",
        "(order.total + order.limit)",
        "(order.total - 1 EUR)",
        "(order.total * order.pieces)",
        "-order.limit",
        "(order.total * order.rate)",
        "(order.total / 2)",
        "(sum of x.price for x in order.lines)",
        "(sum of x.price for x in order.lines where x.price is given)",
        "(lowest of x.price for x in order.lines)",
        "(highest of x.price for x in order.lines where x.fragile)",
        "lowest(order.total, order.limit)",
        "highest(order.total, order.limit, 0 EUR)",
    ]
)
RELATIONS = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
ATOMS = st.one_of(
    st.builds(lambda a, r, b: f"{a} {r} {b}", AMOUNTS, RELATIONS, AMOUNTS),
    st.builds(
        lambda a, n, b, c: f"{a} {n}between {b} and {c}",
        AMOUNTS,
        st.sampled_from(["", "not "]),
        AMOUNTS,
        AMOUNTS,
    ),
    st.builds(
        lambda a, b: f"{a} {b}", AMOUNTS, st.sampled_from(["is given", "is missing"])
    ),
    st.sampled_from(
        [
            "order.country == LV",
            "order.country != LV",
            "order.country in [LV, LT]",
            "order.country not in [LV, LT]",
            "order.total in [order.limit, 1 EUR]",
            "order.total not in [order.limit, 1 EUR]",
            "order.urgent",
            "order.urgent == no",
            "order.credit == ok",
            "order.credit is given",
            "order.lines is missing",
            "order.until <= now",
            '"red" in order.tags',
            '"red" not in order.tags',
            "count of order.lines > 1",
            "(count of x in order.lines where x.fragile) == 1",
            "(count of order.lines) is missing",
            "order.pieces + 1 > order.rate",
            "(any x in order.lines where x.price > 0 EUR)",
            "(all x in order.lines where x.price > 0 EUR)",
            '(any x in order.lines where "x" in x.lots and x.sku == "a")',
            "(any x in order.lines where x.price > order.total)",
            "(any x in order.lines where"
            " all y in order.lines where y.price <= x.price)",
        ]
    ),
)
RULES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(lambda a, b: f"({a} and {b})", inner, inner),
        st.builds(lambda a, b: f"({a} or {b})", inner, inner),
        st.builds(lambda a: f"not ({a})", inner),
    ),
    max_leaves=4,
)


@given(text=RULES, orders=st.lists(ORDER, max_size=6))
def test_sql_picks_the_orders_that_the_rule_holds_for(
    database: Engine, text: str, orders: list[dict[str, object]]
) -> None:
    rule = rule_of(text)

    holds = [
        number
        for number, order in enumerate(orders)
        if rule.evaluate({"order": order}, NOW) is True
    ]

    picked = found(database, orders, rule)
    if matching(rule, STORED.c.data, NOW).is_exact:
        assert picked == holds
    else:
        assert set(holds) <= set(picked)


@pytest.mark.parametrize(
    ("text", "is_exact"),
    [
        ("order.total > 5000 EUR and order.country not in [LV, EE]", True),
        ("any x in order.lines where x.price > 1 EUR", True),
        ("order.total / 2 > 1 EUR", False),
        ("order.total > 1 EUR and order.total * order.rate > 1 EUR", False),
    ],
)
def test_only_what_sql_counts_alike_is_asked_of_it_alone(
    text: str, is_exact: bool
) -> None:
    assert matching(rule_of(text), STORED.c.data, NOW).is_exact is is_exact


def test_a_part_that_sql_counts_in_another_way_leaves_the_other_parts_at_work(
    database: Engine,
) -> None:
    orders = [{"total": 10_000}, {"total": 90_000}]
    rule = rule_of("order.total > 5 EUR and order.total / 2 > 100 EUR")

    picked = found(database, orders, rule)

    assert picked == [1]
