"""What is happening to each order, and everything that a command reads."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    func,
    literal_column,
    text,
)

from flowengine.store.tables.columns import (
    NEVER,
    TEXT,
    case_id_key,
    element_key,
    metadata,
    partial,
)

process_version = Table(
    "process_version",
    metadata,
    Column("digest", TEXT, primary_key=True),
    Column("name", TEXT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", TEXT, nullable=False),
    #: Names of the places in the order of their bits: markings outlive compilers.
    Column("places", TEXT, nullable=False),
    #: Titles of process, steps and departments, for lists that need no net.
    Column("titles", TEXT, nullable=False),
    UniqueConstraint("name", "version"),
)

event = Table(
    "event",
    metadata,
    case_id_key(),
    Column("seq", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("by", TEXT, nullable=False),
    Column("body", TEXT, nullable=False),
    #: SHA-256 over the hash before it and this row.
    Column("hash", LargeBinary(32), nullable=False),
    partial(
        "event_hold",
        "case_id",
        "seq",
        where="kind IN ('CaseHeld', 'CaseResumed', 'CaseCancelled')",
    ),
    sqlite_with_rowid=False,
)

case_row = Table(
    "case_row",
    metadata,
    case_id_key(),
    Column("number", TEXT, nullable=False),
    Column("process", ForeignKey("process_version.digest"), nullable=False),
    Column("state", TEXT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("opened", BigInteger, nullable=False),
    Column("closed", BigInteger),
    Column("outcome", TEXT),
    Column("priority", Integer, nullable=False),
    Column("promised", BigInteger),
    Column("data", TEXT, nullable=False),
    #: Marking, open instances, arrivals, counts: what a command reads.
    Column("body", TEXT, nullable=False),
    #: Hash of the last event.
    Column("hash", LargeBinary(32), nullable=False),
    partial("case_row_open", "opened", where="closed IS NULL"),
    sqlite_with_rowid=False,
)

case_number = Table(
    "case_number",
    metadata,
    Column("number", TEXT, primary_key=True),
    Column("case_id", LargeBinary(16), nullable=False),
    #: The idempotency key it was opened with.
    Column("key", TEXT),
    sqlite_with_rowid=False,
)

case_key = Table(
    "case_key",
    metadata,
    Column("message", TEXT, primary_key=True),
    Column("value", TEXT, primary_key=True),
    case_id_key(),
    Index("case_key_case", "case_id"),
    sqlite_with_rowid=False,
)

task_row = Table(
    "task_row",
    metadata,
    case_id_key(),
    Column("step", TEXT, primary_key=True),
    element_key(),
    Column("visit", Integer, nullable=False),
    Column("process", TEXT, nullable=False),
    Column("number", TEXT, nullable=False),
    Column("role", TEXT, nullable=False),
    Column("department", TEXT),
    Column("state", TEXT, nullable=False),
    #: 1 while the case is held: not in the worklist.
    Column("held", Integer, nullable=False),
    Column("owner", TEXT),
    Column("enabled", BigInteger, nullable=False),
    Column("due", BigInteger),
    Column("priority", Integer, nullable=False),
    #: What tasks that may be claimed together have in common.
    Column("batch", TEXT),
    #: Of tasks that were claimed together.
    Column("group_id", TEXT),
    partial(
        "task_row_offered",
        "role",
        text("priority DESC"),
        func.coalesce(literal_column("due"), literal_column(str(NEVER))),
        "enabled",
        where="state = 'offered' AND held = 0",
    ),
    partial("task_row_owner", "owner", where="owner IS NOT NULL"),
    # All that is counted of a step, so that counting reads no row.
    Index(
        "task_row_step",
        "process",
        "step",
        "enabled",
        "department",
        "state",
        "held",
        "due",
    ),
    partial(
        "task_row_batch",
        "process",
        "step",
        "batch",
        where="batch IS NOT NULL AND state = 'offered' AND held = 0",
    ),
    sqlite_with_rowid=False,
)

timer = Table(
    "timer",
    metadata,
    case_id_key(),
    Column("step", TEXT, primary_key=True),
    element_key(),
    #: `timeout` ends the instance, `escalation` only tells somebody.
    Column("kind", TEXT, primary_key=True),
    Column("visit", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("held", Integer, nullable=False),
    partial("timer_due", "at", where="held = 0"),
    sqlite_with_rowid=False,
)

message_wait = Table(
    "message_wait",
    metadata,
    case_id_key(),
    Column("step", TEXT, primary_key=True),
    Column("message", TEXT, primary_key=True),
    sqlite_with_rowid=False,
)

incident = Table(
    "incident",
    metadata,
    case_id_key(),
    Column("step", TEXT, primary_key=True),
    Column("reason", TEXT, nullable=False),
    sqlite_with_rowid=False,
)

child = Table(
    "child",
    metadata,
    #: The case that called, at an open call.
    case_id_key(),
    Column("step", TEXT, primary_key=True),
    element_key(),
    Column("visit", Integer, nullable=False),
    Column("child_id", LargeBinary(16), nullable=False),
    sqlite_with_rowid=False,
)

gate_count = Table(
    "gate_count",
    metadata,
    #: Of all versions of a process.
    Column("process", TEXT, primary_key=True),
    Column("step", TEXT, primary_key=True),
    #: Cases that hold a place of the gate.
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

gate_wait = Table(
    "gate_wait",
    metadata,
    case_id_key(),
    Column("step", TEXT, primary_key=True),
    Column("visit", Integer, nullable=False),
    Column("process", TEXT, nullable=False),
    Column("number", TEXT, nullable=False),
    #: The gate's `first` as bytes that sort as the cases should leave.
    Column("rank", LargeBinary, nullable=False),
    Column("enabled", BigInteger, nullable=False),
    Column("held", Integer, nullable=False),
    partial(
        "gate_wait_turn",
        "process",
        "step",
        "rank",
        "enabled",
        "number",
        where="held = 0",
    ),
    sqlite_with_rowid=False,
)

reserved = Table(
    "reserved",
    metadata,
    case_id_key(),
    #: List and element, as `order.lines#1`.
    Column("line", TEXT, primary_key=True),
    Column("sku", TEXT, nullable=False),
    #: In millionths of a piece.
    Column("quantity", BigInteger, nullable=False),
    Index("reserved_sku", "sku"),
    sqlite_with_rowid=False,
)

idempotency = Table(
    "idempotency",
    metadata,
    case_id_key(),
    Column("key", TEXT, primary_key=True),
    #: The answer given: events from `first` to `last`; last < first is none.
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    sqlite_with_rowid=False,
)

case_private = Table(
    "case_private",
    metadata,
    case_id_key(),
    Column("field", TEXT, primary_key=True),
    Column("salt", LargeBinary(16), nullable=False),
    Column("value", TEXT, nullable=False),
    sqlite_with_rowid=False,
)
