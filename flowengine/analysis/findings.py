"""What the analysis of a log found: the one value that diagram and report read.

All times are exact totals in microseconds over all closed orders of the log, so that
they add up without rounding: over the steps, over the departments, and over the
causes. What people read is a mean per order, `Findings.per_order(total)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flowengine.quantities import Duration, Instant

NO_TIME = Duration(0)


class Cause(StrEnum):
    """Why an order waited on its critical path; the first that matches holds."""

    HELD = "held"  #: the order was on hold
    OUTSIDE = "outside"  #: a timer, a message or a carrier was awaited
    CLOSED = "closed"  #: nobody of the role was on shift
    OVERTAKEN = "overtaken"  #: all were busy, somebody on an order enabled later
    ALL_BUSY = "all busy"  #: all were busy on orders enabled no later
    NOT_PICKED_UP = "not picked up"  #: somebody on shift was free


@dataclass(frozen=True, slots=True)
class StepFinding:
    """One box: where closed orders' time went at a step.

    `waiting`, `paused` and `service` are on the critical path only; over all steps
    they add up to the lead time of all closed orders.
    """

    step: str
    department: str | None
    #: Closed orders that came here, by whatever way, on their critical path or not.
    orders: int = 0
    #: Step instances, so `visits - orders` are visits beyond the first.
    visits: int = 0
    #: Orders that came here more than once.
    redone: int = 0
    waiting: Duration = NO_TIME
    paused: Duration = NO_TIME
    service: Duration = NO_TIME
    #: Total by cause; its values add up to `waiting`. Causes that did not occur are 0.
    causes: Mapping[Cause, Duration] = field(default_factory=dict)
    #: `waiting` as a part of the lead time of all closed orders: drives the fill.
    share: float = 0.0
    #: Instances that had an SLA and were not withdrawn, and those that ended after it.
    with_sla: int = 0
    late: int = 0
    #: Waiting and service of instances that were not on the critical path.
    off_path_waiting: Duration = NO_TIME
    off_path_service: Duration = NO_TIME
    #: Open orders that are here now, and how long they have waited so far.
    open_orders: int = 0
    open_waiting: Duration = NO_TIME
    #: 1 for the biggest delay up to 5, else None.
    rank: int | None = None

    @property
    def redone_share(self) -> float:
        """Orders that came here more than once, of those that came here."""
        return self.redone / self.orders if self.orders else 0.0

    @property
    def late_share(self) -> float:
        """SLA misses, of the instances that had an SLA."""
        return self.late / self.with_sla if self.with_sla else 0.0


@dataclass(frozen=True, slots=True)
class ArrowFinding:
    """How often closed orders went from one step to another.

    Every step counts, also those of no length (decisions, splits, skipped tasks). A
    step that joins has an arrow from each of its sources, not only from the last.
    """

    source: str
    target: str
    #: Closed orders that went this way at least once.
    orders: int
    #: How often it was used in all.
    passes: int
    #: `orders` as a part of all closed orders.
    share: float
    #: Critical waiting at `target` whose binding predecessor was `source`.
    waiting: Duration = NO_TIME


@dataclass(frozen=True, slots=True)
class RoleFinding:
    """How busy the people of a role were, in its open hours within the period."""

    role: str
    department: str
    people: int
    #: Person-time on shift: people times open hours.
    open_time: Duration
    #: Person-time on a started task of whatever role, within those hours.
    busy_time: Duration

    @property
    def busy_share(self) -> float:
        """Utilisation: busy person-time by open person-time."""
        return self.busy_time / self.open_time if self.open_time else 0.0


@dataclass(frozen=True, slots=True)
class DepartmentFinding:
    """One lane head: the sum of a department's steps and of its roles."""

    #: None gathers the steps that belong to no department.
    department: str | None
    people: int
    waiting: Duration
    paused: Duration
    service: Duration
    #: Part of the lead time of all closed orders that its steps held.
    share: float
    open_time: Duration = NO_TIME
    busy_time: Duration = NO_TIME

    @property
    def busy_share(self) -> float | None:
        """Utilisation of its roles; None where it has no people of its own."""
        return self.busy_time / self.open_time if self.open_time else None


