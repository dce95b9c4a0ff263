"""Numbers as people and spreadsheets write them, and which mark is the decimal one.

`12,50`, `1 234.5` and `1.234.567` can be read in one way only. `1.234` cannot: it is
1234 where points group digits and 1.234 where they part decimals. Such a cell is
decided by the others of its column, else by those of the whole file where all agree,
else not at all.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

_BLANK = " \u00a0\u2009\u202f'\u2019"
_SIGN = "+\\-\u2212"


class Mark(StrEnum):
    """A decimal mark."""

    POINT = "."
    COMMA = ","


def _pattern(decimal: str, grouping: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<sign>[{_SIGN}]?)"
        rf"(?P<whole>[1-9]\d{{0,2}}(?:(?P<group>[{grouping}{_BLANK}])\d{{3}}"
        rf"(?:(?P=group)\d{{3}})*)|\d+)"
        rf"(?:{re.escape(decimal)}(?P<part>\d+))?",
        re.ASCII,
    )


_PATTERNS = {
    Mark.POINT: _pattern(".", ","),
    Mark.COMMA: _pattern(",", "."),
}
#: A currency sign or code, a number, a unit; each may be absent but the number.
_PARTS = re.compile(
    rf"(?P<before>[^\d\s.,{_SIGN}]+)?\s*"
    rf"(?P<numeral>[{_SIGN}]?\d(?:[\d.,{_BLANK}]*\d)?)\s*"
    rf"(?P<after>[^\d\s.,{_SIGN}]\S*)?"
)


def parts(text: str) -> tuple[str, str] | None:
    """The number in `text` and the unit before or after it; None if it is not so."""
    match = _PARTS.fullmatch(text)
    if match is None or (match["before"] and match["after"]):
        return None
    return match["numeral"], match["before"] or match["after"] or ""


def readings(numeral: str, *, whole: bool = False) -> dict[Mark, str]:
    """What `numeral` says by each decimal mark, as plain digits with a point.

    Args:
        numeral: Digits with marks, as `parts` gives it.
        whole: Only a whole number makes sense, so a reading with decimals is none.
    """
    found = {}
    for mark, pattern in _PATTERNS.items():
        match = pattern.fullmatch(numeral)
        if match is None:
            continue
        part = match["part"] or ""
        if whole and part.strip("0"):
            continue
        sign = "-" if match["sign"] in {"-", "\u2212"} else ""
        digits = re.sub(r"\D", "", match["whole"])
        found[mark] = sign + digits + (f".{part}" if part and not whole else "")
    return found


def is_ambiguous(found: Mapping[Mark, str]) -> bool:
    """Whether the marks read one number as two."""
    return len(set(found.values())) > 1


def decimal_mark(columns: Iterable[Mapping[Mark, str]]) -> frozenset[Mark]:
    """The decimal marks that these readings prove: none, one, or both."""
    return frozenset(mark for found in columns if len(found) == 1 for mark in found)
