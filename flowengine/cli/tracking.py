"""What a customer is told about an order: where it is, in one sentence."""

from collections.abc import Sequence

from flowengine.eventlog import SKIPPED, WITHDRAWN, EntryKind
from flowengine.kernel.events import CaseCancelled, Event, StepEnded, StepOpened
from flowengine.language.process import Process, StepId, StepKind
from flowengine.locale import translator

#: Statuses that say why a task is there, so they hold as soon as it is ready. Those
#: of other tasks hold when the task is done, those of waits as soon as they begin.
_FROM_THE_START = frozenset({"attempt_failed", "delayed"})

#: The sentence of each status; others are told by their own words.
SENTENCES = {
    "confirmed": "Your order is confirmed.",
    "preparing": "Your order is being prepared.",
    "packed": "Your order is packed.",
    "handed_over": "Your order has been handed over to the carrier.",
    "in_transit": "Your order is on its way.",
    "attempt_failed": "The carrier could not deliver your order; we will agree on a"
    " new time.",
    "delayed": "Your order is late; we are looking for it at the carrier.",
    "delivered": "Your order has been delivered.",
    "returning": "We are waiting for your return.",
    "returned": "Your order has come back to us.",
    "cancelled": "Your order has been cancelled.",
}
_RECEIVED = "We have received your order."
_UNDONE = "Your order is being cancelled."
_OTHER = "Your order: {status}."


def public_status(process: Process, events: Sequence[Event]) -> str | None:
    """The status of the last step that has one and has come so far.

    A cancelled order is `cancelling` until a later step says otherwise.
    """
    status: str | None = None
    for event in events:
        if isinstance(event, CaseCancelled):
            status = "cancelling"
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
    # A skipped task was done by a rule, which is as good to the customer.
    done = event.outcome == SKIPPED or event.kind is not EntryKind.WAIT
    return status if done and status not in _FROM_THE_START else None


def sentence(status: str | None, lang: str) -> str:
    """A status as a sentence to the customer."""
    say = translator(lang)
    if status is None:
        return say(_RECEIVED)
    if status == "cancelling":
        return say(_UNDONE)
    if status in SENTENCES:
        return say(SENTENCES[status])
    return say(_OTHER).format(status=say(status.replace("_", " ").replace("-", " ")))
