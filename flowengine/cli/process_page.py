"""One process as `flowengine process show` tells it."""

from collections.abc import Iterator

import click

from flowengine.cli.output import print_pairs, print_table
from flowengine.cli.words import ending
from flowengine.language.process import (
    Arrow,
    Process,
    Step,
    StepKind,
    department_title,
    step_title,
)
from flowengine.language.wording import span_text
from flowengine.locale import duration_text, number_text, translator
from flowengine.net import compile_net
from flowengine.net.feasibility import CostOutlook, expected_cost
from flowengine.quantities import MONEY_SCALE, Duration


def process_json(process: Process) -> dict[str, object]:
    """A process for machines: its heads and its steps in file order."""
    return {
        "process": process.name,
        "version": process.version,
        "digest": process.digest,
        "title": {"en": process.title.en, "lv": process.title.lv},
        "subject": process.subject,
        "start": process.start,
        "departments": list(process.departments),
        "roles": list(process.roles),
        "outlook": _outlook_json(expected_cost(compile_net(process))),
        "steps": [_step_json(step) for step in process.steps.values()],
    }


def _outlook_json(outlook: CostOutlook) -> dict[str, object]:
    """Durations in microseconds, money in ten-thousandths."""
    return {
        "least_work": outlook.least,
        "typical_work": outlook.typical,
        "hands": outlook.hands,
        "expenses": outlook.expenses,
        "highest": outlook.highest,
        "unpriced": list(outlook.unpriced),
    }


def _step_json(step: Step) -> dict[str, object]:
    return {
        "step": step.id,
        "kind": step.kind.value,
        "title": {"en": step.title.en, "lv": step.title.lv},
        "department": step.department,
        "role": step.role,
        "leads": [{"by": by, "to": list(arrow.targets)} for by, arrow in _ways(step)],
        "end": step.end,
    }


def print_process(process: Process, lang: str) -> None:
    """Print a process for people."""
    _ = translator(lang)
    print_pairs(
        [
            (_("Process"), f"{process.name} {process.version}"),
            (_("Title"), process.title.in_language(lang)),
            (_("About"), process.about.in_language(lang) if process.about else ""),
        ]
    )
    click.echo(_outlook_text(process, lang))
    click.echo()
    titles = (
        _("Step"),
        _("Title"),
        _("Department"),
        _("Role"),
        "SLA",
        _("Leads to"),
    )
    kinds = {
        StepKind.TASK: _("task"),
        StepKind.AUTOMATION: _("machine"),
        StepKind.WAIT: _("wait"),
        StepKind.CALL: _("call"),
        StepKind.GATE: _("gate"),
        StepKind.ROUTE: _("route"),
        StepKind.END: _("end"),
    }
    rows = [
        (
            step.id,
            step.title.in_language(lang),
            department_title(process, step.department, lang),
            step.role or kinds[step.kind],
            span_text(step.sla, lang) if step.sla else "",
            _leads_text(process, step, lang),
        )
        for step in process.steps.values()
    ]
    print_table(titles, rows)


def _outlook_text(process: Process, lang: str) -> str:
    """What an order takes of hands and money, as far as the process alone says it."""
    _ = translator(lang)
    outlook = expected_cost(compile_net(process))
    told = _("An order takes at least {least}, typically {typical} of working hours")
    if outlook.hands:
        told += _(", and {hands} of hands; 19 of 20 cost at most {highest}")
    return told.format(
        least=duration_text(outlook.least or Duration(0), lang),
        typical=duration_text(outlook.typical, lang),
        hands=_money_text(outlook.hands, process.currency, lang),
        highest=_money_text(outlook.highest, process.currency, lang),
    )


def _money_text(amount: int, currency: str, lang: str) -> str:
    return f"{number_text(amount / MONEY_SCALE, lang, 2)} {currency}"


def _leads_text(process: Process, step: Step, lang: str) -> str:
    if step.end is not None:
        return translator(lang)("end: {outcome}").format(outcome=ending(step.end, lang))
    told = []
    for by, arrow in _ways(step):
        targets = " + ".join(step_title(process, to, lang) for to in arrow.targets)
        told.append(f"{by}: {targets}" if by else targets)
    return "; ".join(told)


def _ways(step: Step) -> Iterator[tuple[str, Arrow]]:
    """Each way out of a step: what makes it, and where it leads."""
    if step.next is not None:
        yield "", step.next
    for branch in (*step.choose, *step.choose_all):
        yield branch.rule.text if branch.rule else "else", branch.arrow
    yield from step.outcomes.items()
    yield from step.messages.items()
    if step.timeout is not None:
        yield "timeout", step.timeout.arrow
