"""One command at work: the case as it stands so far, and what has happened.

`Run` is the only mutable thing of the kernel; it lives inside one call of `decide`.
"""

from flowengine.kernel.case import Case, StockAsk, UserId
from flowengine.kernel.events import CaseOpened, Event
from flowengine.kernel.evolve import apply, evolve
from flowengine.language.process import StepId
from flowengine.net.net import Net
from flowengine.quantities import Instant


class Run:
    """Collects the events of one command and keeps the case up to date with them."""

    __slots__ = ("answered", "at", "by", "case", "events", "net", "reached", "turn")

    #: The case after all events so far; unset until it is opened.
    case: Case

    def __init__(self, net: Net, case: Case | None, at: Instant, by: UserId) -> None:
        self.net = net
        if case is not None:
            self.case = case
        #: The moment of the command; within a case time never goes back.
        self.at = at if case is None else max(at, case.at)
        self.by = by
        self.events: list[Event] = []
        #: Steps that may have become ready and have not been looked at yet.
        self.reached: list[StepId] = []
        #: What the stock has just given, for the instance that asked for it.
        self.answered: StockAsk | None = None
        #: How often the stock has answered in this transaction.
        self.turn = 0

    def open(self, event: CaseOpened) -> None:
        """Begin the case."""
        self.events.append(event)
        self.case = evolve(None, event)

    def record(self, event: Event) -> None:
        """Add an event and apply it."""
        self.events.append(event)
        self.case = apply(self.case, event)

    @property
    def is_waiting(self) -> bool:
        """Whether the stock has to answer before anything else happens."""
        return self.case.asked is not None
