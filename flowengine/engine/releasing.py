"""Gates: who is let through now, in which order, and how many."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flowengine.calendars import moment_of_day
from flowengine.engine.transact import Transactor
from flowengine.engine.values import Said, Skipped
from flowengine.errors import FlowError
from flowengine.kernel.case import CaseId
from flowengine.kernel.commands import LeaveGate
from flowengine.language.process import Gate, StepId, zone_of
from flowengine.quantities import SECOND, Instant
from flowengine.store import gates
from flowengine.store.batch import Batch
from flowengine.store.database import Database
from flowengine.store.gates import Waiting


def release(
    database: Database, transactor: Transactor, said: Said, limit: int
) -> tuple[int, tuple[Skipped, ...]]:
    """Let through at each gate whose turn it is, at most `limit` orders a gate."""
    with database.reading() as connection:
        found = gates.gates_with_queues(connection)
    passed = 0
    skipped: list[Skipped] = []
    for process, step in found:
        turn = _Turn(transactor, process, StepId(step), said, limit)
        done, refused = transactor.run(turn.take, locking=True)
        passed += done
        skipped += refused
    return passed, tuple(skipped)


def may_leave(
    gate: Gate, zone: str, at: Instant, free: int, enabled: list[int]
) -> list[bool]:
    """Who of those that wait may leave; they come in the order of the gate.

    Before the cut-off: as many as there are places, or whole batches of them. After
    it: nobody, or with `batch` all who came before it.
    """
    cutoff = _cutoff(gate, zone, at)
    if cutoff is None or at < cutoff:
        most = min(free, len(enabled))
        if gate.batch is not None:
            # A batch that is larger than the gate could never leave.
            size = min(gate.batch, gate.limit)
            most = most // size * size
        return [place < most for place in range(len(enabled))]
    allowed: list[bool] = []
    for came in enabled:
        is_late = gate.batch is None or came >= cutoff
        allowed.append(not is_late and sum(allowed) < free)
    return allowed


class _Turn:
    """One gate in one transaction."""

    def __init__(
        self,
        transactor: Transactor,
        process: str,
        step: StepId,
        said: Said,
        limit: int,
    ) -> None:
        self._transactor = transactor
        self._process = process
        self._step = step
        self._said = said
        self._limit = limit

    def take(self, batch: Batch) -> tuple[int, list[Skipped]]:
        """Let through whose turn it is; those that are refused stay where they are."""
        passed = 0
        skipped: list[Skipped] = []
        for waiting in self._leaving(batch):
            case_id = CaseId(waiting.case_id.hex())
            command = LeaveGate(
                case_id=case_id,
                at=self._said.at,
                by=self._said.by,
                step=self._step,
                visit=waiting.visit,
            )
            try:
                passed += bool(self._transactor.execute(batch, command).events)
            except FlowError as error:
                skipped.append(Skipped(waiting.number, str(error)))
        return passed, skipped

    def _leaving(self, batch: Batch) -> list[Waiting]:
        """Whose turn it is; what the gate says is read from the first one's version."""
        batch.settle()
        # Of several who let through, each takes a turn of its own.
        batch.link.lock(gates.gate_name(self._process, self._step))
        first = gates.queue(batch.link, self._process, self._step, 1)
        held = batch.load(CaseId(first[0].case_id.hex())) if first else None
        if held is None or held.after is None:
            return []
        process = self._transactor.registry.net(held.after.process).process
        gate = process.steps[self._step].gate
        if gate is None:
            return []
        taken = gates.places_taken(batch.link, self._process, self._step)
        most = max(self._limit, gate.batch or 0)
        waiting = gates.queue(batch.link, self._process, self._step, most)
        batch.preload(CaseId(each.case_id.hex()) for each in waiting)
        inside = [self._has_place(batch, each) for each in waiting]
        outside = [
            each for each, is_in in zip(waiting, inside, strict=True) if not is_in
        ]
        allowed = may_leave(
            gate,
            zone_of(process),
            self._said.at,
            max(0, gate.limit - taken),
            [each.enabled for each in outside],
        )
        turn = {each for each, may in zip(outside, allowed, strict=True) if may}
        return [
            each
            for each, is_in in zip(waiting, inside, strict=True)
            if is_in or each in turn
        ]

    def _has_place(self, batch: Batch, waiting: Waiting) -> bool:
        """It went round to its own gate and needs no second place."""
        held = batch.load(CaseId(waiting.case_id.hex()))
        return held is not None and self._step in gates.places_of(held.after)


def _cutoff(gate: Gate, zone: str, at: Instant) -> Instant | None:
    """The moment of this local day after which nothing more is let through."""
    if gate.cutoff is None:
        return None
    today = datetime.fromtimestamp(at // SECOND, ZoneInfo(zone)).date()
    return moment_of_day(zone, today, gate.cutoff)
