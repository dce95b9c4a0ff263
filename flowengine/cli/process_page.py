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
from flowengine.locale import translator


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
        "steps": [_step_json(step) for step in process.steps.values()],
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
            (_("About"), process.about),
        ]
    )
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
