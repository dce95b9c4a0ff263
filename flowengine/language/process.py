"""What a process owner wrote, as one immutable value.

`Process` holds names as they stand in the file, resolved and typed; nothing of it is
compiled. Positions (`at`) point into the file and take no part in comparison.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from flowengine.language.parts import (
    Automation,
    Batching,
    Call,
    Each,
    Escalation,
    Expense,
    Lateness,
    Season,
    StockEffect,
)
from flowengine.language.position import NOWHERE, Position

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowengine.calendars import WorkCalendar
    from flowengine.language.rules import Rule
    from flowengine.language.types import Record
    from flowengine.quantities import Duration

StepId = NewType("StepId", str)
RoleId = NewType("RoleId", str)
DepartmentId = NewType("DepartmentId", str)
CalendarId = NewType("CalendarId", str)

#: The reserved target of an arrow that does what cancelling the case does.
CANCEL = StepId("cancel")
#: The step that the branches of `on_cancel` make; no written step can be called so.
ON_CANCEL = StepId("on_cancel")


@dataclass(frozen=True, slots=True)
class Title:
    """A text for people in both languages; Latvian falls back to English."""

    en: str
    lv: str

    def in_language(self, lang: str) -> str:
        """The text in `lang` ("en" or "lv")."""
        return self.lv if lang == "lv" else self.en


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A written length of time: microseconds, or a count of business days."""

    #: Microseconds, or a number of days where `business_days`.
    amount: int
    business_days: bool = False
    #: The calendar named by `of`, else None.
    calendar: CalendarId | None = None
    at: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class WorkTime:
    """How long hands need: a triangle (a fixed time has all three equal)."""

    least: Duration
    mode: Duration
    most: Duration
    #: Counted per element of this list (`per order.lines`), else None.
    per: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Arrow:
    """Where a branch leads: to one step, to several at once, or to `CANCEL`."""

    targets: tuple[StepId, ...]
    #: How often this branch may be used in a case's life; None is without bound.
    at_most: int | None = None
    #: Where it leads instead once `at_most` is used up.
    then: StepId | None = None
    at: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Branch:
    """One `when` of a `choose`; the last one is `else` and has no rule."""

    rule: Rule | None
    arrow: Arrow


class StepKind(StrEnum):
    """What the order waits for at a step."""

    TASK = "task"  #: `role`: somebody does it and says how it ended
    AUTOMATION = "automation"  #: `do`: nothing, or the answer of a machine
    WAIT = "wait"  #: `wait`: a message or a time
    CALL = "call"  #: `call`: cases of another process
    GATE = "gate"  #: `gate`: its turn
    ROUTE = "route"  #: a decision, split or join alone: nothing
    END = "end"


@dataclass(frozen=True, slots=True)
class Timeout:
    """What happens when a step takes too long."""

    after: TimeSpan
    arrow: Arrow


class Join(StrEnum):
    """For which arrows a step waits."""

    ALL = "all"  #: every arrow that leads to it
    OPENED = "opened"  #: every branch that its `choose_all` opened


