"""A case in a batch: as it was read, and as the commands have left it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from flowengine.kernel.case import Case, CaseId, Task
from flowengine.kernel.events import Event, StepEnded
from flowengine.net.net import Net
from flowengine.store import gates, rows
from flowengine.store.link import Row
from flowengine.store.outbox import Errands

#: Open instances of a case before and after, those left out that stayed the same.
MovedTasks = tuple[Iterable[Task], Iterable[Task]]

NO_HASH = b""


@dataclass(slots=True)
class Held:
    """A case in a batch: as it was read, and as the commands have left it."""

    case_id: CaseId
    #: None for a case that is opened in this batch.
    before: Case | None
    hash: bytes
    after: Case | None
    net: Net | None = None
    #: The net that it was read with: another one only where it is migrated.
    net_before: Net | None = None
    events: list[Event] = field(default_factory=list)
    #: Rows of finished steps, and what others are to be told or no longer.
    facts: list[Row] = field(default_factory=list)
    errands: Errands = field(default_factory=Errands)
    #: The hash of its last event, once its events are written.
    written: bytes = b""

    def add(self, net: Net, events: Sequence[Event], after: Case) -> None:
        """Take in what a command did."""
        if self.net_before is None:
            self.net_before = self.net or net
        self.net = net
        self.after = after
        key = bytes.fromhex(self.case_id)
        first = after.version - len(events) + 1
        for seq, event in enumerate(events, first):
            if isinstance(event, StepEnded):
                self.facts.append(rows.fact_values(net, key, seq, event))
            self.errands.add(net, after, seq, event)
        self.events.extend(events)

    def undo(self) -> Callable[[], None]:
        """What makes it as it is now, after commands have changed it."""
        after, net, net_before = self.after, self.net, self.net_before
        events, facts = len(self.events), len(self.facts)
        errands = Errands(self.errands.new.copy(), self.errands.done.copy())

        def restore() -> None:
            self.after, self.net, self.net_before = after, net, net_before
            del self.events[events:], self.facts[facts:]
            self.errands = errands

        return restore

    def span(self) -> tuple[int, int]:
        """First and last of its new events."""
        before = 0 if self.before is None else self.before.version
        return before + 1, before + len(self.events)

    def settle(self) -> None:
        """Forget what has been written: it stands in the database as it is now."""
        self.before = self.after
        self.hash = self.written
        self.net_before = None
        self.events, self.facts, self.errands = [], [], Errands()

    def moved_tasks(self) -> MovedTasks:
        """Open instances before and after, without those that stayed as they were."""
        before, after = self.before, self.after
        if before is None or after is None:
            return (), () if after is None else after.tasks.values()
        old, new = before.tasks, after.tasks
        if (
            before.state is not after.state
            or before.priority != after.priority
            or before.process != after.process
            or before.incidents is not after.incidents
            # Whose turn it is may hang on any field.
            or (before.data is not after.data and self._waits_at_gate(new.values()))
        ):
            return old.values(), new.values()
        if old is new:
            return (), ()
        return (
            [task for name, task in old.items() if new.get(name) is not task],
            [task for name, task in new.items() if old.get(name) is not task],
        )

    def _waits_at_gate(self, tasks: Iterable[Task]) -> bool:
        net = self.net
        return net is not None and any(gates.is_at_gate(net, task) for task in tasks)
