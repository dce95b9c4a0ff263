"""What people say of their tasks: taken, begun, put aside, done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flowengine.cli.session import (
    Session,
    acting,
    pass_session,
    reading,
    stock_option,
    user_option,
)
from flowengine.locale import translator

if TYPE_CHECKING:
    from flowengine.language.parts import Each
    from flowengine.language.process import Process


@click.command("next")
@click.option("--role", metavar="ROLE", help="Of this role only. [default: all yours]")
@click.option("--start", is_flag=True, help="Begin work on it too.")
@user_option
@stock_option
@reading
@pass_session
def next_(session: Session, role: str | None, start: bool) -> None:
    """Take the most urgent task that you may do, and what lies in one batch with it.

    By priority, then what is due first, then what is oldest. Ends with 3 where nothing
    is offered to you.
    """
    from flowengine.cli.words import print_receipt
    from flowengine.errors import NotFound

    by = session.acting()
    with session.engine() as engine:
        receipt = engine.claim_next(role, by=by, start=start)
        if receipt is None:
            raise NotFound(
                f"Expected a task that {by} may take, but nothing is offered"
                f"{f' to {role}' if role else ''}: see `flowengine task list`."
            )
        _ = translator(session.lang)
        told = _("{ref} is started.") if start else _("{ref} is yours, {person}.")
        text = told.format(ref=receipt.task, person=by)
        print_receipt(engine, receipt, text, session)


@click.command()
@click.argument("ref")
@acting
@pass_session
def claim(session: Session, ref: str, key: str | None) -> None:
    """Take a task, and what lies in one batch with it.

    REF is NUMBER/step, NUMBER/step#ELEMENT where there is one for each element, or
    either with /visit.
    """
    from flowengine.cli.words import print_receipt

    by = session.acting()
    with session.engine() as engine:
        receipt = engine.claim(ref, by=by, key=key)
        done = translator(session.lang)("{ref} is yours, {person}.")
        print_receipt(engine, receipt, done.format(ref=ref, person=by), session)


@click.command()
@click.argument("ref")
@acting
@pass_session
def release(session: Session, ref: str, key: str | None) -> None:
    """Give a task back that you have taken."""
    from flowengine.cli.words import print_receipt

    by = session.acting()
    with session.engine() as engine:
        receipt = engine.release(ref, by=by, key=key)
        done = translator(session.lang)("{ref} is given back.")
        print_receipt(engine, receipt, done.format(ref=ref), session)


@click.command()
@click.argument("ref")
@acting
@pass_session
def start(session: Session, ref: str, key: str | None) -> None:
    """Begin work on a task; takes it where nobody has."""
    from flowengine.cli.words import print_receipt

    by = session.acting()
    with session.engine() as engine:
        receipt = engine.start(ref, by=by, key=key)
        done = translator(session.lang)("{ref} is started.")
        print_receipt(engine, receipt, done.format(ref=ref), session)


@click.command()
@click.argument("ref")
@click.option("--reason", required=True, metavar="TEXT", help="Why; history keeps it.")
@acting
@pass_session
def pause(session: Session, ref: str, reason: str, key: str | None) -> None:
    """Put a started task aside for a while; its time does not count as work."""
    from flowengine.cli.words import print_receipt

    by = session.acting()
    with session.engine() as engine:
        receipt = engine.pause(ref, reason, by=by, key=key)
        done = translator(session.lang)("{ref} is put aside: {reason}")
        print_receipt(engine, receipt, done.format(ref=ref, reason=reason), session)


@click.command()
@click.argument("ref")
@acting
@pass_session
def resume(session: Session, ref: str, key: str | None) -> None:
    """Go on with a task of yours that was put aside."""
    from flowengine.cli.words import print_receipt

    by = session.acting()
    with session.engine() as engine:
        receipt = engine.resume_task(ref, by=by, key=key)
        done = translator(session.lang)("{ref} goes on.")
        print_receipt(engine, receipt, done.format(ref=ref), session)


@click.command()
@click.argument("ref")
@click.argument("person")
@acting
@pass_session
def assign(session: Session, ref: str, person: str, key: str | None) -> None:
    """Give a task to somebody, whoever has it now.

    One that was started is put aside until they go on with it.
    """
    from flowengine.cli.words import print_receipt

    by = session.acting()
    with session.engine() as engine:
        receipt = engine.assign(ref, person, by=by, key=key)
        done = translator(session.lang)("{ref} is given to {person}.")
        print_receipt(engine, receipt, done.format(ref=ref, person=person), session)


@click.command()
@click.argument("ref")
@click.argument("outcome", required=False)
@click.option(
    "--answer",
    "answers",
    metavar="FIELD=VALUE",
    multiple=True,
    help="What the task asks, such as order.credit=ok or parcel.weight='2 kg'. May be "
    "repeated.",
)
@acting
@pass_session
def done(
    session: Session,
    ref: str,
    outcome: str | None,
    answers: tuple[str, ...],
    key: str | None,
) -> None:
    """Say that a task is done, and hand the order on."""
    from flowengine.cli.fields import assignments, full_path, raw_field
    from flowengine.cli.words import print_receipt
    from flowengine.engine.refs import task_ref

    by = session.acting()
    said = assignments(answers, "--answer")
    with session.engine() as engine:
        wanted = task_ref(ref)
        process = engine.order(wanted.number).net.process
        each = _each_of(process, wanted.step)
        typed = {
            full_path(process, path, each): raw_field(process, path, text, each)
            for path, text in said.items()
        }
        receipt = engine.complete(ref, by=by, outcome=outcome, answers=typed, key=key)
        told = translator(session.lang)("{ref} is done.")
        print_receipt(engine, receipt, told.format(ref=ref), session)


def _each_of(process: Process, step: str) -> Each | None:
    """What a step has one task for each of."""
    return next((s.each for name, s in process.steps.items() if name == step), None)
