"""What the tables share: their one metadata, and columns that come again."""

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    TextClause,
    event,
    text,
)

from flowengine.store.dialect import POSTGRESQL, TransactionNumber, current_transaction

metadata = MetaData()

#: A running number: SQLite gives AUTOINCREMENT only to a plain INTEGER key.
running = BigInteger().with_variant(Integer, "sqlite")
#: Text that is compared and sorted byte by byte, as SQLite does.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")
#: Where an index keeps its condition.
_WHERE = "where"
#: Sorts after every due time: what has none comes last.
NEVER = 2**62


def partial(
    name: str, *columns: str | ColumnElement[object] | TextClause, where: str
) -> Index:
    """An index over the rows of a condition only, on every database."""
    return Index(name, *columns, sqlite_where=text(where), info={_WHERE: where})


@event.listens_for(metadata, "before_create")
def _say_conditions(found: MetaData, connection: Connection, **_: object) -> None:
    """Give partial indexes their condition where PostgreSQL makes them.

    Saying it as they are written would load that dialect at every start.
    """
    if connection.dialect.name != POSTGRESQL:
        return
    for table in found.tables.values():
        for index in table.indexes:
            if _WHERE in index.info:
                condition = text(index.info[_WHERE])
                index.dialect_options[POSTGRESQL]["where"] = condition


def transaction() -> Column[int]:
    """By which transaction a row came, where one can be read before an earlier one."""
    return Column("tx", TransactionNumber(), server_default=current_transaction())


def case_id_key() -> Column[bytes]:
    """The order that a row belongs to."""
    return Column("case_id", LargeBinary(16), primary_key=True)


def element_key() -> Column[str]:
    """The element of the step's `each` that an instance is for; "" for none."""
    return Column("element", TEXT, primary_key=True)
