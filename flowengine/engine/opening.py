"""Opening orders: from written field values to a running case."""

from collections.abc import Iterable, Mapping
from functools import partial

from uuid_utils import uuid7

from flowengine.engine.delivering import deliver_waiting
from flowengine.engine.transact import Transactor, tried
from flowengine.engine.values import Receipt, Said
from flowengine.errors import FlowError, InvalidInput
from flowengine.kernel.case import CaseId
from flowengine.kernel.commands import OpenCase
from flowengine.language.data import read_data
from flowengine.net.net import Net
from flowengine.store.batch import Batch

#: The idempotency key of an order that came as a row among many: its number says
#: which order it is, so the same rows again open nothing new.
ROW_KEY = "row"


def open_order(
    transactor: Transactor,
    net: Net,
    fields: Mapping[str, object],
    said: Said,
) -> Receipt:
    """Open an order with field values as people write them.

    Its key belongs to whoever says it: others may count from 1 too.

    Raises:
        InvalidInput: Fields are missing, unknown or wrong; all are named.
        Conflict: Another order has the number.
    """
    if said.key is not None:
        said = said._replace(key=f"{said.by}/{said.key}")
    command = _opening(net, fields, said)
    return transactor.run(lambda batch: open_case(transactor, batch, command))


def open_orders(
    transactor: Transactor,
    net: Net,
    rows: Iterable[Mapping[str, object]],
    said: Said,
) -> tuple[Receipt | FlowError, ...]:
    """Open many orders in one transaction; each alone succeeds or is refused."""
    written = tuple(rows)

    def one(row: Mapping[str, object], batch: Batch) -> Receipt:
        command = _opening(net, row, said._replace(key=ROW_KEY))
        return open_case(transactor, batch, command)

    def work(batch: Batch) -> tuple[Receipt | FlowError, ...]:
        return tuple(tried(batch, partial(one, row)) for row in written)

    return transactor.run(work, locking=True)


def _opening(net: Net, fields: Mapping[str, object], said: Said) -> OpenCase:
    """The command that opens an order.

    Raises:
        InvalidInput: Fields are missing, unknown or wrong; all are named.
    """
    process = net.process
    data = read_data(process, fields)
    number: object = data
    for name in process.number:
        number = number.get(name) if isinstance(number, Mapping) else None
    if not isinstance(number, (str, int)) or str(number).strip() == "":
        raise InvalidInput(
            f"Expected a number in {'.'.join(process.number)}, but it is missing."
        )
    return OpenCase(
        case_id=CaseId(uuid7().hex),
        at=said.at,
        by=said.by,
        key=said.key,
        number=str(number),
        process=process.digest,
        data=data,
    )


def open_case(transactor: Transactor, batch: Batch, command: OpenCase) -> Receipt:
    """Open a case in a transaction, and hand it the messages that came before it.

    Raises:
        Conflict: Another order has the number.
    """
    receipt = transactor.execute(batch, command)
    if not receipt.repeated:
        deliver_waiting(transactor, batch, receipt)
    return receipt
