"""What the command line says about orders, steps and people, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from flowengine.cli.output import print_json, say
from flowengine.kernel.case import CaseState, TaskState
from flowengine.language.process import StepId, department_title, step_title, zone_of
from flowengine.loading import Module
from flowengine.locale import duration_text, instant_text, translator
from flowengine.quantities import Duration

if TYPE_CHECKING:
    from flowengine.cli.session import Session
    from flowengine.engine import Engine, Receipt
    from flowengine.kernel import Event
    from flowengine.kernel import events as kernel_events
    from flowengine.kernel.events import StepOpened
    from flowengine.language.process import Process
    from flowengine.quantities import Instant
else:
    kernel_events = Module("flowengine.kernel.events")


def step_department(process: Process, step: str) -> str | None:
    """The department a step belongs to."""
    found = process.steps.get(StepId(step))
    return found.department if found else None


def moment(at: Instant | None, process: Process, lang: str) -> str:
    """A moment in the zone of a process; empty where there is none."""
    return "" if at is None else instant_text(at, zone_of(process), lang)


def due_text(due: Instant | None, now: Instant, lang: str) -> str:
    """How long is left until a task is due, or how late it is."""
    if due is None:
        return ""
    _ = translator(lang)
    if due >= now:
        return _("in {time}").format(time=duration_text(Duration(due - now), lang))
    return _("{time} late").format(time=duration_text(Duration(now - due), lang))


def ago_text(at: Instant, now: Instant, lang: str) -> str:
    """How long ago something was."""
    return duration_text(Duration(max(0, now - at)), lang)


def ending(outcome: str | None, lang: str) -> str:
    """How an order or a step ended; the names of a process's own stay as they are."""
    _ = translator(lang)
    known = {
        "success": _("success"),
        "failure": _("failure"),
        "cancelled": _("cancelled"),
    }
    return known.get(outcome or "", outcome or "")


def state_text(state: CaseState | TaskState, lang: str) -> str:
    """How an order or a task stands."""
    _ = translator(lang)
    return {
        CaseState.OPEN.value: _("open"),
        CaseState.HELD.value: _("held"),
        CaseState.CANCELLING.value: _("being cancelled"),
        CaseState.CLOSED.value: _("closed"),
        TaskState.OFFERED.value: _("offered"),
        TaskState.CLAIMED.value: _("claimed"),
        TaskState.STARTED.value: _("started"),
        TaskState.PAUSED.value: _("put aside"),
        TaskState.WAITING.value: _("waiting"),
    }[state.value]


def task_name(number: str, step: str, element: str | None, visit: int) -> str:
    """A task with its visit, as `1001/pack#2/1`."""
    return f"{number}/{step}{'' if element is None else f'#{element}'}/{visit}"


def next_steps(events: Sequence[Event]) -> tuple[StepOpened, ...]:
    """The steps that events opened."""
    return tuple(
        event for event in events if isinstance(event, kernel_events.StepOpened)
    )


def next_lines(
    number: str, process: Process, events: Sequence[Event], lang: str
) -> list[str]:
    """What follows from what just happened, a line each: `Next: Pick, Warehouse`."""
    _ = translator(lang)
    lines = []
    for opened in next_steps(events):
        title = step_title(process, opened.step, lang)
        if opened.element is not None:
            title = f"{title} #{opened.element}"
        lane = step_department(process, opened.step)
        place = ", ".join(filter(None, (title, department_title(process, lane, lang))))
        lines.append(_("Next: {step}").format(step=place))
    for event in events:
        if isinstance(event, kernel_events.CaseClosed):
            ended = _("Order {number} is closed: {outcome}.")
            lines.append(
                ended.format(number=number, outcome=ending(event.outcome, lang))
            )
    return lines


def receipt_json(receipt: Receipt, process: Process) -> dict[str, object]:
    """A receipt for machines."""
    closed = [
        event for event in receipt.events if isinstance(event, kernel_events.CaseClosed)
    ]
    return {
        "number": receipt.number,
        "version": receipt.version,
        "repeated": receipt.repeated,
        "next": [
            {
                "step": opened.step,
                "task": task_name(
                    receipt.number, opened.step, opened.element, opened.visit
                ),
                "kind": opened.kind.value,
                "department": step_department(process, opened.step),
            }
            for opened in next_steps(receipt.events)
        ],
        "outcome": closed[-1].outcome if closed else None,
        "together": list(receipt.mates),
        **({} if receipt.task is None else {"task": receipt.task}),
    }


def print_receipt(
    engine: Engine, receipt: Receipt, done: str, session: Session
) -> None:
    """Print what a command did: `done`, then what follows from it."""
    process = engine.order(receipt.number).net.process
    if session.json:
        print_json(receipt_json(receipt, process))
        return
    if receipt.repeated:
        _ = translator(session.lang)
        say(_("This was done before; nothing has changed."))
    click.echo(done)
    if receipt.mates:
        _ = translator(session.lang)
        click.echo(_("Together with: {tasks}").format(tasks=", ".join(receipt.mates)))
    for line in next_lines(receipt.number, process, receipt.events, session.lang):
        click.echo(line)