@dataclass(frozen=True, slots=True)
class Gate:
    """A release valve: how many orders may be in some steps, until when, in what order.

    The order of release is by `first`: numbers and money the largest first, all else
    the smallest first, missing values last; then who came first.
    """

    limit: int
    #: The steps whose orders are counted (`in`).
    steps: tuple[StepId, ...]
    #: Minutes of the local day after which nothing is let through until the next.
    cutoff: int | None = None
    #: How many wait before they are let through together; the cut-off lets all through.
    batch: int | None = None
    first: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One box of the diagram.

    Exactly one of `next`, `choose`, `choose_all`, `outcomes` and `messages` says where
    it leads, none for an end.
    """

    id: StepId
    kind: StepKind
    title: Title
    #: Its own, its role's, or the nearest step's before it; None where nothing says.
    department: DepartmentId | None = None
    role: RoleId | None = None
    about: Title | None = None
    work: WorkTime | None = None
    sla: TimeSpan | None = None
    #: Fields that completing the task must answer, as paths ("order", "credit").
    asks: tuple[tuple[str, ...], ...] = ()
    skip_when: Rule | None = None
    skip_as: str | None = None
    join: Join | None = None
    next: Arrow | None = None
    choose: tuple[Branch, ...] = ()
    #: Every branch that holds; the last one is `else`, taken if none does.
    choose_all: tuple[Branch, ...] = ()
    outcomes: Mapping[str, Arrow] = field(default_factory=dict)
    #: `wait`: message name to where it leads.
    messages: Mapping[str, Arrow] = field(default_factory=dict)
    #: `wait: 2h`: the order rests so long, then goes on by `next`.
    wait_for: TimeSpan | None = None
    #: `wait: until order.promised_at`: rests until then, then goes on by `next`.
    wait_until: Rule | None = None
    timeout: Timeout | None = None
    #: Name of the end ("success", "failure", or its own), for `StepKind.END`.
    end: str | None = None
    public_status: str | None = None
    do: Automation | None = None
    call: Call | None = None
    gate: Gate | None = None
    each: Each | None = None
    batch: Batching | None = None
    #: What happens to the goods as the step ends.
    stock: StockEffect | None = None
    cost: Expense | None = None
    #: What a scanner reads here, in this order ("sku", "location").
    scan: tuple[str, ...] = ()
    #: By share, the smallest first.
    escalate: tuple[Escalation, ...] = ()
    #: Fields set as the step ends, after the answers, in the order of the file.
    sets: Mapping[tuple[str, ...], Rule] = field(default_factory=dict)
    #: What reverses the step's booked effect when the order is cancelled after it.
    undo: Automation | None = None
    #: Whoever did that step last may not do this one.
    not_same_person_as: StepId | None = None
    #: Business step of EPCIS ("shipping").
    epcis: str | None = None
    at: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Role:
    """People who can do the same tasks."""

    id: RoleId
    title: Title
    department: DepartmentId
    people: int
    calendar: CalendarId | None
    #: Ten-thousandths of the currency unit an hour, or None.
    cost: int | None = None
    #: Not our people (a carrier): always open where it has no calendar of its own.
    external: bool = False
    #: The first one that names a month counts; `people` in all other months.
    seasons: tuple[Season, ...] = ()
    about: Title | None = None
    at: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Department:
    """A part of the company: a lane of the diagram."""

    id: DepartmentId
    title: Title
    about: Title | None = None
    at: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Message:
    """A message from outside: which field finds its order, which fields it may set."""

    name: str
    match: tuple[str, ...]
    sets: tuple[tuple[str, ...], ...] = ()
    at: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OnCancel:
    """What cancelling does: allowed until a step is entered, then leads here.

    With `choose` the arrow leads to the step `ON_CANCEL`, which decides.
    """

    arrow: Arrow
    until: StepId | None = None


@dataclass(frozen=True, slots=True)
class Process:
    """One process file, read and without errors of form or name."""

    name: str
    version: int
    title: Title
    #: The record of `data` that moves through it (`for: order`).
    subject: str
    #: The field people call a case by (`number: order.number`).
    number: tuple[str, ...]
    data: Mapping[str, Record]
    steps: Mapping[StepId, Step]
    #: Where a case begins: `start:`, or the one step that no arrow leads to.
    start: StepId
    about: Title | None = None
    calendar: CalendarId | None = None
    calendars: Mapping[CalendarId, WorkCalendar] = field(default_factory=dict)
    departments: Mapping[DepartmentId, Department] = field(default_factory=dict)
    roles: Mapping[RoleId, Role] = field(default_factory=dict)
    #: A rule that gives a time, or a span counted from opening.
    promise: Rule | TimeSpan | None = None
    priority: Rule | None = None
    currency: str = "EUR"
    #: Name of a report column to the rule that gives it.
    measure: Mapping[str, Rule] = field(default_factory=dict)
    messages: Mapping[str, Message] = field(default_factory=dict)
    on_cancel: OnCancel | None = None
    #: What lateness costs; None shows no money for time.
    lateness: Lateness | None = None
    #: The text as written, and its SHA-256 in hex: the version's identity.
    text: str = field(default="", compare=False, repr=False)
    digest: str = ""


def people_in(role: Role, month: int) -> int:
    """How many people a role has in a month (1 is January)."""
    for season in role.seasons:
        if month in season.months:
            return season.people
    return role.people


def zone_of(process: Process) -> str:
    """The time zone of the head's calendar, or UTC where it names none."""
    if process.calendar is None or process.calendar not in process.calendars:
        return "UTC"
    return process.calendars[process.calendar].zone


def step_title(process: Process, step: str, lang: str) -> str:
    """A step's title in a language; its name where only a log knows it."""
    found = process.steps.get(StepId(step))
    return step if found is None else found.title.in_language(lang)


def department_title(process: Process, department: str | None, lang: str) -> str:
    """A department's title; "" for none, the name of one that only a log knows."""
    found = process.departments.get(DepartmentId(department or ""))
    return department or "" if found is None else found.title.in_language(lang)
