"""One order as `flowengine order show` tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from flowengine.cli.event_json import event_json
from flowengine.cli.order_data import data_json, field_texts
from flowengine.cli.output import print_pairs
from flowengine.cli.timeline import event_text
from flowengine.cli.words import (
    ending,
    moment,
    state_text,
    step_department,
    task_name,
)
from flowengine.kernel.case import CaseState, Task, TaskState
from flowengine.kernel.events import (
    ChildAsked,
)
from flowengine.language.process import department_title, step_title
from flowengine.locale import translator
from flowengine.quantities import iso_time

if TYPE_CHECKING:
    from flowengine.engine import Order


def order_json(order: Order, *, personal: bool) -> dict[str, object]:
    """An order for machines: times in UTC, values as texts with their units."""
    case, process = order.case, order.net.process
    return {
        "number": case.number,
        "process": process.name,
        "process_version": process.version,
        "version": case.version,
        "state": case.state.value,
        "outcome": case.outcome,
        "priority": case.priority,
        "opened": iso_time(case.opened),
        "promised": iso_time(case.promised),
        "closed": iso_time(case.closed),
        "hold_reason": case.hold_reason,
        "steps": [_task_json(task, order) for task in case.tasks.values()],
        "incidents": dict(case.incidents),
        "parent": _parent_number(order),
        "children": [_child_json(event, order) for event in _calls(order)],
        "gates": list(case.gates),
        "reserved": sum(1 for quantity in case.reserved.values() if quantity),
        "data": data_json(order, personal=personal),
        "history": [
            event_json(seq, event, order.versions) for seq, event in order.history
        ],
    }


def _task_json(task: Task, order: Order) -> dict[str, object]:
    return {
        "step": task.step,
        "task": task_name(order.case.number, task.step, task.element, task.visit),
        "state": task.state.value,
        "department": step_department(order.net.process, task.step),
        "owner": task.owner,
        "enabled": iso_time(task.enabled),
        "due": iso_time(task.due),
        "timer": iso_time(task.timer),
        "child": order.relatives.get(task.child) if task.child else None,
    }


def _parent_number(order: Order) -> str | None:
    parent = order.case.parent
    return None if parent is None else order.relatives.get(parent.case_id)


def _calls(order: Order) -> list[ChildAsked]:
    return [event for _, event in order.history if isinstance(event, ChildAsked)]


def _child_json(event: ChildAsked, order: Order) -> dict[str, object]:
    """A called order; its number is missing until a worker has opened it."""
    return {
        "step": event.step,
        "process": event.process,
        "process_version": event.version,
        "number": order.relatives.get(event.child),
        "open": any(task.child == event.child for task in order.case.tasks.values()),
    }


def print_order(order: Order, lang: str, *, personal: bool) -> None:
    """Print an order for people."""
    case, process = order.case, order.net.process
    _ = translator(lang)
    reserved = sum(1 for quantity in case.reserved.values() if quantity)
    state = state_text(case.state, lang)
    if case.state is CaseState.HELD:
        state = f"{state}: {case.hold_reason}"
    elif case.outcome:
        state = f"{state}: {ending(case.outcome, lang)}"
    pairs = [
        (_("Order"), case.number),
        (
            _("Process"),
            f"{process.title.in_language(lang)} ({process.name} {process.version})",
        ),
        (_("State"), state),
        (_("Priority"), str(case.priority)),
        (_("Opened"), moment(case.opened, process, lang)),
        (_("Promised"), moment(case.promised, process, lang)),
        (_("Closed"), moment(case.closed, process, lang)),
        (_("Called by"), _parent_number(order) or ""),
        (_("Passed gates"), ", ".join(_titles(order, case.gates, lang))),
        (_("Reserved lines"), str(reserved) if reserved else ""),
    ]
    print_pairs([(name, value) for name, value in pairs if value])
    _print_part(_("Open steps"), _open_steps(order, lang))
    _print_part(_("Called orders"), _called(order, lang))
    _print_part(_("Data"), field_texts(order, lang, personal=personal))
    _print_part(_("History"), _history(order, lang))


def _print_part(title: str, pairs: Iterator[tuple[str, str]]) -> None:
    shown = list(pairs)
    if shown:
        click.echo("\n" + click.style(title, bold=True))
        print_pairs(shown)


def _open_steps(order: Order, lang: str) -> Iterator[tuple[str, str]]:
    process = order.net.process
    _ = translator(lang)
    for task in order.case.tasks.values():
        lane = department_title(process, step_department(process, task.step), lang)
        until = task.timer if task.state is TaskState.WAITING else task.due
        parts = (
            lane,
            state_text(task.state, lang),
            str(task.owner or ""),
            _("until {time}").format(time=moment(until, process, lang))
            if until
            else "",
        )
        title = step_title(process, task.step, lang)
        if task.element is not None:
            title = f"{title} #{task.element}"
        yield title, ", ".join(filter(None, parts))
    for step, reason in order.case.incidents.items():
        stands = _("stands still: {reason}").format(reason=reason)
        yield step_title(process, step, lang), stands


def _titles(order: Order, steps: Iterable[str], lang: str) -> list[str]:
    return [step_title(order.net.process, step, lang) for step in steps]


def _called(order: Order, lang: str) -> Iterator[tuple[str, str]]:
    """Orders that it has called: their numbers, and whether they are awaited."""
    _ = translator(lang)
    awaited = {task.child for task in order.case.tasks.values()}
    for event in _calls(order):
        number = order.relatives.get(event.child, _("not opened yet"))
        state = _("awaited") if event.child in awaited else _("has answered")
        title = step_title(order.net.process, event.step, lang)
        yield title, f"{event.process}@{event.version}, {number}, {state}"


def _history(order: Order, lang: str) -> Iterator[tuple[str, str]]:
    process = order.net.process
    for _, event in order.history:
        when = f"{moment(event.at, process, lang)}  {event.by}"
        told = event_text(event, process, lang, order.relatives, order.versions)
        yield when, told
