"""Erasing the personal values of an order, and of the orders that it has called.

What stands in the history in place of a value is a digest with a salt; with the salt
gone nobody can tell what it stood for, and the history still proves itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flowengine.engine.transact import Transactor
from flowengine.engine.values import Said
from flowengine.engine.working import case_of
from flowengine.kernel.case import CaseId
from flowengine.kernel.commands import ForgetPersonal
from flowengine.kernel.events import ChildAsked
from flowengine.store import erasing, inbox
from flowengine.store.batch import Batch
from flowengine.store.codec import event_body
from flowengine.store.rows import value_at

#: A shorter value is found in other words too.
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased."""

    #: The order and those that it has called.
    numbers: tuple[str, ...]
    #: Fields whose values are gone, "NUMBER field".
    fields: tuple[str, ...]
    #: Kept messages to these orders that were thrown away.
    messages: int
    #: Events that somebody wrote such a value into, "NUMBER seq": it stays there.
    plain: tuple[str, ...]
    #: The same idempotency key had been answered before.
    repeated: bool = False


def forget(transactor: Transactor, number: str, said: Said, reason: str) -> Forgotten:
    """Erase the personal values of an order, and say so in its history.

    Raises:
        NotFound: There is no such order.
    """

    def work(batch: Batch) -> Forgotten:
        batch.settle()
        eraser = _Eraser(transactor, batch, said, reason)
        for case_id in list(_family(batch, case_of(batch, number))):
            eraser.erase(case_id)
        return eraser.done()

    return transactor.run(work, locking=True)


def _family(batch: Batch, case_id: CaseId) -> Iterator[CaseId]:
    """A case, and all that it has called, as far as they were opened."""
    if batch.load(case_id) is None:
        return
    yield case_id
    for _, event in batch.events(case_id):
        if isinstance(event, ChildAsked):
            yield from _family(batch, event.child)


class _Eraser:
    """Erases case by case, in one transaction."""

    def __init__(
        self, transactor: Transactor, batch: Batch, said: Said, reason: str
    ) -> None:
        self._transactor = transactor
        self._batch = batch
        self._said = said
        self._reason = reason
        self._numbers: list[str] = []
        self._fields: list[str] = []
        self._messages = 0
        self._plain: list[str] = []
        self._repeated = False

    def erase(self, case_id: CaseId) -> None:
        """Erase what one case holds."""
        found = erasing.erase(self._batch.link, bytes.fromhex(case_id))
        number = self._drop_messages(case_id)
        values = [value for _, value in found if len(value) >= _SHORTEST]
        self._numbers.append(number)
        self._fields += [f"{number} {field}" for field, _ in found]
        self._plain += [f"{number} {seq}" for seq in self._written(case_id, values)]
        command = ForgetPersonal(
            case_id=case_id,
            at=self._said.at,
            by=self._said.by,
            key=self._said.key,
            reason=self._reason,
            fields=tuple(field for field, _ in found),
        )
        receipt = self._transactor.execute(self._batch, command)
        self._repeated = self._repeated or receipt.repeated

    def done(self) -> Forgotten:
        """What was erased in all."""
        return Forgotten(
            tuple(self._numbers),
            tuple(self._fields),
            self._messages,
            tuple(self._plain),
            self._repeated,
        )

    def _drop_messages(self, case_id: CaseId) -> str:
        """Throw away what came for a case and could not be given to it; its number."""
        held = self._batch.load(case_id)
        if held is None or held.after is None:
            raise ValueError(f"Case {case_id} was there a moment ago.")
        case = held.after
        process = self._transactor.registry.net(case.process).process
        for message in process.messages.values():
            value = value_at(case, message.match)
            if value is not None:
                taken = inbox.take(self._batch.link, message.name, str(value))
                self._messages += len(taken)
        return case.number

    def _written(self, case_id: CaseId, values: Sequence[str]) -> Iterator[int]:
        """Events that hold one of the values as somebody wrote it."""
        for seq, event in self._batch.events(case_id):
            body = event_body(event)
            if any(value in body for value in values):
                yield seq
