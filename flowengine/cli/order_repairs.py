"""`flowengine order move|change`: what an administrator puts right."""

from __future__ import annotations

import click

from flowengine.cli.session import Session, acting, pass_session
from flowengine.locale import translator


@click.command()
@click.argument("number")
@click.option(
    "--from", "from_step", required=True, metavar="STEP", help="Where it stands."
)
@click.option(
    "--to", "to_step", required=True, metavar="STEP", help="Where it goes on."
)
@click.option("--reason", required=True, metavar="TEXT", help="Why; history keeps it.")
@click.option("--reset", is_flag=True, help="Count what may be done `at_most` anew.")
@acting
@pass_session
def move(
    session: Session,
    number: str,
    from_step: str,
    to_step: str,
    reason: str,
    reset: bool,
    key: str | None,
) -> None:
    """Take an order from one step to another, past the arrows: a repair.

    What is open at the first step is withdrawn.
    """
    from flowengine.cli.words import print_receipt

    by = session.acting()
    with session.engine() as engine:
        receipt = engine.repairs.move(
            number, from_step, to_step, reason, by=by, reset=reset, key=key
        )
        done = translator(session.lang)("Order {number} is moved: {reason}")
        text = done.format(number=number, reason=reason)
        print_receipt(engine, receipt, text, session)


@click.command()
@click.argument("number")
@click.argument("fields", metavar="FIELD=VALUE...", nargs=-1, required=True)
@click.option("--reason", required=True, metavar="TEXT", help="Why; history keeps it.")
@acting
@pass_session
def change(
    session: Session,
    number: str,
    fields: tuple[str, ...],
    reason: str,
    key: str | None,
) -> None:
    """Correct fields of an order that runs, such as order.zone=B or total='90 EUR'.

    A field of an element is named by the element's number, lines#2.quantity=3; nothing
    after the equals sign empties an optional field.
    """
    from flowengine.cli.fields import assignments, full_path, raw_field
    from flowengine.cli.words import print_receipt

    by = session.acting()
    said = assignments(fields, "field")
    with session.engine() as engine:
        process = engine.order(number).net.process
        values = {
            full_path(process, path): raw_field(process, path, text)
            for path, text in said.items()
        }
        receipt = engine.repairs.change(number, values, reason, by=by, key=key)
        done = translator(session.lang)("Order {number} is changed: {reason}")
        text = done.format(number=number, reason=reason)
        print_receipt(engine, receipt, text, session)
