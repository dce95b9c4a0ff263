"""What happened, for those who read: one row a finished step, order, transaction."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from flowengine.store.tables.columns import TEXT, metadata, running, transaction

step_fact = Table(
    "step_fact",
    metadata,
    Column("id", running, primary_key=True, autoincrement=True),
    Column("case_id", LargeBinary(16), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("step", TEXT, nullable=False),
    Column("visit", Integer, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("pred_seq", Integer),
    Column("enabled", BigInteger, nullable=False),
    Column("claimed", BigInteger),
    Column("started", BigInteger, nullable=False),
    Column("ended", BigInteger, nullable=False),
    Column("paused", BigInteger, nullable=False),
    #: Working time between started and ended, pauses out.
    Column("working", BigInteger, nullable=False),
    #: Ten-thousandths of the currency unit for that working time.
    Column("cost", BigInteger),
    Column("role", TEXT),
    Column("department", TEXT),
    Column("who", TEXT),
    Column("outcome", TEXT),
    Column("due", BigInteger),
    Column("element", TEXT, server_default="", nullable=False),
    #: What the step costs beside hands: ten-thousandths of the currency unit.
    Column("expense", BigInteger),
    transaction(),
    UniqueConstraint("case_id", "seq"),
    sqlite_autoincrement=True,
)

case_fact = Table(
    "case_fact",
    metadata,
    Column("id", running, primary_key=True, autoincrement=True),
    Column("case_id", LargeBinary(16), nullable=False, unique=True),
    Column("number", TEXT, nullable=False),
    Column("process", TEXT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("opened", BigInteger, nullable=False),
    Column("closed", BigInteger, nullable=False),
    Column("outcome", TEXT, nullable=False),
    Column("promised", BigInteger),
    Column("priority", Integer, nullable=False),
    #: `seq` of the entry whose end closed it.
    Column("last_seq", Integer),
    #: What the process declares under `measure`, JSON.
    Column("measures", TEXT, nullable=False),
    transaction(),
    Index("case_fact_closed", "process", "closed"),
    sqlite_autoincrement=True,
)

#: In which order readers follow what happened: one row a case and transaction.
feed = Table(
    "feed",
    metadata,
    Column("id", running, primary_key=True, autoincrement=True),
    transaction(),
    Column("case_id", LargeBinary(16), nullable=False),
    #: Its events from `first` to `last`.
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Index("feed_tx", "tx", "id").ddl_if(dialect="postgresql"),
    sqlite_autoincrement=True,
)
