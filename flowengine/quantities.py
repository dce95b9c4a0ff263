"""Exact quantities: every one is a whole number of a small unit.

Money is in ten-thousandths of the currency unit, weight in milligrams, length in
micrometres, volume in cubic millimetres, time in microseconds, and plain numbers in
millionths. So arithmetic and comparison are exact, and the same integers stand in
JSON and in SQL.
"""

from typing import NewType

#: A moment: microseconds since 1970-01-01T00:00 UTC.
Instant = NewType("Instant", int)
#: A length of time in microseconds.
Duration = NewType("Duration", int)

SECOND = Duration(1_000_000)
MINUTE = Duration(60 * SECOND)
HOUR = Duration(60 * MINUTE)
DAY = Duration(24 * HOUR)
