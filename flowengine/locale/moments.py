"""Moments as people read them, in a time zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flowengine.quantities import Instant

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
]


def instant_text(at: Instant, zone: str, lang: str) -> str:
    """A moment to the minute: `19 Jun 2026 13:30`, Latvian `19.06.2026. 13:30`."""
    local = _local(at, zone)
    return f"{date_text(at, zone, lang)} {local:%H:%M}"


def date_text(at: Instant, zone: str, lang: str) -> str:
    """The day of a moment: `19 Jun 2026`, Latvian `19.06.2026.`."""
    local = _local(at, zone)
    if lang == "lv":
        return f"{local.day}.{local.month:02}.{local.year}."
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def _local(at: Instant, zone: str) -> datetime:
    return (_EPOCH + timedelta(microseconds=at)).astimezone(ZoneInfo(zone))
