"""What befalls an order in the demo beside the written way: holds, cancels, notes."""

import random
from collections.abc import Iterator

from flowengine.demo.floor import PlayedOrder
from flowengine.demo.habits import chance_of, drawn
from flowengine.demo.outside import Message
from flowengine.kernel.case import UserId
from flowengine.kernel.commands import (
    AddNote,
    CancelCase,
    Command,
    HoldCase,
    ResumeCase,
)
from flowengine.quantities import MINUTE, Instant

_LEAD = UserId("lead")
_HOLDS = (
    (4, "address unclear"),
    (3, "customer asked to wait"),
    (2, "possible fraud"),
    (1, "price disputed"),
)
_CANCELS = ((5, "customer changed their mind"), (3, "found cheaper"), (2, "duplicate"))
_NOTES = ("Call before delivery.", "Leave with the neighbour.", "Gift: no invoice.")


def fate_of(order: PlayedOrder, opened: Instant, seed: int) -> Iterator[Command]:
    """Commands that a lead will give about an order; refused if they come too late."""
    chance = chance_of(seed, order.number, "fate")
    case_id = order.case_id
    if chance.random() < 0.04:
        start = _later(opened, chance, 30, 1800)
        reason = drawn(chance, _HOLDS)
        yield HoldCase(case_id=case_id, at=start, by=_LEAD, reason=reason)
        end = _later(start, chance, 120, 1200)
        yield ResumeCase(case_id=case_id, at=end, by=_LEAD)
    if chance.random() < 0.04:
        at = _later(opened, chance, 20, 2400)
        why = drawn(chance, _CANCELS)
        yield CancelCase(case_id=case_id, at=at, by=_LEAD, reason=why)
    if chance.random() < 0.05:
        at = _later(opened, chance, 1, 60)
        yield AddNote(case_id=case_id, at=at, by=_LEAD, text=chance.choice(_NOTES))


def early_messages(number: str, opened: Instant, seed: int) -> Iterator[Message]:
    """Some pay before anybody asks: the engine keeps the message."""
    chance = chance_of(seed, number, "early")
    if chance.random() < 0.02:
        at = _later(opened, chance, 1, 30)
        yield Message(at, "payment-received", {"order.credit": "ok"})


def _later(opened: Instant, chance: random.Random, low: int, high: int) -> Instant:
    """Between so many minutes later."""
    return Instant(opened + chance.randint(low, high) * MINUTE)
