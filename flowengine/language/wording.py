"""What a process says, part by part, as people read it in their language.

The plan, `process show` and the difference of two versions tell a written value in
these words. Names that are the file's own (fields, messages, outcomes) stay as they
are.
"""

import re
from collections.abc import Iterable, Iterator

from flowengine.language.parts import (
    Automation,
    AutomationKind,
    Batching,
    Call,
    Each,
    Escalation,
    Expense,
    StockEffect,
    StockVerb,
)
from flowengine.language.process import (
    DepartmentId,
    Gate,
    Process,
    RoleId,
    StepId,
    TimeSpan,
    WorkTime,
    step_title,
)
from flowengine.language.rules import Rule
from flowengine.language.showing import show_value
from flowengine.language.types import DataType, Kind
from flowengine.locale import (
    counted_text,
    duration_text,
    number_text,
    range_text,
    share_text,
    translator,
)
from flowengine.quantities import Duration


def span_text(span: TimeSpan, lang: str) -> str:
    """A written length of time: `3 d`, `2 business days`."""
    if not span.business_days:
        return duration_text(Duration(span.amount), lang)
    return counted_text(span.amount, "business day", "business days", lang)


def work_text(work: WorkTime, lang: str) -> str:
    """How long hands need: `8 min`, `3 - 20 min`, with what it is counted by."""
    text = duration_text(work.least, lang)
    if work.least != work.most:
        text = range_text(work.least, work.most, lang)
    return _per(text, work.per, lang)


def expense_text(process: Process, expense: Expense, lang: str) -> str:
    """What a step costs beside hands: `0.85 EUR per order.parcels`."""
    return _per(amount_text(process, expense.amount, lang), expense.per, lang)


def amount_text(process: Process, amount: int, lang: str) -> str:
    """An amount of the process's own currency."""
    return show_value(DataType(Kind.MONEY), amount, lang, process)


def _per(text: str, items: tuple[str, ...] | None, lang: str) -> str:
    if items is None:
        return text
    _ = translator(lang)
    return _("{time} per {list}").format(time=text, list=".".join(items[1:] or items))


def rule_text(process: Process, rule: Rule) -> str:
    """A rule as short as it can be read: without the subject and what it implies."""
    text = re.sub(r"(\S+) is given and (?=(not )?\1\b)", "", rule.text)
    return re.sub(rf"\b{re.escape(process.subject)}\.", "", text)


def field_text(process: Process, path: tuple[str, ...]) -> str:
    """A field by its path, without the subject: `priority`, `customer.name`."""
    inside = path[1:] if path[0] == process.subject and len(path) > 1 else path
    return ".".join(inside)


def fields_text(process: Process, paths: Iterable[tuple[str, ...]]) -> str:
    """Several fields, in their order."""
    return ", ".join(field_text(process, path) for path in paths)


def who_text(process: Process, name: str, lang: str) -> str:
    """A role or a department by its title; anything else by its name."""
    role = process.roles.get(RoleId(name))
    department = process.departments.get(DepartmentId(name))
    found = role or department
    return name if found is None else found.title.in_language(lang)


def stock_text(process: Process, effect: StockEffect, lang: str) -> str:
    """What happens to the goods: `reserve lines`, `move lines to DOCK`."""
    _ = translator(lang)
    verbs = {
        StockVerb.RECEIVE: _("receive {goods}"),
        StockVerb.MOVE: _("move {goods}"),
        StockVerb.RESERVE: _("reserve {goods}"),
        StockVerb.RELEASE: _("release {goods}"),
        StockVerb.PICK: _("pick {goods}"),
        StockVerb.PACK: _("pack {goods}"),
        StockVerb.SHIP: _("ship {goods}"),
        StockVerb.RETURN: _("take back {goods}"),
        StockVerb.RESTOCK: _("restock {goods}"),
        StockVerb.SCRAP: _("scrap {goods}"),
        StockVerb.ADJUST: _("adjust {goods}"),
        StockVerb.TRANSFORM: _("transform {goods}"),
    }
    text = verbs[effect.verb].format(goods=field_text(process, effect.items))
    if effect.source is not None:
        text = _("{what} from {place}").format(what=text, place=effect.source)
    if effect.target is not None:
        text = _("{what} to {place}").format(what=text, place=effect.target)
    return text


def automation_text(process: Process, done: Automation, lang: str) -> str:
    """What a machine does: `notify Shift lead`, `POST https://…`, `runs NAME`."""
    _ = translator(lang)
    match done.kind:
        case AutomationKind.STOCK if done.stock is not None:
            return stock_text(process, done.stock, lang)
        case AutomationKind.NOTIFY:
            return _("tell {who}").format(who=who_text(process, done.target, lang))
        case AutomationKind.HTTP:
            return f"{done.method} {done.target}".strip()
        case AutomationKind.PYTHON:
            return _("run {name}").format(name=done.target)
        case _:
            return done.text


def each_text(process: Process, each: Each, lang: str) -> str:
    """Once for which elements: `for each parcel if parcel.damaged`."""
    _ = translator(lang)
    if each.where is None:
        return _("for each {name}").format(name=each.name)
    return _("for each {name} if {rule}").format(
        name=each.name, rule=rule_text(process, each.where)
    )


def batch_text(process: Process, batch: Batching, lang: str) -> str:
    """How many tasks are claimed together: `up to 12 at once, alike in zone`."""
    _ = translator(lang)
    text = _("up to {number} at once").format(number=number_text(batch.up_to, lang))
    if not batch.by:
        return text
    fields = fields_text(process, batch.by)
    return _("{batch}, alike in {fields}").format(batch=text, fields=fields)


def call_text(call: Call, lang: str) -> str:
    """Which process is called, pinned: `calls credit-check@2`."""
    _ = translator(lang)
    return _("calls {process}").format(process=f"{call.process}@{call.version}")


def gate_texts(process: Process, gate: Gate, lang: str) -> Iterator[str]:
    """What a release valve lets through, a part each."""
    _ = translator(lang)
    steps = ", ".join(step_title(process, step, lang) for step in gate.steps)
    yield _("at most {number} in {steps}").format(
        number=number_text(gate.limit, lang), steps=steps
    )
    if gate.batch is not None:
        yield _("{number} at a time").format(number=number_text(gate.batch, lang))
    if gate.cutoff is not None:
        yield _("until {time}").format(time=clock_text(gate.cutoff))
    if gate.first:
        yield _("first by {fields}").format(fields=fields_text(process, gate.first))


def clock_text(minutes: int) -> str:
    """A time of day from its minutes: `14:00`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def escalation_text(process: Process, told: Escalation, lang: str) -> str:
    """Whom to tell, and when: `at 80 % of the SLA tell Shift lead`."""
    _ = translator(lang)
    return _("at {share} of the SLA tell {who}").format(
        share=share_text(told.share / 100, lang),
        who=who_text(process, told.notify, lang),
    )


def apart_text(process: Process, step: StepId, lang: str) -> str:
    """Separated duties: `not by who did Enter order`."""
    _ = translator(lang)
    return _("not by who did {step}").format(step=step_title(process, step, lang))
