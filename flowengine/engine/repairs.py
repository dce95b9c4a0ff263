"""What an administrator puts right, always with a reason that history keeps."""

from collections.abc import Callable, Mapping
from functools import partial

from flowengine.engine.fields import read_field
from flowengine.engine.incidents import Incident, incidents
from flowengine.engine.migrating import Migrated, VersionChange, migrate
from flowengine.engine.opened import Opened
from flowengine.engine.refs import task_ref
from flowengine.engine.values import Receipt
from flowengine.engine.working import ask_of_order, case_of, refuse_empty
from flowengine.errors import NotFound
from flowengine.kernel.commands import (
    ChangeData,
    Command,
    MoveToken,
    ReportIncident,
    ResolveIncident,
)
from flowengine.language.process import StepId
from flowengine.store.batch import Batch


class Repairs:
    """The part of an engine for administrators."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def migrate(self, to: VersionChange, *, by: str, dry_run: bool = False) -> Migrated:
        """Move open orders, whole or not at all. Raises NotFound, InvalidInput."""
        opened = self._opened
        said = opened.said(by)
        return migrate(opened.database, opened.transactor, to, said, dry_run)

    def move(
        self,
        number: str,
        from_step: str,
        to_step: str,
        reason: str,
        *,
        by: str,
        reset: bool = False,
        key: str | None = None,
    ) -> Receipt:
        """Take an order from one step to another, whatever its arrows say.

        With `reset` the counts of `at_most` begin anew.

        Raises:
            NotFound: There is no such order or step.
            Conflict: The order is not at `from_step`, or runs no more.
        """
        refuse_empty(reason)
        ask = partial(
            MoveToken,
            from_step=StepId(from_step),
            to_step=StepId(to_step),
            reason=reason,
            reset=reset,
        )
        return self._ask(number, ask, by, key)

    def change(
        self,
        number: str,
        values: Mapping[str, object],
        reason: str,
        *,
        by: str,
        key: str | None = None,
    ) -> Receipt:
        """Correct fields of an order, as people write them, by dotted path.

        A field of an element is named by the element's id ("order.parcels#2.weight").

        Raises:
            NotFound: There is no such order.
            InvalidInput: There is no such field, or a value is of the wrong form.
            CommandRejected: It is the number.
            Conflict: The order runs no more.
        """
        refuse_empty(reason)
        opened = self._opened
        said = opened.said(by, key)

        def work(batch: Batch) -> Receipt:
            case_id = case_of(batch, number)
            held = batch.load(case_id)
            if held is None or held.after is None:
                raise NotFound(f"Expected an order, but there is no case {case_id}.")
            process = opened.registry.net(held.after.process).process
            typed = {
                path: read_field(process, path, raw) for path, raw in values.items()
            }
            command = ChangeData(
                case_id=case_id, values=typed, reason=reason, **said._asdict()
            )
            return opened.transactor.execute(batch, command)

        return opened.transactor.run(work)

    def incidents(self) -> tuple[Incident, ...]:
        """Steps that stand still, the oldest first."""
        with self._opened.database.reading() as connection:
            return incidents(connection, self._opened.registry)

    def report(
        self, ref: str, reason: str, *, by: str, key: str | None = None
    ) -> Receipt:
        """Say that an open step ("1001/pack") cannot go on; it leaves the worklist.

        Raises:
            NotFound: There is no such order or step.
            Conflict: It is not open, or stands still already.
        """
        refuse_empty(reason)
        wanted = task_ref(ref)
        ask = partial(
            ReportIncident, step=wanted.step, element=wanted.element, reason=reason
        )
        return self._ask(wanted.number, ask, by, key)

    def resolve(
        self,
        ref: str,
        reason: str,
        *,
        by: str,
        again: bool = True,
        key: str | None = None,
    ) -> Receipt:
        """Let a step that stands still go on.

        With `again` it is tried anew: a machine is asked again, a step is entered
        again.

        Raises:
            NotFound: There is no such order.
            Conflict: It does not stand still.
            CommandRejected: It would be forgotten unless it is tried again.
        """
        refuse_empty(reason)
        wanted = task_ref(ref)
        ask = partial(ResolveIncident, step=wanted.step, reason=reason, again=again)
        return self._ask(wanted.number, ask, by, key)

    def _ask(
        self, number: str, ask: Callable[..., Command], by: str, key: str | None
    ) -> Receipt:
        opened = self._opened
        return ask_of_order(opened.transactor, ask, number, opened.said(by, key))
