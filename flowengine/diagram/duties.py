"""What a step's box says under its name, and what only its tooltip has room for."""

from collections.abc import Iterator

from flowengine.language.parts import AutomationKind
from flowengine.language.process import Process, Step
from flowengine.language.wording import (
    apart_text,
    automation_text,
    batch_text,
    call_text,
    each_text,
    escalation_text,
    expense_text,
    fields_text,
    gate_texts,
    rule_text,
    span_text,
    stock_text,
    work_text,
)
from flowengine.locale import translator


def duties(process: Process, step: Step, lang: str) -> Iterator[str]:
    """What a box says under its role, a part each."""
    _ = translator(lang)
    if step.each is not None:
        yield each_text(process, step.each, lang)
    yield from _machine(process, step, lang)
    if step.work is not None:
        yield _("work {time}").format(time=work_text(step.work, lang))
    if step.sla is not None:
        yield _("SLA {time}").format(time=span_text(step.sla, lang))
    yield from _waits(process, step, lang)
    if step.batch is not None:
        yield batch_text(process, step.batch, lang)
    for told in step.escalate:
        yield escalation_text(process, told, lang)
    if step.not_same_person_as is not None:
        yield apart_text(process, step.not_same_person_as, lang)
    if step.skip_when is not None:
        yield _("skipped if {rule}").format(rule=rule_text(process, step.skip_when))


def _machine(process: Process, step: Step, lang: str) -> Iterator[str]:
    """What happens without hands; stock stands with the goods."""
    if step.do is not None and step.do.kind is not AutomationKind.STOCK:
        yield automation_text(process, step.do, lang)
    if step.call is not None:
        yield call_text(step.call, lang)
    if step.gate is not None:
        yield from gate_texts(process, step.gate, lang)


def _waits(process: Process, step: Step, lang: str) -> Iterator[str]:
    _ = translator(lang)
    if step.wait_for is not None:
        yield _("waits {time}").format(time=span_text(step.wait_for, lang))
    if step.wait_until is not None:
        yield _("waits until {rule}").format(rule=rule_text(process, step.wait_until))
    if step.messages:
        yield _("waits for a message")


def goods_texts(process: Process, step: Step, lang: str) -> Iterator[str]:
    """What happens to the goods at a step."""
    if step.do is not None and step.do.stock is not None:
        yield stock_text(process, step.do.stock, lang)
    if step.stock is not None:
        yield stock_text(process, step.stock, lang)


def particulars(process: Process, step: Step, lang: str) -> Iterator[str]:
    """What only the tooltip has room for."""
    _ = translator(lang)
    if step.about:
        yield step.about.in_language(lang)
    if step.asks:
        yield _("asks {fields}").format(fields=fields_text(process, step.asks))
    if step.scan:
        yield _("scans {fields}").format(fields=", ".join(step.scan))
    for path, rule in step.sets.items():
        yield _("sets {field} to {rule}").format(
            field=fields_text(process, (path,)), rule=rule_text(process, rule)
        )
    if step.cost is not None:
        yield _("costs {money}").format(money=expense_text(process, step.cost, lang))
    if step.undo is not None:
        yield _("undone by: {what}").format(
            what=automation_text(process, step.undo, lang)
        )
    if step.epcis is not None:
        yield f"EPCIS {step.epcis}"
