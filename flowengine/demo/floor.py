"""What lies before the virtual staff: every open order and its open steps.

It is kept from the events of the engine's own receipts, so nothing is known here that
the engine has not said.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flowengine.engine import Receipt
from flowengine.kernel.case import CaseId
from flowengine.kernel.events import (
    CaseClosed,
    CaseHeld,
    CaseResumed,
    ChildAsked,
    Event,
    StepEnded,
    StepOpened,
)
from flowengine.language.process import RoleId, Step, StepId, StepKind
from flowengine.net.net import Net
from flowengine.quantities import Instant

_Key = tuple[CaseId, StepId, int, str | None]


@dataclass(slots=True)
class PlayedOrder:
    """One open case, of whichever process."""

    case_id: CaseId
    number: str
    net: Net
    #: Values of its fields, as it was opened with.
    fields: Mapping[str, object]
    priority: int
    #: The order whose call it is.
    parent: CaseId | None = None
    #: The case's version as far as it has been heard.
    version: int = 0
    held: bool = False
    closed: bool = False


@dataclass(slots=True)
class OpenStep:
    """One open instance of a step of an order."""

    order: PlayedOrder
    step: Step
    visit: int
    element: str | None
    enabled: Instant
    due: Instant | None
    timer: Instant | None
    alarms: tuple[Instant, ...] = ()
    #: Somebody of the staff has it.
    taken: bool = False

    @property
    def key(self) -> _Key:
        """What tells it from all others."""
        return self.order.case_id, self.step.id, self.visit, self.element

    @property
    def urgency(self) -> tuple[int, int, int, str, str]:
        """The worklist's order: priority, due time, age; then number and element."""
        due = self.due if self.due is not None else 2**62
        name = self.order.number, self.element or ""
        return -self.order.priority, due, self.enabled, *name


@dataclass(slots=True)
class Floor:
    """All open orders and steps."""

    orders: dict[CaseId, PlayedOrder] = field(default_factory=dict)
    _open: dict[_Key, OpenStep] = field(default_factory=dict)
    _tasks: dict[RoleId, list[OpenStep]] = field(default_factory=dict)

    def begin(self, order: PlayedOrder) -> None:
        """Take a new order in; its events come by `hear`."""
        self.orders[order.case_id] = order

    def hear(self, receipt: Receipt) -> Iterator[OpenStep | ChildAsked | CaseClosed]:
        """Follow a receipt's events: the steps opened, children asked for, the end."""
        order = self.orders[receipt.case_id]
        first = receipt.version - len(receipt.events) + 1
        yield from self.follow(order, enumerate(receipt.events, first))

    def follow(
        self, order: PlayedOrder, events: Iterable[tuple[int, Event]]
    ) -> Iterator[OpenStep | ChildAsked | CaseClosed]:
        """Follow numbered events of an order; those heard before change nothing."""
        for seq, event in events:
            if seq <= order.version:
                continue
            order.version = seq
            match event:
                case StepOpened():
                    yield self._opened(order, event)
                case StepEnded():
                    self._ended(order, event)
                case CaseHeld():
                    order.held = True
                case CaseResumed():
                    order.held = False
                case ChildAsked() | CaseClosed():
                    order.closed = isinstance(event, CaseClosed)
                    yield event
                case _:
                    pass

    def is_open(self, step: OpenStep) -> bool:
        """Whether a step of an order still stands open."""
        return step.key in self._open

    def at(self, *kinds: StepKind) -> list[PlayedOrder]:
        """Orders with an open step of some kinds."""
        found = {
            step.order.case_id: step.order
            for step in self._open.values()
            if step.step.kind in kinds
        }
        return list(found.values())

    def waiting(self, role: RoleId) -> list[OpenStep]:
        """Tasks of a role that nobody has, the most urgent first; none that is held."""
        tasks = self._tasks.get(role, ())
        free = [task for task in tasks if not task.taken and not task.order.held]
        return sorted(free, key=lambda task: task.urgency)

    def _opened(self, order: PlayedOrder, event: StepOpened) -> OpenStep:
        step = OpenStep(
            order=order,
            step=order.net.steps[event.step].step,
            visit=event.visit,
            element=event.element,
            enabled=event.enabled,
            due=event.due,
            timer=event.timer,
            alarms=event.alarms,
        )
        self._open[step.key] = step
        if step.step.role is not None:
            self._tasks.setdefault(step.step.role, []).append(step)
        return step

    def _ended(self, order: PlayedOrder, event: StepEnded) -> None:
        key = order.case_id, event.step, event.visit, event.element
        step = self._open.pop(key, None)
        if step is not None and step.step.role is not None:
            self._tasks[step.step.role].remove(step)
