"""Messages from outside: finding their order, typing them, keeping the early ones."""

import hmac
from collections.abc import Mapping
from hashlib import sha256

from flowengine.engine.fields import read_field
from flowengine.engine.transact import Transactor
from flowengine.engine.values import Receipt, Said
from flowengine.errors import CommandRejected, FlowError, InvalidInput
from flowengine.kernel.case import Case, CaseId, UserId
from flowengine.kernel.commands import DeliverMessage
from flowengine.kernel.messages import KEPT
from flowengine.language.data import personal_paths
from flowengine.net.net import Net
from flowengine.quantities import Instant
from flowengine.store import inbox
from flowengine.store.batch import Batch
from flowengine.store.erasing import message_secret
from flowengine.store.inbox import InboxMessage
from flowengine.store.json_text import to_json
from flowengine.store.rows import value_at

#: How keys begin that were made from what a message says.
_HASHED = "message:"


def message_key(name: str, match: str, body: Mapping[str, object]) -> str:
    """The idempotency key of a message that brings none of its own."""
    text = to_json([name, match, sorted((k, str(v)) for k, v in body.items())])
    return f"{_HASHED}{sha256(text.encode()).hexdigest()[:32]}"


def deliver_message(
    transactor: Transactor,
    name: str,
    match: str,
    body: Mapping[str, object],
    said: Said,
) -> Receipt | None:
    """Hand in a message; None when no order matches yet and it was kept."""
    message = InboxMessage(
        # A message's own key is known by its sender: others may count from 1 too.
        key=message_key(name, match, body)
        if said.key is None
        else f"{said.by}/{said.key}",
        message=name,
        value=match,
        at=said.at,
        by=said.by,
        body=dict(body),
    )
    return transactor.run(lambda batch: _deliver(transactor, batch, message))


def _deliver(
    transactor: Transactor, batch: Batch, message: InboxMessage
) -> Receipt | None:
    """Give a message to its order; None when no order matches and it was kept.

    Raises:
        CommandRejected: Several orders match, or the order is closed.
        InvalidInput: The message says something that it may not set.
    """
    case_id = _case_for(transactor, batch, message)
    if case_id is None:
        inbox.wanted(batch.link, [(message.message, message.value)])
        # It may have been opened since.
        case_id = _case_for(transactor, batch, message)
    if case_id is None:
        inbox.keep(batch.link, message)
        return None
    return _deliver_to(transactor, batch, case_id, message)


def _case_for(
    transactor: Transactor, batch: Batch, message: InboxMessage
) -> CaseId | None:
    """The one order that a message is for; None while there is none."""
    cases = batch.matching(message.message, message.value)
    if len(cases) > 1:
        raise CommandRejected(
            f"Expected one order for message {message.message} with "
            f"{message.value!r}, but {len(cases)} match: name one by its number."
        )
    return cases[0] if cases else _by_number(transactor, batch, message)


def deliver_waiting(transactor: Transactor, batch: Batch, receipt: Receipt) -> None:
    """Hand a new case what came for it before it was opened, the oldest first."""
    held = batch.load(receipt.case_id)
    if held is None or held.after is None or held.net is None:
        return
    values = {
        declared.name: str(value)
        for declared in held.net.process.messages.values()
        if (value := value_at(held.after, declared.match)) is not None
    }
    if values:
        inbox.wanted(batch.link, values.items())
    since = held.after.opened - KEPT
    for name, value in values.items():
        for message in inbox.take(batch.link, name, value, since):
            try:
                _deliver_to(transactor, batch, receipt.case_id, message)
            except FlowError:
                # It cannot be read for this order: it stays for somebody to look at.
                inbox.keep(batch.link, message)


def _by_number(
    transactor: Transactor, batch: Batch, message: InboxMessage
) -> CaseId | None:
    """The order of that number, if its process finds it so for this message.

    The number is no row of `case_key`: most messages match it, and it has a table.
    """
    found = batch.number(message.value)
    if found is None:
        return None
    process = _net(transactor, batch, found[0]).process
    declared = process.messages.get(message.message)
    if declared is None:
        raise CommandRejected(
            f"Expected a message that {process.name} waits for "
            f"({', '.join(process.messages) or 'none'}), "
            f"but got {message.message!r}."
        )
    return found[0] if declared.match == process.number else None


def _deliver_to(
    transactor: Transactor, batch: Batch, case_id: CaseId, message: InboxMessage
) -> Receipt:
    net = _net(transactor, batch, case_id)
    key = message.key
    if key.startswith(_HASHED) and _is_personal(net, message):
        key = _secret_key(batch, case_id, key)
    command = DeliverMessage(
        case_id=case_id,
        at=Instant(message.at),
        by=UserId(message.by),
        key=key,
        name=message.message,
        body=_typed(net, message),
    )
    return transactor.execute(batch, command)


def _is_personal(net: Net, message: InboxMessage) -> bool:
    """Whether a message may say something about a person."""
    paths = [".".join(path) for path in personal_paths(net.process)]
    return any(
        f"{path}.".startswith(f"{name}.") for name in message.body for path in paths
    )


def _secret_key(batch: Batch, case_id: CaseId, key: str) -> str:
    """A key from which nobody can find out what a message said.

    Its secret is the case's, and is erased with the case's personal values. A message
    that was delivered before there were such secrets is known by its old key.
    """
    if batch.answer(case_id, key) is not None:
        return key
    secret = message_secret(batch.link, bytes.fromhex(case_id))
    return f"{_HASHED}{hmac.new(secret, key.encode(), sha256).hexdigest()[:32]}"


def _typed(net: Net, message: InboxMessage) -> dict[str, object]:
    """What the message sets, by dotted path."""
    declared = net.process.messages.get(message.message)
    allowed = [".".join(path) for path in declared.sets] if declared else []
    typed: dict[str, object] = {}
    for name, raw in message.body.items():
        if name not in allowed:
            raise InvalidInput(
                f"Expected message {message.message} to set "
                f"{', '.join(allowed) or 'nothing'}, but it sets {name}."
            )
        typed[name] = read_field(net.process, name, raw)
    return typed


def _net(transactor: Transactor, batch: Batch, case_id: CaseId) -> Net:
    held = batch.load(case_id)
    if held is None or held.after is None:
        raise ValueError(f"Case {case_id} has a number but no row.")
    case: Case = held.after
    return held.net or transactor.registry.net(case.process)
