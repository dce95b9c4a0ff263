"""Children: opening the case of a call, telling its parent how it ended, cancelling.

Each is told through the outbox, by the worker that has it under a lease, in one
transaction of the case that is told, which also takes the row out. Told twice, the
second time changes nothing: the child's id and the row's key are idempotency keys.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple, cast

from flowengine.engine.backoff import pause_after
from flowengine.engine.fencing import check_lease
from flowengine.engine.opening import open_case
from flowengine.engine.privacy import digest_of, handed_on, with_result_revealed
from flowengine.engine.transact import Transactor
from flowengine.engine.values import Said, Skipped
from flowengine.errors import (
    CommandRejected,
    ConcurrentChange,
    FlowError,
    InvalidInput,
    LeaseLost,
    StoreError,
)
from flowengine.kernel.cancelling import CANCELLED
from flowengine.kernel.case import CaseId, Parent, UserId
from flowengine.kernel.commands import CancelCase, ChildClosed, OpenCase
from flowengine.kernel.elements import value_at, with_values
from flowengine.language.process import Process, StepId
from flowengine.quantities import SECOND, Duration, Instant
from flowengine.store import leases, orders, outbox, people
from flowengine.store.batch import Batch
from flowengine.store.database import Database
from flowengine.store.outbox import OutboxRow

#: No round of telling takes longer; after a crash another worker waits so long.
LEASE = Duration(30 * SECOND)


def tell_cases(
    database: Database, transactor: Transactor, said: Said, limit: int
) -> tuple[int, tuple[Skipped, ...]]:
    """Tell children and parents what is due, at most `limit`, the oldest first.

    What cannot be told is tried again after a pause that grows, however often.
    """
    with database.reading() as connection:
        if not leases.is_any_due(connection, outbox.TO_CASES, said.at):
            return 0, ()
    term = leases.Term(said.by, said.at, said.at + LEASE)
    with database.writing() as connection:
        taken = leases.take(connection, outbox.TO_CASES, limit, term)
        numbers = orders.numbers(connection, [row.case_id for row in taken])
    teller = Teller(database, transactor, said.at, said.by)
    told = 0
    failed: list[tuple[OutboxRow, FlowError]] = []
    for row in taken:
        try:
            teller.tell(row)
        except LeaseLost:
            continue
        except StoreError:
            raise
        except FlowError as error:
            failed.append((row, error))
        else:
            told += 1
    if failed:
        _postpone(database, failed, said.at)
    skipped = (
        Skipped(numbers.get(row.case_id, row.key), str(error))
        for row, error in failed
        if not isinstance(error, ConcurrentChange)
    )
    return told, tuple(skipped)


def _postpone(
    database: Database, failed: Sequence[tuple[OutboxRow, FlowError]], at: Instant
) -> None:
    with database.writing() as connection:
        for row, error in failed:
            due = at + pause_after(row.attempts, row.key)
            leases.postpone(connection, row, due, str(error))


class Teller(NamedTuple):
    """Tells one case what another has to say."""

    database: Database
    transactor: Transactor
    at: Instant
    by: UserId

    def tell(self, row: OutboxRow) -> None:
        """Do what a row of the outbox says, and take it out, in one transaction.

        Raises:
            LeaseLost: Another worker has taken it since.
            FlowError: It cannot be done now.
        """
        match row.kind:
            case outbox.CHILD:
                telling = self._opening(row)
            case outbox.CHILD_CLOSED:
                telling = self._closing(row)
            case outbox.CANCEL:
                telling = self._cancelling(row)
            case _:
                raise ValueError(f"Nothing tells {row.kind} to a case.")

        def work(batch: Batch) -> None:
            check_lease(batch, row)
            telling(batch)
            leases.drop(batch.link, row)

        self.transactor.run(work, locking=True)

    def _opening(self, row: OutboxRow) -> Callable[[Batch], None]:
        """Open the case that a call asks for."""
        net = self.transactor.registry.named(
            str(row.body["process"]), int(str(row.body["version"]))
        )
        parent = Parent(
            CaseId(row.case_id.hex()),
            StepId(str(row.body["step"])),
            int(str(row.body["visit"])),
            cast("str | None", row.body.get("element")),
        )
        fields = handed_on(net.process, row.body["data"], self._known(row.case_id))

        def work(batch: Batch) -> None:
            held = batch.load(parent.case_id)
            number = held.after.number if held is not None and held.after else row.key
            data = _numbered(net.process, fields, _own_number(number, parent))
            command = OpenCase(
                case_id=CaseId(row.key),
                at=self.at,
                by=self.by,
                key=row.key,
                number=str(value_at(data, net.process.number)),
                process=net.process.digest,
                data=data,
                parent=parent,
            )
            open_case(self.transactor, batch, command)

        return work

    def _closing(self, row: OutboxRow) -> Callable[[Batch], None]:
        """Tell a parent how its child ended."""
        known = self._known(row.case_id)
        child = CaseId(row.case_id.hex())

        def work(batch: Batch) -> None:
            held = batch.load(child)
            if held is None or held.after is None:
                raise ValueError(f"Case {child} has ended but has no row.")
            net = self.transactor.registry.net(held.after.process)
            result = held.after.data.get(net.process.subject)
            command = _ended(CaseId(str(row.body["parent"])), child, row, self)
            command = replace(command, result=cast("Mapping[str, object]", result))
            self._answer(batch, command, known)

        return work

    def _answer(
        self, batch: Batch, command: ChildClosed, known: Mapping[str, str]
    ) -> None:
        parent = batch.load(command.case_id)
        if parent is None or parent.after is None:
            raise ValueError(f"Case {command.case_id} has a child but no row.")
        net = self.transactor.registry.net(parent.after.process)
        self.transactor.execute(
            batch, with_result_revealed(net, parent.after, command, known)
        )

    def _cancelling(self, row: OutboxRow) -> Callable[[Batch], None]:
        """Cancel a child; one that cannot be cancelled any more ends by itself."""
        child = CaseId(str(row.body["child"]))
        parent = CaseId(row.case_id.hex())

        def work(batch: Batch) -> None:
            if batch.load(child) is None:
                # It could never be opened: for its parent it has ended.
                self._answer(batch, _ended(parent, child, row, self), {})
                outbox.drop_key(batch.link, child)
                return
            command = CancelCase(
                case_id=child,
                at=self.at,
                by=self.by,
                key=row.key,
                reason=str(row.body["reason"]),
            )
            with suppress(CommandRejected):
                self.transactor.execute(batch, command)

        return work

    def _known(self, case_id: bytes) -> Mapping[str, str]:
        """Personal values of a case by what stands in its data."""
        with self.database.reading() as connection:
            return {
                digest_of(salt, value): value
                for salt, value in people.salted_values(connection, case_id)
            }


def _ended(
    parent: CaseId, child: CaseId, row: OutboxRow, teller: Teller
) -> ChildClosed:
    """How a child ended; one that is only to be cancelled was never opened."""
    return ChildClosed(
        case_id=parent,
        at=teller.at,
        by=teller.by,
        key=child,
        step=StepId(str(row.body.get("step", ""))),
        visit=int(str(row.body.get("visit", 0))),
        element=cast("str | None", row.body.get("element")),
        child=child,
        outcome=str(row.body.get("outcome", CANCELLED)),
    )


def _own_number(number: str, parent: Parent) -> str:
    """What a child is called where `gives` says nothing: its parent's number first."""
    element = "" if parent.element is None else f"-{parent.element}"
    visit = "" if parent.visit == 1 else f".{parent.visit}"
    return f"{number}-{parent.step}{element}{visit}"


def _numbered(
    process: Process, fields: Mapping[str, object], number: str
) -> Mapping[str, object]:
    """The data of a child, with its number.

    Raises:
        InvalidInput: A field that it must have is missing.
    """
    data: Mapping[str, object] = {process.subject: fields}
    if value_at(data, process.number) is None:
        data = with_values(data, {".".join(process.number): number})
    record = value_at(data, [process.subject])
    missing = [
        name
        for name, data_type in process.data[process.subject].fields.items()
        if not data_type.optional
        and (not isinstance(record, Mapping) or record.get(name) is None)
    ]
    if missing:
        raise InvalidInput(
            f"Expected the call to give {', '.join(missing)} to {process.name} "
            f"version {process.version}, but the order has no value for it."
        )
    return data
