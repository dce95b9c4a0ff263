"""What the names of a file stand for, and which of them were used."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from flowengine.calendars import WorkCalendar
from flowengine.language.nodes import Node, TextNode
from flowengine.language.process import CANCEL, CalendarId, DepartmentId, RoleId, StepId
from flowengine.language.reader.page import Page, did_you_mean, listed, near_miss
from flowengine.language.reader.values import read_text
from flowengine.language.types import Record


@dataclass(slots=True)
class Names:
    """The names a file defines; looking one up marks it as used."""

    page: Page
    #: All ids as they stand in the file, also of those with problems of their own.
    written: Mapping[str, Mapping[str, TextNode]]
    subject: str = ""
    #: The field people call an order by; empty where it is not known.
    number: tuple[str, ...] = ()
    currency: str = "EUR"
    records: Mapping[str, Record] = field(default_factory=dict)
    calendars: Mapping[CalendarId, WorkCalendar] = field(default_factory=dict)
    #: The head's calendar, where rules count business days that name none.
    head_calendar: CalendarId | None = None
    #: (kind, name) of what some other part of the file names.
    used: set[tuple[str, str]] = field(default_factory=set)
    #: Fields whose type could not be read: nothing more is told about them.
    unreadable: frozenset[str] = frozenset()

    def is_unknowable(self, group: str) -> bool:
        """Whether what is used of a group cannot be known because of other problems."""
        return group == "data" and (not self.subject or bool(self.unreadable))

    def target(self, node: Node | None) -> StepId | None:
        """The step an arrow leads to, or the reserved target `cancel`."""
        if isinstance(node, TextNode) and node.value == CANCEL:
            return CANCEL
        return self.step(node)

    def step(self, node: Node | None) -> StepId | None:
        """A step of the process."""
        name = self._look_up(node, "steps", "step", "F202")
        return None if name is None else StepId(name)

    def role(self, node: Node | None) -> RoleId | None:
        """The role a step names."""
        name = self._look_up(node, "roles", "role", "F203")
        return None if name is None else RoleId(name)

    def department(self, node: Node | None) -> DepartmentId | None:
        """The department a role or a step names."""
        name = self._look_up(node, "departments", "department", "F204")
        return None if name is None else DepartmentId(name)

    def calendar(self, node: Node | None) -> CalendarId | None:
        """The calendar a role, a time or the head names."""
        name = self._look_up(node, "calendars", "calendar", "F205")
        return None if name is None else CalendarId(name)

    def _look_up(
        self, node: Node | None, group: str, kind: str, code: str
    ) -> str | None:
        name = read_text(self.page, node, f"the name of a {kind}")
        if name is None or node is None:
            return None
        known = self.written.get(group, {})
        if name in known:
            self.used.add((group, name))
            return name
        meant = near_miss(name, known)
        if meant:
            self.used.add((group, meant))
        otherwise = f"There are {listed(known)}."
        if len(known) > 12 or not known:
            otherwise = f"Write it under `{group}`."
        help_text = did_you_mean(
            name, (*known, CANCEL) if group == "steps" else known, otherwise
        )
        several = [part for part in re.split(r"[\s,;+&]+", name) if part in known]
        if len(several) > 1:
            help_text = f"Name several as `[{', '.join(several)}]`."
        self.page.error(node, code, f"there is no {kind} `{name}`", help_text)
        return None
