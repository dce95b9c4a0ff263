"""`flowengine order`: open, find, stop, cancel and correct orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flowengine.cli.audit import forget, verify
from flowengine.cli.known_names import refuse_unknown
from flowengine.cli.opening import open_
from flowengine.cli.order_page import order_json, print_order
from flowengine.cli.order_repairs import change, move
from flowengine.cli.output import print_json, print_table
from flowengine.cli.session import Session, acting, pass_session, reading
from flowengine.cli.spans import span
from flowengine.cli.words import due_text, ending, print_receipt, state_text
from flowengine.cli.zones import zone_of_all
from flowengine.language.process import step_title, zone_of
from flowengine.locale import instant_text, translator
from flowengine.quantities import Duration, iso_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowengine.engine import Engine, OrderRow
    from flowengine.language.process import Process

STATES = ("open", "held", "cancelling", "closed")


@click.group()
def order() -> None:
    """Orders: open, find, hold, cancel, put right."""


for command in (open_, move, change, verify, forget):
    order.add_command(command)


@order.command("list")
@click.option("--process", metavar="NAME", help="Orders of this process only.")
@click.option("--state", type=click.Choice(STATES), help="Orders in this state only.")
@click.option("--at", "step", metavar="STEP", help="Orders that stand there only.")
@click.option(
    "--department", metavar="DEPARTMENT", help="Orders with a task of this lane only."
)
@click.option(
    "--late", is_flag=True, help="Open orders that are late, the worst first."
)
@click.option(
    "--soon",
    metavar="TIME",
    callback=span,
    help="Open orders that are late, or will be within this time: 2h.",
)
@click.option(
    "--where",
    metavar="RULE",
    help="Open orders that a rule holds for: 'order.total > 500 EUR'.",
)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1))
@reading
@pass_session
def list_(
    session: Session,
    process: str | None,
    state: str | None,
    step: str | None,
    department: str | None,
    late: bool,
    soon: Duration | None,
    where: str | None,
    limit: int,
) -> None:
    """List orders.

    An order is late where its promise has passed, or a task of it is past its due time.
    """
    within = Duration(0) if late and soon is None else soon
    with session.engine() as engine:
        rows = engine.orders(
            process=process,
            state=state,
            step=step,
            department=department,
            late_within=within,
            where=where,
            limit=limit,
        )
        now = engine.now()
        if not rows:
            refuse_unknown(engine, process=process, step=step, department=department)
        if session.json:
            print_json([_row_json(row) for row in rows])
            return
        _ = translator(session.lang)
        titles = [
            _("Order"),
            _("Process"),
            _("State"),
            _("At"),
            _("Priority"),
            _("Opened"),
            _("Promised"),
        ]
        table = _rows_text(engine, rows, session.lang)
        if within is not None:
            titles.append(_("Due"))
            for text, row in zip(table, rows, strict=True):
                text.append(due_text(row.due_first, now, session.lang))
        print_table(titles, table, right=(4,))


def _row_json(row: OrderRow) -> dict[str, object]:
    return {
        "number": row.number,
        "process": row.process,
        "process_version": row.version,
        "state": row.state.value,
        "steps": sorted(row.steps),
        "priority": row.priority,
        "opened": iso_time(row.opened),
        "promised": iso_time(row.promised),
        "due": iso_time(row.due),
        "closed": iso_time(row.closed),
        "outcome": row.outcome,
    }


def _rows_text(engine: Engine, rows: Sequence[OrderRow], lang: str) -> list[list[str]]:
    """The rows; a process without a calendar tells time as the others here do."""
    processes = [engine.net(row.process, row.version).process for row in rows]
    usual = zone_of_all(processes)
    return [
        _row_text(row, each, zone_of(each) if each.calendar else usual, lang)
        for row, each in zip(rows, processes, strict=True)
    ]


def _row_text(row: OrderRow, process: Process, zone: str, lang: str) -> list[str]:
    steps = [step_title(process, step, lang) for step in row.steps]
    return [
        row.number,
        process.title.in_language(lang),
        state_text(row.state, lang),
        ", ".join(steps) or ending(row.outcome, lang),
        str(row.priority),
        instant_text(row.opened, zone, lang),
        "" if row.promised is None else instant_text(row.promised, zone, lang),
    ]


@order.command()
@click.argument("number")
@click.option("--personal", is_flag=True, help="Show personal values too.")
@reading
@pass_session
def show(session: Session, number: str, personal: bool) -> None:
    """Show an order: where it is, who has it, its data and history."""
    with session.engine() as engine:
        found = engine.order(number)
    if session.json:
        print_json(order_json(found, personal=personal))
    else:
        print_order(found, session.lang, personal=personal)


@order.command()
@click.argument("number")
@reading
@pass_session
def track(session: Session, number: str) -> None:
    """Tell a customer where an order is."""
    from flowengine.cli.tracking import public_status, sentence
    from flowengine.kernel.case import CaseState
    from flowengine.locale import date_text

    with session.engine() as engine:
        found = engine.order(number)
    process, case = found.net.process, found.case
    status = public_status(process, [event for _, event in found.history])
    is_held = case.state is CaseState.HELD
    if session.json:
        print_json(
            {
                "number": case.number,
                "status": status,
                "held": is_held,
                "promised": iso_time(case.promised),
                "closed": iso_time(case.closed),
                "text": sentence(status, session.lang),
            }
        )
        return
    _ = translator(session.lang)
    told = [sentence(status, session.lang)]
    if is_held:
        told.append(_("It rests at the moment."))
    if case.promised is not None and case.closed is None:
        day = date_text(case.promised, zone_of(process), session.lang)
        promised = _("We have promised it by {day}.").format(day=day)
        told.append(promised.replace("..", "."))  # a Latvian date ends with its own
    click.echo(" ".join(told))


@order.command()
@click.argument("number")
@click.argument("reason")
@acting
@pass_session
def hold(session: Session, number: str, reason: str, key: str | None) -> None:
    """Stop an order; its tasks leave the lists until it is resumed."""
    by = session.acting()
    with session.engine() as engine:
        receipt = engine.hold(number, reason, by=by, key=key)
        done = translator(session.lang)("Order {number} is held: {reason}")
        text = done.format(number=number, reason=reason)
        print_receipt(engine, receipt, text, session)


@order.command()
@click.argument("number")
@acting
@pass_session
def resume(session: Session, number: str, key: str | None) -> None:
    """Let a held order go on."""
    by = session.acting()
    with session.engine() as engine:
        receipt = engine.resume(number, by=by, key=key)
        done = translator(session.lang)("Order {number} goes on.")
        print_receipt(engine, receipt, done.format(number=number), session)


@order.command()
@click.argument("number")
@click.argument("reason")
@acting
@pass_session
def cancel(session: Session, number: str, reason: str, key: str | None) -> None:
    """Cancel an order; what the process says about cancelling follows."""
    by = session.acting()
    with session.engine() as engine:
        receipt = engine.cancel(number, reason, by=by, key=key)
        done = translator(session.lang)("Order {number} is cancelled: {reason}")
        text = done.format(number=number, reason=reason)
        print_receipt(engine, receipt, text, session)


@order.command()
@click.argument("number")
@click.argument("text")
@acting
@pass_session
def note(session: Session, number: str, text: str, key: str | None) -> None:
    """Write something down beside an order."""
    by = session.acting()
    with session.engine() as engine:
        receipt = engine.note(number, text, by=by, key=key)
        done = translator(session.lang)("Noted on order {number}.")
        print_receipt(engine, receipt, done.format(number=number), session)
