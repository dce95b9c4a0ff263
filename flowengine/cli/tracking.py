"""What a customer is told about an order: where it is, in one sentence."""

from collections.abc import Sequence

from flowengine.eventlog import SKIPPED, WITHDRAWN, EntryKind
from flowengine.kernel.events import (
    CancelBegun,
    CaseCancelled,
    CaseClosed,
    Event,
    StepEnded,
    StepOpened,
)
from flowengine.language.process import Process, StepId, StepKind
from flowengine.locale import translator

#: Statuses that say why a task is there, so they hold as soon as it is ready. Those
#: of other tasks hold when the task is done, those of waits as soon as they begin.
_FROM_THE_START = frozenset({"attempt_failed", "delayed"})

_CANCELLING = "cancelling"


def public_status(process: Process, events: Sequence[Event]) -> str | None:
    """The status of the last step that has one and has come so far.

    A cancelled order is `cancelling` until a later step says otherwise.
    """
    status: str | None = None
    for event in events:
        if isinstance(event, CancelBegun | CaseCancelled):
            status = _CANCELLING
        elif isinstance(event, CaseClosed) and status == _CANCELLING:
            status = "cancelled"
        elif isinstance(event, StepOpened | StepEnded):
            status = _status_of(process, event) or status
    return status


def _status_of(process: Process, event: StepOpened | StepEnded) -> str | None:
    step = process.steps.get(StepId(event.step))
    if step is None or step.public_status is None:
        return None
    status = step.public_status
    if isinstance(event, StepOpened):
        early = event.kind is EntryKind.WAIT or status in _FROM_THE_START
        return status if early else None
    if event.outcome == WITHDRAWN or step.kind is StepKind.WAIT:
        return None
    if event.element is not None and event.way is None:
        return None  # not all of its elements are done
    # A skipped task was done by a rule, which is as good to the customer.
    done = event.outcome == SKIPPED or event.kind is not EntryKind.WAIT
    return status if done and status not in _FROM_THE_START else None


def sentence(status: str | None, lang: str) -> str:
    """A status as a sentence to the customer; an unknown one by its own words."""
    _ = translator(lang)
    if status is None:
        return _("We have received your order.")
    known = {
        _CANCELLING: _("Your order is being cancelled."),
        "confirmed": _("Your order is confirmed."),
        "preparing": _("Your order is being prepared."),
        "packed": _("Your order is packed."),
        "handed_over": _("Your order has been handed over to the carrier."),
        "in_transit": _("Your order is on its way."),
        "attempt_failed": _(
            "The carrier could not deliver your order; we will agree on a new time."
        ),
        "delayed": _("Your order is late; we are asking the carrier where it is."),
        "out_for_delivery": _("Your order is out for delivery today."),
        "ready_for_pickup": _("Your order is ready for you to pick up."),
        "on_hold": _("Your order is on hold; we will tell you why."),
        "delivered": _("Your order has been delivered."),
        "returning": _("We are waiting for your parcel."),
        "returned": _("Your parcel has come back to us."),
        "cancelled": _("Your order has been cancelled."),
    }
    words = status.replace("_", " ").replace("-", " ")
    return known.get(status, _("Your order: {status}.").format(status=words))
