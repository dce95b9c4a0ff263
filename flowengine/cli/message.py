"""`flowengine message`: what comes from outside."""

import click

from flowengine.cli.output import print_json
from flowengine.cli.session import (
    Session,
    key_option,
    pass_session,
    reading,
    stock_option,
    user_option,
)
from flowengine.errors import InvalidInput
from flowengine.locale import translator


@click.group()
def message() -> None:
    """Messages from outside."""


@message.command()
@click.argument("name")
@click.option(
    "--match",
    required=True,
    metavar="VALUE",
    help="What finds the order, such as its number.",
)
@click.option(
    "--set",
    "values",
    metavar="FIELD=VALUE",
    multiple=True,
    help="A field that the message sets. May be repeated.",
)
@click.option(
    "--from", "json_file", metavar="FILE", help="The fields as JSON; - is stdin."
)
@user_option
@key_option
@stock_option
@reading
@pass_session
def deliver(
    session: Session,
    name: str,
    match: str,
    values: tuple[str, ...],
    json_file: str | None,
    key: str | None,
) -> None:
    """Deliver a message to the order it matches.

    It is kept until a step waits for it.
    """
    from flowengine.cli.fields import assignments, read_json
    from flowengine.cli.words import print_receipt

    body: dict[str, object] = {}
    if json_file:
        given = read_json(json_file)
        if not isinstance(given, dict):
            raise InvalidInput(
                f"{json_file}: Expected fields in {{ }}, but got {given!r}."
            )
        body.update(given)
    body.update(assignments(values, "--set"))
    with session.engine() as engine:
        receipt = engine.deliver(
            name, match=match, body=body, by=session.user or "outside", key=key
        )
        if receipt is None:
            _print_kept(session, name, match)
            return
        told = translator(session.lang)("Message {name} has reached order {number}.")
        text = told.format(name=name, number=receipt.number)
        print_receipt(engine, receipt, text, session)


def _print_kept(session: Session, name: str, match: str) -> None:
    """Say that a message waits for an order that it can match."""
    if session.json:
        print_json({"number": None, "kept": True})
        return
    _ = translator(session.lang)
    told = _("Message {name} is kept: no order matches {value} yet.")
    click.echo(told.format(name=name, value=match))
