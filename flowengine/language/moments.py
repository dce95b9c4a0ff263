"""Dates and times as people write them: ISO, or day first as in Latvia."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from flowengine.errors import InvalidInput
from flowengine.quantities import Instant

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_YEAR_FIRST = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
_DAY_FIRST = r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})\.?"
_DAY = rf"(?:{_YEAR_FIRST}|{_DAY_FIRST})"
_SECONDS = r"(?::(?P<second>\d\d)(?:\.(?P<part>\d{1,6}))?)?"
_CLOCK = rf"(?P<hour>\d{{1,2}}):(?P<minute>\d\d){_SECONDS}"
_ZONE = r"(?P<zone>Z|[+\-]\d\d:?\d\d)?"
_DATE = re.compile(_DAY)
_TIME = re.compile(rf"{_DAY}(?:T|,?\s+){_CLOCK}\s?{_ZONE}")


def read_date(text: str) -> str:
    """A date, `2026-06-19` or `19.6.2026`, in its ISO form.

    Raises:
        InvalidInput: It is not a day of the calendar.
    """
    found = _DATE.fullmatch(text.strip())
    try:
        if found is not None:
            return _day(found).isoformat()
    except ValueError:
        pass
    raise InvalidInput(f"Expected a date such as 2026-06-19, but got {text!r:.60}.")


def read_time(text: str, zone: str) -> Instant:
    """A time, `2026-06-19T13:30` or `19.6.2026 13:30`, with a zone or in `zone`.

    Raises:
        InvalidInput: It is not a time, or the clocks of `zone` show it twice or never.
    """
    found = _TIME.fullmatch(text.strip())
    try:
        if found is not None:
            return _instant(found, text.strip(), zone)
    except (ValueError, OverflowError):
        pass
    raise InvalidInput(
        f"Expected a time such as 2026-06-19T13:30, but got {text!r:.60}."
    )


def _day(found: re.Match[str]) -> date:
    year, month, day = (
        found["year"] or found["y"],
        found["month"] or found["m"],
        found["day"] or found["d"],
    )
    return date(int(year), int(month), int(day))


def _instant(found: re.Match[str], text: str, zone: str) -> Instant:
    day = _day(found)
    written = datetime(
        day.year,
        day.month,
        day.day,
        int(found["hour"]),
        int(found["minute"]),
        int(found["second"] or 0),
        int((found["part"] or "0").ljust(6, "0")),
        tzinfo=UTC,
    )
    if found["zone"]:
        offset = datetime.strptime(found["zone"], "%z").utcoffset()
        return _since_epoch(written - (offset or timedelta()))
    local = written.replace(tzinfo=ZoneInfo(zone))
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise InvalidInput(
            f"Expected one moment, but the clocks of {zone} are changed at {text}: "
            "add the offset, as in 2026-10-25T03:30+02:00."
        )
    return _since_epoch(local)


def _since_epoch(at: datetime) -> Instant:
    return Instant((at - _EPOCH) // timedelta(microseconds=1))
