"""The tables: one metadata for every database.

Times are integer microseconds UTC, case ids 16 bytes, bodies JSON text without nulls.
`event` is what happened; all other case tables are derived from it, written in the
same transaction, and can be rebuilt from it.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

#: A running number: SQLite gives AUTOINCREMENT only to a plain INTEGER key.
_running = BigInteger().with_variant(Integer, "sqlite")


def _case_id() -> Column[bytes]:
    return Column("case_id", LargeBinary(16), primary_key=True)


def _element() -> Column[str]:
    """The element of the step's `each` that an instance is for; "" for none."""
    return Column("element", Text, primary_key=True)


process_version = Table(
    "process_version",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    #: Names of the places in the order of their bits: markings outlive compilers.
    Column("places", Text, nullable=False),
    #: Titles of process, steps and departments, for lists that need no net.
    Column("titles", Text, nullable=False),
    UniqueConstraint("name", "version"),
)

event = Table(
    "event",
    metadata,
    _case_id(),
    Column("seq", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("body", Text, nullable=False),
    #: SHA-256 over the hash before it and this row.
    Column("hash", LargeBinary(32), nullable=False),
    Index(
        "event_hold",
        "case_id",
        "seq",
        sqlite_where=text("kind IN ('CaseHeld', 'CaseResumed', 'CaseCancelled')"),
    ),
    sqlite_with_rowid=False,
)

case_row = Table(
    "case_row",
    metadata,
    _case_id(),
    Column("number", Text, nullable=False),
    Column("process", ForeignKey("process_version.digest"), nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("opened", BigInteger, nullable=False),
    Column("closed", BigInteger),
    Column("outcome", Text),
    Column("priority", Integer, nullable=False),
    Column("promised", BigInteger),
    Column("data", Text, nullable=False),
    #: Marking, open instances, arrivals, counts: what a command reads.
    Column("body", Text, nullable=False),
    #: Hash of the last event.
    Column("hash", LargeBinary(32), nullable=False),
    Index("case_row_open", "opened", sqlite_where=text("closed IS NULL")),
    sqlite_with_rowid=False,
)

case_number = Table(
    "case_number",
    metadata,
    Column("number", Text, primary_key=True),
    Column("case_id", LargeBinary(16), nullable=False),
    #: The idempotency key it was opened with.
    Column("key", Text),
    sqlite_with_rowid=False,
)

case_key = Table(
    "case_key",
    metadata,
    Column("message", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    _case_id(),
    Index("case_key_case", "case_id"),
    sqlite_with_rowid=False,
)

task_row = Table(
    "task_row",
    metadata,
    _case_id(),
    Column("step", Text, primary_key=True),
    _element(),
    Column("visit", Integer, nullable=False),
    Column("process", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("department", Text),
    Column("state", Text, nullable=False),
    #: 1 while the case is held: not in the worklist.
    Column("held", Integer, nullable=False),
    Column("owner", Text),
    Column("enabled", BigInteger, nullable=False),
    Column("due", BigInteger),
    Column("priority", Integer, nullable=False),
    #: What tasks that may be claimed together have in common.
    Column("batch", Text),
    #: Of tasks that were claimed together.
    Column("group_id", Text),
    Index(
        "task_row_offered",
        "role",
        text("priority DESC"),
        "due",
        "enabled",
        sqlite_where=text("state = 'offered' AND held = 0"),
    ),
    Index("task_row_owner", "owner", sqlite_where=text("owner IS NOT NULL")),
    Index(
        "task_row_batch",
        "process",
        "step",
        "batch",
        sqlite_where=text("batch IS NOT NULL AND state = 'offered' AND held = 0"),
    ),
    sqlite_with_rowid=False,
)

timer = Table(
    "timer",
    metadata,
    _case_id(),
    Column("step", Text, primary_key=True),
    _element(),
    #: `timeout` ends the instance, `escalation` only tells somebody.
    Column("kind", Text, primary_key=True),
    Column("visit", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("held", Integer, nullable=False),
    Index("timer_due", "at", sqlite_where=text("held = 0")),
    sqlite_with_rowid=False,
)

message_wait = Table(
    "message_wait",
    metadata,
    _case_id(),
    Column("step", Text, primary_key=True),
    Column("message", Text, primary_key=True),
    sqlite_with_rowid=False,
)

incident = Table(
    "incident",
    metadata,
    _case_id(),
    Column("step", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    sqlite_with_rowid=False,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _running, primary_key=True, autoincrement=True),
    Column("case_id", LargeBinary(16), nullable=False),
    #: The event that it comes from.
    Column("seq", Integer, nullable=False),
    #: `child`, `child-closed`, `cancel`: for another case, which a worker tells.
    #: `notify`, `http`, `python`, `ship`: for the world outside.
    Column("kind", Text, nullable=False),
    #: Where the case waits for the answer; "" where it goes on without.
    Column("step", Text, nullable=False),
    #: Whoever receives it twice acts once by this key.
    Column("key", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    #: Why it could not be delivered; it is tried again by the next worker that starts.
    Column("failed", Text),
    Index("outbox_kind", "kind", "id"),
    Index("outbox_case", "case_id"),
    sqlite_autoincrement=True,
)

child = Table(
    "child",
    metadata,
    #: The case that called, at an open call.
    _case_id(),
    Column("step", Text, primary_key=True),
    _element(),
    Column("visit", Integer, nullable=False),
    Column("child_id", LargeBinary(16), nullable=False),
    sqlite_with_rowid=False,
)

gate_count = Table(
    "gate_count",
    metadata,
    #: Of all versions of a process.
    Column("process", Text, primary_key=True),
    Column("step", Text, primary_key=True),
    #: Cases that hold a place of the gate.
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

gate_wait = Table(
    "gate_wait",
    metadata,
    _case_id(),
    Column("step", Text, primary_key=True),
    Column("visit", Integer, nullable=False),
    Column("process", Text, nullable=False),
    Column("number", Text, nullable=False),
    #: The gate's `first` as bytes that sort as the cases should leave.
    Column("rank", LargeBinary, nullable=False),
    Column("enabled", BigInteger, nullable=False),
    Column("held", Integer, nullable=False),
    Index(
        "gate_wait_turn",
        "process",
        "step",
        "rank",
        "enabled",
        "number",
        sqlite_where=text("held = 0"),
    ),
    sqlite_with_rowid=False,
)

reserved = Table(
    "reserved",
    metadata,
    _case_id(),
    #: List and element, as `order.lines#1`.
    Column("line", Text, primary_key=True),
    Column("sku", Text, nullable=False),
    #: In millionths of a piece.
    Column("quantity", BigInteger, nullable=False),
    Index("reserved_sku", "sku"),
    sqlite_with_rowid=False,
)

step_fact = Table(
    "step_fact",
    metadata,
    Column("id", _running, primary_key=True, autoincrement=True),
    Column("case_id", LargeBinary(16), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("step", Text, nullable=False),
    Column("visit", Integer, nullable=False),
    Column("kind", Text, nullable=False),
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
    Column("role", Text),
    Column("department", Text),
    Column("who", Text),
    Column("outcome", Text),
    Column("due", BigInteger),
    Column("element", Text, server_default="", nullable=False),
    #: What the step costs beside hands: ten-thousandths of the currency unit.
    Column("expense", BigInteger),
    UniqueConstraint("case_id", "seq"),
    sqlite_autoincrement=True,
)

case_fact = Table(
    "case_fact",
    metadata,
    Column("id", _running, primary_key=True, autoincrement=True),
    Column("case_id", LargeBinary(16), nullable=False, unique=True),
    Column("number", Text, nullable=False),
    Column("process", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("opened", BigInteger, nullable=False),
    Column("closed", BigInteger, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("promised", BigInteger),
    Column("priority", Integer, nullable=False),
    #: `seq` of the entry whose end closed it.
    Column("last_seq", Integer),
    #: What the process declares under `measure`, JSON.
    Column("measures", Text, nullable=False),
    Index("case_fact_closed", "process", "closed"),
    sqlite_autoincrement=True,
)

idempotency = Table(
    "idempotency",
    metadata,
    _case_id(),
    Column("key", Text, primary_key=True),
    #: The answer given: events from `first` to `last`; last < first is none.
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    sqlite_with_rowid=False,
)

inbox = Table(
    "inbox",
    metadata,
    Column("key", Text, primary_key=True),
    Column("message", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("inbox_match", "message", "value"),
    sqlite_with_rowid=False,
)

case_private = Table(
    "case_private",
    metadata,
    _case_id(),
    Column("field", Text, primary_key=True),
    Column("salt", LargeBinary(16), nullable=False),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

account = Table("account", metadata, Column("name", Text, primary_key=True))

role_of = Table(
    "role_of",
    metadata,
    Column("name", ForeignKey("account.name"), primary_key=True),
    Column("role", Text, primary_key=True),
    sqlite_with_rowid=False,
)
