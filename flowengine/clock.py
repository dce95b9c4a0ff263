"""The only reader of wall time."""

from collections.abc import Callable
from datetime import UTC, datetime

#: Gives the present moment, aware, in UTC. Tests and the demo pass one of their own.
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The machine's present moment, aware, in UTC."""
    return datetime.now(UTC)
