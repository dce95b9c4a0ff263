"""What goes out, what comes in, and the workers that see to it."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table

from flowengine.store.tables.columns import TEXT, metadata, running

outbox = Table(
    "outbox",
    metadata,
    Column("id", running, primary_key=True, autoincrement=True),
    Column("case_id", LargeBinary(16), nullable=False),
    #: The event that it comes from.
    Column("seq", Integer, nullable=False),
    #: `child`, `child-closed`, `cancel`: for another case, which a worker tells.
    #: `notify`, `http`, `python`, `ship`: for the world outside.
    Column("kind", TEXT, nullable=False),
    #: Where the case waits for the answer; "" where it goes on without.
    Column("step", TEXT, nullable=False),
    #: Whoever receives it twice acts once by this key.
    Column("key", TEXT, nullable=False, unique=True),
    Column("body", TEXT, nullable=False),
    Column("at", BigInteger, nullable=False),
    #: Why it could not be delivered so far.
    Column("failed", TEXT),
    #: How often it has been tried.
    Column("attempts", Integer, nullable=False, server_default="0"),
    #: When to try it next; 0 is at once, NEVER where it was given up.
    Column("due", BigInteger, nullable=False, server_default="0"),
    #: Until when the worker that took it has it for itself, and which worker that is.
    Column("lease_until", BigInteger),
    Column("leased_by", TEXT),
    #: How often it was taken: the answer of a worker that was too slow is refused.
    Column("fence", Integer, nullable=False, server_default="0"),
    Index("outbox_due", "kind", "due", "id"),
    Index("outbox_case", "case_id"),
    sqlite_autoincrement=True,
)

inbox = Table(
    "inbox",
    metadata,
    Column("key", TEXT, primary_key=True),
    Column("message", TEXT, nullable=False),
    Column("value", TEXT, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by", TEXT, nullable=False),
    Column("body", TEXT, nullable=False),
    Index("inbox_match", "message", "value"),
    sqlite_with_rowid=False,
)

#: Workers that run, or did: each says again and again that it is there.
worker = Table(
    "worker",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("host", TEXT, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("started", BigInteger, nullable=False),
    #: When it last said so.
    Column("seen", BigInteger, nullable=False),
    #: What it has in hand; "" for nothing.
    Column("doing", TEXT, nullable=False),
    sqlite_with_rowid=False,
)
