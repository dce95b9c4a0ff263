"""Calendars, departments and roles."""

import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flowengine.calendars import WorkCalendar
from flowengine.language.countries import COUNTRIES
from flowengine.language.nodes import Node, TextNode
from flowengine.language.parts import Season
from flowengine.language.process import (
    CalendarId,
    Department,
    DepartmentId,
    Role,
    RoleId,
)
from flowengine.language.reader.fields import Fields, entries_of, fields_of, shortened
from flowengine.language.reader.money import read_rate
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import Page
from flowengine.language.reader.values import (
    read_about,
    read_id,
    read_items,
    read_text,
    read_title,
    read_whole_number,
)

MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(
    r"([01]?[0-9]|2[0-4]):([0-5][0-9])\s*-\s*([01]?[0-9]|2[0-4]):([0-5][0-9])"
)
_DAY_MINUTES = 24 * 60

CALENDAR_KEYS = ("days", "hours", "zone", "holidays", "transferred_days")
DEPARTMENT_KEYS = ("title", "about")
ROLE_KEYS = (
    "department",
    "people",
    "calendar",
    "external",
    "cost",
    "season",
    "title",
    "about",
)


def read_calendars(page: Page, node: Node | None) -> Mapping[CalendarId, WorkCalendar]:
    """All calendars; one that cannot be read is left out."""
    calendars = {}
    example = "office: {days: mon-fri, hours: 09:00-18:00, zone: Europe/Riga}"
    for key, value in entries_of(page, node, "`calendars`", example):
        name = read_id(page, key, "the name of a calendar")
        owner = f"calendar `{key.value}`"
        fields = fields_of(page, value, owner, key.at, CALENDAR_KEYS)
        calendar = _read_calendar(fields) if fields.entries else None
        if name and calendar:
            calendars[CalendarId(name)] = calendar
    return calendars


def read_departments(
    page: Page, node: Node | None
) -> Mapping[DepartmentId, Department]:
    """All departments; `sales:` with nothing behind it has its title from the id."""
    departments = {}
    for key, value in entries_of(page, node, "`departments`", "sales: {title: Sales}"):
        name = read_id(page, key, "the name of a department")
        bare = isinstance(value, TextNode) and value.is_empty
        owner = f"department `{key.value}`"
        fields = fields_of(
            page, None if bare else value, owner, key.at, DEPARTMENT_KEYS
        )
        if name:
            title = read_title(page, fields.get("title"), name)
            about = read_about(page, fields.get("about"))
            departments[DepartmentId(name)] = Department(
                DepartmentId(name), title, about, key.at
            )
    return departments


def read_roles(page: Page, names: Names, node: Node | None) -> Mapping[RoleId, Role]:
    """All roles; one that cannot be read is left out."""
    roles = {}
    for key, value in entries_of(
        page, node, "`roles`", "clerk: {department: sales, people: 3}"
    ):
        name = read_id(page, key, "the name of a role")
        owner = f"role `{key.value}`"
        fields = fields_of(page, value, owner, key.at, ROLE_KEYS)
        role = _read_role(fields, names, name or key.value) if fields.entries else None
        if name and role:
            roles[RoleId(name)] = role
    return roles


def _read_role(fields: Fields, names: Names, name: str) -> Role | None:
    page = fields.page
    department_node = fields.required("department", "sales")
    department = names.department(department_node) if department_node else None
    people = read_whole_number(page, fields.get("people"), "`people`", 0)
    calendar_node = fields.get("calendar")
    calendar = names.calendar(calendar_node) if calendar_node else None
    if department is None:
        return None
    return Role(
        id=RoleId(name),
        title=read_title(page, fields.get("title"), name),
        department=department,
        people=1 if people is None else people,
        calendar=calendar,
        external=_read_yes_no(page, fields.get("external"), without=False),
        cost=read_rate(page, names, fields.get("cost")),
        seasons=_read_seasons(fields),
        about=read_about(page, fields.get("about")),
        at=fields.at,
    )


def _read_seasons(fields: Fields) -> tuple[Season, ...]:
    """Months with another number of people: `{nov-dec: 14, jul: 5}`."""
    page = fields.page
    seasons: list[Season] = []
    owner = f"`season` of {fields.owner}"
    for key, value in entries_of(page, fields.get("season"), owner, "nov-dec: 14"):
        months = _read_months(page, key)
        people = read_whole_number(page, value, "a number of people", 0)
        twice = [one for one in seasons if one.months & months]
        if twice:
            message = f"`{key.value}` has a month that another line has too"
            page.error(key, "F149", message, "Each month can have one number only.")
        elif months and people is not None:
            seasons.append(Season(months, people))
    return tuple(seasons)


