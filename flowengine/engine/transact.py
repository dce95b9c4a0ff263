"""One command, one transaction: load, decide, append; many commands share one."""

import secrets
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from flowengine.engine.fencing import check_fence
from flowengine.engine.privacy import conceal
from flowengine.engine.registry import Registry
from flowengine.engine.stock import StockLevels, answer_stock
from flowengine.engine.values import Receipt
from flowengine.engine.writer import Writer
from flowengine.errors import (
    ConcurrentChange,
    Conflict,
    FlowError,
    NotFound,
    StoreError,
)
from flowengine.kernel import act
from flowengine.kernel.case import Case, CaseId
from flowengine.kernel.commands import (
    AnswerAutomation,
    Command,
    MigrateCase,
    OpenCase,
)
from flowengine.kernel.decide import Decision
from flowengine.kernel.events import Event
from flowengine.net.net import Net
from flowengine.quantities import SECOND
from flowengine.store.batch import Batch
from flowengine.store.database import Database
from flowengine.store.dialect import speaking_to
from flowengine.store.held import Held
from flowengine.store.link import NeedsLock

#: How many microseconds a command waits at most, each time that somebody else has
#: moved its case, before it is tried again.
_PAUSES = (1, 1_000, 5_000, 20_000)
TRIES = len(_PAUSES) + 1

Answer = TypeVar("Answer")


class Transactor:
    """Runs work on the links of a database, all of a piece in one transaction."""

    def __init__(
        self,
        database: Database,
        registry: Registry,
        stock: StockLevels | None = None,
    ) -> None:
        self._database = database
        shares = database.has_one_writer
        self._writer = Writer(database, self._again) if shares else None
        self.registry = registry
        #: What is on the shelves; None has everything.
        self.stock = stock

    def run(self, work: Callable[[Batch], Answer], *, locking: bool = False) -> Answer:
        """Do `work` in one transaction; all of it happens, or nothing.

        It may be done anew: after somebody else was faster, or from the beginning
        with locks where it turns out to need them. Work of which that is known says
        so by `locking`. Where a database has one writer, threads that come at once
        share a transaction, in which each piece of work is alone accepted or refused.

        Raises:
            ConcurrentChange: Somebody else was faster, several times in a row.
            StoreRefused: The database cannot take it; nothing was changed.
        """
        if self._writer is not None:
            return self._writer.run(work)
        with speaking_to(self._database.address):
            return self._tried(work, locking, _PAUSES)

    def close(self) -> None:
        """Refuse what comes from now on; what was begun is done."""
        if self._writer is not None:
            self._writer.close()

    def _tried(
        self, work: Callable[[Batch], Answer], locking: bool, pauses: Sequence[int]
    ) -> Answer:
        for pause in pauses:
            try:
                return self._once(work, locking)
            except NeedsLock:
                locking = True
            except ConcurrentChange:
                time.sleep(secrets.randbelow(pause) / SECOND)
        return self._once(work, locking=True)

    def _again(self, work: Callable[[Batch], object]) -> object:
        """Do what was tried once, in a transaction of its own."""
        with speaking_to(self._database.address):
            return self._tried(work, True, _PAUSES[1:])

    def execute(self, batch: Batch, command: Command) -> Receipt:
        """Run one command inside a transaction; personal values are kept apart.

        Raises:
            NotFound: There is no such case.
            CommandRejected: A rule refuses it; the batch is as it was.
            LeaseLost: It answers under a lease that has run out.
            Conflict: It opens an order whose number is taken.
        """
        if command.key is not None:
            answer = batch.answer(command.case_id, command.key)
            if answer is not None:
                return self._repeated(batch, command.case_id, answer)
        if isinstance(command, OpenCase):
            return self._open(batch, command)
        held = batch.load(command.case_id)
        if held is None or held.after is None:
            raise NotFound(
                f"Expected an order, but there is no case {command.case_id}."
            )
        before = held.after
        net = self._net_for(batch, held, before, command)
        public, private = conceal(net, before, command)
        decision = self._decide(batch, net, before, public)
        if decision.events or command.key is not None:
            batch.append(held, net, decision.events, decision.case, command.key)
            batch.keep_private(held.case_id, private)
        return _receipt(held, decision.events)

    def _net_for(self, batch: Batch, held: Held, before: Case, command: Command) -> Net:
        """The net that decides: the order's own, or the one that it moves to.

        Raises:
            LeaseLost: The command answers under a lease that has run out.
        """
        if held.net is None:
            held.net = self.registry.net(before.process)
        if isinstance(command, MigrateCase):
            return self.registry.net(command.process)
        if isinstance(command, AnswerAutomation):
            check_fence(batch, command)
        return held.net

    def _open(self, batch: Batch, command: OpenCase) -> Receipt:
        known = batch.number(command.number)
        if known is not None:
            return self._opened_before(batch, command, *known)
        net = self.registry.net(command.process)
        public, private = conceal(net, None, command)
        decision = self._decide(batch, net, None, public)
        held = batch.open(decision.case, net, decision.events, command.key)
        batch.keep_private(held.case_id, private)
        return _receipt(held, decision.events)

    def _decide(
        self, batch: Batch, net: Net, case: Case | None, command: Command
    ) -> Decision:
        """Decide, and answer what is asked of the stock until nothing is."""
        decision = act(net, case, command)
        events = decision.events
        while decision.case.asked is not None:
            answer = answer_stock(batch, self.stock, net, decision, command)
            decision = act(net, decision.case, answer)
            events += decision.events
        return Decision(events, decision.case)

    def _opened_before(
        self, batch: Batch, command: OpenCase, case_id: CaseId, key: str | None
    ) -> Receipt:
        """The first answer for the same key, else the number is taken."""
        if key is not None and key == command.key:
            answer = batch.answer(case_id, key)
            if answer is not None:
                return self._repeated(batch, case_id, answer)
        raise Conflict(
            f"Expected a new number, but order {command.number} is there already: "
            f"see `flowengine order show {command.number}`."
        )

    def _repeated(
        self, batch: Batch, case_id: CaseId, answer: tuple[Event, ...]
    ) -> Receipt:
        """The receipt of a command that was answered before."""
        held = batch.load(case_id)
        if held is None:
            raise NotFound(f"Expected an order, but there is no case {case_id}.")
        return _receipt(held, answer, repeated=True)

    def _once(self, work: Callable[[Batch], Answer], locking: bool) -> Answer:
        with self._database.linked() as link, Batch(link, locking=locking) as batch:
            return work(batch)


def tried(batch: Batch, work: Callable[[Batch], Answer]) -> Answer | FlowError:
    """Do one of many pieces of work, or say why it alone is refused.

    Raises:
        StoreError: The database cannot take it, nor any of the others.
    """
    try:
        return batch.attempt(work)
    except StoreError:
        raise
    except FlowError as error:
        return error


def _receipt(
    held: Held, events: tuple[Event, ...], *, repeated: bool = False
) -> Receipt:
    case = held.after
    if case is None:
        raise ValueError(f"Case {held.case_id} has not been opened.")
    return Receipt(case.id, case.number, case.version, events, repeated)
