"""Lengths of time: `4h`, `2 business days of office`, `1m to 8m mostly 3m`."""

import re

from flowengine.errors import InvalidInput
from flowengine.language.nodes import Node, TextNode
from flowengine.language.process import CalendarId, TimeSpan, WorkTime
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import Page, did_you_mean
from flowengine.language.reader.paths import Path, read_path
from flowengine.language.reader.places import piece_of, place_in
from flowengine.language.reader.values import read_text
from flowengine.language.types import Kind
from flowengine.quantities import Duration, parse_duration

_BUSINESS = re.compile(r"([0-9]{1,9}) +business +days?(?: +of +(\S+))?")
_DAYS = re.compile(r"([0-9.,]+) *(?:d|days?|w|weeks?)\b")
_LOOKS_LIKE_SPAN = re.compile(r"[0-9].*")
_PARTS = re.compile(r"(?P<times>.+?)(?: per (?P<per>\S+))?")
_TRIANGLE = re.compile(r"(.+?) to (.+?) mostly (.+)")


def looks_like_span(text: str) -> bool:
    """Whether a text is meant as a length of time: it starts with a digit."""
    return _LOOKS_LIKE_SPAN.fullmatch(text.strip()) is not None


def read_span(
    page: Page,
    names: Names,
    node: Node | None,
    what: str,
    *,
    working: bool = False,
    after: str = "",
) -> TimeSpan | None:
    """A length of time behind the prefix `after`.

    `working` time runs in somebody's hours, where a day could mean 24 hours or a
    shift: days without `business` are refused there.
    """
    text = read_text(page, node, what)
    if text is None or not isinstance(node, TextNode):
        return None
    written = text.removeprefix(after).strip()
    business = _BUSINESS.fullmatch(written)
    if business:
        return _business_days(page, names, node, business, text.index(written))
    days = _DAYS.search(written)
    if working and days:
        _tell_ambiguous(page, node, written, days[1])
        return None
    amount = _duration(page, node, written, what)
    return None if amount is None else TimeSpan(amount, at=node.at)


_WORK = "a work time such as `3m` or `1m to 8m mostly 3m`"


def read_work(page: Page, names: Names, node: Node | None) -> WorkTime | None:
    """How long hands need: one time, or a triangle, per element of a list or not."""
    text = read_text(page, node, _WORK)
    if text is None or not isinstance(node, TextNode):
        return None
    parts = _PARTS.fullmatch(" ".join(text.split()))
    times = parts["times"] if parts else text
    if days := _DAYS.search(times):
        _tell_ambiguous(page, node, days[0], days[1])
        return None
    per = parts["per"] if parts else None
    path = None if per is None else read_per(page, names, node, text.rindex(per), per)
    if per is not None and path is None:
        return None
    triangle = _TRIANGLE.fullmatch(times)
    if triangle is None:
        fixed = _duration(page, node, times, _WORK)
        return None if fixed is None else WorkTime(fixed, fixed, fixed, path)
    least, most, mode = (
        _duration(page, node, part, "a time such as `3m`") for part in triangle.groups()
    )
    if least is None or mode is None or most is None:
        return None
    if not least <= mode <= most:
        message = f"`{times}` is not in order"
        help_text = (
            "Write the shortest, the longest, and the most frequent between them."
        )
        page.error(node, "F127", message, help_text)
        return None
    return WorkTime(least, mode, most, path)


def read_per(
    page: Page, names: Names, node: TextNode, offset: int, per: str
) -> Path | None:
    """The list that stands behind `per`, `offset` characters into a value."""
    place = piece_of(node, page.text, offset, len(per))
    found = read_path(page, names, place, "a list of the order")
    if found is None:
        return None
    path, data_type = found
    if data_type.kind is Kind.LIST:
        return path
    help_text = "`per` counts the elements of a list."
    page.error(place, "F208", f"`{per}` is no list", help_text)
    return None


def _business_days(
    page: Page, names: Names, node: TextNode, found: re.Match[str], offset: int
) -> TimeSpan | None:
    days, calendar = int(found[1]), found[2]
    if not 0 < days < 10_000:
        message = f"expected 1 to 9,999 business days, but found {days}"
        page.error(node, "F125", message, "Write it as `2 business days`.")
        return None
    if calendar is None:
        return TimeSpan(days, business_days=True, at=node.at)
    known = names.written.get("calendars", {})
    if calendar not in known:
        at = place_in(node, page.text, offset + found.start(2), len(calendar))
        message = f"there is no calendar `{calendar}`"
        help_text = did_you_mean(calendar, known, "Write it under `calendars`.")
        page.error(at, "F205", message, help_text)
        return None
    names.used.add(("calendars", calendar))
    return TimeSpan(days, business_days=True, calendar=CalendarId(calendar), at=node.at)


def _duration(page: Page, node: TextNode, text: str, what: str) -> Duration | None:
    try:
        amount = parse_duration(text)
    except InvalidInput:
        amount = Duration(-1)
    if amount > 0:
        return amount
    at = place_in(node, page.text, max(0, node.value.find(text)), len(text))
    page.error(
        at,
        "F125",
        f"expected {what}, but found `{text}`",
        "Write a number and a unit: `90s`, `15m`, `4h`, `3 days`, `2 business days`.",
    )
    return None


def _tell_ambiguous(page: Page, node: TextNode, text: str, count: str) -> None:
    unit = "day" if count == "1" else "days"
    page.error(
        node,
        "F126",
        f"`{text}` is ambiguous where hours of work are counted: "
        "24 hours of work, or one day of the calendar?",
        f"Write `{count} business {unit}`, or the hours as in `8h`.",
    )
