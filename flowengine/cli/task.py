"""`flowengine task`: what is to be done, and saying that it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flowengine.cli.doing import (
    assign,
    claim,
    done,
    next_,
    pause,
    release,
    resume,
    start,
)
from flowengine.cli.known_names import refuse_unknown
from flowengine.cli.output import (
    instant,
    print_json,
    print_pairs,
    print_table,
)
from flowengine.cli.session import Session, pass_session, reading, user_option
from flowengine.language.process import department_title
from flowengine.locale import translator
from flowengine.quantities import iso_time

if TYPE_CHECKING:
    from flowengine.engine import TaskDetail, TaskRow
    from flowengine.language.process import Process
    from flowengine.language.types import DataType
    from flowengine.quantities import Instant


@click.group()
def task() -> None:
    """Tasks: what is to be done, by whom, until when."""


@task.command("list")
@click.option("--role", metavar="ROLE", help="Tasks of this role only.")
@click.option("--department", metavar="DEPARTMENT", help="Tasks of this lane only.")
@click.option("--order", "number", metavar="NUMBER", help="Tasks of this order only.")
@click.option("--all", "everybody", is_flag=True, help="Also what is not for you.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1))
@user_option
@reading
@pass_session
def list_(
    session: Session,
    role: str | None,
    department: str | None,
    number: str | None,
    everybody: bool,
    limit: int,
) -> None:
    """List open tasks: highest priority first, then what is due first, then oldest.

    Where it is known who acts, their own tasks and those of their roles.
    """
    user = None if everybody else session.user
    with session.engine() as engine:
        rows = engine.tasks(
            user=user, role=role, department=department, number=number, limit=limit
        )
        if not rows:
            refuse_unknown(engine, role=role, department=department, number=number)
    if session.json:
        print_json([row_json(row) for row in rows])
        return
    now = _now()
    _ = translator(session.lang)
    titles = (
        _("Task"),
        _("Title"),
        _("Department"),
        _("State"),
        _("Owner"),
        _("Priority"),
        _("Due"),
    )
    print_table(
        titles,
        [_row_text(row, now, session.lang) for row in rows],
        right=(5,),
    )


def _now() -> Instant:
    from flowengine.clock import system_clock

    return instant(system_clock())


def row_json(row: TaskRow) -> dict[str, object]:
    """A task of the worklist for machines."""
    return {
        "task": row.ref,
        "number": row.number,
        "process": row.process,
        "step": row.step,
        "visit": row.visit,
        "together": row.group,
        "title": {"en": row.title.en, "lv": row.title.lv},
        "role": row.role,
        "department": row.department,
        "state": row.state.value,
        "owner": row.owner,
        "enabled": iso_time(row.enabled),
        "due": iso_time(row.due),
        "priority": row.priority,
    }


def _row_text(row: TaskRow, now: Instant, lang: str) -> tuple[str, ...]:
    from flowengine.cli.words import due_text, state_text

    return (
        row.ref,
        row.title.in_language(lang),
        row.department_title.in_language(lang),
        state_text(row.state, lang),
        row.owner or "",
        str(row.priority),
        due_text(row.due, now, lang),
    )


@task.command()
@click.argument("ref")
@reading
@pass_session
def show(session: Session, ref: str) -> None:
    """Show a task: what it asks and how it may end.

    REF is NUMBER/step, or NUMBER/step#ELEMENT where there is one for each element.
    """
    with session.engine() as engine:
        detail = engine.task(ref)
    if session.json:
        asks = {path: type_text(data_type) for path, data_type in detail.asks}
        outcomes = list(detail.outcomes)
        shown = {"asks": asks, "scan": list(detail.scan), "outcomes": outcomes}
        print_json({**row_json(detail.row), **shown})
    else:
        _print_task(detail, session.lang)


def _print_task(detail: TaskDetail, lang: str) -> None:
    from flowengine.cli.words import moment, state_text
    from flowengine.language.data import show_value

    row, process = detail.row, detail.net.process
    _ = translator(lang)
    pairs = [
        (_("Task"), row.ref),
        (_("Title"), row.title.in_language(lang)),
        (_("About"), _about(process, row.step, lang)),
        (_("Department"), department_title(process, row.department, lang)),
        (_("Role"), row.role),
        (_("State"), state_text(row.state, lang)),
        (_("Owner"), row.owner or ""),
        (_("Due"), moment(row.due, process, lang)),
        *[
            (name, show_value(kind, value, lang, process))
            for name, kind, value in detail.element
        ],
        *[(_("Asks"), f"{path}: {_asked_text(kind)}") for path, kind in detail.asks],
        (_("Scan"), ", ".join(detail.scan)),
        (_("Outcomes"), ", ".join(detail.outcomes)),
        (_("Done by"), _done_command(detail)),
    ]
    print_pairs([(name, value) for name, value in pairs if value])


def _about(process: Process, step: str, lang: str) -> str:
    """What the process says is done at the step; nothing where it says nothing."""
    about = next(s.about for id_, s in process.steps.items() if id_ == step)
    return about.in_language(lang) if about else ""


def _done_command(detail: TaskDetail) -> str:
    """The command that says it is done, to copy and fill in."""
    outcome = f" {'|'.join(detail.outcomes)}" if detail.outcomes else ""
    answers = "".join(f" --answer {path}=…" for path, _ in detail.asks)
    return f"flowengine task done {detail.row.ref}{outcome}{answers}"


def _asked_text(data_type: DataType) -> str:
    """What is asked for; it has to be answered even where the field is optional."""
    return type_text(data_type).removeprefix("optional ")


def type_text(data_type: DataType) -> str:
    """A type as it is written in a process file."""
    text = data_type.kind.value
    if data_type.choices:
        text = f"{text} [{', '.join(data_type.choices)}]"
    elif data_type.element is not None:
        text = f"{text} {type_text(data_type.element)}"
    elif data_type.record is not None:
        text = data_type.record
    return f"optional {text}" if data_type.optional else text


for command in (next_, claim, release, start, pause, resume, assign, done):
    task.add_command(command)
