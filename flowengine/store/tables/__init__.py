"""The tables: one metadata for every database.

Times are integer microseconds UTC, case ids 16 bytes, bodies JSON text without nulls.
`event` is what happened; all other case tables are derived from it, written in the
same transaction, and can be rebuilt from it.
"""

from flowengine.store.tables.cases import (
    case_key,
    case_number,
    case_private,
    case_row,
    child,
    event,
    gate_count,
    gate_wait,
    idempotency,
    incident,
    message_wait,
    process_version,
    reserved,
    task_row,
    timer,
)
from flowengine.store.tables.columns import NEVER, metadata
from flowengine.store.tables.facts import case_fact, feed, step_fact
from flowengine.store.tables.outside import inbox, outbox, worker
from flowengine.store.tables.people import account, away, role_of

__all__ = [
    "NEVER",
    "account",
    "away",
    "case_fact",
    "case_key",
    "case_number",
    "case_private",
    "case_row",
    "child",
    "event",
    "feed",
    "gate_count",
    "gate_wait",
    "idempotency",
    "inbox",
    "incident",
    "message_wait",
    "metadata",
    "outbox",
    "process_version",
    "reserved",
    "role_of",
    "step_fact",
    "task_row",
    "timer",
    "worker",
]
