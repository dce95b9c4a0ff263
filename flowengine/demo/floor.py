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
    Event,
    StepEnded,
    StepOpened,
)
from flowengine.language.process import RoleId, Step, StepId
from flowengine.net.net import Net
from flowengine.quantities import Instant


@dataclass(slots=True)
class PlayedOrder:
    """One open case, of whichever process."""

    case_id: CaseId
    number: str
    net: Net
    #: Raw values of its fields, as it was opened with.
    fields: Mapping[str, object]
    priority: int
    #: The case's version as far as it has been heard.
    version: int = 0
    held: bool = False
    closed: bool = False


@dataclass(slots=True)
class OpenStep:
    """One open step of an order: a task or a wait."""

    order: PlayedOrder
    step: Step
    visit: int
    enabled: Instant
    due: Instant | None
    timer: Instant | None
    #: Somebody of the staff has it.
    taken: bool = False

    @property
    def urgency(self) -> tuple[int, int, int, str]:
        """The worklist's order: priority, due time, age; then the number."""
        due = self.due if self.due is not None else 2**62
        return -self.order.priority, due, self.enabled, self.order.number


@dataclass(slots=True)
class Floor:
    """All open orders and steps."""

    orders: dict[CaseId, PlayedOrder] = field(default_factory=dict)
    _open: dict[tuple[CaseId, StepId, int], OpenStep] = field(default_factory=dict)
    _tasks: dict[RoleId, list[OpenStep]] = field(default_factory=dict)

    def begin(self, order: PlayedOrder) -> None:
        """Take a new order in; its events come by `hear`."""
        self.orders[order.case_id] = order

    def hear(self, receipt: Receipt) -> Iterator[OpenStep | CaseClosed]:
        """Follow a receipt's events; gives the steps opened and the end, if reached."""
        order = self.orders[receipt.case_id]
        first = receipt.version - len(receipt.events) + 1
        yield from self.follow(order, enumerate(receipt.events, first))

    def follow(
        self, order: PlayedOrder, events: Iterable[tuple[int, Event]]
    ) -> Iterator[OpenStep | CaseClosed]:
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
                case CaseClosed():
                    order.closed = True
                    yield event
                case _:
                    pass

    def is_open(self, step: OpenStep) -> bool:
        """Whether a step of an order still stands open."""
        return _key(step) in self._open

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
            enabled=event.enabled,
            due=event.due,
            timer=event.timer,
        )
        self._open[_key(step)] = step
        if step.step.role is not None:
            self._tasks.setdefault(step.step.role, []).append(step)
        return step

    def _ended(self, order: PlayedOrder, event: StepEnded) -> None:
        step = self._open.pop((order.case_id, event.step, event.visit), None)
        if step is not None and step.step.role is not None:
            self._tasks[step.step.role].remove(step)


def _key(step: OpenStep) -> tuple[CaseId, StepId, int]:
    return step.order.case_id, step.step.id, step.visit
