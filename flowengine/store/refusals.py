"""The databases' own errors in our words.

SQLite is known by what it says, PostgreSQL by the code of its error, and by what it
says where nobody could be connected.
"""

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from flowengine.errors import ConcurrentChange, FlowError, StoreMissing, StoreRefused

#: Tables in which two who write at once meet: the later one begins anew.
_MET = frozenset(
    {
        "account",
        "case_number",
        "case_row",
        "event",
        "idempotency",
        "inbox",
        "process_version",
        "role_of",
    }
)
_NOT_UNIQUE = "23505"


def refusal(address: str, error: BaseException) -> FlowError:
    """Our error for one of a database's."""
    said = " ".join(str(error).split())
    shown = shown_address(address)
    code = getattr(error, "sqlstate", None)
    if (code == _NOT_UNIQUE and _table_of(error) in _MET) or code in _OVERTAKEN:
        return ConcurrentChange(
            "Expected what is changed to stand still, but somebody else has moved it: "
            "look at it again."
        )
    if code in _NOT_THERE or any(sign in said for sign in _NO_TABLE):
        return StoreMissing(
            f"Expected a flowengine database at {shown}, but its tables are not "
            "there: make it with `flowengine db init`."
        )
    text = _CODES.get(code or "") or _CODES.get((code or "")[:2])
    if text is None:
        text = next((text for sign, text in _SIGNS if sign in said), None)
    if text is None and type(error).__name__ == "OperationalError" and code is None:
        text = _LOST if _has_spoken(error) else _SILENT
    if text is None:
        return StoreRefused(
            f"Expected database {shown} to answer, but it said: {said}."
        )
    kind = StoreMissing if text is _NO_SUCH else StoreRefused
    return kind(text.format(address=shown))


def missing(address: str) -> StoreMissing:
    """The error for an address where no database is."""
    return StoreMissing(
        f"Expected a flowengine database at {shown_address(address)}, but there is "
        "none: make it with `flowengine db init`."
    )


def closed(address: str) -> StoreRefused:
    """The error for whoever comes after the end."""
    return StoreRefused(
        f"Expected {shown_address(address)} to be open, but this engine has been "
        "closed; nothing was changed: open another one."
    )


def shown_address(address: str) -> str:
    """An address as it may be shown: without its password."""
    if "://" not in address:
        return address
    try:
        return make_url(address).render_as_string(hide_password=True)
    except ArgumentError:
        return address


def _table_of(error: BaseException) -> str:
    return getattr(getattr(error, "diag", None), "table_name", None) or ""


def _has_spoken(error: BaseException) -> bool:
    """Whether a connection was there before it was lost."""
    return not any(sign in str(error) for sign in _CONNECTING)


#: What is said where no connection could be made.
_CONNECTING = (
    "connection failed",
    "connection to server",
    "connection timeout",
    "resolve host",
)
#: Serialization failure, deadlock.
_OVERTAKEN = frozenset({"40001", "40P01"})
#: An undefined table.
_NOT_THERE = frozenset({"42P01"})
_NO_TABLE = ("no such table",)

_READ_ONLY = (
    "Expected to write to {address}, but it is read-only; nothing was changed: "
    "allow writing to it."
)
_FULL = (
    "Expected room for {address}, but the disk is full; nothing was changed: "
    "make room, then say it again."
)
_BUSY = (
    "Expected {address} to be free within half a minute, but another process "
    "holds it; nothing was changed: say it again."
)
_LOST = (
    "Expected {address} to answer, but the connection was lost: say it again; nothing "
    "of it was done, or all of it: the same key tells."
)
_SILENT = (
    "Expected a server at {address}, but none answers: see whether it runs, and "
    "whether host and port are right."
)
_NO_SUCH = (
    "Expected a database at {address}, but the server has none of that name: make an "
    "empty one with `createdb`, then `flowengine db init`."
)
_NOT_LET_IN = (
    "Expected to be let in at {address}, but the server refused: see user and password."
)

#: By the code of an error, or its first two letters.
_CODES = {
    "08": _LOST,
    "22021": (
        "Expected text that {address} can hold, but one has a character that is none "
        "(a zero byte); nothing was changed: take it out."
    ),
    "25006": _READ_ONLY,
    "28": _NOT_LET_IN,
    "3D000": _NO_SUCH,
    "42501": (
        "Expected to be allowed to use the tables of {address}, but this user is not; "
        "nothing was changed: grant it, or name another user."
    ),
    "53100": _FULL,
    "53300": (
        "Expected a connection to {address}, but the server has no more of them: say "
        "it again, or raise its max_connections."
    ),
    "55P03": _BUSY,
    "57014": _BUSY,
    "57P": _LOST,
    "57P01": _LOST,
    "57P02": _LOST,
    "57P03": _LOST,
}

#: By what is said.
_SIGNS = (
    (
        "readonly database",
        "Expected to write to {address}, but it is read-only; nothing was changed: "
        "allow writing to the file and its folder.",
    ),
    ("disk is full", _FULL),
    (
        "disk I/O error",
        "Expected to write to {address}, but the disk refused; nothing was changed: "
        "see whether there is room and the file may grow.",
    ),
    ("database is locked", _BUSY),
    (
        "unable to open",
        "Expected to open {address}, but that is not possible: see whether its folder "
        "is there and may be read.",
    ),
    (
        "not a database",
        "Expected a flowengine database at {address}, but the file is something else.",
    ),
    (
        "malformed",
        "Expected a whole database at {address}, but the file is damaged: "
        "take the last backup.",
    ),
    ("does not exist", _NO_SUCH),
    ("authentication failed", _NOT_LET_IN),
    ("no password supplied", _NOT_LET_IN),
    (
        "cannot contain NUL",
        "Expected text that {address} can hold, but one has a "
        "zero byte; nothing was changed: take it out.",
    ),
)
