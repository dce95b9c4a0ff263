"""One command at work: the case as it stands so far, and what has happened.

`Run` is the only mutable thing of the kernel; it lives inside one call of `decide`.
"""

from flowengine.kernel.case import Case, UserId
from flowengine.kernel.events import Event
from flowengine.kernel.evolve import evolve
from flowengine.language.process import StepId
from flowengine.net.net import Net
from flowengine.quantities import Instant


class Run:
    """Collects the events of one command and keeps the case up to date with them."""

    __slots__ = ("_case", "at", "by", "events", "net", "reached")

    def __init__(self, net: Net, case: Case | None, at: Instant, by: UserId) -> None:
        self.net = net
        self._case = case
        #: The moment of the command; within a case time never goes back.
        self.at = at if case is None else max(at, case.at)
        self.by = by
        self.events: list[Event] = []
        #: Steps that may have become ready and have not been looked at yet.
        self.reached: list[StepId] = []

    @property
    def case(self) -> Case:
        """The case after all events so far."""
        if self._case is None:
            raise ValueError("The case has not been opened yet.")
        return self._case

    def record(self, event: Event) -> None:
        """Add an event and apply it."""
        self.events.append(event)
        self._case = evolve(self._case, event)
