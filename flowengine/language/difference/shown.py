"""Values of a process as a change of them is told: short, but exact."""

from collections.abc import Callable, Mapping
from typing import cast

from flowengine.calendars import WorkCalendar
from flowengine.language.parts import (
    Automation,
    Batching,
    Call,
    Each,
    Escalation,
    Expense,
    Lateness,
    Season,
    StockEffect,
)
from flowengine.language.process import (
    CANCEL,
    Arrow,
    Branch,
    Gate,
    Join,
    OnCancel,
    Process,
    StepId,
    StepKind,
    Timeout,
    TimeSpan,
    Title,
    WorkTime,
    department_title,
    step_title,
)
from flowengine.language.rules import Rule
from flowengine.language.types import DataType
from flowengine.language.wording import (
    amount_text,
    automation_text,
    batch_text,
    clock_text,
    each_text,
    escalation_text,
    expense_text,
    gate_texts,
    rule_text,
    span_text,
    stock_text,
    who_text,
    work_text,
)
from flowengine.locale import number_text, translator

_Shown = Callable[[Process, object, str], str]
_MONTHS = ("jan feb mar", "apr may jun", "jul aug sep", "oct nov dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def value_text(process: Process, key: str, value: object, lang: str) -> str:
    """A value of a key in words; nothing for what is not there."""
    if value is None or value in ((), ""):
        return ""
    by_key = _BY_KEY.get(key)
    if by_key is not None:
        return by_key(process, value, lang)
    return _value(process, value, lang)


def _value(process: Process, value: object, lang: str) -> str:
    if isinstance(value, bool):
        _ = translator(lang)
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return number_text(value, lang)
    if isinstance(value, tuple | frozenset):
        parts = sorted(value) if isinstance(value, frozenset) else value
        return ", ".join(_inside(process, part, lang) for part in parts)
    for kind, shown in _BY_TYPE.items():
        if isinstance(value, kind):
            return shown(process, value, lang)
    return str(value)


def _inside(process: Process, part: object, lang: str) -> str:
    """An element of several: a path, a season, a branch."""
    if isinstance(part, tuple):
        return ".".join(str(name) for name in part)
    return _value(process, part, lang)


def arrow_text(process: Process, arrow: Arrow, lang: str) -> str:
    """Where an arrow leads, how often, and where then."""
    _ = translator(lang)
    text = " + ".join(_target(process, to, lang) for to in arrow.targets)
    if arrow.at_most is None:
        return text
    limit = _("max {number}").format(number=number_text(arrow.at_most, lang))
    if arrow.then is None:
        return f"{text}, {limit}"
    then = _target(process, arrow.then, lang)
    return _("{arrow}, {limit}, then {step}").format(arrow=text, limit=limit, step=then)


def _target(process: Process, step: StepId, lang: str) -> str:
    if step == CANCEL:
        return translator(lang)("Order cancelled")
    return step_title(process, step, lang)


def branch_text(process: Process, rule: Rule | None, lang: str) -> str:
    """What makes a branch be taken."""
    return translator(lang)("else") if rule is None else rule_text(process, rule)


def _branch(process: Process, value: object, lang: str) -> str:
    branch = cast("Branch", value)
    rule = branch_text(process, branch.rule, lang)
    return f"{rule}: {arrow_text(process, branch.arrow, lang)}"


def _timeout(process: Process, value: object, lang: str) -> str:
    timeout = cast("Timeout", value)
    after = span_text(timeout.after, lang)
    return f"{_in_calendar(after, timeout.after)}: " + arrow_text(
        process, timeout.arrow, lang
    )


def _span(process: Process, value: object, lang: str) -> str:
    span = cast("TimeSpan", value)
    return _in_calendar(span_text(span, lang), span)


def _in_calendar(text: str, span: TimeSpan) -> str:
    return text if span.calendar is None else f"{text} ({span.calendar})"


def _work(process: Process, value: object, lang: str) -> str:
    work = cast("WorkTime", value)
    text = work_text(work, lang)
    if work.least == work.most:
        return text
    _ = translator(lang)
    mode = work_text(WorkTime(work.mode, work.mode, work.mode), lang)
    return _("{range}, mostly {time}").format(range=text, time=mode)


def _call(process: Process, value: object, lang: str) -> str:
    call = cast("Call", value)
    _ = translator(lang)
    parts = [f"{call.process}@{call.version}"]
    if call.gives:
        given = (f"{name}: {rule.text}" for name, rule in call.gives.items())
        parts.append(_("gives {fields}").format(fields=", ".join(given)))
    if call.takes:
        taken = (f"{'.'.join(a)}: {'.'.join(b)}" for a, b in call.takes.items())
        parts.append(_("takes {fields}").format(fields=", ".join(taken)))
    return "; ".join(parts)


def _type(process: Process, value: object, lang: str) -> str:
    """A type as it is written: `optional list of line`."""
    data_type = cast("DataType", value)
    words = ["optional"] if data_type.optional else []
    words += ["personal"] if data_type.personal else []
    words.append(data_type.record or data_type.kind.value)
    if data_type.choices:
        words.append(f"[{', '.join(data_type.choices)}]")
    if data_type.element is not None:
        words.append(_type(process, data_type.element, lang))
    if data_type.currency is not None:
        words.append(f"in {data_type.currency}")
    return " ".join(words)


def _cancel(process: Process, value: object, lang: str) -> str:
    on_cancel = cast("OnCancel", value)
    text = arrow_text(process, on_cancel.arrow, lang)
    if on_cancel.until is None:
        return text
    _ = translator(lang)
    until = step_title(process, on_cancel.until, lang)
    return _("{arrow}, until {step}").format(arrow=text, step=until)


def _lateness(process: Process, value: object, lang: str) -> str:
    late = cast("Lateness", value)
    _ = translator(lang)
    per_day = amount_text(process, late.per_day, lang)
    text = _("{money} a day").format(money=per_day)
    if not late.penalty:
        return text
    penalty = amount_text(process, late.penalty, lang)
    return _("{cost}, once {money}").format(cost=text, money=penalty)


def _season(process: Process, value: object, lang: str) -> str:
    season = cast("Season", value)
    names = " ".join(_MONTHS).split()
    months = " ".join(names[month - 1] for month in sorted(season.months))
    return f"{months}: {number_text(season.people, lang)}"


def _hours(process: Process, value: object, lang: str) -> str:
    spans = cast("tuple[tuple[int, int], ...]", value)
    return ", ".join(
        f"{clock_text(start)}-{clock_text(end % 1440 or 1440)}" for start, end in spans
    )


def _cost(process: Process, value: object, lang: str) -> str:
    if isinstance(value, int):
        return f"{amount_text(process, value, lang)}/h"
    return expense_text(process, cast("Expense", value), lang)


_BY_TYPE: Mapping[type, _Shown] = {
    Title: lambda process, value, lang: (
        f"{cast('Title', value).en} / {cast('Title', value).lv}"
    ),
    Rule: lambda process, value, lang: cast("Rule", value).text,
    Arrow: lambda process, value, lang: arrow_text(process, cast("Arrow", value), lang),
    Branch: _branch,
    TimeSpan: _span,
    WorkTime: _work,
    Timeout: _timeout,
    Automation: lambda process, value, lang: automation_text(
        process, cast("Automation", value), lang
    ),
    Call: _call,
    Each: lambda process, value, lang: (
        f"{each_text(process, cast('Each', value), lang)} "
        f"({'.'.join(cast('Each', value).items)})"
    ),
    Batching: lambda process, value, lang: batch_text(
        process, cast("Batching", value), lang
    ),
    Gate: lambda process, value, lang: ", ".join(
        gate_texts(process, cast("Gate", value), lang)
    ),
    StockEffect: lambda process, value, lang: stock_text(
        process, cast("StockEffect", value), lang
    ),
    Escalation: lambda process, value, lang: escalation_text(
        process, cast("Escalation", value), lang
    ),
    Season: _season,
    Lateness: _lateness,
    OnCancel: _cancel,
    DataType: _type,
    WorkCalendar: lambda process, value, lang: _hours(
        process, cast("WorkCalendar", value).hours, lang
    ),
}
_BY_KEY: Mapping[str, _Shown] = {
    "department": lambda process, value, lang: department_title(
        process, str(value), lang
    ),
    "role": lambda process, value, lang: who_text(process, str(value), lang),
    "not_same_person_as": lambda process, value, lang: step_title(
        process, str(value), lang
    ),
    "start": lambda process, value, lang: step_title(process, StepId(str(value)), lang),
    "cost": _cost,
    "hours": _hours,
    "days": lambda process, value, lang: " ".join(
        _DAYS[day] for day in sorted(cast("frozenset[int]", value))
    ),
    "number": lambda process, value, lang: ".".join(cast("tuple[str, ...]", value)),
    "match": lambda process, value, lang: ".".join(cast("tuple[str, ...]", value)),
    "kind": lambda process, value, lang: _kind(cast("StepKind", value), lang),
    "join": lambda process, value, lang: _join(cast("Join", value), lang),
    "choose_order": lambda process, value, lang: _rules(value, lang),
    "choose_all_order": lambda process, value, lang: _rules(value, lang),
}


def _rules(value: object, lang: str) -> str:
    rules = cast("tuple[str, ...]", value)
    return "; ".join(rule or translator(lang)("else") for rule in rules)


def _kind(kind: StepKind, lang: str) -> str:
    _ = translator(lang)
    return {
        StepKind.TASK: _("task"),
        StepKind.AUTOMATION: _("machine"),
        StepKind.WAIT: _("wait"),
        StepKind.CALL: _("call"),
        StepKind.GATE: _("gate"),
        StepKind.ROUTE: _("route"),
        StepKind.END: _("end"),
    }[kind]


def _join(join: Join, lang: str) -> str:
    _ = translator(lang)
    return {Join.ALL: _("all"), Join.OPENED: _("those opened")}[join]