@dataclass(frozen=True, slots=True)
class RankedDelay:
    """One row of the table of the biggest delays."""

    rank: int
    step: str
    department: str | None
    #: Critical waiting at the step, total, and its 90 % range by bootstrap over orders.
    waiting: Duration
    low: Duration
    high: Duration
    #: Part of the lead time of all closed orders.
    share: float
    main_cause: Cause
    #: The main cause as a part of `waiting`.
    cause_share: float
    #: Waiting per order in the busiest third of weeks less that in the quietest, a
    #: mean already; None with fewer than three weeks of arrivals.
    busy_minus_slow: Duration | None = None
    #: What it cost, in ten-thousandths of the currency unit; None where not declared.
    money: int | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """Where the time of a process's closed orders went, and why."""

    process: str
    version: int
    #: First opened and last closed of the closed orders; None when none has closed.
    period: tuple[Instant, Instant] | None
    #: Closed orders: what every mean is divided by.
    orders: int
    open_orders: int
    #: Sum of the lead times of the closed orders = waiting + paused + service.
    lead: Duration
    waiting: Duration
    paused: Duration
    service: Duration
    #: Every step of the process in file order, then steps only the log knows.
    steps: tuple[StepFinding, ...]
    #: Sorted by source, then target.
    arrows: tuple[ArrowFinding, ...]
    departments: tuple[DepartmentFinding, ...]
    roles: tuple[RoleFinding, ...]
    #: At most five, biggest first; steps without waiting are not ranked.
    ranked: tuple[RankedDelay, ...]
    #: Orders that ended well and had a promise, and those closed by then.
    promised: int = 0
    on_time: int = 0

    def per_order(self, total: int) -> Duration:
        """The mean per closed order, to the nearest microsecond; 0 without orders."""
        if not self.orders:
            return Duration(0)
        return Duration((2 * total + self.orders) // (2 * self.orders))

    @property
    def mean_lead(self) -> Duration:
        """Mean lead time: what the boxes' means add up to."""
        return self.per_order(self.lead)

    def share_of_lead(self, total: int) -> float:
        """A total as a part of the lead time of all closed orders."""
        return total / self.lead if self.lead else 0.0

    @property
    def flow_efficiency(self) -> float:
        """Service as a part of lead time on the critical path."""
        return self.share_of_lead(self.service)

    @property
    def on_time_share(self) -> float | None:
        """Orders closed by their promise; None where none was promised."""
        return self.on_time / self.promised if self.promised else None


@dataclass(frozen=True, slots=True)
class StepWork:
    """Open step instances at one step, each counted once."""

    step: str
    department: str | None
    #: Tasks that nobody has started.
    waiting: int = 0
    #: Tasks that somebody is working on.
    working: int = 0
    #: Messages and times that are awaited.
    awaiting: int = 0
    #: Whatever belongs to an order on hold.
    held: int = 0
    #: Those past their SLA.
    late: int = 0
    #: When the one that has been here longest was enabled.
    oldest: Instant | None = None

    @property
    def total(self) -> int:
        """All open instances here."""
        return self.waiting + self.working + self.awaiting + self.held


@dataclass(frozen=True, slots=True)
class DepartmentWork:
    """Open step instances of one department."""

    department: str | None
    waiting: int = 0
    working: int = 0
    awaiting: int = 0
    held: int = 0
    late: int = 0
    oldest: Instant | None = None

    @property
    def total(self) -> int:
        """All open instances of the department."""
        return self.waiting + self.working + self.awaiting + self.held


@dataclass(frozen=True, slots=True)
class WorkInProgress:
    """Where the open orders are at a moment."""

    process: str
    version: int
    at: Instant
    #: Open orders, those of them on hold, and those past their promise.
    orders: int
    held: int
    late: int
    #: Open orders that are at no step at all: they stand still and need a repair.
    nowhere: int
    #: Every step of the process in file order, then steps only the log knows.
    steps: tuple[StepWork, ...]
    #: Departments of the process in file order; None last, where it has work.
    departments: tuple[DepartmentWork, ...]
