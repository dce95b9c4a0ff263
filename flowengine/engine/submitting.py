"""Many commands at once: one transaction, each alone accepted or refused."""

from collections.abc import Sequence

from flowengine.engine.opening import open_case
from flowengine.engine.transact import Transactor, tried
from flowengine.engine.values import Receipt
from flowengine.errors import FlowError
from flowengine.kernel.commands import Command, OpenCase
from flowengine.store.batch import Batch


def submit(
    transactor: Transactor, commands: Sequence[Command]
) -> tuple[Receipt | FlowError, ...]:
    """Run typed commands in one transaction, in order."""

    def work(batch: Batch) -> tuple[Receipt | FlowError, ...]:
        known = [each for each in commands if not isinstance(each, OpenCase)]
        batch.preload(
            [each.case_id for each in known],
            [(each.case_id, each.key) for each in known if each.key is not None],
        )
        return tuple(_told(transactor, batch, command) for command in commands)

    # One alone need not keep others out: where it is overtaken, it is done anew.
    return transactor.run(work, locking=len(commands) > 1)


def _told(
    transactor: Transactor, batch: Batch, command: Command
) -> Receipt | FlowError:
    def alone(batch: Batch) -> Receipt:
        if isinstance(command, OpenCase):
            return open_case(transactor, batch, command)
        return transactor.execute(batch, command)

    return tried(batch, alone)