def _read_months(page: Page, node: TextNode) -> frozenset[int]:
    first, _, last = node.value.lower().replace(" ", "").partition("-")
    if first in MONTHS and (last or first) in MONTHS:
        start, end = MONTHS.index(first), MONTHS.index(last or first)
        more = range((end - start) % 12 + 1)
        return frozenset((start + month) % 12 + 1 for month in more)
    message = f"`{shortened(node.value)}` is no month or span of months"
    help_text = f"The months are {', '.join(MONTHS)}; write `nov-dec`."
    page.error(node, "F149", message, help_text)
    return frozenset()


def _read_calendar(fields: Fields) -> WorkCalendar | None:
    page = fields.page
    days = _read_days(page, fields.required("days", "mon-fri"))
    hours = _read_hours(page, fields.required("hours", '"09:00-18:00"'))
    zone = _read_zone(page, fields.required("zone", "Europe/Riga"))
    holidays = _read_holidays(page, fields.get("holidays"))
    transferred = _read_yes_no(page, fields.get("transferred_days"), without=True)
    if not days or not hours or not zone:
        return None
    try:
        return WorkCalendar(days, hours, holidays, zone, transferred)
    except ValueError:
        page.error(
            fields["hours"],
            "F129",
            "these hours overlap, or are not in the order of the day",
            "Write them from morning to evening; a night shift ends on the next day.",
        )
        return None


def _read_days(page: Page, node: Node | None) -> frozenset[int]:
    days: set[int] = set()
    for item in read_items(node):
        text = read_text(page, item, "days such as `mon-fri`") or ""
        for part in filter(None, text.lower().replace(" ", "").split(",")):
            first, _, last = part.partition("-")
            if first not in WEEKDAYS or (last or first) not in WEEKDAYS:
                help_text = f"The days are {', '.join(WEEKDAYS)}; write `mon-fri`."
                page.error(
                    item, "F129", f"`{part}` is no day or span of days", help_text
                )
                return frozenset()
            start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
            days.update((start + more) % 7 for more in range((end - start) % 7 + 1))
    return frozenset(days)


def _read_hours(page: Page, node: Node | None) -> tuple[tuple[int, int], ...]:
    spans = []
    for item in read_items(node):
        text = read_text(page, item, 'hours such as "09:00-18:00"') or ""
        for part in filter(None, text.split(",")):
            found = _HOURS.fullmatch(part.strip())
            start = int(found[1]) * 60 + int(found[2]) if found else _DAY_MINUTES
            end = int(found[3]) * 60 + int(found[4]) if found else 0
            if start >= _DAY_MINUTES or end > _DAY_MINUTES or start == end:
                message = f"expected hours, but found `{part.strip()}`"
                help_text = 'Write them as "09:00-18:00"; a list for several spans.'
                page.error(item, "F129", message, help_text)
                return ()
            spans.append((start, end if end > start else end + _DAY_MINUTES))
    return tuple(spans)


def _read_zone(page: Page, node: Node | None) -> str | None:
    text = read_text(page, node, "a time zone such as `Europe/Riga`")
    if text is None or node is None:
        return None
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        help_text = "Write it as in `Europe/Riga`."
        page.error(node, "F129", f"there is no time zone `{text}`", help_text)
        return None
    return text


def _read_holidays(page: Page, node: Node | None) -> str | None:
    text = read_text(page, node, "a country such as `LV`")
    if text is None or node is None:
        return None
    if text in COUNTRIES:  # all have known holidays; asking the library takes 100 ms
        return text
    message = f"the public holidays of `{text}` are not known"
    page.error(node, "F129", message, "Write the country by its two letters: `LV`.")
    return None


def _read_yes_no(page: Page, node: Node | None, *, without: bool) -> bool:
    """`without` is the answer where nothing is written."""
    text = read_text(page, node, "`yes` or `no`")
    if text in ("yes", "no"):
        return text == "yes"
    if node is not None and text is not None:
        message = f"expected `yes` or `no`, but found `{shortened(text)}`"
        page.error(node, "F123", message, "Write `yes` or `no`.")
    return without
