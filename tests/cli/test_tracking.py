"""What customers are told, from what happened so far."""

import pytest

from flowengine.cli.tracking import public_status, sentence
from flowengine.demo import reference_text
from flowengine.eventlog import SKIPPED, WITHDRAWN, EntryKind
from flowengine.kernel.case import UserId
from flowengine.kernel.events import CaseCancelled, CaseClosed, StepEnded, StepOpened
from flowengine.language import Process, read_process
from flowengine.language.process import StepId
from flowengine.locale import LANGUAGES
from flowengine.quantities import Instant

AT = Instant(0)
BY = UserId("anna")


@pytest.fixture(scope="module")
def process() -> Process:
    read = read_process(reference_text("order-to-delivery"), "order-to-delivery.yaml")
    assert read.process is not None
    return read.process


def opened(step: str, kind: EntryKind = EntryKind.TASK) -> StepOpened:
    return StepOpened(
        at=AT, by=BY, step=StepId(step), visit=1, kind=kind, pred=None, enabled=AT
    )


def ended(
    step: str, kind: EntryKind = EntryKind.TASK, outcome: str | None = None
) -> StepEnded:
    return StepEnded(
        at=AT,
        by=BY,
        step=StepId(step),
        visit=1,
        kind=kind,
        pred=None,
        enabled=AT,
        started=AT,
        outcome=outcome,
    )


def test_a_new_order_has_no_status(process: Process) -> None:
    assert public_status(process, []) is None
    assert public_status(process, [opened("enter")]) is None


def test_a_task_says_its_status_when_it_is_done(process: Process) -> None:
    assert public_status(process, [opened("dispatch")]) is None
    assert public_status(process, [opened("dispatch"), ended("dispatch")]) == (
        "handed_over"
    )


def test_a_task_that_a_rule_skips_is_done(process: Process) -> None:
    skipped = ended("enter", EntryKind.PASS, SKIPPED)

    assert public_status(process, [skipped]) == "confirmed"


def test_a_wait_says_its_status_while_it_waits(process: Process) -> None:
    assert public_status(process, [opened("transit", EntryKind.WAIT)]) == "in_transit"


def test_a_task_that_repairs_says_why_it_is_there(process: Process) -> None:
    wait = opened("transit", EntryKind.WAIT)

    assert public_status(process, [wait, opened("redeliver")]) == "attempt_failed"
    assert public_status(process, [wait, opened("trace")]) == "delayed"


def test_what_is_withdrawn_says_nothing(process: Process) -> None:
    withdrawn = ended("dispatch", outcome=WITHDRAWN)

    assert public_status(process, [ended("enter"), withdrawn]) == "confirmed"


def test_a_cancelled_order_is_being_cancelled_until_it_is(process: Process) -> None:
    cancelled = CaseCancelled(at=AT, by=BY, reason="not wanted", marking=0)
    closed = CaseClosed(at=AT, by=BY, outcome="cancelled", last=None)

    assert sentence(public_status(process, [cancelled]), "en") == (
        "Your order is being cancelled."
    )
    assert sentence(public_status(process, [cancelled, closed]), "en") == (
        "Your order has been cancelled."
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_status_of_the_reference_processes_has_a_sentence_of_its_own(
    lang: str,
) -> None:
    for name in ("order-to-delivery", "return"):
        read = read_process(reference_text(name), name)
        assert read.process is not None
        for step in read.process.steps.values():
            if step.public_status is not None:
                told = sentence(step.public_status, lang)
                assert step.public_status.replace("_", " ") not in told.split(": ")


def test_an_unknown_status_is_told_by_its_own_words() -> None:
    assert sentence("at_customs", "en") == "Your order: at customs."
    assert sentence("at_customs", "lv") == "Jūsu pasūtījums: at customs."
